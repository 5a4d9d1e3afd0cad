// Accuracy against mpmath, limits, and cost of the elementary functions. The goldens come from tools/golden/elementary.py.

import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { Arithmetic } from './arithmetic.ts'
import { exp, expm1, expm1On, expOn } from './exp.ts'
import { log, log1p, log1pOn, logOn } from './log.ts'
import { numbers } from './numbers.ts'
import { pow, powOn } from './pow.ts'
import { cos, cosOn, sin, sinOn } from './sin-cos.ts'

type Plain = (x: number, y: number) => number
type Numbers = Arithmetic<number, boolean>
type Over = (a: Numbers, x: number, y: number) => number

/**
 * `ulps`: bound on the error; the golden file holds the worst of two million points a function, and the bound lies just above it.
 * `operations`: how many of the Arithmetic the function takes; a change should be meant.
 */
const functions: { name: string; plain: Plain; on: Over; ulps: number; operations: number }[] = [
  { name: 'exp', plain: exp, on: expOn, ulps: 0.95, operations: 41 },
  { name: 'expm1', plain: expm1, on: expm1On, ulps: 1.6, operations: 41 },
  { name: 'log', plain: log, on: logOn, ulps: 0.85, operations: 46 },
  { name: 'log1p', plain: log1p, on: log1pOn, ulps: 1.45, operations: 55 },
  { name: 'pow', plain: pow, on: powOn, ulps: 1.35, operations: 141 },
  { name: 'sin', plain: sin, on: sinOn, ulps: 1.5, operations: 58 },
  { name: 'cos', plain: cos, on: cosOn, ulps: 1.5, operations: 59 },
]

const golden: Record<string, number[][]> = JSON.parse(
  readFileSync(new URL('../golden/elementary.json', import.meta.url), 'utf8'),
)

/** The distance from |x| to the next double. */
function ulp(x: number): number {
  const size = Math.abs(x)
  return size < 2 ** -1022 ? 2 ** -1074 : 2 ** (numbers.exponentOf(size) - 52)
}

describe('accuracy', () => {
  test.each(functions)('$name stays within $ulps ulp', ({ name, plain, ulps }) => {
    const rows = golden[name]!
    expect(rows.length).toBeGreaterThan(400)
    let worst = 0
    for (const row of rows) {
      const [near, rest] = row.slice(-2) as [number, number]
      const error = Math.abs((plain(row[0]!, row[1]!) - near) / ulp(near) - rest)
      worst = Math.max(worst, error)
    }
    expect(worst).toBeLessThan(ulps)
    expect(worst).toBeGreaterThan(ulps - 0.1) // the stated bound is a measurement, not a wish
  })
})

const { MAX_VALUE: LARGEST, MIN_VALUE: SMALLEST } = Number

/** What ordinary rules and IEEE 754 fix exactly: arguments, then the value. */
const limits: Record<string, number[][]> = {
  exp: [
    [0, 1],
    [-0, 1],
    [SMALLEST, 1],
    [-745.1, SMALLEST],
    [-745.2, 0],
    [-LARGEST, 0],
    [-Infinity, 0],
    [709.79, Infinity],
    [LARGEST, Infinity],
    [Infinity, Infinity],
    [NaN, NaN],
  ],
  expm1: [
    [0, 0],
    [SMALLEST, SMALLEST],
    [-40, -1],
    [-Infinity, -1],
    [709.79, Infinity],
    [Infinity, Infinity],
    [NaN, NaN],
  ],
  log: [
    [1, 0],
    [0, -Infinity],
    [-0, -Infinity],
    [Infinity, Infinity],
    [-SMALLEST, NaN],
    [-1, NaN],
    [-Infinity, NaN],
    [NaN, NaN],
  ],
  log1p: [
    [0, 0],
    [SMALLEST, SMALLEST],
    [-1, -Infinity],
    [Infinity, Infinity],
    [-1.1, NaN],
    [-Infinity, NaN],
    [NaN, NaN],
  ],
  pow: [
    [0, 0, 1],
    [0, SMALLEST, 0],
    [0, 2, 0],
    [-0, 2, 0],
    [0, Infinity, 0],
    [0, -2, Infinity],
    [-0, -2, Infinity],
    [0, -Infinity, Infinity],
    [0, NaN, NaN],
    [1, LARGEST, 1],
    [1, Infinity, 1],
    [1, -Infinity, 1],
    [1, NaN, NaN],
    [2, 0, 1],
    [2, -0, 1],
    [2, 10, 1024],
    [2, -1074, SMALLEST],
    [2, -1080, 0],
    [2, 1024, Infinity],
    [2, Infinity, Infinity],
    [2, -Infinity, 0],
    [0.5, Infinity, 0],
    [0.5, -LARGEST, Infinity],
    [SMALLEST, 1, SMALLEST],
    [LARGEST, 1, LARGEST],
    [LARGEST, SMALLEST, 1],
    [Infinity, 0.5, Infinity],
    [Infinity, -0.5, 0],
    [Infinity, 0, 1],
    [Infinity, Infinity, Infinity],
    [-1, 2, NaN],
    [-Infinity, 2, NaN],
    [-1, 0, 1],
    [NaN, 0, 1],
    [NaN, 1, NaN],
    [2, NaN, NaN],
  ],
  sin: [
    [0, 0],
    [SMALLEST, SMALLEST],
    [1000000.1, NaN],
    [-Infinity, NaN],
    [NaN, NaN],
  ],
  cos: [
    [0, 1],
    [1000000.1, NaN],
    [Infinity, NaN],
    [NaN, NaN],
  ],
}

/** An arithmetic that answers `poison` wherever the interface leaves the answer open. */
function poisoned(poison: number): Numbers {
  const positiveNormal = (x: number): boolean => x >= 2 ** -1022 && x <= LARGEST
  return {
    ...numbers,
    powerOfTwo: (n) => (Number.isInteger(n) && n >= -1022 && n <= 1023 ? numbers.powerOfTwo(n) : poison),
    exponentOf: (x) => (positiveNormal(x) ? numbers.exponentOf(x) : poison),
    significandOf: (x) => (positiveNormal(x) ? numbers.significandOf(x) : poison),
  }
}

describe('limits', () => {
  test.each(functions)('$name has its exact values', ({ name, plain }) => {
    for (const row of limits[name]!) expect([...row.slice(0, -1), plain(row[0]!, row[1]!)]).toEqual(row)
  })

  test.each(functions)('$name never leans on what Arithmetic leaves open', ({ name, plain, on }) => {
    const points = [...limits[name]!, ...golden[name]!]
    for (const poison of [NaN, Infinity, -1e300, 0]) {
      const a = poisoned(poison)
      for (const [x, y] of points) expect(on(a, x!, y!)).toBe(plain(x!, y!))
    }
  })
})

describe('cost', () => {
  test.each(functions)('$name takes $operations operations', ({ on, operations }) => {
    let count = 0
    const counting = new Proxy(numbers, {
      get(target, operation: keyof Numbers) {
        if (operation !== 'constant') count++
        return target[operation]
      },
    })
    on(counting, 1.5, 2.5)
    expect(count).toBe(operations)
  })
})

describe('numbers', () => {
  test.each([2 ** -1022, 1, 1.5, 3, Math.PI, 2 ** 1023, LARGEST])('takes %d apart and together', (x) => {
    const m = numbers.significandOf(x)
    expect(m).toBeGreaterThanOrEqual(1)
    expect(m).toBeLessThan(2)
    expect(m * numbers.powerOfTwo(numbers.exponentOf(x))).toBe(x)
  })
})
