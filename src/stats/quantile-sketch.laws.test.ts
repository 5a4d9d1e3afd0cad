import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { quantile } from './quantile.ts'
import {
  EMPTY_SKETCH,
  joinSketches,
  type QuantileSketch,
  sketchError,
  sketchOf,
  sketchQuantile,
} from './quantile-sketch.ts'

const runs = { seed: 20260904, numRuns: 300 }
const double = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.double({ min: -3, max: 3, noNaN: true }),
  fc.integer({ min: -5, max: 5 }),
)
const part = fc.array(double, { maxLength: 60 }).map((list) => Float64Array.from(list))
const capacity = fc.constantFrom(1, 3, 8, 20, 1000)
const plainly = ({ size, dropped, keys, counts }: QuantileSketch): unknown[] => [size, dropped, [...keys], [...counts]]

describe('sketches of parts', () => {
  test('join in any order and grouping to the sketch of the whole, to the bit', () => {
    fc.assert(
      fc.property(part, part, part, capacity, (a, b, c, most) => {
        const [x, y, z] = [a, b, c].map((values) => sketchOf(values, most)) as [
          QuantileSketch,
          QuantileSketch,
          QuantileSketch,
        ]
        const whole = sketchOf(Float64Array.from([...a, ...b, ...c]), most)
        expect(plainly(joinSketches(joinSketches(x, y, most), z, most))).toEqual(plainly(whole))
        expect(plainly(joinSketches(x, joinSketches(z, y, most), most))).toEqual(plainly(whole))
        expect(plainly(joinSketches(EMPTY_SKETCH, x, most))).toEqual(plainly(x))
      }),
      runs,
    )
  })

  test('count every number, and have no more buckets than they may while bits of the fraction are left', () => {
    fc.assert(
      fc.property(part, capacity, (values, most) => {
        const { size, dropped, keys, counts } = sketchOf(values, most)
        expect(size).toBe(values.length)
        expect(counts.reduce((sum, count) => sum + count, 0)).toBe(values.length)
        expect(keys.length <= most || dropped === 52).toBe(true)
      }),
      runs,
    )
  })
})

describe('a quantile from a sketch', () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true })

  test('is that of the sorted sample, to the bit, while every number has its own bucket', () => {
    fc.assert(
      fc.property(part, share, (values, p) => {
        const sorted = values.map((value) => value + 0).toSorted()
        expect(sketchQuantile(sketchOf(values, 100), p)).toEqual(quantile(sorted, p))
      }),
      runs,
    )
  })

  test('has order statistics within the error that is told', () => {
    fc.assert(
      fc.property(part, capacity, fc.nat(59), (values, most, rank) => {
        if (rank >= values.length) return
        const sketch = sketchOf(values, most)
        const exact = values.toSorted()[rank] as number
        const found = sketchQuantile(sketch, values.length === 1 ? 0 : rank / (values.length - 1)) as number
        // the share may round to just beside the rank: then the neighbours bound it
        const [before, after] = [values.toSorted()[rank - 1] ?? exact, values.toSorted()[rank + 1] ?? exact]
        const room = sketchError(sketch) * Math.max(Math.abs(before), Math.abs(exact), Math.abs(after), 1e-300)
        const rounding = 1e-12 * Math.max(Math.abs(before), Math.abs(after), Math.abs(exact))
        expect(Math.abs(found - exact)).toBeLessThanOrEqual(room + rounding)
      }),
      runs,
    )
  })
})

test('a million log-uniform numbers in 8192 buckets: quantiles to 0.02 %, told to be right to 0.2 %', () => {
  // a low-discrepancy sequence, spread over six natural logarithms
  const n = 1_000_000
  const values = Float64Array.from({ length: n }, (_, i) => Math.exp(6 * ((i * 0.6180339887498949) % 1) - 3))
  let sketch = EMPTY_SKETCH
  for (let at = 0; at < n; at += 1000)
    sketch = joinSketches(sketch, sketchOf(values.subarray(at, at + 1000), 8192), 8192)
  expect(sketchError(sketch)).toBeLessThan(0.002)
  const sorted = values.toSorted()
  for (const p of [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99])
    expect(Math.abs((sketchQuantile(sketch, p) ?? NaN) / (quantile(sorted, p) ?? NaN) - 1)).toBeLessThan(2e-4)
})

test('what lies beyond all numbers has no value, what lies before it has', () => {
  const sketch = sketchOf(Float64Array.of(1, 2, 3), 10)
  expect(sketchQuantile(sketch, 0.5, 2)).toBe(3)
  expect(sketchQuantile(sketch, 0.6, 2)).toBeUndefined()
  expect(sketchQuantile(EMPTY_SKETCH, 0.5)).toBeUndefined()
})
