// What every distribution offers, and how the two probabilities beside a point are kept so that neither loses digits to the other.
import { exp, expm1, log, log1p } from '#base'

/** A probability distribution of one number. Both tails keep their relative accuracy down to the smallest doubles; their logarithms go on below. */
export interface Law {
  /** P(X <= x). */
  readonly cdf: (x: number) => number
  /** P(X > x). */
  readonly survival: (x: number) => number
  readonly logCdf: (x: number) => number
  readonly logSurvival: (x: number) => number
  /** The logarithm of the density, or of the mass where X counts; -Infinity where X cannot be. */
  readonly logDensity: (x: number) => number
  /** The x with P(X <= x) = p; where X counts, the least with P(X <= x) >= p. @throws unless p is from 0 to 1 */
  readonly quantile: (p: number) => number
  /** The x with P(X > x) = q, for a q too small to be told from 1 - q; where X counts, the least with P(X > x) <= q. */
  readonly upperQuantile: (q: number) => number
}

/** The probabilities below and above a point, and their logarithms. */
export interface Tails {
  readonly lower: number
  readonly upper: number
  readonly logLower: number
  readonly logUpper: number
}

/** Completes tails from the logarithm of the lower one, which should be the smaller or nearly so. */
export function fromLower(logLower: number): Tails {
  const lower = exp(logLower)
  const upper = logLower > -0.5 ? -expm1(logLower) : 1 - lower
  return { lower, upper, logLower, logUpper: logLower > -0.5 ? log(upper) : log1p(-lower) }
}

export const swapTails = ({ lower, upper, logLower, logUpper }: Tails): Tails => ({
  lower: upper,
  upper: lower,
  logLower: logUpper,
  logUpper: logLower,
})

/** Completes tails from the logarithm of the upper one. */
export const fromUpper = (logUpper: number): Tails => swapTails(fromLower(logUpper))

const LOG_TWO = 0.6931471805599453

/** Completes tails from the logarithm of the probability of both sides together; the lower one is the half. */
export function halveTails(logBoth: number): Tails {
  const lower = exp(logBoth) / 2
  return { lower, upper: 1 - lower, logLower: logBoth - LOG_TWO, logUpper: log1p(-lower) }
}

/** Where nothing lies below, and where nothing lies above. */
export const ALL_ABOVE: Tails = { lower: 0, upper: 1, logLower: -Infinity, logUpper: 0 }
export const ALL_BELOW: Tails = swapTails(ALL_ABOVE)
const UNKNOWN: Tails = { lower: NaN, upper: NaN, logLower: NaN, logUpper: NaN }

/** A probability and its complement, each as exact as it was given. */
export interface Split {
  readonly p: number
  readonly q: number
}

/** What a distribution itself has to know. */
export interface LawParts {
  /** Of any x but NaN. */
  readonly tails: (x: number) => Tails
  readonly logDensity: (x: number) => number
  /** Of a p strictly between 0 and 1. */
  readonly quantile: (split: Split) => number
  /** The least and the greatest value of X. */
  readonly support: readonly [number, number]
}

/** Makes a law of its parts. */
export function lawOf({ tails, logDensity, quantile, support: [least, most] }: LawParts): Law {
  const at = (x: number): Tails => (Number.isNaN(x) ? UNKNOWN : tails(x))
  const inverse = (split: Split): number => {
    const { p, q } = split
    if (!(p >= 0 && q >= 0)) throw new Error(`Cannot take a quantile at ${Math.min(p, q)}: want a share from 0 to 1`)
    return p === 0 ? least : q === 0 ? most : quantile(split)
  }
  return {
    cdf: (x) => at(x).lower,
    survival: (x) => at(x).upper,
    logCdf: (x) => at(x).logLower,
    logSurvival: (x) => at(x).logUpper,
    logDensity,
    quantile: (p) => inverse({ p, q: 1 - p }),
    upperQuantile: (q) => inverse({ p: 1 - q, q }),
  }
}

/** Refuses a parameter that is not a finite number above 0. */
export function wantPositive(law: string, parameters: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(parameters))
    if (!(value > 0 && value < Infinity)) throw new Error(`${law}: ${name} must be above 0 and finite, found ${value}`)
}
