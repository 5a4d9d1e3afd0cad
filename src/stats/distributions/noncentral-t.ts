// The noncentral t distribution: (Z + d) over an independent root of chi-square by its degrees of freedom.
import { exp, log } from '#base'
import { logGammaPower } from '../saddle-point.ts'
import { fromLower, fromUpper, type Law, lawOf, type Tails, wantPositive } from './law.ts'
import { standardTails } from './normal.ts'
import { solveRealQuantile } from './solve-quantile.ts'

/**
 * Makes the noncentral t law.
 * @param df degrees of freedom, above 0
 * @param noncentrality the mean d of the numerator, any finite number
 */
export function noncentralTLaw(df: number, noncentrality: number): Law {
  wantPositive('Noncentral t', { df })
  if (!Number.isFinite(noncentrality)) throw new Error(`Noncentral t: d must be finite, found ${noncentrality}`)
  const tails = (t: number): Tails => {
    const logUpper = logTail(t, df, noncentrality)
    if (logUpper < -0.7) return fromUpper(logUpper)
    return fromLower(logTail(-t, df, -noncentrality))
  }
  const logDensity = (t: number): number =>
    logAverage(df, (s) => log(s) - HALF_LOG_TWO_PI - square(t * s - noncentrality) / 2)
  return lawOf({
    tails,
    logDensity,
    quantile: (split) => solveRealQuantile(tails, logDensity, split, noncentrality, 1 + Math.abs(noncentrality)),
    support: [-Infinity, Infinity],
  })
}

const HALF_LOG_TWO_PI = 0.9189385332046728
const square = (x: number): number => x * x

/** log P(T > t): given the root s of chi-square over df, Z must exceed t s - d. */
const logTail = (t: number, df: number, d: number): number => logAverage(df, (s) => standardTails(t * s - d).logUpper)

const NOTHING = 42 // e^-42 of the top is below rounding
const FINEST = 0.08 // of log s: the integrand is analytic within pi / 4 of the real line, where the trapezoid errs by e^(-pi² / 2 / 0.08)
const PER_WIDTH = 0.4 // steps per standard deviation of a bell, where the trapezoid errs by e^(-2 pi² / 0.16)

/**
 * Computes the log of the average of e^f(s) over s, the root of chi-square over df: by the trapezoid rule over log s, from the top of the integrand outward.
 * For f a log tail or a log density of the normal law in s the integrand has one top and falls fast, which makes that rule exact to rounding.
 * @source Trefethen LN, Weideman JAC. The exponentially convergent trapezoidal rule. SIAM Rev 2014;56:385-458, theorem 5.1
 */
function logAverage(df: number, f: (s: number) => number): number {
  const half = df / 2
  const height = (u: number): number => {
    const s = exp(u)
    return logGammaPower(half, half * s * s) + f(s)
  }
  const top = topOf(height)
  const highest = height(top)
  if (highest === -Infinity) return -Infinity
  const step = Math.min(FINEST, PER_WIDTH * widthAt(height, top, highest))
  let sum = 1
  for (const side of [-step, step])
    for (let i = 1; ; i++) {
      const less = height(top + i * side) - highest
      if (!(less > -NOTHING)) break
      sum += exp(less)
    }
  return highest + log(sum * step * df)
}

const GOLDEN = 0.6180339887498949
const [LEAST, MOST] = [-350, 350] // log s of any number

/** Finds the top by golden sections, well enough to start from: the sum does not depend on where. */
function topOf(height: (u: number) => number): number {
  let [low, high] = [LEAST, MOST]
  let [left, right] = [high - GOLDEN * (high - low), low + GOLDEN * (high - low)]
  let [atLeft, atRight] = [height(left), height(right)]
  while (high - low > 1e-6) {
    if (atLeft > atRight) {
      high = right
      ;[right, atRight] = [left, atLeft]
      left = high - GOLDEN * (high - low)
      atLeft = height(left)
    } else {
      low = left
      ;[left, atLeft] = [right, atRight]
      right = low + GOLDEN * (high - low)
      atRight = height(right)
    }
  }
  return (low + high) / 2
}

/** How far from the top the integrand has fallen by half a unit of its logarithm: a standard deviation, if it is a bell. */
function widthAt(height: (u: number) => number, top: number, highest: number): number {
  let width = 1e-6
  while (width < 1 && height(top + width) > highest - 0.5 && height(top - width) > highest - 0.5) width *= 1.2
  return width
}
