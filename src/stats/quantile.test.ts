import { describe, expect, test } from 'vitest'
import { quantile } from './quantile.ts'

describe('quantile', () => {
  // R 4.2: quantile(c(1, 2, 4, 8, 16), c(0, .05, .25, .5, .9, 1)), type 7
  test.each([
    [0, 1],
    [0.05, 1.2],
    [0.25, 2],
    [0.5, 4],
    [0.9, 12.8],
    [1, 16],
  ])('p = %d of 1 2 4 8 16 is that of R', (p, expected) => {
    expect(quantile([1, 2, 4, 8, 16], p)).toBeCloseTo(expected, 12)
  })

  test('one number is every quantile, none has none', () => {
    expect(quantile([3], 0.05)).toBe(3)
    expect(quantile([], 0.5)).toBeUndefined()
  })

  test('refuses shares outside 0 to 1', () => {
    expect(() => quantile([1], 1.1)).toThrow('from 0 to 1')
    expect(() => quantile([1], NaN)).toThrow('from 0 to 1')
  })
})
