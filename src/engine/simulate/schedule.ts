// Turns doses, settings and resets into the list of instants that the kernel works through. Infusions become changes of a rate whose value is summed
// afresh at every change, so that nothing is left over when the last one ends.
import { lowering, plain } from '../compile/lower.ts'
import type { Deed, Model } from '../language/model.ts'

/** One change at one instant: add to, or set, a quantity of the subject. */
export interface Instant {
  readonly time: number
  readonly change: 'add' | 'set'
  readonly what: 'state' | 'input' | 'rate'
  readonly at: number
  readonly value: number
}

/** The most instants one subject may have. */
export const MOST_INSTANTS = 200_000

/** Counts the instants of a list of deeds, without making them. */
export const countInstants = (deeds: readonly Deed[]): number =>
  deeds.reduce((sum, d) => sum + (d.kind === 'dose' ? d.times * (d.over > 0 ? 2 : 1) : 1), 0)

/**
 * Lists what happens to one subject, by time and, at one time, in the order written; changes of infusion rates come last.
 * @param parameters the subject's parameters, which may decide how much is given
 */
export function schedule(model: Model, deeds: readonly Deed[], parameters: ArrayLike<number>): Instant[] {
  const value = lowering(plain, model, {
    time: NaN,
    parameter: (i) => parameters[i] ?? NaN,
    input: () => NaN,
    state: () => NaN,
  })
  const instants: Instant[] = []
  const infusions = new Map<number, { from: number; to: number; rate: number }[]>()
  for (const deed of deeds) {
    if (deed.kind === 'reset')
      instants.push({ time: deed.at, change: 'set', what: 'state', at: deed.state, value: value(deed.value) })
    if (deed.kind === 'set-input')
      instants.push({ time: deed.at, change: 'set', what: 'input', at: deed.input, value: value(deed.value) })
    if (deed.kind !== 'dose') continue
    const amount = value(deed.amount)
    for (let k = 0; k < deed.times; k++) {
      const time = deed.at + k * deed.every
      if (deed.over === 0) instants.push({ time, change: 'add', what: 'state', at: deed.state, value: amount })
      else
        infusions.set(deed.state, [
          ...(infusions.get(deed.state) ?? []),
          { from: time, to: time + deed.over, rate: amount / deed.over },
        ])
    }
  }
  for (const [at, running] of infusions) instants.push(...rateChanges(at, running))
  return instants.toSorted((a, b) => a.time - b.time)
}

function rateChanges(at: number, infusions: readonly { from: number; to: number; rate: number }[]): Instant[] {
  const times = [...new Set(infusions.flatMap(({ from, to }) => [from, to]))].toSorted((a, b) => a - b)
  return times.map((time) => {
    let rate = 0
    for (const infusion of infusions) if (infusion.from <= time && time < infusion.to) rate += infusion.rate
    return { time, change: 'set', what: 'rate', at, value: rate }
  })
}
