// Patients of a population: typical values of a draw spread evenly, correlated scores, categories, and nobody changed by anybody else.
import { describe, expect, test } from 'vitest'
import { unitOne } from '#base'
import type { Parameter } from '#engine'
import { choleskyOf } from './cholesky.ts'
import { drawPerson, drawTypical, sliceScore, subjectOf } from './draw-person.ts'
import type { Population } from './population.ts'

const place = { file: '', line: 1, column: 1, length: 1 }
const parameter = (name: string, value: number, sd?: number): Parameter => ({
  name,
  value,
  unit: unitOne,
  meaning: '',
  source: { key: 'assumed', place },
  place,
  ...(sd !== undefined && { prior: { family: 'lognormal', sd, place } }),
})

const population = (over: Partial<Population> = {}): Population => ({
  name: 'test',
  title: '',
  care: 'none',
  parameters: [parameter('a', 2, 0.5), parameter('b', 3, 0.2), parameter('c', 1)],
  categories: [],
  together: { parameters: [], triangle: [] },
  uncertain: [],
  entryOnFlare: { from: 0, to: 1 },
  ...over,
})
const N = 20_000
const people = (p: Population): Float64Array[] => {
  const typical = drawTypical(p, 5, 0, 1)
  return Array.from({ length: N }, (_, i) => drawPerson(p, typical, 5, subjectOf(0, i)))
}
const mean = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0) / list.length
const correlation = (x: readonly number[], y: readonly number[]): number => {
  const [mx, my] = [mean(x), mean(y)]
  const sum = (f: (i: number) => number): number => x.reduce((s, _, i) => s + f(i), 0)
  const [sx, sy] = [sum((i) => ((x[i] ?? 0) - mx) ** 2), sum((i) => ((y[i] ?? 0) - my) ** 2)]
  return sum((i) => ((x[i] ?? 0) - mx) * ((y[i] ?? 0) - my)) / Math.sqrt(sx * sy)
}

describe('scores that go together', () => {
  test.each([-0.7, 0.4, 0.9])('have the correlation %d and their own spreads', (r) => {
    const triangle = choleskyOf([
      [1, r],
      [r, 1],
    ])
    const drawn = people(population({ together: { parameters: [0, 1], triangle: triangle ?? [] } }))
    const [x, y] = [0, 1].map((k) => drawn.map((d) => Math.log(d[k] ?? NaN))) as [number[], number[]]
    // standard error of a correlation: (1 - r^2) / sqrt(N); 4 of them
    expect(Math.abs(correlation(x, y) - r)).toBeLessThan((4 * (1 - r * r)) / Math.sqrt(N))
    expect(Math.abs(mean(y) - Math.log(3))).toBeLessThan((4 * 0.2) / Math.sqrt(N))
    const spread = Math.sqrt(mean(y.map((v) => (v - Math.log(3)) ** 2)))
    expect(Math.abs(spread / 0.2 - 1)).toBeLessThan(4 / Math.sqrt(2 * N))
  })

  test('without them nobody changes', () => {
    const alone = people(population())[7]
    const identity = population({ together: { parameters: [0, 1], triangle: [[1], [0, 1]] } })
    expect(people(identity)[7]).toEqual(alone)
  })
})

test('a matrix is the product of its triangle with itself turned over, or has none', () => {
  const matrix = [
    [1, 0.5, -0.3],
    [0.5, 1, 0.2],
    [-0.3, 0.2, 1],
  ]
  const rows = choleskyOf(matrix) ?? []
  for (const [i, row] of matrix.entries())
    for (const [j, value] of row.entries())
      expect((rows[i] ?? []).reduce((s, v, k) => s + v * (rows[j]?.[k] ?? 0), 0)).toBeCloseTo(value, 14)
  expect(
    choleskyOf([
      [1, 0.9, -0.9],
      [0.9, 1, 0.9],
      [-0.9, 0.9, 1],
    ]),
  ).toBeUndefined()
})

describe('what is uncertain about all patients at once', () => {
  test('is spread evenly over the draws: each slice of probability holds one', () => {
    const scores = Array.from({ length: 40 }, (_, draw) => sliceScore(3, 'a', draw, 40)).toSorted((x, y) => x - y)
    // quantiles of the standard normal at k/40, from a table
    const edges = [-1.959964, -1.644854, -1.439531, -1.281552]
    for (const [k, edge] of edges.entries()) {
      expect(scores[k]).toBeLessThan(edge)
      expect(scores[k + 1]).toBeGreaterThan(edge)
    }
  })

  test('moves the typical value, around which patients vary', () => {
    const p = population({ uncertain: [{ parameter: 0, prior: { family: 'lognormal', sd: 0.3, place } }] })
    const typical = drawTypical(p, 5, 2, 10)
    expect(typical[0]).toBeCloseTo(2 * Math.exp(0.3 * sliceScore(5, 'a', 2, 10)), 12)
    expect(typical[1]).toBe(3)
    const subject = subjectOf(2, 1)
    const [moved, usual] = [typical, Float64Array.of(2, 3, 1)].map((t) => drawPerson(p, t, 5, subject))
    expect((moved?.[0] ?? NaN) / (usual?.[0] ?? NaN)).toBeCloseTo((typical[0] ?? NaN) / 2, 12)
  })
})

test('categories come with their shares, set and multiply', () => {
  const p = population({
    categories: [
      {
        name: 'sex',
        of: [
          { name: 'women', share: 0.8, set: [{ parameter: 2, value: 1 }], times: [] },
          { name: 'men', share: 0.2, set: [{ parameter: 2, value: 0 }], times: [{ parameter: 1, factor: 10 }] },
        ],
      },
    ],
  })
  const drawn = people(p)
  const women = drawn.filter((d) => d[2] === 1)
  expect(Math.abs(women.length / N - 0.8)).toBeLessThan(4 * Math.sqrt(0.16 / N))
  const plain = people(population())
  for (const [i, d] of drawn.entries()) expect(d[1]).toBe((plain[i]?.[1] ?? NaN) * (d[2] === 1 ? 1 : 10))
})
