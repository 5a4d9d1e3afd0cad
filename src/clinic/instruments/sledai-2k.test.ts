import { expect, test } from 'vitest'
import { sledai2k } from './sledai-2k.ts'

/** Nothing wrong anywhere. */
const WELL: Readonly<Record<string, number>> = {
  ...Object.fromEntries(sledai2k.needs.map((name) => [name, 0])),
  measured_protein: 0.1,
  measured_temperature: 36.8,
  measured_c3: 120,
  measured_c4: 25,
  measured_dsdna: 8,
  measured_platelets: 230,
  measured_leucocytes: 6,
}

const score = (found: Readonly<Record<string, number>>) =>
  sledai2k.score((name) => ({ ...WELL, ...found })[name] ?? NaN)

// Weights as tabled in reviews of Gladman 2002: 8 items of 8, 6 of 4, 7 of 2 and 3 of 1.
const weigh = (weight: number, ids: string): Record<string, number> =>
  Object.fromEntries(ids.split(' ').map((id) => [id, weight]))
const WEIGHTS: Readonly<Record<string, number>> = {
  ...weigh(8, 'seizure psychosis organic_brain visual cranial_nerve headache stroke vasculitis'),
  ...weigh(4, 'arthritis myositis casts haematuria proteinuria pyuria'),
  ...weigh(2, 'rash alopecia ulcers pleurisy pericarditis complement dna_binding'),
  ...weigh(1, 'fever thrombocytopenia leucopenia'),
}

// What shows one item and no other.
const ALONE: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  casts: { measured_casts: 1 },
  haematuria: { measured_haematuria: 6 },
  proteinuria: { measured_protein: 0.6 },
  pyuria: { measured_pyuria: 6 },
  complement: { measured_c4: 9 },
  dna_binding: { measured_dsdna: 41 },
  fever: { measured_temperature: 38.1 },
  thrombocytopenia: { measured_platelets: 99 },
  leucopenia: { measured_leucocytes: 2.9 },
}
const alone = (id: string): Readonly<Record<string, number>> => ALONE[id] ?? { [`item_${id}`]: 1 }
const together = (...ids: readonly string[]): Readonly<Record<string, number>> => Object.assign({}, ...ids.map(alone))

test('the items are the 24 of the form, with its weights, in its order', () => {
  expect(Object.fromEntries(sledai2k.items.map(({ id, weight }) => [id, weight]))).toEqual(WEIGHTS)
  expect(sledai2k.items.map(({ id }) => id)).toEqual(Object.keys(WEIGHTS))
})

test('a well person has 0, and one with everything 105', () => {
  expect(score({}).total).toBe(0)
  expect(score(together(...Object.keys(WEIGHTS))).total).toBe(105)
})

test.each(Object.keys(WEIGHTS))('%s alone gives its weight', (id) => {
  const { total, points } = score(alone(id))
  expect(total).toBe(WEIGHTS[id])
  expect(points).toEqual(sledai2k.items.map((item) => (item.id === id ? item.weight : 0)))
})

// Tables of patients in which every item behind a total is printed.
test.each([
  ['SLEDAI-2K 6 in a case table of Lupus Sci Med', ['alopecia', 'ulcers', 'dna_binding'], 6],
  ['6 in a table of flares in Ann Rheum Dis', ['pericarditis', 'arthritis'], 6],
  ['4 in that table', ['arthritis'], 4],
  ['4 in that table, a malar rash', ['rash', 'alopecia'], 4],
  // a public calculator prints 14 for items of 4, 4, 2, 2, 2 and 2
  [
    '16, where a public calculator prints 14',
    ['arthritis', 'proteinuria', 'rash', 'alopecia', 'complement', 'dna_binding'],
    16,
  ],
])('a published case: %s', (_, ids, total) => {
  expect(score(together(...ids)).total).toBe(total)
})

// Written by hand from the form.
test.each([
  [
    'active nephritis',
    {
      measured_protein: 3.2,
      measured_haematuria: 20,
      measured_casts: 1,
      measured_pyuria: 12,
      measured_c3: 60,
      measured_dsdna: 300,
    },
    20,
  ],
  ['a stroke with fever', { item_stroke: 1, measured_temperature: 39 }, 9],
  ['both complements low count once', { measured_c3: 50, measured_c4: 5 }, 2],
  ['few cells of all kinds', { measured_platelets: 20, measured_leucocytes: 1.2 }, 2],
])('%s', (_, found, total) => {
  expect(score(found).total).toBe(total)
})

test.each([
  ['measured_protein', 0.5],
  ['measured_haematuria', 5],
  ['measured_pyuria', 5],
  ['measured_temperature', 38],
  ['measured_platelets', 100],
  ['measured_leucocytes', 3],
  ['measured_c3', 90],
  ['measured_c4', 10],
  ['measured_dsdna', 40],
])('%s at its limit is not beyond it', (name, limit) => {
  expect(score({ [name]: limit }).total).toBe(0)
})

test('without one of the needed values there is no total', () => {
  for (const name of sledai2k.needs) expect(score({ [name]: NaN }).total).toBeNaN()
})
