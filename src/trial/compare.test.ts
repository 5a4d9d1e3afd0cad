import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { compareRow } from './compare.ts'
import type { Published } from './published.ts'
import { readPublished } from './read-published.ts'
import { readTrial } from './read-trial.ts'
import type { ArmReplicate } from './replicate.ts'
import type { Trial } from './trial.ts'

const read = (name: string): string => readFileSync(new URL(`examples/${name}`, import.meta.url), 'utf8')
const trial = readTrial('small.trial.yaml', read('small.trial.yaml')).value as Trial
const published = readPublished('small.published.yaml', read('small.published.yaml')).value as Published

type Courses = Readonly<Record<string, readonly (readonly number[])[]>>

/** An arm in which some endpoints have values, per patient and visit, and the rest are missing. */
function armOf(n: number, courses: Courses, lostDays: readonly number[] = Array(n).fill(Infinity)): ArmReplicate {
  const values = Array.from({ length: n }, (_, patient) =>
    trial.endpoints.flatMap(({ id }) => courses[id]?.[patient] ?? trial.visits.map(() => NaN)),
  )
  return { members: lostDays.map((_, i) => i), values: Float64Array.from(values.flat()), lostDays }
}

/** A replicate whose arm of cells has these values at month 6, or these whole courses. */
const cells = (courses: Courses, lostDays?: readonly number[]): ArmReplicate[] => [
  armOf(3, {}),
  armOf(4, courses, lostDays),
]
const atEnd = (...values: readonly number[]): number[][] => values.map((value) => [0, 0, 0, value])
const compare = (id: string, replicates: readonly (readonly ArmReplicate[])[]) => {
  const row = published.rows.find((one) => one.id === id)
  if (!row) throw new Error(`no row ${id}`)
  return compareRow(trial, row, replicates)
}

describe('a mean', () => {
  // means of -10, -9 … 0 over eleven replicates
  const replicates = Array.from({ length: 11 }, (_, k) =>
    cells({ 'sledai-change': atEnd(k - 12, k - 8, k - 9, k - 11) }),
  )
  const found = compare('fall-cells', replicates)

  test('is predicted by quantiles over replicates', () =>
    expect(found.predicted).toEqual({ median: -5, lo50: -7.5, hi50: -2.5, lo90: -9.5, hi90: -0.5 }))
  test('says whether the printed number lies inside', () =>
    expect(found).toMatchObject({ inside90: true, inside50: false, use: 'validate', time_months: 6, unit: '1' }))
  test('has a two-sided p in which a tie counts half', () => expect(found.p).toBeCloseTo((2 * 2.5) / 11, 12))
  test('tells how often a change is at least as large', () => expect(found.probability).toBeCloseTo(3 / 11, 12))
  test("carries the printed interval by Student's t", () => {
    // R: qt(0.95, 11) = 1.795885
    expect(found.observed.lo90).toBeCloseTo(-8 - (1.795885 * 4) / Math.sqrt(12), 5)
    expect(found.observed).toMatchObject({ value: -8, n: 12, text: '-8 (SD 4)' })
  })
  test('of a level has no effect that could be large; its own use outranks the trial', () =>
    expect(compare('level-cells', [cells({ sledai: atEnd(4, 4, 5, 5) })])).toMatchObject({
      probability: null,
      use: 'calibrate',
    }))
})

describe('a share', () => {
  const seen = { remission: atEnd(1, 1, NaN, 0) }
  const found = compare('remission-cells', [cells(seen, [Infinity, Infinity, 100, Infinity])])

  test('counts the dead as failures where the endpoint says so, and shows available cases beside', () => {
    expect(found.predicted?.median).toBe(2 / 4)
    expect(found.available?.median).toBe(2 / 3)
  })
  test('leaves out a failure of the numbers, which is not a death', () => {
    const failed = compare('remission-cells', [cells(seen)])
    expect(failed.predicted?.median).toBe(2 / 3)
    expect(failed.available).toBeUndefined()
  })
  test('has an exact interval beside it', () => {
    // scipy: binomtest(3, 4).proportion_ci(0.9)
    expect(found.observed.lo90).toBeCloseTo(0.2486, 4)
    expect(found.observed.hi90).toBeCloseTo(0.9873, 4)
  })
})

describe('a difference', () => {
  const replicate = (a: number[], b: number[]) => [
    armOf(3, { remission: atEnd(...b) }),
    armOf(4, { remission: atEnd(...a) }),
  ]

  test('is the first arm minus the second, and a printed number stands for all that round to it', () => {
    const found = compare('remission-difference', [replicate([1, 1, 1, 0], [1, 1, 0])])
    expect(found.arm).toBe('cells - placebo')
    expect(found.predicted?.median).toBeCloseTo(3 / 4 - 2 / 3, 12) // 0.08333…, printed as 0.083
    expect(found).toMatchObject({ inside90: true, p: 1, probability: 1 })
  })
  test('has its 95 % interval shrunk to 90 %', () => {
    const { observed } = compare('remission-difference', [replicate([1, 1, 1, 0], [1, 1, 0])])
    const shrink = 1.6448536 / 1.959964
    expect(observed.lo90).toBeCloseTo(0.083 - 0.483 * shrink, 6)
    expect(observed.hi90).toBeCloseTo(0.083 + 0.417 * shrink, 6)
  })
})

describe('a time', () => {
  test('is the mean of those who reach it; a replicate in which nobody does has none', () => {
    const some = cells({ 'time-to-remission': atEnd(4, 8, NaN, NaN) })
    const none = cells({ 'time-to-remission': atEnd(NaN, NaN, NaN, NaN) })
    expect(compare('time-cells', [some, none])).toMatchObject({ predicted: { median: 6 }, skipped: 1 })
    expect(compare('time-cells', [none])).toMatchObject({ predicted: null, p: null, inside90: null, skipped: 1 })
  })
})

describe('a direction', () => {
  const course = (...ends: number[]) => ({ sledai: ends.map((end) => [10, 9, 8, end]) })

  test('is the share of replicates with a significant fall, and inside nothing', () => {
    // paired t test: falls of 4, 5, 6, 5 have p = 0.002; falls of 4, -3, 6, -2 have p = 0.63
    const found = compare('falls', [cells(course(6, 5, 4, 5)), cells(course(6, 13, 4, 12))])
    expect(found).toMatchObject({ probability: 0.5, predicted: null, p: null, inside90: null, inside50: null })
    expect(found.observed).toEqual({ text: 'decrease, p < 0.05', value: null, n: null })
  })
  test('of a lowest mean compares all visits', () => {
    expect(compare('lowest', [cells(course(9, 9, 9, 9)), cells(course(7, 7, 7, 7))]).probability).toBe(0.5)
  })
})

test('what the model does not have is printed with nothing beside it', () =>
  expect(compare('titre', [])).toMatchObject({
    label: 'ANA titre',
    observed: { value: -248, text: '-248 (SD 360)', n: 4 },
    predicted: null,
    probability: null,
    inside90: null,
    notModelled: 'the model has no ANA titre',
    time_months: 6,
  }))
