// Factors of g I - J solve what they are the factors of, whatever the pattern; and the order of elimination is worth its name.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { evaluate } from '../../../tests/evaluate.ts'
import { sharingBuilder } from '../ir/build.ts'
import type { Num, Statement } from '../ir/nodes.ts'
import { hidden } from '../ir/statements.ts'
import { interpret } from '../backends/index.ts'
import { factorBlock, solveBlock } from './block.ts'
import { backward, eliminate, factorise, forward, type Pattern } from './factor.ts'

const LARGEST = 12

/** A matrix by rows: undefined is 0 by structure. */
type Sparse = readonly (readonly (number | undefined)[])[]

const entry = fc.option(fc.double({ min: -1, max: 1, noNaN: true }), { freq: 1, nil: undefined })
const systems = fc.integer({ min: 1, max: LARGEST }).chain((n) =>
  fc.record({
    jacobian: fc.array(fc.array(entry, { minLength: n, maxLength: n }), { minLength: n, maxLength: n }),
    thin: fc.array(fc.array(fc.nat({ max: 3 }), { minLength: n, maxLength: n }), { minLength: n, maxLength: n }),
    right: fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: n, maxLength: n }),
  }),
)

const patternOf = (jacobian: Sparse): Pattern => ({
  size: jacobian.length,
  entries: jacobian.flatMap((row, i) =>
    row.flatMap((value, j) => (value === undefined ? [] : [{ row: i, column: j }])),
  ),
})

/** Solves (g I - J) x = right with factors that are unrolled as far as so many updates go. */
function solved(jacobian: Sparse, g: number, right: readonly number[], mostUpdates: number): number[] {
  const b = sharingBuilder()
  const e = eliminate(patternOf(jacobian), mostUpdates)
  const factors = factorise(b, e, b.constant(g), (row, column) => {
    const value = jacobian[row]?.[column]
    return value === undefined ? undefined : b.constant(value)
  })
  const found = run(factorBlock(b, e, 0).flat(), evaluate(factors, [0]))
  const factor = (position: number): Num => b.load(position)
  const half = forward(b, e, { factor, right: (state) => b.load(found.length + state) })
  const block = run(solveBlock(b, e, 0, found.length).flat(), [...found, ...evaluate(half, [...found, ...right])])
  const middle = half.map((_, i) => b.load(found.length + i))
  return evaluate(backward(b, e, { factor }, middle), block)
}

/** Runs statements on some slots. */
function run(statements: readonly Statement[], slots: readonly number[]): number[] {
  const kernel = interpret({ routines: [{ ...hidden('go', [], statements), exported: true }], slots: slots.length })
  kernel.memory.set(slots)
  kernel.run('go')
  return Array.from(kernel.memory)
}

test.each([Infinity, 20, 0])(
  'a diagonally dominant system is solved to rounding, with %d updates unrolled',
  (mostUpdates) => {
    const law = fc.property(systems, ({ jacobian, thin, right }) => {
      const sparse = jacobian.map((row, i) => row.map((value, j) => (thin[i]?.[j] === 0 ? value : undefined)))
      const g = LARGEST + 1 // larger than any sum of a row
      const x = solved(sparse, g, right, mostUpdates)
      const residuals = right.map((wanted, i) => {
        const row = sparse[i] ?? []
        const product = g * (x[i] ?? NaN) - row.reduce<number>((sum, value, j) => sum + (value ?? 0) * (x[j] ?? NaN), 0)
        return Math.abs(product - wanted)
      })
      expect(Math.max(...residuals)).toBeLessThan(1e-12)
    })
    fc.assert(law, { seed: 4, numRuns: 500 })
  },
)

test('the pattern after elimination holds every entry, the diagonal, and every fill-in', () => {
  const law = fc.property(systems, ({ thin }) => {
    const sparse = thin.map((row) => row.map((draw) => (draw === 0 ? 1 : undefined)))
    const { order, position, count } = eliminate(patternOf(sparse))
    expect(order.toSorted((a, b) => a - b)).toEqual(thin.map((_, i) => i))
    const places = new Set<number>()
    for (const [i, row] of order.entries())
      for (const [j, column] of order.entries()) {
        const at = position(i, j)
        if (at !== undefined) places.add(at)
        const filled = order
          .slice(0, Math.min(i, j))
          .some((_, k) => position(i, k) !== undefined && position(k, j) !== undefined)
        expect(at !== undefined).toBe(i === j || sparse[row]?.[column] !== undefined || filled)
      }
    expect([...places].toSorted((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, k) => k))
  })
  fc.assert(law, { seed: 5, numRuns: 200 })
})

// One state that all others act on and that acts on all others: taken first, it fills the whole matrix.
test.each([2, 5, 20])('an arrow of %d states fills nothing in, where the natural order would fill all', (n) => {
  const arrow = Array.from({ length: n }, (_, i) =>
    Array.from({ length: n }, (__, j) => (i === 0 || j === 0 || i === j ? -1 : undefined)),
  )
  const { order, count } = eliminate(patternOf(arrow))
  expect(count).toBe(3 * n - 2)
  expect(order.indexOf(0)).toBeGreaterThanOrEqual(n - 2)
})

test('a chain needs no fill-in in either direction', () => {
  const chain = (reach: number) =>
    Array.from({ length: 9 }, (_, i) => Array.from({ length: 9 }, (__, j) => (j === i + reach ? -1 : undefined)))
  expect(eliminate(patternOf(chain(1))).count).toBe(17)
  expect(eliminate(patternOf(chain(-1))).count).toBe(17)
})
