// When numbers fail: a status says so, at about the right time, the rows before it stay, and nobody else in the batch notices.
import { describe, expect, test } from 'vitest'
import { modelOf } from '../../../tests/models.ts'
import { carry, openers, type Outcome, runTypical, typicalSubject } from '../../../tests/runs.ts'
import { compileModel } from '../compile/compile.ts'
import type { StatusName } from '../compile/layout.ts'
import { DEFAULT_SETTINGS } from './batch.ts'

interface Case {
  readonly equations: string
  readonly given?: string
  /** Values of the parameter p: of subjects who run to the end, and of the one who does not. */
  readonly well: number
  readonly ill: number
  readonly status: StatusName
  /** Where the ill one stops, and how far from there at most. */
  readonly stops: number
  readonly within: number
  readonly rows: number
  readonly mostSteps?: number
}

const state = 'state y = 1 [1]\n'
const CASES: readonly (readonly [string, Case])[] = [
  [
    // y = 1/(1 - p t): no step is short enough to pass t = 1/p
    "an explosion, y' = y^2",
    {
      equations: `${state}der y = p*y^2\n`,
      well: 0.1,
      ill: 0.8,
      status: 'stepTooSmall',
      stops: 1.25,
      within: 1e-5,
      rows: 3,
    },
  ],
  [
    // e^(p t) passes the largest number at p t = 709.8; stage sums pass it a little earlier
    "an overflow, y' = p y",
    {
      equations: `${state}der y = p*y\n`,
      well: 1,
      ill: 300,
      status: 'notFinite',
      stops: 709 / 300,
      within: 0.05,
      rows: 5,
    },
  ],
  [
    'a parameter that is no number',
    { equations: `${state}der y = -p*y\n`, well: 1, ill: NaN, status: 'notFinite', stops: 0, within: 0, rows: 1 },
  ],
  [
    'an infinite parameter',
    { equations: `${state}der y = -p*y\n`, well: 1, ill: Infinity, status: 'notFinite', stops: 0, within: 0, rows: 1 },
  ],
  [
    'a division by 0 in the start',
    {
      equations: 'state y = 1 [1/s]/p\nder y = -p*y\n',
      well: 1,
      ill: 0,
      status: 'notFinite',
      stops: 0,
      within: 0,
      rows: 0,
    },
  ],
  [
    'a division by 0 in a rate',
    {
      equations: `${state}der y = y*1 [1/s^2]/p\n`,
      well: 1,
      ill: 0,
      status: 'notFinite',
      stops: 0,
      within: 0,
      rows: 1,
    },
  ],
  [
    'a strict table left by a rate',
    {
      equations: `table f(t [s]) = (0, 1) (2, 3) [1/s] linear strict "test" @assumed "test"\n${state}der y = f(p*time*1 [s])\n`,
      well: 0.3,
      ill: 1,
      status: 'notFinite',
      stops: 2,
      within: 1e-5,
      rows: 5,
    },
  ],
  [
    'a number that is none, asked of a table that holds its ends',
    {
      equations: `table f(t [1]) = (0, 1) (2, 3) [1/s] linear hold "test" @assumed "test"\n${state}der y = f(sqrt(p*1 [s]))\n`,
      well: 0.3,
      ill: -1,
      status: 'notFinite',
      stops: 0,
      within: 0,
      rows: 1,
    },
  ],
  [
    'a dose that is no number',
    {
      equations: `${state}der y = -y/1 [s]\n`,
      given: 'dose sqrt(p*1 [s]) into y at 2 [s]',
      well: 1,
      ill: -1,
      status: 'notFinite',
      stops: 2,
      within: 0,
      rows: 4,
    },
  ],
  [
    'a dose that is no number, at the end',
    {
      equations: `${state}der y = -y/1 [s]\n`,
      given: 'dose sqrt(p*1 [s]) into y at 5 [s]',
      well: 1,
      ill: -1,
      status: 'notFinite',
      stops: 5,
      within: 0,
      rows: 10,
    },
  ],
  [
    'an infusion that is no number',
    {
      equations: `${state}der y = -y/1 [s]\n`,
      given: 'dose sqrt(p*1 [s]) into y at 2 [s] over 1 [s]',
      well: 1,
      ill: -1,
      status: 'notFinite',
      stops: 2,
      within: 0,
      rows: 4,
    },
  ],
  [
    'more steps than allowed',
    {
      equations: `${state}der y = cos(p*time)/1 [s]\n`,
      well: 1,
      ill: 1e4,
      status: 'stepLimit',
      stops: 0,
      within: 0.5,
      rows: 1,
      mostSteps: 100,
    },
  ],
]

const TIMES = Array.from({ length: 11 }, (_, i) => i / 2)

describe.each(CASES)('%s', (_, { equations, given, well, ill, status, stops, within, rows, mostSteps }) => {
  const text = `model test "test"\ntime [s]\nparam p = ${well} [1/s] "what differs" @assumed "test"\n${equations}`
  const model = modelOf(text, given)
  const compiled = compileModel(model)
  const subjectOf = (p: number) =>
    typicalSubject({ ...model, parameters: model.parameters.map((one) => ({ ...one, value: p })) })
  const settings = { ...DEFAULT_SETTINGS, times: TIMES, ...(mostSteps && { mostSteps }) }

  test.each(['interpreter', 'wasm'] as const)('stops the subject who has it and no other, in %s', async (backend) => {
    const kernel = await openers[backend](compiled)
    const run = (...parameters: number[]): Outcome[] =>
      carry(kernel, compiled, parameters.map(subjectOf), settings, [5])
    const [before, failed, after] = run(well, ill, well)
    expect(failed?.progress).toMatchObject({ status, rows })
    expect(Math.abs((failed?.progress.time ?? NaN) - stops)).toBeLessThanOrEqual(within)
    expect(failed?.rows.flat().every(Number.isFinite)).toBe(true)
    const [alone] = run(well)
    expect(alone?.progress).toMatchObject({ status: 'ok', time: 5, rows: TIMES.length })
    expect([before, after]).toEqual([alone, alone])
    expect(run(ill)).toEqual([failed]) // the same when it is run again, alone
  })

  test('leaves the rows before it as they are when the subject is not carried that far', async () => {
    const kernel = await openers.wasm(compiled)
    const [failed] = carry(kernel, compiled, [subjectOf(ill)], settings, [5])
    const [further] = carry(kernel, compiled, [subjectOf(ill)], settings, [5, 6, 7])
    expect(further).toEqual(failed)
  })
})

describe('a power or a root with an infinite slope at 0', () => {
  // E = t^(h + 1)/(h + 1) when C = t
  test.each(['C^h', 'sqrt(C)', '(time/1 [s])^h', 'C^0.5'])('is no failure: %s', (effect) => {
    const h = effect.includes('h') ? 0.3 : 0.5
    const text = `model test "test"\ntime [s]\nparam h = ${h} [1] "exponent" @assumed "test"\nstate C = 0 [1]\nstate E = 0*h\nder C = 0*C/1 [s]\nder E = ${effect}/1 [s]\n`
    const { progress, rows } = runTypical(modelOf(text, 'dose 5 [1] into C over 5 [s]'), [0, 0.1, 1, 5], {
      relativeTolerance: 1e-8,
    })
    expect(progress.status).toBe('ok')
    for (const [i, t] of [0, 0.1, 1, 5].entries()) expect(rows[i]?.[1]).toBeCloseTo(t ** (h + 1) / (h + 1), 7)
  })
})
