// Laws of scores, over whatever can be seen of a patient. Fixed seed.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Named } from '#engine'
import { bilagLike } from './instruments/bilag-like.ts'
import { KIT } from './instruments/kit.ts'
import { sledai } from './instruments/sledai.ts'
import { sledai2k } from './instruments/sledai-2k.ts'
import { scoring } from './scoring.ts'

const NEEDS = [...sledai2k.needs, ...bilagLike.needs]
const UNIT_OF = new Map(sledai2k.items.flatMap(({ signs }) => signs.map(({ seen, unit }) => [seen, unit] as const)))
const OUTPUTS = NEEDS.map((name): Named => ({ name, unit: UNIT_OF.get(name) ?? '1', meaning: name }))
const LIMITS = new Map(
  sledai2k.items.flatMap(({ signs }) => signs.map((s) => [s.seen, 'above' in s ? s.above : s.below] as const)),
)

/** Values around each limit: on it, a little off, far off. */
const seen = fc
  .tuple(
    ...NEEDS.map((name) =>
      fc
        .oneof(fc.double({ min: 0, max: 3, noNaN: true }), fc.constantFrom(0, 1, 0.99, 1.01))
        .map((x) => x * (LIMITS.get(name) ?? 1)),
    ),
  )
  .map((values) => new Map(NEEDS.map((name, i) => [name, values[i] ?? NaN])))

const settings = { seed: 2002, numRuns: 2000 }

const slow = (values: ReadonlyMap<string, number>) => sledai2k.score((name) => values.get(name) ?? NaN)

function fast(values: ReadonlyMap<string, number>, outputs: readonly Named[] = OUTPUTS): (name: string) => number {
  const { names, score } = scoring(outputs)
  const into = new Float64Array(names.length)
  score(
    Float64Array.from(outputs, ({ name }) => values.get(name) ?? NaN),
    into,
  )
  return (name) => into[names.findIndex((n) => n.name === name)] ?? NaN
}

test('the fast way and the plain way agree, item by item', () => {
  fc.assert(
    fc.property(seen, (values) => {
      const { total, points } = slow(values)
      const get = fast(values)
      expect(get('sledai')).toBe(total)
      expect(sledai2k.items.map(({ id }) => get(`sledai_${id}`))).toEqual(points)
      expect(get('sledai_clinical')).toBe(total - get('sledai_complement') - get('sledai_dna_binding'))
      const grades = bilagLike.grade((name) => values.get(name) ?? NaN)
      for (const grade of ['A', 'B', 'C'])
        expect(get(`bilag_${grade.toLowerCase()}`)).toBe(grades.filter((g) => g === grade).length)
    }),
    settings,
  )
})

// What a virtual patient shows, as a table of anybody's would say it: the laboratory's limits are those of the kit.
const SAID: Readonly<Record<string, string>> = {
  measured_haematuria: 'urine_red_cells',
  measured_pyuria: 'urine_white_cells',
  measured_protein: 'protein',
  measured_temperature: 'temperature',
  measured_platelets: 'platelets',
  measured_leucocytes: 'leucocytes',
  measured_c3: 'c3',
  measured_c4: 'c4',
  measured_dsdna: 'dsdna',
}

test('a virtual patient scores the same as a table of the same patient', () => {
  fc.assert(
    fc.property(seen, (values) => {
      const rated = sledai2k.items.flatMap(({ id, signs: [sign] }) =>
        sign && SAID[sign.seen] === undefined ? [[id, (values.get(sign.seen) ?? 0) > 0.5] as const] : [],
      )
      const measured = Object.entries(SAID).map(([name, column]) => [column, values.get(name)] as const)
      const limits = { c3_lower_limit: KIT.c3.value, c4_lower_limit: KIT.c4.value, dsdna_upper_limit: KIT.dsdna.value }
      const verdict = sledai.compute({ ...Object.fromEntries([...rated, ...measured]), ...limits }, { variant: '2k' })
      const { total, points } = slow(values)
      expect(verdict.value).toBe(total)
      expect(verdict.parts.map((one) => one.points?.[0])).toEqual(points)
    }),
    settings,
  )
})

test('a total lies between 0 and 105 and is the sum of its points', () => {
  fc.assert(
    fc.property(seen, (values) => {
      const { total, points } = slow(values)
      expect(total).toBeGreaterThanOrEqual(0)
      expect(total).toBeLessThanOrEqual(105)
      expect(points.reduce((a, b) => a + b, 0)).toBe(total)
    }),
    settings,
  )
})

test('what gets worse never lowers the total', () => {
  const worse = fc.record({
    values: seen,
    at: fc.nat({ max: sledai2k.needs.length - 1 }),
    by: fc.double({ min: 0, max: 500, noNaN: true }),
  })
  fc.assert(
    fc.property(worse, ({ values, at, by }) => {
      const name = sledai2k.needs[at] ?? ''
      const isDeficit = sledai2k.items.some(({ signs }) => signs.some((s) => s.seen === name && 'below' in s))
      const after = new Map(values).set(name, (values.get(name) ?? 0) + (isDeficit ? -by : by))
      expect(slow(after).total).toBeGreaterThanOrEqual(slow(values).total)
    }),
    settings,
  )
})

test('the order in which a model shows things changes no score', () => {
  const shuffled = fc.record({ values: seen, outputs: fc.shuffledSubarray(OUTPUTS, { minLength: OUTPUTS.length }) })
  fc.assert(
    fc.property(shuffled, ({ values, outputs }) => {
      const [one, other] = [fast(values), fast(values, outputs)]
      for (const { name } of scoring(OUTPUTS).names) expect(other(name)).toBe(one(name))
    }),
    { ...settings, numRuns: 300 },
  )
})
