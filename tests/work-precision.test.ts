// The two numbers on which the bench stands: how far off a solution is, and what it would have cost to be as exact as somebody else.
import { describe, expect, test } from 'vitest'
import { largestError, type Point, timeAtError } from '../bench/error.ts'

describe('the largest error', () => {
  const reference = [Float64Array.of(1, 0), Float64Array.of(-2, 5)]
  test.each<[string, number[][], number]>([
    [
      'is relative where the reference is large',
      [
        [1, 0],
        [-2, 5.5],
      ],
      0.5 / 5.001,
    ],
    [
      'counts from a thousandth where it is small',
      [
        [1, 1e-4],
        [-2, 5],
      ],
      0.1,
    ],
    [
      'is infinite where a number is none',
      [
        [1, Number.NaN],
        [-2, 5],
      ],
      Infinity,
    ],
    ['is infinite where a row is missing', [[1, 0], [-2]], Infinity],
    ['is infinite where a subject is missing', [[1, 0]], Infinity],
  ])('%s', (_, rows, wanted) => {
    expect(
      largestError(
        rows.map((row) => Float64Array.from(row)),
        reference,
      ),
    ).toBeCloseTo(wanted, 14)
  })
})

describe('the time at an error', () => {
  // a method of order 5: ten times the work, 1e5 times as exact
  const points: Point[] = [1e-1, 1e-3, 1e-7].map((maxError) => ({ maxError, ms: maxError ** -0.2 }))
  test('lies on a straight line of the logarithms', () => {
    for (const error of [1e-1, 3e-2, 1e-3, 1e-5, 1e-7])
      expect(timeAtError(points, error)).toBeCloseTo(error ** -0.2, 10)
  })
  test('is unknown beyond what was reached', () => {
    expect(timeAtError(points, 0.2)).toBeUndefined()
    expect(timeAtError(points, 1e-8)).toBeUndefined()
    expect(timeAtError([], 1)).toBeUndefined()
  })
  test('is the least where a line goes to and fro', () => {
    const wavering = [...points, { maxError: 1e-2, ms: 100 }, { maxError: 1e-4, ms: 200 }]
    expect(timeAtError(wavering, 1e-3)).toBeCloseTo(1e-3 ** -0.2, 10)
  })
})
