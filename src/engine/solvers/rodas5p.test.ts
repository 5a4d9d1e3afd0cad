// The coefficients say one thing in all their forms.
import { describe, expect, test } from 'vitest'
import { rodas5p } from './rodas5p.ts'

type Matrix = readonly (readonly number[])[]

const { stages, gamma } = rodas5p
const all = Array.from({ length: stages }, (_, i) => i)
const square = (entry: (i: number, j: number) => number): number[][] => all.map((i) => all.map((j) => entry(i, j)))
const product = (a: Matrix, b: Matrix): number[][] =>
  square((i, j) => all.reduce((sum, k) => sum + (a[i]?.[k] ?? 0) * (b[k]?.[j] ?? 0), 0))
const rowSums = (a: Matrix): number[] => a.map((row) => row.reduce((sum, x) => sum + x, 0))

/** Inverts a lower triangular matrix by forward substitution. */
function inverse(a: Matrix): number[][] {
  const x = square(() => 0)
  for (const j of all)
    for (const i of all) {
      const known = all.slice(j, i).reduce((sum, k) => sum + (a[i]?.[k] ?? 0) * (x[k]?.[j] ?? 0), 0)
      if (i >= j) (x[i] as number[])[j] = ((i === j ? 1 : 0) - known) / (a[i]?.[i] ?? NaN)
    }
  return x
}

// Hairer and Wanner, Solving ODEs II, section IV.7: Gamma^-1 = I/gamma - C, alpha = A Gamma, weights m Gamma
const stageRows = [...rodas5p.a]
while (stageRows.length < stages) stageRows.push([...(stageRows.at(-1) ?? []), 1]) // each adds the stage before
const newState = [...(stageRows.at(-1) ?? []), 1]
const gammas = inverse(square((i, j) => (i === j ? 1 / gamma : -(rodas5p.c[i]?.[j] ?? 0))))
const alphas = product(stageRows, gammas)
const weights = all.map((j) => all.reduce((sum, k) => sum + (newState[k] ?? 0) * (gammas[k]?.[j] ?? 0), 0))
const weighed = (values: readonly number[]): number => values.reduce((sum, v, i) => sum + (weights[i] ?? 0) * v, 0)

function expectClose(found: readonly number[], wanted: readonly number[], within: number): void {
  const off = found.map((value, i) => Math.abs(value - (wanted[i] ?? NaN)))
  expect(found.length).toBe(wanted.length)
  expect(Math.max(...off)).toBeLessThan(within)
}

describe('the coefficients', () => {
  // sums of up to 8 terms of size up to 150, each rounded to 16 digits when printed
  test('the times of the stages are the row sums of alpha', () => expectClose(rowSums(alphas), rodas5p.time, 1e-12))
  test('the weights of df/dt are the row sums of gamma', () => expectClose(rowSums(gammas), rodas5p.drift, 1e-12))
  test('a form of each stage, none for the last two', () => {
    expect(rodas5p.a.map((row) => row.length)).toEqual([0, 1, 2, 3, 4, 5])
    expect(rodas5p.c.map((row) => row.length)).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
    expect(rodas5p.dense.map((row) => row.length)).toEqual([8, 8, 8])
  })

  const power = (k: number): number[] => rodas5p.time.map((c) => c ** k)
  const linear = (vector: readonly number[], n: number): number[] =>
    n === 0
      ? [...vector]
      : linear(
          all.map((i) =>
            all.reduce((sum, j) => sum + ((alphas[i]?.[j] ?? 0) + (gammas[i]?.[j] ?? 0)) * (vector[j] ?? 0), 0),
          ),
          n - 1,
        )
  test.each([1, 2, 3, 4, 5])('linear problems are solved to order %d', (order) => {
    // b (alpha + gamma)^(order - 1) 1 = 1/order!
    const factorial = [1, 1, 2, 6, 24, 120][order] ?? NaN
    expectClose([weighed(linear(power(0), order - 1))], [1 / factorial], 1e-12)
  })
  // the condition of quadrature for y' = f(t): alpha^(order - 1), without gamma, which df/dt takes the place of
  test.each([3, 4, 5])('quadrature has order %d', (order) =>
    expectClose([weighed(power(order - 1))], [1 / order], 1e-12),
  )
})
