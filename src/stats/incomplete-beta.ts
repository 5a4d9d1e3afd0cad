// The regularised incomplete beta function I_x(a, b), the distribution function of the beta law, and its inverse.
import { exp, log } from '#base'
import { logBeta } from './log-gamma.ts'

const TINY = 1e-300
const MOST = 10_000 // terms: about sqrt(max(a, b)) are needed

/**
 * Computes I_x(a, b): the probability that a beta(a, b) variable is at most x.
 * @param x from 0 to 1
 * @param rest 1 - x, for callers that know it better than subtraction does
 * @source DiDonato AR, Morris AH. ACM Trans Math Softw 1992;18:360-373, the continued fraction; Lentz's evaluation of it
 */
export function incompleteBeta(x: number, a: number, b: number, rest: number = 1 - x): number {
  if (!(x >= 0 && x <= 1 && a > 0 && b > 0)) throw new Error(`Cannot take I_x(a, b) at x ${x}, a ${a}, b ${b}`)
  if (x === 0 || rest === 0) return x === 0 ? 0 : 1
  // the fraction converges fast below the mean
  return x <= (a + 1) / (a + b + 2) ? tail(x, rest, a, b) : 1 - tail(rest, x, b, a)
}

/** x^a (1-x)^b / (a B(a, b)) times the continued fraction. */
function tail(x: number, rest: number, a: number, b: number): number {
  return (exp(logPower(x, rest, a, b)) * fraction(x, a, b)) / a
}

const logPower = (x: number, rest: number, a: number, b: number): number => a * log(x) + b * log(rest) - logBeta(a, b)

function fraction(x: number, a: number, b: number): number {
  let c = 1
  let d = 1 / away(1 - ((a + b) * x) / (a + 1))
  let result = d
  for (let m = 1; m <= MOST; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / away(1 + even * d)
    c = away(1 + even / c)
    result *= d * c
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / away(1 + odd * d)
    c = away(1 + odd / c)
    result *= d * c
    if (Math.abs(d * c - 1) < 2e-16) return result
  }
  throw new Error(`The fraction of I_x(a, b) does not converge at x ${x}, a ${a}, b ${b}`)
}

/** Keeps a denominator away from 0. */
const away = (value: number): number => (Math.abs(value) < TINY ? TINY : value)

/**
 * Finds x with I_x(a, b) = p, by Newton steps kept inside a shrinking bracket.
 * @param p from 0 to 1
 * @returns to about 1e-15 of itself
 */
export function betaQuantile(p: number, a: number, b: number): number {
  if (!(p >= 0 && p <= 1)) throw new Error(`Cannot take the quantile ${p} of a beta law: it must be from 0 to 1`)
  if (p === 0 || p === 1) return p
  let low = 0
  let high = 1
  let x = a / (a + b)
  for (let i = 0; i < 200; i++) {
    const error = incompleteBeta(x, a, b) - p
    if (error === 0) return x
    if (error > 0) high = x
    else low = x
    const step = error / (exp(logPower(x, 1 - x, a, b)) / (x * (1 - x)))
    const newton = x - step
    const next = newton > low && newton < high ? newton : (low + high) / 2
    if (Math.abs(next - x) <= 1e-16 * x || next === low || next === high) return next
    x = next
  }
  return x
}
