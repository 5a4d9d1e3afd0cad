import { describe, expect, test } from 'vitest'
import { unitOne } from '#base'
import type { Parameter, Prior } from '#engine'
import { quantile } from '#stats'
import { drawParameters, typicalParameters } from './draw.ts'

const place = { file: '', line: 1, column: 1, length: 1 }
type Bare<P> = P extends unknown ? Omit<P, 'place'> : never
const parameter = (name: string, value: number, prior?: Bare<Prior>): Parameter =>
  ({
    name,
    value,
    unit: unitOne,
    meaning: '',
    source: { key: 'assumed', place },
    place,
    ...(prior && { prior: { ...prior, place } }),
  }) as Parameter

const N = 20_000
const drawAll = (p: Parameter): Float64Array =>
  Float64Array.from({ length: N }, (_, i) => drawParameters({ parameters: [p] }, 7, i)[0] ?? NaN).toSorted()

// A sample quantile at share p has standard error sqrt(p (1-p) / N) / density; 4 of them, fixed seed: a false alarm is one in 16,000 per row.
const NORMAL = [
  [0.05, -1.6448536269514722],
  [0.5, 0],
  [0.95, 1.6448536269514722],
] as const
const density = (z: number): number => Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)
const slack = (p: number, z: number): number => (4 * Math.sqrt((p * (1 - p)) / N)) / density(z)

describe('drawn parameters have the quantiles of their priors', () => {
  test.each(NORMAL)('normal, share %d', (p, z) => {
    const found = quantile(drawAll(parameter('a', 10, { family: 'normal', sd: 2 })), p) ?? NaN
    expect(Math.abs((found - 10) / 2 - z)).toBeLessThan(slack(p, z))
  })
  test.each(NORMAL)('lognormal by its log-SD, share %d', (p, z) => {
    const found = quantile(drawAll(parameter('b', 10, { family: 'lognormal', sd: 0.5 })), p) ?? NaN
    expect(Math.abs(Math.log(found / 10) / 0.5 - z)).toBeLessThan(slack(p, z))
  })
  test.each(NORMAL)('lognormal by its CV, share %d', (p, z) => {
    const found = quantile(drawAll(parameter('c', 10, { family: 'lognormal', cv: 50 })), p) ?? NaN
    expect(Math.abs(Math.log(found / 10) / Math.sqrt(Math.log(1.25)) - z)).toBeLessThan(slack(p, z))
  })
  test.each(NORMAL)('logitnormal, share %d', (p, z) => {
    const found = quantile(drawAll(parameter('d', 0.3, { family: 'logitnormal', sd: 0.7 })), p) ?? NaN
    expect(Math.abs((Math.log(found / (1 - found)) - Math.log(0.3 / 0.7)) / 0.7 - z)).toBeLessThan(slack(p, z))
  })
  test.each([0.05, 0.5, 0.95])('uniform, share %d', (p) => {
    const found = quantile(drawAll(parameter('e', 3, { family: 'uniform', from: 2, to: 6 })), p) ?? NaN
    expect(Math.abs((found - 2) / 4 - p)).toBeLessThan(4 * Math.sqrt((p * (1 - p)) / N))
  })
})

describe('draws are addressed', () => {
  const a = parameter('a', 1, { family: 'lognormal', sd: 1 })
  const b = parameter('b', 1, { family: 'lognormal', sd: 1 })

  test('a new parameter changes nobody', () => {
    const [alone] = drawParameters({ parameters: [b] }, 1, 5)
    const [, beside] = drawParameters({ parameters: [a, b] }, 1, 5)
    expect(beside).toBe(alone)
  })

  test('subject, seed and name each give another value', () => {
    const values = [
      drawParameters({ parameters: [a, b] }, 1, 5),
      drawParameters({ parameters: [a, b] }, 1, 6),
      drawParameters({ parameters: [a, b] }, 2, 5),
    ].flatMap((drawn) => [...drawn])
    expect(new Set(values).size).toBe(6)
  })

  test('without a prior, and for the typical subject, the value is the number in the file', () => {
    expect([...drawParameters({ parameters: [parameter('f', 4)] }, 1, 1)]).toEqual([4])
    expect([...typicalParameters({ parameters: [a, parameter('f', 4)] })]).toEqual([1, 4])
  })
})
