// The regularised incomplete beta function I_x(a, b), the distribution function of the beta law, and its inverse.
import { log } from '#base'
import { ALL_ABOVE, ALL_BELOW, fromLower, fromUpper, type Split, type Tails } from './distributions/law.ts'
import { solveByFactors } from './distributions/solve-quantile.ts'
import { logBetaPower } from './saddle-point.ts'

const TINY = 1e-300
const MOST = 1_000_000 // terms: about sqrt(max(a, b)) are needed

/** A share and what is missing to 1, so that neither has to be found by subtraction. */
export interface Share {
  readonly x: number
  readonly rest: number
}

/**
 * Computes I_x(a, b) and 1 - I_x(a, b), each to its own relative accuracy.
 * @param a above 0
 * @param b above 0
 * @source DiDonato AR, Morris AH. ACM Trans Math Softw 1992;18:360-373, equation 9 (BFRAC), by Lentz's method
 */
export function betaTails(a: number, b: number, { x, rest }: Share): Tails {
  if (!(x > 0 && rest > 0)) return x > 0 ? ALL_BELOW : ALL_ABOVE
  // the fraction converges fast below the mean
  return x <= (a + 1) / (a + b + 2)
    ? fromLower(logBetaPower(a, b, x, rest) - log(fraction(a, b, { x, rest })))
    : fromUpper(logBetaPower(b, a, rest, x) - log(fraction(b, a, { x: rest, rest: x })))
}

/**
 * Computes I_x(a, b): the probability that a beta(a, b) variable is at most x.
 * @param x from 0 to 1
 * @param rest 1 - x, for callers that know it better than subtraction does
 */
export function incompleteBeta(x: number, a: number, b: number, rest: number = 1 - x): number {
  if (!(x >= 0 && x <= 1 && a > 0 && b > 0)) throw new Error(`Cannot take I_x(a, b) at x ${x}, a ${a}, b ${b}`)
  return betaTails(a, b, { x, rest }).lower
}

/** What x^a (1-x)^b / B(a, b) is divided by: a fraction whose terms add up where x is below the mean, so that none is lost for x near 1. */
function fraction(a: number, b: number, { x, rest }: Share): number {
  const lambda = a * rest - b * x
  const partial = (m: number): number =>
    m + (m * (b - m) * x) / (a + 2 * m - 1) + ((a + m) * (lambda + 1 + m * (1 + rest))) / (a + 2 * m + 1)
  let result = away((a * (lambda + 1)) / (a + 1))
  let c = result
  let d = 0
  for (let m = 1; m <= MOST; m++) {
    const under = a + 2 * m - 1
    const numerator = ((a + m - 1) / under) * ((a + b + m - 1) / under) * m * (b - m) * x * x
    const denominator = partial(m)
    d = 1 / away(denominator + numerator * d)
    c = away(denominator + numerator / c)
    const factor = c * d
    result *= factor
    if (Math.abs(factor - 1) < 2e-16) return result
  }
  throw new Error(`The fraction of I_x(a, b) does not converge at x ${x}, a ${a}, b ${b}`)
}

/** Keeps a denominator away from 0. */
const away = (value: number): number => (Math.abs(value) < TINY ? TINY : value)

/**
 * Finds x with I_x(a, b) = p: of x and 1 - x, the one on the far side of the mean is solved for and the other follows.
 * @param split p and 1 - p, strictly between 0 and 1
 */
export function betaShare(a: number, b: number, { p, q }: Split): Share {
  const mean = { x: a / (a + b), rest: b / (a + b) }
  if (p > betaTails(a, b, mean).lower) {
    const { x, rest } = solveBelow(b, a, q, mean.rest)
    return { x: rest, rest: x }
  }
  return solveBelow(a, b, p, mean.x)
}

/** Where I_x(a, b) = p, knowing that it is not above the mean. */
function solveBelow(a: number, b: number, p: number, mean: number): Share {
  const x = solveByFactors({
    logTail: (at) => betaTails(a, b, { x: at, rest: 1 - at }).logLower,
    logDensity: (at) => logBetaPower(a, b, at, 1 - at) - log(at) - log(1 - at),
    wanted: log(p),
    rises: true,
    start: mean,
    high: mean,
  })
  return { x, rest: 1 - x }
}

/**
 * Finds x with I_x(a, b) = p.
 * @param p from 0 to 1
 * @returns to about 1e-14 of itself
 */
export function betaQuantile(p: number, a: number, b: number): number {
  if (!(p >= 0 && p <= 1)) throw new Error(`Cannot take the quantile ${p} of a beta law: it must be from 0 to 1`)
  return p === 0 || p === 1 ? p : betaShare(a, b, { p, q: 1 - p }).x
}
