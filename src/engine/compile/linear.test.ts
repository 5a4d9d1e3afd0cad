// A full system too large to be unrolled, against its closed form, and with the same bits on one lane and on two.
import { expect, test } from 'vitest'
import { modelOf } from '../../../tests/models.ts'
import { carry } from '../../../tests/runs.ts'
import { compileWasm, instantiate, interpret } from '../backends/index.ts'
import { DEFAULT_SETTINGS } from '../simulate/batch.ts'
import { compileModel } from './compile.ts'

// The sum S grows by k a unit of time from N on, and every other state runs after S/N: 1 + (k t - 1 + e^(-k t))/N.
const fullModel = (n: number) =>
  modelOf(
    `model test "Full"\ntime [h]\nparam k = 0.3 [1/h] "rate" @assumed "test"\nstate y[1..${n}] = 1 [1]\n` +
      `der y[1] = k*(1 + sum(y)/${n} - y[1])\nder y[i=2..${n}] = k*(sum(y)/${n} - y[i])\n`,
  )

const subjects = [0.1, 0.3, 0.7].map((k) => ({ parameters: [k], inputs: [], instants: [] }))
const settings = { ...DEFAULT_SETTINGS, relativeTolerance: 1e-9, times: [2] }

test('a full system of 110 states is compiled in pieces and solved', async () => {
  const n = 110
  const compiled = compileModel(fullModel(n))
  expect(compiled.kernel.routines.map(({ name }) => name)).toContain('factor_block')
  const [one, two] = await Promise.all(
    ([1, 2] as const).map(async (lanes) =>
      carry(instantiate(await compileWasm(compiled.kernel, lanes)), compiled, subjects, settings, [10]),
    ),
  )
  for (const [i, { state }] of (two ?? []).entries()) {
    const kt = 10 * (subjects[i]?.parameters[0] ?? NaN)
    expect(state[n - 1]).toBeCloseTo(1 + (kt - 1 + Math.exp(-kt)) / n, 9)
  }
  expect(two).toEqual(one)
})

test('a system with a block has the bits of the interpreter', async () => {
  const compiled = compileModel(fullModel(40))
  const quick = { ...settings, relativeTolerance: 1e-4, times: [0.5] }
  const fast = carry(instantiate(await compileWasm(compiled.kernel, 2)), compiled, subjects, quick, [1])
  expect(fast).toEqual(carry(interpret(compiled.kernel), compiled, subjects, quick, [1]))
})
