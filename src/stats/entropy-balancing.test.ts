import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { balance, effectiveSize } from './entropy-balancing.ts'

interface Golden {
  readonly balancing: { age: number[]; score: number[]; base: number[]; weights: number[] }
}
const { balancing }: Golden = JSON.parse(readFileSync(new URL('golden/stats.json', import.meta.url), 'utf8'))
const { age, score, base } = balancing

describe('entropy balancing', () => {
  test('finds the weights that a general optimiser finds on the same dual', () => {
    const found = balance(
      [
        { name: 'age', values: age, mean: 31, sd: 9 },
        { name: 'score', values: score, mean: 12 },
      ],
      base,
    )
    expect(found.status).toBe('balanced')
    for (const [i, weight] of balancing.weights.entries()) expect(found.weights[i]).toBeCloseTo(weight, 10)
  })

  test('meets what members themselves show, whatever they are', () => {
    const values = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 12, maxLength: 40 })
    fc.assert(
      fc.property(
        values,
        fc.array(fc.double({ min: 0.1, max: 1, noNaN: true }), { minLength: 40, maxLength: 40 }),
        (xs, other) => {
          // a target that some weights fulfil: the moments under other weights, mixed with equal ones
          const total = xs.reduce((sum, _, i) => sum + (other[i] ?? 0), 0)
          const mean = xs.reduce((sum, x, i) => sum + ((other[i] ?? 0) * x) / total, 0)
          const sd = Math.sqrt(xs.reduce((sum, x, i) => sum + ((other[i] ?? 0) * (x - mean) ** 2) / total, 0))
          fc.pre(sd > 0)
          const found = balance([{ name: 'x', values: xs, mean, sd }])
          expect(found.status).toBe('balanced')
          expect(found.achieved[0]?.mean).toBeCloseTo(mean, 6)
          expect(found.achieved[0]?.sd).toBeCloseTo(sd, 6)
        },
      ),
      { seed: 3, numRuns: 200 },
    )
  })

  test('keeps the weights when the population already shows the targets', () => {
    const values = [1, 2, 3, 4]
    const { weights, effectiveSize: size } = balance([{ name: 'x', values, mean: 2.5 }])
    for (const weight of weights) expect(weight).toBeCloseTo(0.25, 12)
    expect(size).toBeCloseTo(4, 10)
  })

  test('gives no weight to who has no value, and says so when nobody has', () => {
    const found = balance([
      { name: 'x', values: [1, 2, NaN, 3], mean: 2.2 },
      { name: 'y', values: [0, NaN, 5, 1], mean: 0.6 },
    ])
    expect([...found.weights].map((weight) => weight > 0)).toEqual([true, false, false, true])
    expect(found).toMatchObject({
      status: 'balanced',
      achieved: [{ mean: expect.closeTo(2.2, 8) }, { mean: expect.closeTo(0.6, 8) }],
    })
    expect(balance([{ name: 'x', values: [NaN, NaN], mean: 1 }])).toMatchObject({ status: 'infeasible', unmet: ['x'] })
  })

  test('names the target out of reach', () => {
    const found = balance([
      { name: 'age', values: age, mean: 31 },
      { name: 'score', values: score, mean: 99 },
    ])
    expect(found.status).toBe('infeasible')
    expect(found.unmet).toContain('score')
  })

  test('names an SD that no weights can give', () => {
    const found = balance([{ name: 'x', values: [0, 1, 2, 3], mean: 1.5, sd: 5 }])
    expect(found).toMatchObject({ status: 'infeasible', unmet: ['x (SD)'] })
  })

  test('names targets that exclude each other', () => {
    const found = balance([
      { name: 'x', values: [0, 1, 2, 3], mean: 1 },
      { name: 'twice x', values: [0, 2, 4, 6], mean: 3 },
    ])
    expect(found.status).toBe('infeasible')
    expect([...found.weights].reduce((a, b) => a + b)).toBeCloseTo(1, 12)
  })
})

test('effective size: equal weights count fully, one weight counts one', () => {
  expect(effectiveSize([1, 1, 1, 1])).toBe(4)
  expect(effectiveSize([0, 0, 3])).toBe(1)
  expect(effectiveSize([1, 2, 3])).toBeCloseTo(36 / 14, 12)
})
