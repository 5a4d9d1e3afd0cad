// From numbers, one per replicate, to their distribution in five.
import { quantile } from '#stats'
import type { Interval } from './result.ts'

/**
 * Summarises a distribution by its median and its central 50 and 90 %, quantiles of type 7. NaN values are left out.
 * @returns null when nothing is left
 */
export function intervalOf(values: Iterable<number>): Interval | null {
  const sorted = Float64Array.from(values)
    .filter((value) => !Number.isNaN(value))
    .toSorted()
  const at = (share: number): number => quantile(sorted, share) ?? NaN
  if (sorted.length === 0) return null
  return { median: at(0.5), lo50: at(0.25), hi50: at(0.75), lo90: at(0.05), hi90: at(0.95) }
}
