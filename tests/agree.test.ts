// The law under which the engine may be believed: interpreter and WASM run the same stepper in the same order, so whole trajectories are equal to the
// last bit, on every model, however subjects are packed into batches.
import { describe, expect, test } from 'vitest'
import { normal, uniform } from '#base'
import {
  compileModel,
  compileWasm,
  DEFAULT_SETTINGS,
  type Deed,
  instantiate,
  type Model,
  openBatch,
  type Settings,
  type Subject,
  schedule,
  type Typed,
} from '#engine'
import { libraryModels, modelOf } from './models.ts'
import { carry, type Outcome, openers } from './runs.ts'

const SUBJECTS = 33
const ROWS = 40

// What no model of the library has: inputs, tables, time, every function, choices, and an end that some subjects do not reach.
const everything = modelOf(`model test "Every word of the language"
time [h]
param k = 0.3 [1/h] "rate" @assumed "test"
param h = 1.7 [1] "exponent" @assumed "test"
param top = 6 [1] "what z grows to; much above it, and in bright light, z explodes" @assumed "test"
input light = 1 [1] "changes between instants" @assumed "test"
table day(t [h]) = (0, 0.2) (6, 1) (12, 0.9) (24, 0.2) [1] linear hold "by the hour" @assumed "test"
table switched(t [h]) = (0, 1) (7, 2) (13, 0.5) [1] step hold "by the hour" @assumed "test"
table range(x [1]) = (-50, 1) (0, 1) (30, 2) [1] linear strict "leaves its range when x grows" @assumed "test"
state x = 1 + k*1 [h]
state y[1..3] = 0.5 [1] tolerance 1e-7
state z = exp(-h)
let s = sin(time/1 [h]) + cos(light*x)
der x = k*(day(time)*range(x)*light - x^h/(1 + x^h)) + floor(2*sin(time/1 [h]))/50 [h]
der y[1] = k*(x - y[1]*switched(time) + min(s, 0) - max(x - 3, 0)^2)
der y[i=2..3] = k*(y[i - 1] - y[i]*abs(y[i])^0.5)
der z = if time > 9 [h] and (not light < 1.9 or z > 2*top) then k*z*z else k*(log(1 + y[2]^2) + z*(1 - z/top))
provides signal = sqrt(z*z + y[3]^2) "of two states"
run 24 [h] every 0.5 [h]
`)

const address = (purpose: string, subject: number, index = 0) => ({ seed: 7, subject, replicate: 0, purpose, index })

/** What is done to a subject beside the model's own run, at drawn times but for a dose at the start, a dose at a row and a reset at a row. */
function drawDeeds(model: Model, subject: number, until: number): Deed[] {
  const place = { file: 'agree', line: 1, column: 1, length: 1 }
  const share = (purpose: string, index = 0): number => uniform(address(purpose, subject, index))
  const number = (value: number): Typed => ({ kind: 'number', value, unit: model.time, place })
  const target = Math.floor(share('target') * model.states.length)
  const once = { kind: 'dose', place, state: target, every: 0, times: 1, over: 0, at: 0 } as const
  const [spread, long] = [until / 7, until / 5] // infusions that overlap
  return [
    { ...once, amount: number(share('at start')) },
    { ...once, amount: number(share('at a row')), at: (until * 10) / ROWS },
    { ...once, amount: number(2 * share('repeated')), at: share('from') * until, every: until / 9, times: 3 },
    { ...once, amount: number(share('infused')), at: share('when') * until, every: spread, times: 4, over: long },
    { kind: 'reset', place, state: target, value: number(share('reset')), at: (until * 30) / ROWS },
    ...model.inputs.flatMap((_, input) =>
      [0, 1, 2].map((k): Deed => {
        const value = number(2 * share('setting', k))
        return { kind: 'set-input', place, input, value, at: share('changed', k) * until }
      }),
    ),
  ]
}

/** Subjects whose parameters are all drawn, wide enough that some of them fail; one has a parameter that is not a number. */
function drawSubjects(model: Model, until: number): Subject[] {
  return Array.from({ length: SUBJECTS }, (_, subject) => {
    const parameters = model.parameters.map(({ name, value }) => value * Math.exp(0.4 * normal(address(name, subject))))
    if (subject === 5) parameters[0] = NaN
    const deeds = [...(model.run?.given ?? []), ...drawDeeds(model, subject, until)]
    const inputs = model.inputs.map(({ name, value }) => value * (0.5 + uniform(address(name, subject))))
    return { parameters, inputs, instants: schedule(model, deeds, parameters) }
  })
}

/** Tells where two outcomes differ in a bit; NaN is NaN, 0 is not -0. */
function difference(a: readonly Outcome[], b: readonly Outcome[]): string | undefined {
  const flat = ({ progress: p, rows, state }: Outcome): unknown[] => [...Object.values(p), ...rows.flat(), ...state]
  for (const [i, one] of a.entries()) {
    const [left, right] = [flat(one), flat(b[i] as Outcome)]
    const at = left.findIndex((value, k) => !Object.is(value, right[k]))
    if (at >= 0 || left.length !== right.length)
      return `subject ${i}, value ${at}: ${String(left[at])} and ${String(right[at])}`
  }
  return undefined
}

const models = [...(await libraryModels()), everything]

const reached = new Set<string>()

describe.each(models.map((model) => [model.name, model] as const))('%s', async (_, model) => {
  const until = model.run?.until ?? 1
  const compiled = compileModel(model)
  const subjects = drawSubjects(model, until)
  const times = Array.from({ length: ROWS + 1 }, (__, k) => (until * k) / ROWS)
  const settings: Settings = { ...DEFAULT_SETTINGS, relativeTolerance: 1e-5, mostSteps: 640, times }
  const [truth, speed] = [await openers.interpreter(compiled), instantiate(await compileWasm(compiled.kernel, 2))]
  const single = instantiate(await compileWasm(compiled.kernel, 1))
  const once = carry(truth, compiled, subjects, settings, [until])

  test('runs to its end for most subjects, and not for the one with NaN', () => {
    for (const { progress } of once) reached.add(progress.status)
    const well = once.filter(({ progress }) => progress.status === 'ok')
    expect(well.length).toBeGreaterThan(SUBJECTS / 2)
    expect(well.every(({ rows }) => rows.length === times.length)).toBe(true)
    expect(once[5]?.progress.status).toBe('notFinite')
    expect(once.every(({ rows }) => rows.flat().every(Number.isFinite))).toBe(true)
  })

  test.each([1, 2, 7, SUBJECTS])('has the same bits from WASM on two lanes, in batches of %d', (size) => {
    const packed: Outcome[] = []
    for (let first = 0; first < SUBJECTS; first += size)
      packed.push(...carry(speed, compiled, subjects.slice(first, first + size), settings, [until]))
    expect(difference(packed, once)).toBeUndefined()
  })

  test('has the same bits from WASM on one lane', () => {
    expect(difference(carry(single, compiled, subjects, settings, [until]), once)).toBeUndefined()
  })

  test('shows the same where it stands, to whoever looks', () => {
    const [slow = [], fast = [], plain = []] = [truth, speed, single].map((kernel) => {
      const batch = openBatch(kernel, compiled, subjects, settings)
      batch.advance(until / 3)
      batch.stop(7)
      batch.change(8, { what: 'state', change: 'add', at: 0, value: 1 })
      batch.look()
      return subjects.flatMap((_, i) => Array.from(batch.seen(i)))
    })
    expect(fast).toEqual(slow)
    expect(plain).toEqual(slow)
  })

  test('has the same bits in the opposite order', () => {
    const turned = carry(speed, compiled, subjects.toReversed(), settings, [until])
    expect(difference(turned.toReversed(), once)).toBeUndefined()
  })

  test('has the same bits from both when it is carried in pieces, rows before doses', () => {
    const stops = [0, 0.1, 0.25, 0.25, 0.6180339887, 1].map((share) => share * until)
    const before: Settings = { ...settings, atDose: 'before' }
    const [slow, fast] = [truth, speed].map((kernel) => carry(kernel, compiled, subjects, before, stops))
    expect(difference(fast as Outcome[], slow as Outcome[])).toBeUndefined()
    expect(difference(fast as Outcome[], once)).toBeDefined()
  })
})

test('every status was reached', () => expect(reached.size).toBe(4))
