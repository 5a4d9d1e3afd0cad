// Effects of events over time at risk: a log rate, the log ratio of two rates, their difference.
import { log } from '#base'
import { addHalfToZeros, type Effect, effectOf, type NoEffect } from './effect.ts'

/** A group as its events and the time that its members were at risk, above 0. */
export interface Exposure {
  readonly events: number
  readonly time: number
}

const NO_EVENTS = 'there are no events'

/** Computes the log rate; no events count as a half. */
export function logRate({ events, time }: Exposure): Effect | NoEffect {
  const [x = 0] = addHalfToZeros([events])
  return effectOf(log(x / time), 1 / x, NO_EVENTS)
}

/** Computes the log rate ratio; no events in a group add a half to both. */
export function logRateRatio(a: Exposure, b: Exposure): Effect | NoEffect {
  const [x = 0, y = 0] = addHalfToZeros([a.events, b.events])
  return effectOf(log(x / a.time) - log(y / b.time), 1 / x + 1 / y, NO_EVENTS)
}

/** Computes the difference of rates; no events in a group add a half to both, so that the variance is above 0. */
export function rateDifference(a: Exposure, b: Exposure): Effect | NoEffect {
  const [x = 0, y = 0] = addHalfToZeros([a.events, b.events])
  return effectOf(x / a.time - y / b.time, x / (a.time * a.time) + y / (b.time * b.time), NO_EVENTS)
}
