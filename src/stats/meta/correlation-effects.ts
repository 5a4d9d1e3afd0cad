// Correlations as effects: as they are, and by Fisher's transformation, on which they are nearly normal.
import { log1p } from '#base'
import { type Effect, effectOf, type NoEffect } from './effect.ts'

/** Takes a correlation as it is. @param r strictly between -1 and 1 @param n pairs, at least 2 */
export const rawCorrelation = (r: number, n: number): Effect | NoEffect =>
  effectOf(r, ((1 - r * r) * (1 - r * r)) / (n - 1), 'a correlation needs at least 2 pairs, and must not be 1 or -1')

/** Computes Fisher's z. @param r strictly between -1 and 1 @param n pairs, at least 4 */
export const fisherZ = (r: number, n: number): Effect | NoEffect =>
  effectOf(
    0.5 * (log1p(r) - log1p(-r)),
    1 / (n - 3),
    "Fisher's z needs at least 4 pairs, and a correlation that is not 1 or -1",
  )
