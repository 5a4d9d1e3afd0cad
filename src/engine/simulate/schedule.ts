// Turns doses, settings and resets into the list of instants that the kernel works through. Infusions become changes of a rate whose value is summed
// afresh at every change, so that nothing is left over when the last one ends.
import { lowering, plain } from '../compile/lower.ts'
import type { Deed, Model } from '../language/model.ts'
import { findJumps, type Jump, jumpTimes } from './jumps.ts'
import { roundTime } from '../language/round-time.ts'

/** One change at one instant: add to, or set, a quantity of the subject. */
export interface Instant {
  readonly time: number
  readonly change: 'add' | 'set'
  readonly what: 'state' | 'input' | 'rate'
  readonly at: number
  readonly value: number
}

/** A stretch of time over which a rate is added. */
export interface Infusion {
  readonly from: number
  readonly to: number
  readonly rate: number
}

/** The most instants one subject may have. */
export const MOST_INSTANTS = 200_000

/** Counts the instants of a list of deeds, without making them. */
export const countInstants = (deeds: readonly Deed[]): number =>
  deeds.reduce((sum, d) => sum + (d.kind === 'dose' ? d.times * (d.over > 0 ? 2 : 1) : 1), 0)

/**
 * Lists what happens to one subject, by time and, at one time, in the order written; changes of infusion rates come last.
 * @param parameters the subject's parameters, which may decide how much is given
 * @param jumps of the model; found once by whoever schedules many subjects
 */
export function schedule(
  model: Model,
  deeds: readonly Deed[],
  parameters: ArrayLike<number>,
  jumps: readonly Jump[] = findJumps(model),
): Instant[] {
  const value = lowering(plain, model, {
    time: NaN,
    parameter: (i) => parameters[i] ?? NaN,
    input: () => NaN,
    state: () => NaN,
  })
  const instants: Instant[] = []
  const infusions = new Map<number, Infusion[]>()
  for (const deed of deeds) {
    if (deed.kind === 'reset')
      instants.push({ time: deed.at, change: 'set', what: 'state', at: deed.state, value: value(deed.value) })
    if (deed.kind === 'set-input')
      instants.push({ time: deed.at, change: 'set', what: 'input', at: deed.input, value: value(deed.value) })
    if (deed.kind !== 'dose') continue
    const amount = value(deed.amount)
    for (let k = 0; k < deed.times; k++) {
      const time = roundTime(deed.at + k * deed.every)
      const to = roundTime(time + deed.over)
      // an infusion too short to move the clock is a dose at once
      if (to <= time) {
        instants.push({ time, change: 'add', what: 'state', at: deed.state, value: amount })
        continue
      }
      const running = infusions.get(deed.state) ?? []
      running.push({ from: time, to, rate: amount / (to - time) }) // over the rounded times, so that all of it is given
      infusions.set(deed.state, running)
    }
  }
  const changes = [...infusions].flatMap(([at, running]) => rateChanges(at, running))
  return [...instants, ...changes, ...jumpInstants(model, parameters, jumps)].toSorted((a, b) => a.time - b.time)
}

/** Stops where the equations jump by themselves: doses of nothing, which change no state, and behind which the stepper starts anew. */
export const jumpInstants = (model: Model, parameters: ArrayLike<number>, jumps: readonly Jump[]): Instant[] =>
  jumpTimes(model, parameters, jumps).map((time) => ({ time, change: 'add', what: 'state', at: 0, value: 0 }))

/** The inputs as they are at time 0, what is set there included, so that starts are made of them. */
export function startInputs(model: Model, instants: readonly Instant[]): number[] {
  const inputs = model.inputs.map(({ value }) => value)
  for (const { what, time, at, value } of instants) if (what === 'input' && time === 0) inputs[at] = value
  return inputs
}

/**
 * Turns infusions into one state into changes of its rate: a sweep over the times at which one starts or ends. Who runs is kept in the order of
 * starting, so that sums have one order.
 */
export function rateChanges(at: number, infusions: readonly Infusion[]): Instant[] {
  const waiting = infusions.toSorted((a, b) => a.from - b.from)
  const times = [...new Set(infusions.flatMap(({ from, to }) => [from, to]))].toSorted((a, b) => a - b)
  let [next, running] = [0, [] as Infusion[]]
  return times.map((time) => {
    running = running.filter(({ to }) => time < to)
    for (let infusion = waiting[next]; infusion && infusion.from <= time; infusion = waiting[++next])
      running.push(infusion)
    return { time, change: 'set', what: 'rate', at, value: running.reduce((sum, { rate }) => sum + rate, 0) }
  })
}
