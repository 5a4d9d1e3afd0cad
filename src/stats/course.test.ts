import { expect, test } from 'vitest'
import { areaUnder, peakOf } from './course.ts'

test('the area under straight lines is exact, with steps of any length', () => {
  expect(areaUnder([0, 1, 4, 6], [0, 2, 8, 4])).toBe(1 + 15 + 12)
  expect(areaUnder([5], [3])).toBe(0)
  expect(areaUnder([0, 1, 2], [1, NaN, 1])).toBeNaN()
})

test('the area under an exponential comes near the integral as steps get shorter: the error falls by four with each halving', () => {
  const error = (steps: number): number => {
    const times = Array.from({ length: steps + 1 }, (_, k) => (3 * k) / steps)
    return (
      areaUnder(
        times,
        times.map((t) => Math.exp(-t)),
      ) -
      (1 - Math.exp(-3))
    )
  }
  expect(error(64) / error(128)).toBeCloseTo(4, 2)
})

test('the peak is the first of the largest', () => {
  expect(peakOf([0, 1, 2, 3], [1, 7, 7, 2])).toEqual({ value: 7, time: 1 })
  expect(peakOf([0, 1], [-3, -2])).toEqual({ value: -2, time: 1 })
  expect(peakOf([], [])).toEqual({ value: NaN, time: NaN })
  expect(peakOf([0, 1, 2], [1, NaN, 2])).toEqual({ value: NaN, time: NaN })
})
