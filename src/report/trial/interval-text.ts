// A distribution in words: its median and the bounds of its central 90 %, with as many decimals as their distance deserves.

import type { Interval } from '#trial'
import { finite, formatFixed, formatNumber, splitPower } from '../format-number.ts'
import { setNumber } from '../typeset.ts'

/** What is said where there is no finite number. */
export const NOT_ESTIMABLE = 'not estimable'

/** Tells whether an interval is one: five finite numbers in their order. */
export function isEstimable(interval: Interval | null | undefined): interval is Interval {
  if (!interval) return false
  const { lo90, lo50, median, hi50, hi90 } = interval
  const ordered = lo90 <= lo50 && lo50 <= median && median <= hi50 && hi50 <= hi90
  return ordered && finite(lo90) !== undefined && finite(hi90) !== undefined
}

const MOST_DECIMALS = 3

/** How many decimals an interval is worth: half its width keeps two digits. */
export function decimalsOf({ median, lo90, hi90 }: Interval): number {
  const half = hi90 / 2 - lo90 / 2
  if (half > 0) return Math.max(0, Math.min(MOST_DECIMALS, 1 - splitPower(half).power))
  return formatNumber(median, 3).split('.')[1]?.length ?? 0
}

/**
 * Writes an interval as "-8.1 (-11.6 to -4.2)".
 * @param set what is done with each number: typeset for a page, left as it is for a terminal
 */
export function writeInterval(
  interval: Interval | null | undefined,
  set: (text: string) => string = setNumber,
): string {
  if (!isEstimable(interval)) return NOT_ESTIMABLE
  const decimals = decimalsOf(interval)
  const [median, lo, hi] = [interval.median, interval.lo90, interval.hi90].map((value) =>
    set(formatFixed(value, decimals)),
  )
  return `${median} (${lo} to ${hi})`
}

/** Writes the middle half of an interval as "-9.6 to -6.8", with the decimals of the whole. */
export function writeHalf(interval: Interval | null | undefined): string {
  if (!isEstimable(interval)) return NOT_ESTIMABLE
  const decimals = decimalsOf(interval)
  return [interval.lo50, interval.hi50].map((value) => setNumber(formatFixed(value, decimals))).join(' to ')
}

/** Keeps a text in one line of a table. */
export const unbroken = (text: string): string => text.replaceAll(' ', '\u00A0')

/** Writes the median alone, with the decimals of the whole. */
export const writeMedian = (interval: Interval | null | undefined): string =>
  isEstimable(interval) ? setNumber(formatFixed(interval.median, decimalsOf(interval))) : NOT_ESTIMABLE

/** Writes a probability with two decimals; never 0 or 1, which no number of replicates can show. */
export function writeProbability(value: number | null | undefined): string {
  const share = finite(value)
  if (share === undefined) return '–'
  if (share < 0.005) return '< 0.01'
  return share > 0.995 ? '> 0.99' : share.toFixed(2)
}
