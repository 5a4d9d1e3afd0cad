// Measured, not believed: the observed orders of the methods are the claimed ones.
import { describe, expect, test } from 'vitest'
import { modelOf } from '../../../tests/models.ts'
import { carry, typicalSubject } from '../../../tests/runs.ts'
import { compileWasm, instantiate, interpret } from '../backends/index.ts'
import { compileModel, defaultOutputs } from '../compile/compile.ts'
import type { Model } from '../language/model.ts'
import { DEFAULT_SETTINGS, openBatch } from '../simulate/batch.ts'
import { METHODS, type Method, rodas5p } from './index.ts'

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
function errors(
  method: Method,
  { model: m, exact }: Solved,
  h: number,
  count: number,
): { ends: number; inside: number } {
  const inside = [0.1, 0.25, 0.5, 0.75, 0.9].map((share) => share * h)
  const times = [...inside, ...Array.from({ length: count }, (_, k) => (k + 1) * h)]
  const compiled = compileModel(m, defaultOutputs(m), method)
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

const problems = [
  ['a nonlinear problem', nonlinear],
  ['a problem that moves with time', moving],
] as const

const interpolated: Readonly<Record<string, number>> = { rodas5p: 4, rodas4: 3, tsit5: 4 }

describe.each(
  METHODS.flatMap((method) => problems.map(([name, problem]) => [method.name, name, method, problem] as const)),
)('%s on %s', (name, _, method, problem) => {
  test('has the order that it claims', () => {
    const counts = method.order === 5 ? [32, 64] : [128, 256]
    const seen = order(counts.map((count) => errors(method, problem, 2 / count, count).ends))
    // measured: Rodas5P 4.95 and 5.02, Rodas4 3.93 and 3.98; Tsit5 5.53 and 5.56, before rounding ends all
    expect(seen).toBeGreaterThan(method.order - 0.2)
    expect(seen).toBeLessThan(method.order + 0.6)
  })

  // an interpolant of order p is off by h^(p + 1) within one step from an exact value
  test('is interpolated to its order', () => {
    const seen = order([32, 64].map((count) => errors(method, problem, 1 / count, 1).inside)) - 1
    expect(Math.abs(seen - (interpolated[name] ?? NaN))).toBeLessThan(0.3)
  })
})

// Prothero and Robinson 1974: at this stiffness most methods of the kind fall back to order 1
const stiff: Solved = {
  model: model('let s = time/1 [s]\nstate y = 0 [1]\nder y = (cos(s) - 1e6*(y - sin(s)))/1 [s]\n'),
  exact: Math.sin,
}

test('keeps order 3 on a very stiff problem', () => {
  const runs = [16, 32].map((count) => errors(rodas5p, stiff, 2 / count, count).ends)
  expect(runs[0]).toBeLessThan(2e-11) // measured 1.3e-11
  expect(order(runs)).toBeGreaterThan(2.9) // measured 3.00
})

test.each(METHODS.map((method) => [method.name, method] as const))(
  '%s has the same bits on every backend',
  async (_, method) => {
    const { kernel, ...rest } = compileModel(moving.model, defaultOutputs(moving.model), method)
    const compiled = { kernel, ...rest }
    const settings = { ...DEFAULT_SETTINGS, times: [0.3, 1, 2] }
    const subjects = [1, 2, 3].map(() => typicalSubject(moving.model))
    const truth = carry(interpret(kernel), compiled, subjects, settings, [1.5, 3])
    for (const lanes of [1, 2] as const)
      expect(carry(instantiate(await compileWasm(kernel, lanes)), compiled, subjects, settings, [1.5, 3])).toEqual(
        truth,
      )
  },
)
