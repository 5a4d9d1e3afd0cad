// Factors of g I - J solve what they are the factors of, whatever the pattern; and the order of elimination is worth its name.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { evaluate } from '../../../tests/evaluate.ts'
import { sharingBuilder } from '../ir/build.ts'
import { eliminate, factorise, type Pattern, solve } from './factor.ts'

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

/** Solves (g I - J) x = right with the unrolled factors. */
function solved(jacobian: Sparse, g: number, right: readonly number[]): number[] {
  const b = sharingBuilder()
  const e = eliminate(patternOf(jacobian))
  const factors = factorise(b, e, b.constant(g), (row, column) => {
    const value = jacobian[row]?.[column]
    return value === undefined ? undefined : b.constant(value)
  })
  const found = evaluate(factors, [0])
  const slots = [...found, ...right]
  const x = solve(
    b,
    e,
    (position) => b.load(position),
    (state) => b.load(found.length + state),
  )
  return evaluate(x, slots)
}

test('a diagonally dominant system is solved to rounding', () => {
  const law = fc.property(systems, ({ jacobian, thin, right }) => {
    const sparse = jacobian.map((row, i) => row.map((value, j) => (thin[i]?.[j] === 0 ? value : undefined)))
    const g = LARGEST + 1 // larger than any sum of a row
    const x = solved(sparse, g, right)
    const residuals = right.map((wanted, i) => {
      const row = sparse[i] ?? []
      const product = g * (x[i] ?? NaN) - row.reduce<number>((sum, value, j) => sum + (value ?? 0) * (x[j] ?? NaN), 0)
      return Math.abs(product - wanted)
    })
    expect(Math.max(...residuals)).toBeLessThan(1e-12)
  })
  fc.assert(law, { seed: 4, numRuns: 500 })
})

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
