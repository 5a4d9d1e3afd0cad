// Effects of two groups in which something happened or not: log risk ratio, log odds ratio, risk difference.
import { log } from '#base'
import { addHalfToZeros, type Effect, effectOf, type NoEffect } from './effect.ts'

/** Events and non-events of the first group, then of the second. */
export type FourCells = readonly [a: number, b: number, c: number, d: number]

const EMPTY_GROUP = 'a group is empty'

/** Computes the log risk ratio; a zero anywhere adds a half everywhere. */
export function logRiskRatio(cells: FourCells): Effect | NoEffect {
  const [a, b, c, d] = mended(cells)
  return effectOf(log(a / (a + b)) - log(c / (c + d)), 1 / a - 1 / (a + b) + 1 / c - 1 / (c + d), EMPTY_GROUP)
}

/** Computes the log odds ratio; a zero anywhere adds a half everywhere. */
export function logOddsRatio(cells: FourCells): Effect | NoEffect {
  const [a, b, c, d] = mended(cells)
  return effectOf(log(a / b) - log(c / d), 1 / a + 1 / b + 1 / c + 1 / d, EMPTY_GROUP)
}

/** Computes the risk difference; a zero anywhere adds a half everywhere, so that the variance is above 0. */
export function riskDifference(cells: FourCells): Effect | NoEffect {
  const [a, b, c, d] = mended(cells)
  const [first, second] = [a + b, c + d]
  const variance = (a * b) / (first * first * first) + (c * d) / (second * second * second)
  return effectOf(a / first - c / second, variance, EMPTY_GROUP)
}

const mended = (cells: FourCells): FourCells => {
  const [a, b, c, d] = cells
  return a + b > 0 && c + d > 0 ? (addHalfToZeros(cells) as unknown as FourCells) : [NaN, NaN, NaN, NaN]
}
