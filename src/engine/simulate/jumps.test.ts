// Pulses in time that a solver could step over, and inputs that are set at the start. The truth is arithmetic: rate times duration.
import { describe, expect, test } from 'vitest'
import { interpret } from '../backends/index.ts'
import { compileModel } from '../compile/compile.ts'
import { checkModel } from '../language/check-model.ts'
import { parseModel } from '../language/parse.ts'
import { DEFAULT_SETTINGS, openBatch } from './batch.ts'
import { findJumps, hiddenJumps, jumpTimes } from './jumps.ts'
import { schedule, startInputs } from './schedule.ts'

const HEAD =
  'model m "m"\ntime [h]\nparam from = 100 [h] "start" @assumed "test"\nparam k = 1 [1/h] "k" @assumed "test"\ninput r = 1 [mg] "r" @assumed "test"\n'

function read(text: string) {
  const { value, problems } = checkModel([parseModel('m.model', HEAD + text).value])
  if (!value) throw new Error(JSON.stringify(problems))
  return value
}

function stateAt(text: string, until: number): number[] {
  const model = read(text)
  const parameters = model.parameters.map(({ value }) => value)
  const instants = schedule(model, model.run?.given ?? [], parameters)
  const compiled = compileModel(model)
  const subject = { parameters, inputs: startInputs(model, instants), instants }
  const batch = openBatch(interpret(compiled.kernel), compiled, [subject], { ...DEFAULT_SETTINGS, times: [0] })
  batch.advance(until)
  return [...batch.state(0)]
}

describe('a pulse of half an hour in 480 is seen, wherever it stands', () => {
  // the last step before a jump sees it at its end: an error of the tolerance, 1e-6, times the steps it takes to close in
  test.each([
    [
      'a step table of time',
      'table f(t [h]) = (0, 0) (100, 5) (100.5, 0) [mg/h] step hold "f" @assumed "test"\nstate a = 0 [mg]\nder a = f(time) + 0*k*r\n',
      2.5,
    ],
    [
      'a linear table of time',
      'table f(t [h]) = (100, 0) (100.25, 10) (100.5, 0) [mg/h] linear hold "f" @assumed "test"\nstate a = 0 [mg]\nder a = f(time)\n',
      2.5,
    ],
    [
      'a comparison with numbers',
      'state a = 0 [mg]\nder a = if time >= 100 [h] and time < 100.5 [h] then 5 [mg/h] else 0 [mg/h]\n',
      2.5,
    ],
    [
      'a comparison with parameters, in a let',
      'let on = if time >= from then (if time < from + 0.5 [h] then 1 else 0) else 0\nstate a = 0 [mg]\nder a = on*5 [mg/h]\n',
      2.5,
    ],
  ])('%s', (_, text, total) => {
    expect(Math.abs((stateAt(text, 480)[0] ?? NaN) - total)).toBeLessThan(1e-4)
  })
})

test('jump times are those of the tables and comparisons, for the subject at hand', () => {
  const model = read('state a = 0 [mg]\nder a = if time > from then 5 [mg/h] else max(time, 30 [h])*0 [mg/h^2]\n')
  expect(jumpTimes(model, [100, 1], findJumps(model))).toEqual([30, 100])
  expect(jumpTimes(model, [77, 1], findJumps(model))).toEqual([30, 77])
})

test.each([
  ['floor(time/1 [h])', 1],
  ['(if sin(time*k) > 0 then 1 else 0)', 1],
  ['(if time > from then 1 else 0)', 0],
  ['floor(k/1 [1/h])', 0],
])('%s hides %d jumps', (expression, count) => {
  expect(hiddenJumps(read(`state a = 0 [mg]\nder a = ${expression}*1 [mg/h]\n`))).toHaveLength(count)
})

test('an input set at time 0 is there when states start', () => {
  expect(stateAt('state a = r\nder a = 0*k*a\nrun 1 [h] every 1 [h] given set r = 5\n', 1)).toEqual([5])
})
