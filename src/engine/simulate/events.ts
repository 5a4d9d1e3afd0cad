// From the rows of an event table to the instants of one subject, and the times at which it is looked at.
import { lowering, plain } from '../compile/lower.ts'
import type { Model } from '../language/model.ts'
import type { Subject } from './batch.ts'
import { type DoseTerms, type TermName, termValue } from './dose-terms.ts'
import { type EventRecord, isDose, isLook, isReset } from './event-record.ts'
import { fillInputs, inputChanges, type MovingInputs } from './moving-inputs.ts'
import { cycleOf, type Dose, isConstant, newGiven } from './given-doses.ts'
import type { Jump } from './jumps.ts'
import { type Instant, jumpInstants, MOST_INSTANTS } from './schedule.ts'
import type { FindSteady, Steady } from './steady-state.ts'

/** A model as event tables are applied to it. */
export interface EventModel {
  /** As its author wrote it. */
  readonly model: Model
  readonly terms: DoseTerms
  readonly moving: MovingInputs
  /** Of the model, found once for all its subjects. */
  readonly jumps: readonly Jump[]
  readonly atDose: 'before' | 'after'
}

/** Why a subject goes no further than one of its records. */
export interface EventFault {
  readonly record: number
  readonly reason: 'bad-dose' | 'not-steady' | 'too-many-instants'
  readonly message: string
}

/** A subject ready to be carried, and the times at which it is looked at. */
export interface EventPlan {
  readonly subject: Subject
  readonly looks: readonly number[]
  readonly fault?: EventFault
}

/**
 * Plans one subject.
 * @param records in the order of time, at least one
 * @param find finds the steady states that are asked for
 */
export function planEvents(
  { model, terms, moving, jumps, atDose }: EventModel,
  records: readonly EventRecord[],
  parameters: ArrayLike<number>,
  find: FindSteady,
): EventPlan {
  const values = fillInputs(records, moving)
  const inputsAt = (k: number): number[] => startInputsOf(model, moving, values[k] ?? [])
  const startAt = (k: number): Float64Array => startOf(model, parameters, inputsAt(k))
  const [first, last] = [records[0]?.time ?? 0, records.at(-1)?.time ?? 0]
  const given = newGiven()
  const take = (record: EventRecord, k: number): EventFault | undefined => {
    const refuse = (reason: EventFault['reason'], message: string): EventFault => ({ record: k, reason, message })
    if (isReset(record)) given.reset(record.time, startAt(k))
    if (!isDose(record)) return undefined
    const who = { parameters, inputs: inputsAt(k) }
    const dose = doseOf(model, terms, record, who)
    if (typeof dose === 'string') return refuse('bad-dose', dose)
    if (record.steady > 0) {
      const cycle = cycleOf(dose)
      const found = typeof cycle === 'string' ? cycle : stateOf(model, find(who, startAt(k), cycle))
      if (typeof found === 'string') return refuse('not-steady', found)
      given.steady(dose, found)
    }
    given.series(dose, last)
    if (given.count() <= MOST_INSTANTS) return undefined
    return refuse('too-many-instants', `there are more than ${MOST_INSTANTS} instants up to here`)
  }
  let fault: EventFault | undefined
  for (const [k, record] of records.entries()) {
    fault = take(record, k)
    if (fault) break
  }
  const changes = inputChanges(records, values, moving, atDose === 'after')
  const instants = [...changes, ...given.instants(), ...jumpInstants(model, parameters, jumps)].toSorted(
    (a, b) => a.time - b.time,
  )
  const end = fault ? (records[fault.record]?.time ?? first) : Infinity
  // what is not finite stops a subject where it stands, so that the rows before are kept
  const stop: Instant[] = fault ? [{ time: end, change: 'set', what: 'state', at: 0, value: NaN }] : []
  return {
    subject: {
      parameters,
      inputs: inputsAt(0),
      instants: [...instants.filter(({ time }) => time < end), ...stop],
      ...(first > 0 && { from: { time: first, state: startAt(0) } }),
    },
    looks: records.filter(isLook).map(({ time }) => time),
    ...(fault && { fault }),
  }
}

function startInputsOf(model: Model, { at, own, between }: MovingInputs, values: readonly number[]): number[] {
  const inputs = model.inputs.map(({ value }) => value)
  for (const [column, input] of at.entries()) inputs[input] = values[column] ?? NaN
  return between === 'linear' ? [...inputs.slice(0, own), ...at.flatMap(() => [0, 0])] : inputs
}

function startOf(model: Model, parameters: ArrayLike<number>, inputs: ArrayLike<number>): Float64Array {
  const evaluate = lowering(plain, model, {
    time: NaN,
    parameter: (i) => parameters[i] ?? NaN,
    input: (i) => inputs[i] ?? NaN,
    state: () => NaN,
  })
  return Float64Array.from(model.states, ({ start }) => evaluate(start))
}

/** What a dose is in this subject, or what is wrong with it. Where the rate is given, a share that does not arrive makes an infusion shorter. */
function doseOf(
  model: Model,
  terms: DoseTerms,
  record: EventRecord,
  subject: { readonly parameters: ArrayLike<number>; readonly inputs: ArrayLike<number> },
): Dose | string {
  const faults: string[] = []
  const take = (term: TermName, own: number, otherwise: number, isGood: (value: number) => boolean): number => {
    const found = Number.isNaN(own) ? termValue(model, terms, record.state, term, subject) : undefined
    const value = Number.isNaN(own) ? (found?.value ?? otherwise) : own
    if (!Number.isFinite(value) || !isGood(value)) faults.push(`"${found?.name ?? term}" is ${value}`)
    return value
  }
  const [atLeast0, above0] = [(value: number) => value >= 0, (value: number) => value > 0]
  const lag = take('lag', record.lag, 0, atLeast0)
  const amount = record.amount * take('share', record.share, 1, atLeast0)
  const rate = record.rate === -1 ? take('rate', NaN, NaN, above0) : Math.max(record.rate, 0)
  const modelled = record.rate === -2 ? take('duration', record.duration, NaN, above0) : 0
  const duration = rate > 0 ? amount / rate : modelled
  if (isConstant(record) && lag > 0) faults.push('a constant infusion at steady state cannot be late')
  return faults[0] ?? { record, amount, lag, duration, rate }
}

/** The state that was found, or why there is none. */
function stateOf(model: Model, found: Steady): Float64Array | string {
  if ('state' in found) return found.state
  if ('failed' in found) return `the way to the steady state stops (${found.failed})`
  return `"${model.states[found.unsettled]?.name}" still moves after ${found.after}`
}
