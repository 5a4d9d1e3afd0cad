// Laws that trajectories keep whatever is done to a subject: doses split, add up, and may be moved in time.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { libraryModel } from '../../../tests/models.ts'
import { carry, openers, typicalSubject } from '../../../tests/runs.ts'
import { compileModel } from '../compile/compile.ts'
import type { Deed, Model } from '../language/model.ts'
import { DEFAULT_SETTINGS } from './batch.ts'
import { schedule } from './schedule.ts'

async function open(name: string) {
  const model = await libraryModel(name)
  const compiled = compileModel(model)
  return { model, compiled, kernel: await openers.wasm(compiled) }
}

type Opened = Awaited<ReturnType<typeof open>>
const linear = await open('basics/two-compartment.model')
const nonlinear = await open('basics/friberg.model')

type Dose = Deed & { kind: 'dose' }

const LATEST = 20 // days
const place = { file: 'law', line: 1, column: 1, length: 1 }
const dose = ({ time: unit }: Model, what: { state: number; amount: number; at: number; over?: number }): Dose => ({
  kind: 'dose',
  place,
  state: what.state,
  amount: { kind: 'number', value: what.amount, unit, place },
  at: what.at,
  every: 0,
  times: 1,
  over: what.over ?? 0,
})

/** Some doses, boluses and infusions, into the first three states. Times are multiples of 1/64 and amounts of 1: sums of them do not round. */
const doses = fc.array(
  fc.record({
    state: fc.nat({ max: 2 }),
    amount: fc.integer({ min: 1, max: 200 }),
    at: fc.nat({ max: 64 * LATEST }).map((k) => k / 64),
    over: fc.oneof(
      fc.constant(0),
      fc.integer({ min: 1, max: 640 }).map((k) => k / 64),
    ),
  }),
  { minLength: 1, maxLength: 5 },
)
type Doses = typeof doses extends fc.Arbitrary<infer T> ? T : never

/** Runs one subject to whom all this is done. @returns the states at the given times */
function course(
  { model, compiled, kernel }: Opened,
  given: readonly Dose[],
  times: readonly number[],
  relativeTolerance = 1e-10,
) {
  const { parameters, inputs } = typicalSubject(model)
  const subject = { parameters, inputs, instants: schedule(model, given, parameters) }
  const settings = { ...DEFAULT_SETTINGS, relativeTolerance, times }
  const [outcome] = carry(kernel, compiled, [subject], settings, times.slice(-1))
  expect(outcome?.progress.status).toBe('ok')
  return (outcome?.rows ?? []).map((row) => row.slice(0, model.states.length))
}

/** Compares courses relative to the largest value. Measured: 3e-11 for sums, whose steps fall differently; 9e-13 for later times. */
function expectSame(found: number[][], wanted: number[][], within: number): void {
  const flat = wanted.flat()
  const size = Math.max(1, ...flat.map(Math.abs))
  const off = found.flat().map((value, k) => Math.abs(value - (flat[k] ?? NaN)) / size)
  expect(Math.max(...off)).toBeLessThan(within)
}

const DAYS = Array.from({ length: 36 }, (_, day) => day)
const all = ({ model }: Opened, list: Doses): Dose[] => list.map((one) => dose(model, one))
const RUNS = { seed: 8, numRuns: 60 }

// measured 2e-12: a sum that rounds otherwise may make another step
test('two halves of a dose are the dose', () => {
  const law = fc.property(doses, (list) => {
    const halves = list.flatMap((one) => [one, one].map((half) => ({ ...half, amount: half.amount / 2 })))
    expectSame(course(nonlinear, all(nonlinear, halves), DAYS), course(nonlinear, all(nonlinear, list), DAYS), 1e-10)
  })
  fc.assert(law, RUNS)
})

test('in a linear model doses add up', () => {
  const law = fc.property(doses, (list) => {
    const each = list.map((one) => course(linear, [dose(linear.model, one)], DAYS))
    const sum = DAYS.map((_, row) =>
      linear.model.states.map((__, i) => each.reduce((total, rows) => total + (rows[row]?.[i] ?? NaN), 0)),
    )
    expectSame(course(linear, all(linear, list), DAYS), sum, 1e-9)
  })
  fc.assert(law, RUNS)
})

test('in a linear model twice the doses are twice the course', () => {
  const law = fc.property(doses, (list) => {
    const twice = list.map((one) => ({ ...one, amount: 2 * one.amount }))
    const wanted = course(linear, all(linear, list), DAYS).map((row) => row.map((value) => 2 * value))
    expectSame(course(linear, all(linear, twice), DAYS), wanted, 1e-9)
  })
  fc.assert(law, RUNS)
})

test('where the equations do not know the time, all may happen later', () => {
  const law = fc.property(doses, fc.integer({ min: 1, max: 1000 }), (list, later) => {
    for (const opened of [linear, nonlinear]) {
      const moved = list.map((one) => ({ ...one, at: one.at + later }))
      const found = course(
        opened,
        all(opened, moved),
        DAYS.map((day) => day + later),
      )
      expectSame(found, course(opened, all(opened, list), DAYS), 1e-9)
    }
  })
  fc.assert(law, RUNS)
})

test('the order in which doses are written does not matter', () => {
  const law = fc.property(doses, (list) => {
    const turned = course(nonlinear, all(nonlinear, list.toReversed()), DAYS)
    expectSame(turned, course(nonlinear, all(nonlinear, list), DAYS), 1e-9)
  })
  fc.assert(law, RUNS)
})

test('where rows are asked for does not change the course, to the last bit', () => {
  const law = fc.property(doses, fc.uniqueArray(fc.nat({ max: 35 }), { minLength: 1 }), (list, days) => {
    const some = [...days.toSorted((a, b) => a - b), 35]
    const every = course(nonlinear, all(nonlinear, list), DAYS)
    expect(course(nonlinear, all(nonlinear, list), some)).toEqual(some.map((day) => every[day]))
  })
  fc.assert(law, RUNS)
})
