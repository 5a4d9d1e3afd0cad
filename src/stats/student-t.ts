// Student's t distribution.
import { betaQuantile, incompleteBeta } from './incomplete-beta.ts'

/**
 * Computes the probability that |T| is at least |t|: the two-sided p value.
 * @param t the statistic; infinite ones are allowed
 * @param df degrees of freedom, above 0, not necessarily whole
 * @source Abramowitz M, Stegun IA. Handbook of Mathematical Functions, 1964, 26.7.1
 */
export function studentTwoSided(t: number, df: number): number {
  if (Number.isNaN(t) || !(df > 0)) return NaN
  const square = t * t
  if (square === Infinity) return 0
  const sum = df + square
  return incompleteBeta(df / sum, df / 2, 0.5, square / sum)
}

/** Computes P(T <= t). */
export function studentCdf(t: number, df: number): number {
  const outside = studentTwoSided(t, df) / 2
  return t > 0 ? 1 - outside : outside
}

/**
 * Finds t with P(T <= t) = p.
 * @param p strictly between 0 and 1
 */
export function studentQuantile(p: number, df: number): number {
  if (!(p > 0 && p < 1 && df > 0)) throw new Error(`Cannot take the t quantile ${p} with ${df} degrees of freedom`)
  if (p > 0.5) return -studentQuantile(1 - p, df)
  // in the tail from df / (df + t^2), near the middle from t^2 / (df + t^2): each without cancellation
  if (p < 0.25) {
    const x = betaQuantile(2 * p, df / 2, 0.5)
    return -Math.sqrt((df * (1 - x)) / x)
  }
  const y = betaQuantile(1 - 2 * p, 0.5, df / 2)
  return -Math.sqrt((df * y) / (1 - y))
}
