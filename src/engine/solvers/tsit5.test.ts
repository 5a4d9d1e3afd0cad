// The coefficients satisfy the conditions of order, one for each rooted tree (Hairer, Norsett and Wanner, II.2), and so does the interpolant.
import { describe, expect, test } from 'vitest'
import { tsit5 } from './tsit5.ts'

const all = Array.from({ length: tsit5.stages }, (_, i) => i)
const c = tsit5.time
const times = (a: readonly number[], b: readonly number[]): number[] => a.map((value, i) => value * (b[i] ?? NaN))
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
const inner = (v: readonly number[]): number[] =>
  all.map((i) => sum((tsit5.a[i] ?? []).map((a, j) => a * (v[j] ?? NaN))))
const ones = all.map(() => 1)
const [c2, ac] = [times(c, c), inner(c)]
const [c3, ac2, aac] = [times(c2, c), inner(c2), inner(ac)]

/** What weights see of each tree, what that must be, and how many nodes the tree has. */
const trees: readonly (readonly [seen: readonly number[], reciprocal: number, nodes: number])[] = [
  [ones, 1, 1],
  [c, 2, 2],
  [c2, 3, 3],
  [ac, 6, 3],
  [c3, 4, 4],
  [times(c, ac), 8, 4],
  [ac2, 12, 4],
  [aac, 24, 4],
  [times(c3, c), 5, 5],
  [times(c2, ac), 10, 5],
  [times(c, ac2), 15, 5],
  [times(c, aac), 30, 5],
  [times(ac, ac), 20, 5],
  [inner(c3), 20, 5],
  [inner(times(c, ac)), 40, 5],
  [inner(ac2), 60, 5],
  [inner(aac), 120, 5],
]

/** How far weights are off the conditions up to an order, at a share of the step. */
const worst = (weights: readonly number[], order: number, share = 1): number =>
  Math.max(
    ...trees
      .filter(([, , nodes]) => nodes <= order)
      .map(([seen, reciprocal, nodes]) => Math.abs(sum(times(weights, seen)) - share ** nodes / reciprocal)),
  )

const weights = [...(tsit5.a.at(-1) ?? []), 0]

describe('the coefficients of Tsit5', () => {
  test('the times of the stages are the row sums of a', () => {
    const off = inner(ones).map((value, i) => Math.abs(value - (c[i] ?? NaN)))
    expect(Math.max(...off)).toBeLessThan(1e-14)
  })
  test('the new state has order 5', () => expect(worst(weights, 5)).toBeLessThan(1e-14))
  test('the state less the error has order 4, and no more', () => {
    const embedded = weights.map((weight, i) => weight - (tsit5.error[i] ?? NaN))
    expect(worst(embedded, 4)).toBeLessThan(1e-14)
    expect(worst(embedded, 5)).toBeGreaterThan(1e-4)
  })
  test.each([0.25, 0.5, 0.9])('the interpolant has order 4 at %d of the step', (share) => {
    const [k0 = [], k1 = [], k2 = []] = tsit5.dense
    const inside = all.map((j) => {
      const bend = (k0[j] ?? NaN) + share * ((k1[j] ?? NaN) + share * (k2[j] ?? NaN))
      return share * ((weights[j] ?? NaN) + (1 - share) * bend)
    })
    expect(worst(inside, 4, share)).toBeLessThan(1e-13)
  })
})
