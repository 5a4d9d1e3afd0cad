import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type SplitScores, splitArm, splitMeans, splitMember } from './split.ts'

const KEYS = ['observed', 'expected', 'frozen', 'background', 'treated'] as const

/** Scores of a pool; `steps` of 1/8 have sums without rounding. */
const scoresOf = (score: fc.Arbitrary<number>): fc.Arbitrary<SplitScores> =>
  fc
    .array(fc.tuple(score, score, score, score, score), { minLength: 1, maxLength: 30 })
    .map(
      (rows) =>
        Object.fromEntries(KEYS.map((key, i) => [key, rows.map((row) => row[i] as number)])) as unknown as SplitScores,
    )
const eighths = fc.integer({ min: 0, max: 105 * 8 }).map((k) => k / 8)
const anyScore = fc.double({ min: 0, max: 105, noNaN: true })
const everybody = ({ observed }: SplitScores): number[] => Array.from({ length: observed.length }, (_, i) => i)
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

describe('the split of a fall', () => {
  test('adds up exactly in every patient', () => {
    fc.assert(
      fc.property(scoresOf(eighths), (scores) => {
        for (const member of everybody(scores)) {
          const [total, ...parts] = splitMember(scores, member)
          expect(sum(parts)).toBe(total)
          expect(total).toBe((scores.observed[member] ?? NaN) - (scores.treated[member] ?? NaN))
        }
      }),
      { seed: 1, numRuns: 300 },
    )
  })

  test('adds up in the mean, for whoever is drawn, in any order', () => {
    const drawn = scoresOf(anyScore).chain((scores) =>
      fc.tuple(fc.constant(scores), fc.array(fc.constantFrom(...everybody(scores)), { minLength: 1, maxLength: 40 })),
    )
    fc.assert(
      fc.property(drawn, ([scores, members]) => {
        const one = splitMeans(scores, members)
        const other = splitMeans(scores, members.toReversed())
        expect(sum(one.parts)).toBeCloseTo(one.total, 10)
        expect(other.total).toBeCloseTo(one.total, 10)
        for (const [i, part] of one.parts.entries()) expect(other.parts[i]).toBeCloseTo(part, 10)
      }),
      { seed: 2, numRuns: 300 },
    )
  })

  test('still adds up when some are dead or lost in some course, and counts them', () => {
    const withHoles = fc.oneof({ weight: 4, arbitrary: eighths }, { weight: 1, arbitrary: fc.constant(NaN) })
    fc.assert(
      fc.property(scoresOf(withHoles), (scores) => {
        const members = everybody(scores)
        const complete = members.filter((i) => KEYS.every((key) => !Number.isNaN(scores[key][i])))
        const found = splitMeans(scores, members)
        expect(found.complete).toBe(complete.length)
        if (complete.length > 0) expect(sum(found.parts)).toBeCloseTo(found.total, 10)
        else expect(found.total).toBeNaN()
      }),
      { seed: 3, numRuns: 300 },
    )
  })

  test('gives the cells nothing in an arm without cells', () => {
    fc.assert(
      fc.property(scoresOf(anyScore), (scores) => {
        const { parts } = splitMeans({ ...scores, treated: scores.background }, everybody(scores))
        expect(parts[3]).toBe(0)
      }),
      { seed: 4, numRuns: 100 },
    )
  })
})

test('the intervals are over the means of the replicates; those left out are counted', () => {
  const scores = {
    observed: [10, 12, 14],
    expected: [9, 11, NaN],
    frozen: [8, 10, 12],
    background: [6, 8, 10],
    treated: [5, 7, 9],
  }
  const arm = (members: number[]) => ({ members, values: new Float64Array(0), lostDays: members.map(() => Infinity) })
  const split = splitArm(scores, [arm([0, 1]), arm([0, 0]), arm([1, 2])])
  expect(split?.omitted).toBeCloseTo(1 / 6, 12)
  expect(split?.parts.map(({ name, interval }) => [name, interval.median])).toEqual([
    ['measurement', 1],
    ['natural', 1],
    ['background', 2],
    ['cells', 1],
  ])
  expect(splitArm(scores, [arm([2])])).toBeUndefined()
})
