// Mechanisms in files of their own compute what they compute in one file.
import { describe, expect, test } from 'vitest'
import { hasErrors, type Problem } from '#base'
import { interpret } from '../backends/index.ts'
import { compileModel, defaultOutputs, findOutputs } from '../compile/compile.ts'
import { DEFAULT_SETTINGS, openBatch } from '../simulate/batch.ts'
import { runExpectations } from '../simulate/expectations.ts'
import { schedule } from '../simulate/schedule.ts'
import { checkModel } from './check-model.ts'
import { gatherModel } from './gather.ts'
import type { Model } from './model.ts'

async function join(
  files: Record<string, string>,
  root = 'm.model',
): Promise<{ model: Model; problems: readonly Problem[] }> {
  const { files: read, problems: found } = await gatherModel(root, (file) => Promise.resolve(files[file]))
  const { value: model, problems } = checkModel(read)
  expect([...found, ...problems].filter(({ level }) => level === 'error')).toEqual([])
  if (!model || hasErrors(problems)) throw new Error('a model without errors must be there')
  return { model, problems }
}

/** The rows of a model's own run, by the names of its outputs. */
function simulate(model: Model): Record<string, number[]> {
  const outputs = defaultOutputs(model)
  const compiled = compileModel(model, outputs)
  const parameters = model.parameters.map(({ value }) => value)
  const { until, every, given } = model.run ?? { until: 0, every: 1, given: [] }
  const times = Array.from({ length: Math.round(until / every) + 1 }, (_, i) => i * every)
  const subject = {
    parameters,
    inputs: model.inputs.map(({ value }) => value),
    instants: schedule(model, given, parameters),
  }
  const batch = openBatch(interpret(compiled.kernel), compiled, [subject], { ...DEFAULT_SETTINGS, times })
  batch.advance(until)
  expect(batch.progress(0).status).toBe('ok')
  const rows = batch.rows(0)
  return Object.fromEntries(
    outputs.map(({ name }, k) => [name, times.map((_, i) => rows[i * outputs.length + k] ?? NaN)]),
  )
}

const expectationsOf = (model: Model) => runExpectations(model, (kernel) => Promise.resolve(interpret(kernel)))

const PK = `model pk "a drug and its effect"
time [h]
param CL = 2 [L/h] "clearance" @assumed "round"
param V = 10 [L] "volume" @assumed "round"
let kel = CL/V
state A = 0 [mg] "drug"
der A = -kel*A
provides conc = A/V [mg/L] "concentration"
`
const CELLS = `model cells "cells that a drug kills and a signal feeds"
time [h]
needs conc = 0 [mg/L] "concentration of the drug"
needs signal = 1 [1] "growth signal"
param kel = 0.1 [1/h] "loss: not the drug's kel" @assumed "round"
param kill = 0.05 [L/mg/h] "kill" @assumed "round"
state B = 100 [cell/uL] "cells"
der B = kel*(100 [cell/uL])*signal - (kel + kill*conc)*B
provides count = B [cell/uL] "cells"
expect steady B = 100 [cell/uL] within 0.1%
`
const SIGNAL = `model signal_loop "more cells, less signal"
time [h]
needs count = 100 [cell/uL] "cells"
param half = 100 [cell/uL] "cells at half the signal" @assumed "round"
state S = 1 [1] "signal"
der S = 0.3 [1/h]*(2/(1 + count/half) - S)
provides signal = S [1] "growth signal"
`
const NEEDS = 'needs conc [mg/L] "concentration"\nneeds count [cell/uL] "cells"\n'
const RUN = `run 48 [h] every 4 [h] given dose 50 [mg] into pk.A every 12 [h] times 3
expect conc at 5 [h] = 5 [mg/L]*exp(-pk.CL/pk.V*time) within 0.001% given dose 50 [mg] into pk.A
expect steady count = 100 [cell/uL] within 0.01% given dose 50 [mg] into pk.A
`
const THREE = {
  'm.model': `model m "all"\ntime [h]\nuse pk, cells\nuse signal_loop\n${NEEDS}${RUN}`,
  'pk.model': PK,
  'cells.model': CELLS,
  'signal-loop.model': SIGNAL,
}

// the same, written by hand in one file: states in the same order, so that even the order of operations is the same
const ONE = `model m "all"
time [h]
param CL = 2 [L/h] "clearance" @assumed "round"
param V = 10 [L] "volume" @assumed "round"
param loss = 0.1 [1/h] "loss" @assumed "round"
param kill = 0.05 [L/mg/h] "kill" @assumed "round"
param half = 100 [cell/uL] "cells at half the signal" @assumed "round"
let kel = CL/V
state A = 0 [mg]
state B = 100 [cell/uL]
state S = 1 [1]
provides conc = A/V [mg/L] "concentration"
provides count = B [cell/uL] "cells"
provides signal = S [1] "growth signal"
der A = -kel*A
der B = loss*(100 [cell/uL])*signal - (loss + kill*conc)*B
der S = 0.3 [1/h]*(2/(1 + count/half) - S)
${RUN.replaceAll('pk.', '')}`

describe('three files that need each other in a circle of states', () => {
  test('give the values of the same model in one file, to the last bit', async () => {
    const [three, one] = [simulate((await join(THREE)).model), simulate((await join({ 'm.model': ONE })).model)]
    expect(Object.keys(three)).toEqual(['pk.A', 'cells.B', 'signal_loop.S', 'conc', 'count', 'signal'])
    const pairs = { 'pk.A': 'A', 'cells.B': 'B', 'signal_loop.S': 'S', conc: 'conc', count: 'count', signal: 'signal' }
    for (const [joined, alone] of Object.entries(pairs)) expect(three[joined]).toEqual(one[alone])
    expect(three['count']?.at(2)).toBeLessThan(80) // the drug reached the cells
  })

  test('hold the expectations of the first file', async () => {
    for (const files of [THREE, { 'm.model': ONE }])
      expect(await expectationsOf((await join(files)).model)).toEqual({ count: 2, problems: [] })
  })

  test('keep names apart: each has its own kel', async () => {
    const { model } = await join(THREE)
    expect(model.parameters.map(({ name }) => name)).toEqual([
      'pk.CL',
      'pk.V',
      'cells.kel',
      'cells.kill',
      'signal_loop.half',
    ])
    expect(model.derived.map(({ name }) => name)).toContain('pk.kel')
    expect(findOutputs(model, ['pk.kel', 'conc', 'cells.B']).problems).toEqual([])
  })

  test('do not depend on which of them is named first', async () => {
    const other = { ...THREE, 'm.model': `model m\ntime [h]\nuse signal_loop, cells, pk\n${NEEDS}${RUN}` }
    const [a, b] = [simulate((await join(THREE)).model), simulate((await join(other)).model)]
    for (const name of ['pk.A', 'cells.B', 'signal_loop.S', 'conc', 'count', 'signal'])
      for (const [i, value] of (a[name] ?? []).entries()) expect(b[name]?.[i]).toBeCloseTo(value, 4) // other order of states, other rounding, tolerance 1e-6
  })
})

describe('a file that needs something', () => {
  test('alone takes the value that it states, as an input that can be set', async () => {
    const { model } = await join({ 'cells.model': CELLS }, 'cells.model')
    expect(model.inputs.map(({ name, value }) => [name, value])).toEqual([
      ['conc', 0],
      ['signal', 1],
    ])
    expect(await expectationsOf(model)).toEqual({ count: 1, problems: [] })
    const set = await join(
      { 'cells.model': `${CELLS}expect steady B = 50 [cell/uL] within 0.1% given set signal = 0.5\n` },
      'cells.model',
    )
    expect(await expectationsOf(set.model)).toEqual({ count: 2, problems: [] })
  })

  test('is filled by the file that uses it', async () => {
    const root =
      'model m\ntime [h]\nuse cells\nprovides conc = 2 [mg/L] "constant"\nprovides signal = 1 "constant"\nexpect steady cells.count = 50 [cell/uL] within 0.1%\n'
    expect(await expectationsOf((await join({ 'm.model': root, 'cells.model': CELLS })).model)).toEqual({
      count: 1,
      problems: [],
    })
  })

  test('is filled by a file that a used file uses', async () => {
    const files = {
      'm.model':
        'model m\ntime [h]\nuse b\nneeds q [1] "q"\nstate M = q + 1\nder M = 0 [1/h]\nexpect M at 1 [h] = 7 within 1%\n',
      'b.model': 'model b\ntime [h]\nuse c\n',
      'c.model': 'model c\ntime [h]\nparam six = 6 [1] "six" @assumed "six"\nprovides q = six "q"\n',
    }
    expect(await expectationsOf((await join(files)).model)).toEqual({ count: 1, problems: [] })
  })
})

test('functions, tables, arrays and definitions of a used file are at hand under its name', async () => {
  const lib = `model lib
time [h]
param base = 2 [1] "base" @assumed "two"
function twice(x) = base*x
table T(t [h]) = (0, 1) (10, 3) [1] linear hold "table" @assumed "made up"
state X[1..2] = 1 [1]
der X[i=1..2] = 0
let third = X[1] + twice(X[2])
`
  const root = `model m
time [h]
use lib
state M = 0 [1]
der M = 0
expect lib.twice(3) at 0 [h] = 6 within 0.001%
expect lib.T(time) at 5 [h] = 2 within 0.001%
expect lib.X[2] + sum(lib.X) at 0 [h] = 3 within 0.001%
expect lib.third at 0 [h] = 3 within 0.001%
expect lib.base at 0 [h] = 5 within 0.001% given set lib.base = 5
expect lib.X[1] at 2 [h] = 4 within 0.001% given reset lib.X[1] = 4 at 1 [h]
`
  expect(await expectationsOf((await join({ 'm.model': root, 'lib.model': lib })).model)).toEqual({
    count: 6,
    problems: [],
  })
})

test('what stands where in a file changes nothing', async () => {
  const [head = '', time = '', ...rest] = ONE.trim().split('\n')
  const backwards = [
    head,
    time,
    ...rest.filter((l) => !l.startsWith('state')).toReversed(),
    ...rest.filter((l) => l.startsWith('state')),
  ].join('\n')
  const [a, b] = [
    simulate((await join({ 'm.model': ONE })).model),
    simulate((await join({ 'm.model': `${backwards}\n` })).model),
  ]
  for (const [name, values] of Object.entries(a)) expect(b[name]).toEqual(values)
})
