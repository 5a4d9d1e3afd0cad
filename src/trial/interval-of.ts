// From numbers, one per replicate, to their distribution in five.
import { quantile } from '#stats'
import type { Interval } from './result.ts'

/** A number that takes few values, as a share of twelve patients does, has quantiles among them: nothing between is ever printed. */
export type Kind = 'continuous' | 'counted'

/**
 * Summarises a distribution by its median and its central 50 and 90 %. NaN values are left out.
 * @param kind quantiles are of type 7; of counted numbers those that the empirical distribution reaches, of type 1
 * @source Hyndman RJ, Fan Y. Am Stat 1996;50:361-365
 * @returns null when nothing is left
 */
export function intervalOf(values: Iterable<number>, kind: Kind = 'continuous'): Interval | null {
  const sorted = Float64Array.from(values)
    .filter((value) => !Number.isNaN(value))
    .toSorted()
  const reached = (share: number): number => sorted[Math.max(0, Math.ceil(share * sorted.length - 1e-9) - 1)] ?? NaN
  const at = (share: number): number => (kind === 'counted' ? reached(share) : (quantile(sorted, share) ?? NaN))
  if (sorted.length === 0) return null
  return { median: at(0.5), lo50: at(0.25), hi50: at(0.75), lo90: at(0.05), hi90: at(0.95) }
}
