// From the rows of an event table to the instants of one subject. Doses wait in lists until the whole table is read, because a reset or a steady state
// cancels what has not yet arrived; only then do infusions become changes of a rate.
import { lowering, plain } from '../compile/lower.ts'
import type { Model } from '../language/model.ts'
import { roundTime } from '../language/round-time.ts'
import type { Subject } from './batch.ts'
import { type DoseTerms, type TermName, termValue } from './dose-terms.ts'
import { type EventRecord, isDose, isLook, isReset } from './event-record.ts'
import { fillInputs, inputChanges, type MovingInputs } from './moving-inputs.ts'
import { type Infusion, type Instant, jumpInstants, MOST_INSTANTS, rateChanges } from './schedule.ts'
import type { Cycle, FindSteady } from './steady-state.ts'

/** A model as event tables are applied to it. */
export interface EventModel {
  /** As its author wrote it. */
  readonly model: Model
  readonly terms: DoseTerms
  readonly moving: MovingInputs
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

/** A dose as it takes place: when it arrives first, how much of it, over how long (0: at once). */
interface Dose {
  readonly record: EventRecord
  readonly amount: number
  readonly lag: number
  readonly duration: number
  /** Of an infusion that has always been there. */
  readonly rate: number
}

/** More infusions of one series cannot run at a time. */
const MOST_OVERLAPPING = 10_000

/**
 * Plans one subject.
 * @param records in the order of time, at least one
 * @param find finds the steady states that are asked for
 */
export function planEvents(
  { model, terms, moving, atDose }: EventModel,
  records: readonly EventRecord[],
  parameters: ArrayLike<number>,
  find: FindSteady,
): EventPlan {
  const values = fillInputs(records, moving)
  const inputsAt = (k: number): number[] => startInputsOf(model, moving, values[k] ?? [])
  const startAt = (k: number): Float64Array => startOf(model, parameters, inputsAt(k))
  const [first, last] = [records[0]?.time ?? 0, records.at(-1)?.time ?? 0]
  const given = newGiven()
  let fault: EventFault | undefined
  for (const [k, record] of records.entries()) {
    if (isReset(record)) {
      given.cancel(record.time)
      given.setAll(record.time, startAt(k))
    }
    if (!isDose(record)) continue
    const subject = { parameters, inputs: inputsAt(k) }
    const refuse = (reason: EventFault['reason'], message: string): void => {
      fault = { record: k, reason, message }
    }
    const dose = doseOf(model, terms, record, subject)
    if (typeof dose === 'string') refuse('bad-dose', dose)
    else if (record.steady > 0) {
      const cycle = cycleOf(dose)
      const found = typeof cycle === 'string' ? cycle : describe(model, find(subject, startAt(k), cycle))
      if (typeof found === 'string') refuse('not-steady', found)
      else given.steady(dose, found)
    }
    if (fault) break
    if (typeof dose !== 'string') given.series(dose, last)
    if (given.count() > MOST_INSTANTS)
      refuse('too-many-instants', `There are more than ${MOST_INSTANTS} instants up to here`)
    if (fault) break
  }
  const changes = inputChanges(records, values, moving, atDose === 'after')
  const instants = [...changes, ...given.instants(), ...jumpInstants(model, parameters)].toSorted(
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

const isConstant = ({ steady, every }: EventRecord): boolean => steady > 0 && every === 0

/** When the doses of a series without beginning arrive, counted from the time of its record: first those that come at that time or later. */
const arrival = ({ record, lag }: Dose, back: number): number => lag - back * record.every

/** How many doses of a steady series are still on their way at the time of its record, the one of that time among them. */
const pending = (dose: Dose): number => {
  let count = Math.floor(dose.lag / dose.record.every)
  while (arrival(dose, count) >= 0) count++
  return count
}

/** What happens between two doses of a steady series, or why it cannot be said. */
function cycleOf(dose: Dose): Cycle | string {
  const { record, amount, duration, rate } = dose
  if (isConstant(record))
    return { instants: rate > 0 ? [{ time: 0, change: 'set', what: 'rate', at: record.state, value: rate }] : [] }
  const length = record.every
  if (duration / length > MOST_OVERLAPPING) return `More than ${MOST_OVERLAPPING} infusions would run at a time`
  if (dose.lag / length > MOST_OVERLAPPING) return `More than ${MOST_OVERLAPPING} doses would be on their way at a time`
  const at = arrival(dose, pending(dose) - 1)
  if (duration === 0)
    return { length, instants: [{ time: at, change: 'add', what: 'state', at: record.state, value: amount }] }
  const infusions: Infusion[] = []
  for (let from = at; from + duration > 0; from -= length)
    infusions.push({
      from: Math.max(from, 0),
      to: Math.min(roundTime(from + duration), length),
      rate: amount / duration,
    })
  return { length, instants: rateChanges(record.state, infusions.filter(({ from, to }) => from < to).toReversed()) }
}

function describe(model: Model, found: ReturnType<FindSteady>): Float64Array | string {
  if ('state' in found) return found.state
  if ('failed' in found) return `The way to the steady state stops (${found.failed})`
  return `No steady state: "${model.states[found.unsettled]?.name}" still moves after ${found.cycles} ${found.cycles > 1000 ? 'doses' : 'doublings of time'}`
}

interface Given {
  count(): number
  /** Nothing of what is under way at a time, or still to come, takes place. */
  cancel(time: number): void
  setAll(time: number, state: Float64Array): void
  /** Sets or adds a steady state; what is under way in it goes on. */
  steady(dose: Dose, state: Float64Array): void
  /** Gives a dose and those that follow it, as far as `last`. */
  series(dose: Dose, last: number): void
  instants(): Instant[]
}

function newGiven(): Given {
  let [changes, infusions] = [[] as Instant[], [] as (Infusion & { readonly state: number })[]]
  const give = (state: number, from: number, duration: number, amount: number): void => {
    const to = roundTime(from + duration)
    if (to <= from) changes.push({ time: from, change: 'add', what: 'state', at: state, value: amount })
    else infusions.push({ state, from, to, rate: amount / (to - from) }) // over the rounded times, so that all of it is given
  }
  const cancel = (now: number): void => {
    changes = changes.filter(({ change, time }) => change === 'set' || time < now)
    infusions = infusions.flatMap((i) => (i.from >= now ? [] : [{ ...i, to: Math.min(i.to, now) }]))
  }
  const setAll = (time: number, state: Float64Array, change: Instant['change'] = 'set'): void => {
    for (const [at, value] of state.entries()) changes.push({ time, change, what: 'state', at, value })
  }
  return {
    count: () => changes.length + 2 * infusions.length,
    cancel,
    setAll: (time, state) => setAll(time, state),
    steady: (dose, state) => {
      const { record, amount, duration } = dose
      const { time } = record
      if (record.steady === 1) cancel(time)
      setAll(time, state, record.steady === 1 ? 'set' : 'add')
      if (isConstant(record)) return
      const waiting = pending(dose)
      // the dose of the record itself is given with those that follow it
      for (let back = waiting - 1; back > 0; back--)
        give(record.state, roundTime(time + arrival(dose, back)), duration, amount)
      for (let back = Math.max(waiting, 1); duration > 0 && arrival(dose, back) + duration > 0; back++) {
        const to = roundTime(time + arrival(dose, back) + duration)
        if (to > time) infusions.push({ state: record.state, from: time, to, rate: amount / duration })
      }
    },
    series: ({ record, amount, lag, duration }, last) => {
      if (isConstant(record)) return
      const { time, every, more, state } = record
      const count = every > 0 ? Math.min(more, Math.floor((last - time) / every) + 1) : 0
      for (let k = 0; k <= Math.min(count, MOST_INSTANTS); k++)
        give(state, roundTime(time + k * every + lag), duration, amount)
    },
    instants: () => {
      const states = [...new Set(infusions.map(({ state }) => state))]
      return [
        ...changes,
        ...states.flatMap((state) =>
          rateChanges(
            state,
            infusions.filter((i) => i.state === state),
          ),
        ),
      ]
    },
  }
}
