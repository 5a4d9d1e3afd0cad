// Measured, not believed: the coefficients say one thing in all their forms, and the observed orders are the claimed ones.
import { describe, expect, test } from 'vitest'
import { modelOf } from '../../../tests/models.ts'
import { typicalSubject } from '../../../tests/runs.ts'
import { interpret } from '../backends/index.ts'
import { compileModel } from '../compile/compile.ts'
import type { Model } from '../language/model.ts'
import { DEFAULT_SETTINGS, openBatch } from '../simulate/batch.ts'
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

// ---- observed orders: steps of one length, forced by a step size beyond every segment and by tolerances that accept all

interface Solved {
  readonly model: Model
  readonly exact: (t: number) => number
}

const model = (text: string): Model => modelOf(`model test "test"\ntime [s]\n${text}`)

// y = log(1 + t) with y' = e^-y, and z = 1/(1 + t), mixed so that the Jacobian is full
const nonlinear: Solved = {
  model: model('state y = 0 [1]\nstate z = 1 [1]\nder y = (3*exp(-y) - z)/2/1 [s]\nder z = -z*exp(-y)/1 [s]\n'),
  exact: (t) => Math.log(1 + t),
}
// y = e^sin(s), s = t + 1: the rate and its Jacobian move with time
const moving: Solved = {
  model: model(
    'let s = time/1 [s] + 1\nstate y = exp(sin(1))\n' +
      'der y = (y*cos(s) - sin(s)*y*y*exp(-sin(s)) + sin(s)*y)/1 [s]\n',
  ),
  exact: (t) => Math.exp(Math.sin(t + 1)),
}

/** The largest errors at the ends of `count` steps of length h, and at rows inside the first of them. */
function errors({ model: m, exact }: Solved, h: number, count: number): { ends: number; inside: number } {
  const inside = [0.1, 0.25, 0.5, 0.75, 0.9].map((share) => share * h)
  const times = [...inside, ...Array.from({ length: count }, (_, k) => (k + 1) * h)]
  const compiled = compileModel(m)
  const kernel = interpret(compiled.kernel)
  const batch = openBatch(kernel, compiled, [typicalSubject(m)], { ...DEFAULT_SETTINGS, relativeTolerance: 1e6, times })
  const { start, step } = compiled.layout.subject
  kernel.memory[compiled.layout.slots + step - start] = 1e9
  for (let k = 1; k <= count; k++) batch.advance(k * h)
  expect(batch.progress(0)).toMatchObject({ status: 'ok', steps: count, rejected: 0 })
  const off = times.map((t, row) => Math.abs((batch.rows(0)[row * m.states.length] ?? NaN) - exact(t)))
  return { ends: Math.max(...off.slice(inside.length)), inside: Math.max(...off.slice(0, inside.length)) }
}

/** The order seen when the step is halved. */
const order = ([coarse = NaN, fine = NaN]: readonly number[]): number => Math.log2(coarse / fine)

describe.each([
  ['a nonlinear problem', nonlinear],
  ['a problem that moves with time', moving],
])('%s', (_, problem) => {
  // measured: 4.95 and 5.02
  test('is solved to order 5', () => {
    const seen = order([32, 64].map((count) => errors(problem, 2 / count, count).ends))
    expect(Math.abs(seen - 5)).toBeLessThan(0.2)
  })

  // an interpolant of order p is off by h^(p + 1) within one step from an exact value; measured: 4.05 and 4.07
  test('is interpolated to order 4', () => {
    const seen = order([32, 64].map((count) => errors(problem, 1 / count, 1).inside)) - 1
    expect(Math.abs(seen - 4)).toBeLessThan(0.3)
  })
})

// Prothero and Robinson 1974: at this stiffness most methods of the kind fall back to order 1
const stiff: Solved = {
  model: model('let s = time/1 [s]\nstate y = 0 [1]\nder y = (cos(s) - 1e6*(y - sin(s)))/1 [s]\n'),
  exact: Math.sin,
}

test('keeps order 3 on a very stiff problem', () => {
  const runs = [16, 32].map((count) => errors(stiff, 2 / count, count).ends)
  expect(runs[0]).toBeLessThan(2e-11) // measured 1.3e-11
  expect(order(runs)).toBeGreaterThan(2.9) // measured 3.00
})
