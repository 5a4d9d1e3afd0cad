// Effects of two groups measured on a scale: the difference of means, and the same in units of the standard deviation.
import { exp, log } from '#base'
import { logGamma } from '../log-gamma.ts'
import { type Effect, effectOf, type NoEffect } from './effect.ts'

/** A group as its size, mean and standard deviation. */
export interface Group {
  readonly n: number
  readonly mean: number
  readonly sd: number
}

const NO_SPREAD = 'both standard deviations are 0'

/** Computes the difference of means, each group with its own variance. */
export const meanDifference = (a: Group, b: Group): Effect | NoEffect =>
  effectOf(a.mean - b.mean, (a.sd * a.sd) / a.n + (b.sd * b.sd) / b.n, NO_SPREAD)

/**
 * Computes Hedges' g: the difference in pooled standard deviations with the exact correction of its bias, and its large-sample variance.
 * @source Hedges LV. J Educ Stat 1981;6:107-128, equations 6e; Hedges LV, Olkin I. Statistical Methods for Meta-Analysis, 1985, p. 86
 */
export function standardisedDifference(a: Group, b: Group): Effect | NoEffect {
  const df = a.n + b.n - 2
  if (df < 2) return { reason: 'fewer than four people leave no unbiased standardised difference' }
  const pooled = Math.sqrt(((a.n - 1) * a.sd * a.sd + (b.n - 1) * b.sd * b.sd) / df)
  const g = (exactCorrection(df) * (a.mean - b.mean)) / pooled
  return effectOf(g, 1 / a.n + 1 / b.n + (g * g) / (2 * (a.n + b.n)), NO_SPREAD)
}

/** Γ(m / 2) / (sqrt(m / 2) Γ((m - 1) / 2)), which 1 - 3 / (4 m - 1) comes near. */
const exactCorrection = (m: number): number => exp(logGamma(m / 2) - 0.5 * log(m / 2) - logGamma((m - 1) / 2))
