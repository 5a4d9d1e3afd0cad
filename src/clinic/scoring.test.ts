import { expect, test } from 'vitest'
import type { Named } from '#engine'
import { bilagLike } from './instruments/bilag-like.ts'
import { sledai2k } from './instruments/sledai-2k.ts'
import { scoring } from './scoring.ts'

const UNITS: Readonly<Record<string, string>> = {
  measured_protein: 'g/d',
  measured_c3: 'mg/dL',
  measured_c4: 'mg/dL',
  measured_dsdna: 'IU/mL',
  measured_platelets: '10*9/L',
  measured_leucocytes: '10*9/L',
}
const outputOf = (name: string): Named => ({ name, unit: UNITS[name] ?? '1', meaning: `what ${name} is` })
const OUTPUTS = ['death_hazard', ...sledai2k.needs, 'measured_albumin', ...bilagLike.needs].map(outputOf)

const WELL: Readonly<Record<string, number>> = {
  measured_c3: 120,
  measured_c4: 25,
  measured_dsdna: 8,
  measured_platelets: 230,
  measured_leucocytes: 6,
  measured_albumin: 42,
  bilag_a_cut: 1.4,
  bilag_b_cut: 0.8,
  bilag_c_cut: 0.25,
}

/** Scores what was found in an otherwise well person; values by name. */
function scored(found: Readonly<Record<string, number>>, outputs: readonly Named[] = OUTPUTS): Record<string, number> {
  const { names, score } = scoring(outputs)
  const into = new Float64Array(names.length)
  const values: Readonly<Record<string, number>> = { ...WELL, ...found }
  score(
    outputs.map(({ name }) => values[name] ?? 0),
    into,
  )
  return Object.fromEntries(names.map(({ name }, i) => [name, into[i] ?? NaN]))
}

test('measured values drop their prefix and keep unit and meaning; truths are not seen', () => {
  const { names } = scoring(OUTPUTS)
  expect(names.find(({ name }) => name === 'protein')).toEqual({
    name: 'protein',
    unit: 'g/d',
    meaning: 'what measured_protein is',
  })
  expect(names.map(({ name }) => name)).not.toContain('death_hazard')
  expect(new Set(names.map(({ name }) => name)).size).toBe(names.length)
  expect(scored({ measured_albumin: 31.5 })['albumin']).toBe(31.5)
})

test('the total, its clinical part and the points of items', () => {
  const values = scored({ measured_protein: 2, item_rash: 1, measured_dsdna: 100, measured_c3: 80 })
  expect(values).toMatchObject({ sledai: 10, sledai_clinical: 6, sledai_proteinuria: 4, sledai_rash: 2 })
  expect(values).toMatchObject({ sledai_dna_binding: 2, sledai_complement: 2, sledai_seizure: 0 })
})

test('systems are counted by grade', () => {
  const values = scored({
    bilag_renal: 2,
    bilag_mucocutaneous: 0.9,
    bilag_musculoskeletal: 1,
    bilag_constitutional: 0.3,
  })
  expect(values).toMatchObject({ bilag_a: 1, bilag_b: 2, bilag_c: 1 })
})

test('limits are in the unit of the model', () => {
  const inGrams = OUTPUTS.map((o) => (o.name === 'measured_c3' ? { ...o, unit: 'g/L' } : o))
  expect(scored({ measured_c3: 0.91 }, inGrams)['sledai_complement']).toBe(0)
  expect(scored({ measured_c3: 0.89 }, inGrams)['sledai_complement']).toBe(2)
})

test('what was not seen leaves no score', () => {
  const values = scored({ measured_casts: NaN, bilag_renal: NaN })
  expect(values).toMatchObject({
    sledai: NaN,
    sledai_clinical: NaN,
    sledai_casts: NaN,
    sledai_rash: 0,
    bilag_a: NaN,
    bilag_c: NaN,
  })
})

test('a model that does not show what a score needs has no such score', () => {
  const without = OUTPUTS.filter(({ name }) => name !== 'item_rash' && name !== 'bilag_a_cut')
  const names = scoring(without).names.map(({ name }) => name)
  expect(names).toContain('protein')
  expect(names.filter((name) => /^(sledai|bilag)/.test(name))).toEqual([])
  const otherUnit = OUTPUTS.map((o) => (o.name === 'measured_protein' ? { ...o, unit: 'g' } : o))
  expect(scoring(otherUnit).names.map(({ name }) => name)).not.toContain('sledai')
})

test('a call takes microseconds', () => {
  const { names, score } = scoring(OUTPUTS)
  const into = new Float64Array(names.length + 10)
  const row = Float64Array.from(OUTPUTS, ({ name }) => WELL[name] ?? 0)
  const start = performance.now()
  for (let i = 0; i < 100_000; i++) score(row, into)
  expect(performance.now() - start).toBeLessThan(2000) // some 0.1 s on an idle machine
})
