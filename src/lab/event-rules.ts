// What one row of an event table may say. Each rule looks at the row's numbers and names the column that is wrong.
import { type Model, noSteadyState, noSuperposition, type DoseTerms, termNames } from '#engine'
import type { ColumnField } from './event-columns.ts'
import type { RowNumbers } from './event-subject.ts'

/** A row's numbers: 0 where a dose column is empty, NaN where the model decides, -1 for no state. */
export type RowSaid = Omit<RowNumbers, 'line' | 'inputs'>

/** What rules need to know of the model, found once. */
export interface ModelFacts {
  readonly model: Model
  readonly terms: DoseTerms
  readonly noSteady: string | undefined
  readonly noSum: string | undefined
}

export interface RuleFault {
  readonly field: ColumnField
  readonly code: string
  readonly message: string
  readonly help: string
}

export const factsOf = (model: Model, terms: DoseTerms): ModelFacts => ({
  model,
  terms,
  noSteady: noSteadyState(model),
  noSum: noSuperposition(model),
})

/** Finds what is wrong with a row; undefined if nothing is. */
export function ruleFault(said: RowSaid, facts: ModelFacts): RuleFault | undefined {
  if (said.time < 0)
    return fault(
      'time',
      'bad-time',
      `The time is ${said.time}; it must be at least 0.`,
      'let the time count from the first record',
    )
  if (![0, 1, 2, 3, 4].includes(said.kind))
    return fault(
      'kind',
      'unsupported-evid',
      `EVID ${said.kind} is not supported.`,
      '0 look, 1 dose, 2 other, 3 reset, 4 reset and dose',
    )
  if (said.kind !== 1 && said.kind !== 4) return notADose(said)
  return (
    doseAmount(said) ?? doseSeries(said) ?? doseTarget(said, facts) ?? doseTerms(said, facts) ?? steady(said, facts)
  )
}

const fault = (field: ColumnField, code: string, message: string, help: string): RuleFault => ({
  field,
  code,
  message,
  help,
})

function notADose(said: RowSaid): RuleFault | undefined {
  const field = (['amount', 'rate', 'every', 'more', 'steady'] as const).find((name) => said[name] !== 0)
  return (
    field &&
    fault(
      field,
      'dose-without-evid',
      `A row with EVID ${said.kind} gives no dose, and yet this says ${said[field]}.`,
      'leave it empty, or write EVID 1',
    )
  )
}

function doseAmount({ amount, rate, steady: ss }: RowSaid): RuleFault | undefined {
  if (amount < 0)
    return fault(
      'amount',
      'bad-amount',
      `The amount is ${amount}; it must be at least 0.`,
      'what is taken away is an equation of the model',
    )
  if (rate < 0 && rate !== -1 && rate !== -2)
    return fault(
      'rate',
      'unsupported-rate',
      `RATE ${rate} is not supported.`,
      'above 0 a rate, 0 at once, -1 the rate of the model, -2 its duration',
    )
  if (amount === 0 && rate !== 0 && ss === 0)
    return fault('amount', 'bad-amount', 'An infusion needs an amount above 0.', 'say how much is given')
  return undefined
}

function doseSeries({ every, more }: RowSaid): RuleFault | undefined {
  if (every < 0)
    return fault(
      'every',
      'bad-interval',
      `The interval is ${every}; it must be at least 0.`,
      'II is the time between two doses',
    )
  if (more < 0)
    return fault('more', 'unsupported-addl', `ADDL ${more} is not supported: doses until nothing moves.`, 'write SS 1')
  if (!Number.isInteger(more))
    return fault(
      'more',
      'bad-count',
      `ADDL counts doses, and ${more} is no whole number.`,
      'how many doses follow this one',
    )
  if (more > 0 && every === 0)
    return fault('every', 'bad-interval', 'Doses that follow need an interval above 0.', 'say it in II')
  return undefined
}

function doseTarget({ state }: RowSaid, { model }: ModelFacts): RuleFault | undefined {
  if (state >= 0) return undefined
  return fault(
    'state',
    'no-compartment',
    'The row does not say into which state the dose goes.',
    `write its name, or its number: ${statesOf(model)}`,
  )
}

/** The states by number, for help. */
export const statesOf = (model: Model): string =>
  model.states
    .map(({ name }, i) => `${i + 1} ${name}`)
    .join(', ')
    .slice(0, 200)

function doseTerms(
  { state, rate, lag, share, duration }: RowSaid,
  { model, terms }: ModelFacts,
): RuleFault | undefined {
  if (lag < 0)
    return fault(
      'lag',
      'bad-lag',
      `The lag is ${lag}; it must be at least 0.`,
      'a dose cannot arrive before it is given',
    )
  if (share < 0)
    return fault('share', 'bad-share', `F is ${share}; it must be at least 0.`, 'the share of the amount that arrives')
  if (duration <= 0)
    return fault(
      'duration',
      'bad-duration',
      `The duration is ${duration}; it must be above 0.`,
      'leave it empty for a dose at once',
    )
  if (!Number.isNaN(duration) && rate !== -2)
    return fault(
      'duration',
      'duration-not-read',
      'A duration is read only with RATE -2.',
      'write RATE -2, or leave DUR empty',
    )
  const missing = rate === -1 ? 'rate' : rate === -2 && Number.isNaN(duration) ? 'duration' : undefined
  if (!missing || terms[state]?.[missing]) return undefined
  const [name = ''] = termNames(model, state, missing)
  return fault(
    'rate',
    `no-${missing}`,
    `RATE ${rate} leaves the ${missing} to the model, which does not say it.`,
    `let ${name} = …${missing === 'duration' ? ', or a column DUR' : ''}`,
  )
}

function steady(said: RowSaid, { noSteady, noSum }: ModelFacts): RuleFault | undefined {
  const { steady: ss, amount, rate, every, more } = said
  if (ss === 0) return undefined
  if (ss !== 1 && ss !== 2)
    return fault('steady', 'unsupported-ss', `SS ${ss} is not supported.`, '1 sets the steady state, 2 adds it')
  if (noSteady !== undefined)
    return fault(
      'steady',
      'no-steady-state',
      `The model has no steady state: ${noSteady}.`,
      'give the doses one by one: ADDL',
    )
  if (ss === 2 && noSum !== undefined)
    return fault(
      'steady',
      'no-superposition',
      `SS 2 adds a steady state to what is there, but ${noSum}.`,
      'write SS 1, or give the doses one by one: ADDL',
    )
  if (amount > 0)
    return every > 0
      ? undefined
      : fault(
          'every',
          'bad-interval',
          'Doses at steady state need an interval above 0.',
          'say it in II; for a constant infusion AMT is 0',
        )
  if (every > 0)
    return fault(
      'amount',
      'bad-amount',
      'Doses at steady state need an amount above 0.',
      'for a constant infusion II is 0',
    )
  if (more > 0)
    return fault(
      'more',
      'addl-without-dose',
      'No dose follows a constant infusion.',
      'leave ADDL empty, and write the doses in rows of their own',
    )
  if (rate === -2)
    return fault('rate', 'unsupported-rate', 'A constant infusion has no duration.', 'say its rate, or RATE -1')
  return undefined
}
