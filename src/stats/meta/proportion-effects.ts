// One group's proportion on scales where its variance behaves: logit, arcsine, and Freeman and Tukey's double arcsine.
import { cos, log, sin } from '#base'
import { addHalfToZeros, type Effect, effectOf, type NoEffect } from './effect.ts'

const EMPTY_GROUP = 'the group is empty'

/** Computes the logit of x of n; where x is 0 or n, a half is added to both sides. */
export function logitProportion(x: number, n: number): Effect | NoEffect {
  if (n === 0) return { reason: EMPTY_GROUP }
  const [yes = 0, no = 0] = addHalfToZeros([x, n - x])
  return effectOf(log(yes / no), 1 / yes + 1 / no, EMPTY_GROUP)
}

/** Computes the arcsine of the root of x of n. */
export const arcsineProportion = (x: number, n: number): Effect | NoEffect =>
  n === 0 ? { reason: EMPTY_GROUP } : effectOf(arcsineOfRoot(x / n), 1 / (4 * n), EMPTY_GROUP)

/**
 * Computes the double arcsine of x of n, in the half that has variance 1 / (4 n + 2).
 * @source Freeman MF, Tukey JW. Ann Math Stat 1950;21:607-611
 */
export const freemanTukey = (x: number, n: number): Effect | NoEffect =>
  effectOf((arcsineOfRoot(x / (n + 1)) + arcsineOfRoot((x + 1) / (n + 1))) / 2, 1 / (4 * n + 2), EMPTY_GROUP)

const HALF_PI = 1.5707963267948966

/** asin(sqrt(p)), by Newton's steps on the sine, from the side on which it is steep. @param p from 0 to 1 */
function arcsineOfRoot(p: number): number {
  if (p > 0.5) return HALF_PI - arcsineOfRoot(1 - p)
  const root = Math.sqrt(p)
  let angle = root * (1 + p / 6)
  for (let i = 0; i < 4; i++) angle += (root - sin(angle)) / cos(angle)
  return angle
}
