// Student's t distribution.
import { exp, log, log1p } from '#base'
import { betaTails } from '../incomplete-beta.ts'
import { logBeta } from '../log-gamma.ts'
import { halveTails, type Law, lawOf, type Split, swapTails, type Tails, wantPositive } from './law.ts'
import { standardQuantile } from './normal.ts'
import { solveByFactors } from './solve-quantile.ts'

/** Makes Student's law. @param df degrees of freedom, above 0, not necessarily whole */
export function studentLaw(df: number): Law {
  wantPositive("Student's t", { df })
  return lawOf({
    tails: (t) => studentTails(t, df),
    logDensity: (t) => studentLogDensity(t, df),
    quantile: (split) => quantileOf(split, df),
    support: [-Infinity, Infinity],
  })
}

/** Where t² would not fit a number, or nearly, the tail is its first term. */
const FAR = 1e100

function studentTails(t: number, df: number): Tails {
  const half = halveTails(logTwoSided(Math.abs(t), df))
  return t > 0 ? swapTails(half) : half
}

/** @source Abramowitz M, Stegun IA. Handbook of Mathematical Functions, 1964, 26.7.1 */
function logTwoSided(t: number, df: number): number {
  if (t > FAR * Math.max(1, df)) return -df * log(t / Math.sqrt(df)) - log(df / 2) - logBeta(df / 2, 0.5)
  const square = t * t
  const sum = df + square
  return betaTails(df / 2, 0.5, { x: df / sum, rest: square / sum }).logLower
}

function studentLogDensity(t: number, df: number): number {
  const far = Math.abs(t) > FAR
  const stretch = far ? 2 * log(Math.abs(t)) - log(df) : log1p((t * t) / df)
  return -0.5 * (df + 1) * stretch - 0.5 * log(df) - logBeta(df / 2, 0.5)
}

function quantileOf({ p, q }: Split, df: number): number {
  if (p === q) return 0
  const size = solveByFactors({
    logTail: (t) => studentTails(t, df).logUpper,
    logDensity: (t) => studentLogDensity(t, df),
    wanted: log(Math.min(p, q)),
    rises: false,
    start: Math.abs(standardQuantile({ p, q })),
  })
  return p < q ? -size : size
}

/** Computes the probability that |T| is at least |t|: the two-sided p value; NaN of a NaN, or without degrees of freedom. */
export function studentTwoSided(t: number, df: number): number {
  return Number.isNaN(t) || !(df > 0) ? NaN : exp(logTwoSided(Math.abs(t), df))
}

/** Computes P(T <= t). */
export const studentCdf = (t: number, df: number): number => studentLaw(df).cdf(t)

/**
 * Finds t with P(T <= t) = p.
 * @param p strictly between 0 and 1
 */
export function studentQuantile(p: number, df: number): number {
  if (!(p > 0 && p < 1 && df > 0)) throw new Error(`Cannot take the t quantile ${p} with ${df} degrees of freedom`)
  return quantileOf({ p, q: 1 - p }, df)
}
