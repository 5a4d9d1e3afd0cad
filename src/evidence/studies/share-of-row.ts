// A row as a share with its interval, where it counts patients.
import { clopperPearson } from '#stats'
import type { Row } from './schema.ts'

/** Percent. */
export interface Share {
  readonly percent: number
  readonly lo: number
  readonly hi: number
}

/** Computes the share of a row of events with its exact 95 % interval, which is ours: intervals as printed stand in the row. */
export function shareOfRow({ events, n }: Row): Share | undefined {
  if (events === undefined || n === undefined) return undefined
  const { lo, hi } = clopperPearson(events, n, 0.95)
  return { percent: (100 * events) / n, lo: 100 * lo, hi: 100 * hi }
}
