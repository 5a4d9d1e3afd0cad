// Quantiles of a sample.

/**
 * Finds a quantile by linear interpolation between order statistics: type 7 of Hyndman and Fan, the default of R and NumPy.
 * @param sorted the sample, rising, without NaN
 * @param p from 0 to 1
 * @returns undefined for an empty sample
 * @source Hyndman RJ, Fan Y. Sample quantiles in statistical packages. Am Stat 1996;50:361-365
 */
export function quantile(sorted: ArrayLike<number>, p: number): number | undefined {
  if (!(p >= 0 && p <= 1)) throw new Error(`Cannot take the quantile ${p}: it must be from 0 to 1`)
  const position = (sorted.length - 1) * p
  const below = Math.floor(position)
  const low = sorted[below]
  const high = sorted[below + 1]
  if (low === undefined || high === undefined) return low
  return low + (high - low) * (position - below)
}
