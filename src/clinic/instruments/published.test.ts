// Patients and numbers that others printed; and printed numbers that are wrong, which must not come out.
import { describe, expect, test } from 'vitest'
import { pow } from '#base'
import { bicla } from './bicla.ts'
import { bilagNumeric } from './bilag-numeric.ts'
import { ckdEpi, ckdEpiCystatin } from './ckd-epi.ts'
import type { Findings } from './column.ts'
import { eularAcr2019 } from './eular-acr-2019.ts'
import { facitFatigue } from './facit-fatigue.ts'
import { bilagNow } from './global.ts'
import golden from './golden/ckd-epi.json' with { type: 'json' }
import { type Instrument, standardSettings } from './instrument.ts'
import { INSTRUMENTS } from './instruments.ts'
import { sledai } from './sledai.ts'
import { sledai2k } from './sledai-2k.ts'

const value = (instrument: Instrument, found: Findings, settings = {}) =>
  instrument.compute(found, { ...standardSettings(instrument), ...settings }).value

const ABSENT = Object.fromEntries(sledai2k.items.map(({ id }) => [id, false]))
const present = (...ids: readonly string[]): Findings => ({
  ...ABSENT,
  ...Object.fromEntries(ids.map((id) => [id, true])),
})

describe('SLEDAI-2K', () => {
  test.each([
    // @lsm-140689
    [['alopecia', 'ulcers', 'dna_binding'], 6],
    // @ard-262926, the patients whose total follows from what is printed
    [['pericarditis', 'arthritis'], 6],
    [['arthritis'], 4],
    [['rash', 'alopecia'], 4],
    // a public interface prints 14 for these
    [['arthritis', 'proteinuria', 'rash', 'alopecia', 'complement', 'dna_binding'], 16],
  ])('%s: %d', (ids, total) => {
    expect(value(sledai, present(...ids))).toBe(total)
  })

  // a table with more points than it prints items for: urine and blood were not itemised
  test.each([
    [['cranial_nerve'], 10],
    [['arthritis', 'alopecia'], 10],
    [['low_complement'], 10],
  ])('%s explain no more than %d', (ids, total) => {
    const known = ids.map((id) => (id === 'low_complement' ? 'complement' : id))
    expect(value(sledai, present(...known))).toBeLessThanOrEqual(total)
  })

  test('everything is 105, without serology 101', () => {
    const all = Object.fromEntries(sledai2k.items.map(({ id }) => [id, true]))
    expect(value(sledai, all)).toBe(105)
    expect(INSTRUMENTS.find(({ name }) => name === 'clinical-sledai')?.compute(all, {}).value).toBe(101)
  })
})

// Grades of flares as @ard-262926 prints them, with the points of @yee-2010.
test.each([
  ['B C C', 10],
  ['A A A', 36],
  ['A B', 20],
  ['A B C', 21],
  ['B B C', 17],
  ['B C', 9],
  ['B B', 16],
  ['A', 12],
  ['A A A A A A A A A', 108],
])('BILAG %s: %d', (grades, points) => {
  const letters = grades.split(' ')
  expect(value(bilagNumeric, Object.fromEntries(bilagNow.map(({ name }, i) => [name, letters[i] ?? 'E'])))).toBe(points)
})

test('totals of 6 and 7, as a trial prints, come from 9-3-1', () => {
  const grades = (...letters: readonly string[]): Findings =>
    Object.fromEntries(bilagNow.map(({ name }, i) => [name, letters[i] ?? 'D']))
  expect(value(bilagNumeric, grades('B', 'B'), { scheme: '9-3-1' })).toBe(6)
  expect(value(bilagNumeric, grades('B', 'B', 'C'), { scheme: '9-3-1' })).toBe(7)
})

describe('CKD-EPI 2021', () => {
  // tools/golden/ckd-epi.py
  test.each(golden as [number, number, number, string, number, number][])(
    'creatinine %d, cystatin C %d, age %d, %s',
    (creatinine, cystatin_c, age_years, sex, one, both) => {
      const found = { creatinine, cystatin_c, age_years, sex }
      expect(value(ckdEpi, found)).toBeCloseTo(one, 9)
      expect(value(ckdEpiCystatin, found)).toBeCloseTo(both, 9)
    },
  )

  test.each([
    ['male', 55, 1.2, 71], // the calculator of the National Kidney Foundation
    ['female', 55, 0.9, 75.5], // a public calculator says "about 76"
  ])('%s, %d years, %d mg/dL: about %d', (sex, age_years, creatinine, printed) => {
    expect(Math.abs(Number(value(ckdEpi, { sex, age_years, creatinine })) - printed)).toBeLessThan(0.5)
  })

  test('a public interface prints 52.3 for a woman of 65 with 1.2 mg/dL; it is 50.2', () => {
    expect(value(ckdEpi, { sex: 'female', age_years: 65, creatinine: 1.2 })).toBeCloseTo(50.2347, 4)
  })

  test('it is not the equation of 2009', () => {
    const old = 141 * pow(1.4 / 0.9, -1.209) * pow(0.993, 60)
    expect(old).toBeCloseTo(54.22, 2) // printed in the vignette of an R package
    expect(value(ckdEpi, { sex: 'male', age_years: 60, creatinine: 1.4 })).toBeCloseTo(57.539, 3)
  })

  test('it falls with age and creatinine', () => {
    const at = (creatinine: number, age_years: number): number =>
      Number(value(ckdEpi, { sex: 'female', creatinine, age_years }))
    for (const scr of [0.4, 0.69, 0.7, 0.71, 1.5, 4]) {
      expect(at(scr, 40)).toBeGreaterThan(at(scr + 0.01, 40))
      expect(at(scr, 40)).toBeGreaterThan(at(scr, 41))
    }
  })

  test('children get no number, and are told why', () => {
    const verdict = ckdEpi.compute({ sex: 'female', age_years: 17, creatinine: 0.7 }, {})
    expect(verdict.value).toBeUndefined()
    expect(verdict.notes.join()).toContain('adults only')
    expect(value(ckdEpi, { sex: 'female', age_years: 18, creatinine: 0.7 })).toBeDefined()
  })
})

describe('EULAR/ACR 2019', () => {
  const NONE = Object.fromEntries(
    eularAcr2019.needs.filter(({ kind }) => kind === 'truth').map(({ name }) => [name, false]),
  )
  const judged = (...ids: readonly string[]) => {
    const verdict = eularAcr2019.compute({ ...NONE, ...Object.fromEntries(ids.map((id) => [id, true])) }, {})
    return [verdict.value, verdict.notes[0]]
  }

  test('a teaching case: 20 points, pericarditis and effusion once', () => {
    const ids = ['ana', 'ulcers', 'pericarditis', 'effusion', 'leucopenia', 'dsdna_or_sm', 'low_c3_or_c4']
    expect(judged(...ids)).toEqual([true, 'points 20'])
  })

  test('nephritis of class III or IV, both complements, haemolysis and anti-dsDNA: the 24 that a case table prints', () => {
    expect(judged('ana', 'class_iii_or_iv', 'low_c3_and_c4', 'haemolysis', 'dsdna_or_sm')).toEqual([true, 'points 24'])
  })

  test('everything is 51', () => {
    expect(judged(...Object.keys(NONE))).toEqual([true, 'points 51'])
  })

  test('without antinuclear antibodies nobody is classified', () => {
    expect(judged('class_iii_or_iv', 'acute_cutaneous')).toEqual([false, 'points 16'])
  })

  test('12 points of immunology alone do not classify', () => {
    expect(judged('ana', 'antiphospholipid', 'low_c3_and_c4', 'dsdna_or_sm')).toEqual([false, 'points 12'])
  })

  test('10 are enough, 9 are not', () => {
    expect(judged('ana', 'acute_cutaneous', 'proteinuria')).toEqual([true, 'points 10'])
    expect(judged('ana', 'dsdna_or_sm', 'leucopenia')).toEqual([false, 'points 9'])
  })
})

test('FACIT-Fatigue: no fatigue and full energy is 52, whatever calculators say of its direction', () => {
  const answers = (fatigue: number, energy: number): Findings =>
    Object.fromEntries(facitFatigue.needs.map(({ name }, i) => [name, i === 6 || i === 7 ? energy : fatigue]))
  expect(value(facitFatigue, answers(0, 4))).toBe(52)
  expect(value(facitFatigue, answers(4, 0))).toBe(0)
  const seven = Object.fromEntries(Object.entries(answers(1, 3)).slice(0, 7))
  expect(value(facitFatigue, seven)).toBeUndefined()
  expect(value(facitFatigue, seven, { missing: 'prorate' })).toBe(39)
  const six = Object.fromEntries(Object.entries(seven).slice(0, 6))
  expect(value(facitFatigue, six, { missing: 'prorate' })).toBeUndefined()
})

test('a system that was A and is B is no new B, and B to D improves', () => {
  const quiet = Object.fromEntries(
    bilagNow.flatMap(({ name }) => [
      [name, 'D'],
      [`baseline_${name}`, 'D'],
    ]),
  )
  const found = {
    ...quiet,
    baseline_bilag_renal: 'A',
    bilag_renal: 'B',
    baseline_bilag_mucocutaneous: 'B',
    baseline_sledai: 12,
    sledai: 12,
    baseline_pga: 2,
    pga: 2,
    treatment_failure: false,
  }
  expect(value(bicla, found)).toBe(true)
  expect(value(bicla, { ...found, bilag_renal: 'A' })).toBe(false)
  expect(value(bicla, { ...found, bilag_mucocutaneous: 'B' })).toBe(false)
  expect(value(bicla, { ...found, bilag_musculoskeletal: 'B' })).toBe(true)
  expect(value(bicla, { ...found, bilag_musculoskeletal: 'B', bilag_constitutional: 'B' })).toBe(false)
  expect(value(bicla, { ...found, bilag_musculoskeletal: 'A' })).toBe(false)
  expect(value(bicla, { ...found, sledai: 13 })).toBe(false)
  expect(value(bicla, { ...found, treatment_failure: true })).toBe(false)
})
