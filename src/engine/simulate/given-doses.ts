// Doses of one subject until they become instants. They wait in lists until the whole table is read, because a reset or a steady state cancels what has
// not yet arrived; a series without beginning is the same series before and after its record.
import { roundTime } from '../language/round-time.ts'
import type { EventRecord } from './event-record.ts'
import { type Infusion, type Instant, MOST_INSTANTS, rateChanges } from './schedule.ts'
import type { Cycle } from './steady-state.ts'

/** A dose as it takes place: when it arrives first, how much of it, over how long (0: at once). */
export interface Dose {
  readonly record: EventRecord
  readonly amount: number
  readonly lag: number
  readonly duration: number
  /** Of an infusion that has always been there. */
  readonly rate: number
}

/** More infusions of one series cannot run at a time. */
const MOST_OVERLAPPING = 10_000

/** An infusion that has always been there. */
export const isConstant = ({ steady, every }: EventRecord): boolean => steady > 0 && every === 0

/** When the doses of a series without beginning arrive, counted from the time of its record: first those that come at that time or later. */
const arrival = ({ record, lag }: Dose, back: number): number => lag - back * record.every

/** How many doses of a steady series are still on their way at the time of its record, the one of that time among them. */
const pending = (dose: Dose): number => {
  let count = Math.floor(dose.lag / dose.record.every)
  while (arrival(dose, count) >= 0) count++
  return count
}

/** What happens between two doses of a steady series, or why it cannot be said. */
export function cycleOf(dose: Dose): Cycle | string {
  const { record, amount, duration, rate } = dose
  if (isConstant(record))
    return { instants: rate > 0 ? [{ time: 0, change: 'set', what: 'rate', at: record.state, value: rate }] : [] }
  const length = record.every
  if (duration / length > MOST_OVERLAPPING) return `more than ${MOST_OVERLAPPING} infusions would run at a time`
  if (dose.lag / length > MOST_OVERLAPPING) return `more than ${MOST_OVERLAPPING} doses would be on their way at a time`
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

/** Doses of one subject, which may still be cancelled. */
export interface Given {
  count(): number
  /** Sets every state; nothing of what is under way at that time, or still to come, takes place. */
  reset(time: number, state: Float64Array): void
  /** Sets or adds a steady state; what is under way in it goes on. */
  steady(dose: Dose, state: Float64Array): void
  /** Gives a dose and those that follow it, as far as `last`. */
  series(dose: Dose, last: number): void
  instants(): Instant[]
}

/** Nothing given yet. */
export function newGiven(): Given {
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
  const setAll = (time: number, state: Float64Array, change: Instant['change']): void => {
    for (const [at, value] of state.entries()) changes.push({ time, change, what: 'state', at, value })
  }
  return {
    count: () => changes.length + 2 * infusions.length,
    reset: (time, state) => {
      cancel(time)
      setAll(time, state, 'set')
    },
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
      if (duration === 0) return
      for (let back = Math.max(waiting, 1); arrival(dose, back) + duration > 0; back++) {
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
