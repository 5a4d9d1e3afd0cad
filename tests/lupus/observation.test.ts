// What is seen of the disease: how far patients, visits and raters move an index, against the one study that took them apart.
import { describe, expect, test } from 'vitest'
import { normal } from '#base'
import { compileModel, compileWasm, DEFAULT_SETTINGS, instantiate, openBatch } from '#engine'
import { drawn, followOne, indexOf, lupus, typical } from './patients.ts'

const PATIENTS = 300
const RUN_IN = 52 // weeks
const MONTH = 4 // weeks between the visits
const SEED = 1989

const compiled = compileModel(lupus)
const luck = (name: string, subject: number, week: number, replicate = 0): number =>
  normal({ seed: SEED, subject, replicate, purpose: name, index: week })

/** Points of SLEDAI-2K for what laboratory and rater see. */
const ITEMS: readonly (readonly [points: number, output: string, scored: (value: number) => boolean])[] = [
  ...['seizure', 'psychosis', 'organic_brain', 'visual', 'cranial_nerve', 'headache', 'stroke', 'vasculitis'].map(
    (id) => [8, `item_${id}`, (v: number) => v === 1] as const,
  ),
  ...['arthritis', 'myositis'].map((id) => [4, `item_${id}`, (v: number) => v === 1] as const),
  ...['rash', 'alopecia', 'ulcers', 'pleurisy', 'pericarditis'].map(
    (id) => [2, `item_${id}`, (v: number) => v === 1] as const,
  ),
  [1, 'item_fever', (v) => v === 1],
  [4, 'measured_haematuria', (v) => v > 5],
  [4, 'measured_pyuria', (v) => v > 5],
  [4, 'measured_casts', (v) => v > 0.5],
  [4, 'measured_upcr', (v) => v > 0.5],
  [2, 'measured_c3', (v) => v < 90],
  [2, 'measured_dsdna', (v) => v > 40],
  [1, 'measured_platelets', (v) => v < 100],
  [1, 'measured_leucocytes', (v) => v < 3],
]
const COLUMNS = ITEMS.map(([points, output, scored]) => ({ points, scored, at: indexOf(compiled.outputs, output) }))
const score = (row: ArrayLike<number>): number =>
  COLUMNS.reduce((sum, { points, scored, at }) => sum + (scored(row[at] ?? NaN) ? points : 0), 0)

/** Unit-variance noise with a memory of some days, week by week. */
function carried(name: string, subject: number, week: number, memory: number): number {
  const kept = Math.exp(-7 / memory)
  let value = luck(name, subject, 0)
  for (let w = 1; w <= week; w++) value = kept * value + Math.sqrt(1 - kept * kept) * luck(name, subject, w)
  return value
}

/** Scores of each patient by two raters at two visits a month apart: [first by one, first by the other, second by one, second by the other]. */
async function twoVisits(): Promise<number[][]> {
  const kidney = indexOf(lupus.parameters, 'kidney.susceptibility')
  const subjects = Array.from({ length: PATIENTS }, (_, k) => {
    const parameters = drawn(k)
    if (k % 5 < 3) parameters[kidney] = 0 // nephritis in two of five
    return { parameters, inputs: lupus.inputs.map(({ value }) => value), instants: [] }
  })
  const kernel = instantiate(await compileWasm(compiled.kernel))
  const batch = openBatch(kernel, compiled, subjects, { ...DEFAULT_SETTINGS, relativeTolerance: 1e-4, times: [] })
  const inputs = lupus.inputs.map(({ name }, at) => ({ name, at }))
  const set = (subject: number, at: number, value: number): void =>
    batch.change(subject, { what: 'input', change: 'set', at, value })
  const given: Readonly<Record<string, number>> = { prednisone: 10, hydroxychloroquine: 300 }
  const scores: number[][] = subjects.map(() => [])
  for (let week = 0; week <= RUN_IN + MONTH; week++) {
    for (const subject of subjects.keys())
      for (const { name, at } of inputs) {
        if (name.endsWith('_noise')) set(subject, at, carried(name, subject, week, name === 'gain_noise' ? 75 : 60))
        if (name in given) set(subject, at, given[name] ?? 0)
      }
    for (const rater of week === RUN_IN || week === RUN_IN + MONTH ? [0, 1] : []) {
      for (const subject of subjects.keys())
        for (const { name, at } of inputs) {
          if (name.startsWith('rater_')) set(subject, at, luck(name, subject, week, rater))
          if (name.startsWith('assay_')) set(subject, at, luck(name, subject, week)) // one sample for both raters
          if (name.startsWith('latent_')) set(subject, at, carried(name, subject, week, 45))
        }
      batch.look()
      for (const subject of subjects.keys()) scores[subject]?.push(score(batch.seen(subject)))
    }
    batch.advance(7 * (week + 1))
  }
  return scores
}

const average = (values: readonly number[]): number => values.reduce((sum, v) => sum + v, 0) / values.length

/** Splits the variance by what scores have in common: the patient over both visits, the visit over both raters. */
function split(scores: readonly (readonly number[])[]): { patients: number; visits: number; raters: number } {
  const centre = average(scores.flat())
  const from = scores.map((s) => s.map((v) => v - centre))
  const total = average(from.flat().map((v) => v * v))
  const sameVisit = average(from.map(([a = NaN, b = NaN, c = NaN, d = NaN]) => (a * b + c * d) / 2))
  const samePatient = average(from.map(([a = NaN, b = NaN, c = NaN, d = NaN]) => ((a + b) * (c + d)) / 4))
  return {
    patients: samePatient / total,
    visits: (sameVisit - samePatient) / total,
    raters: 1 - sameVisit / total,
  }
}

// Liang 1989, abstract: six indices, 25 patients seen twice a month apart by two physicians each
test('patients, raters and visits move an index as in the study that took them apart', async () => {
  const { patients, visits, raters } = split(await twoVisits())
  expect(patients).toBeGreaterThan(0.56)
  expect(patients).toBeLessThan(0.84)
  expect(raters).toBeGreaterThan(0.11)
  expect(raters).toBeLessThan(0.28)
  expect(visits).toBeGreaterThan(0.05)
  expect(visits).toBeLessThan(0.16)
})

describe('luck', () => {
  const look = (inputs: Readonly<Record<string, number>>, output: string): number =>
    followOne({ parameters: typical(), inputs }, [0]).values(output)[0] ?? NaN

  test.each([
    ['assay_dsdna', 'measured_dsdna', 'dsdna', 0.25],
    ['assay_c3', 'measured_c3', 'c3', 0.1],
    ['assay_urine', 'measured_upcr', 'upcr', 0.35],
    ['assay_creatinine', 'measured_creatinine', 'creatinine', 0.07],
  ] as const)('%s moves %s by its coefficient of variation', (input, measured, truth, cv) => {
    expect(look({}, measured)).toBe(look({}, truth))
    expect(Math.log(look({ [input]: 1 }, measured) / look({}, truth))).toBeCloseTo(Math.sqrt(Math.log(1 + cv * cv)), 10)
  })

  test('a rater, a latent deviation and a shift of the trial can each add and take away an item', () => {
    for (const input of ['rater_rash', 'latent_rash', 'rating_shift']) {
      expect(look({ [input]: -9 }, 'item_rash')).toBe(0)
      expect(look({ [input]: 9 }, 'item_rash')).toBe(1)
    }
    expect(look({ rater_rash: 9, latent_rash: 9 }, 'item_arthritis')).toBe(look({}, 'item_arthritis'))
  })
})
