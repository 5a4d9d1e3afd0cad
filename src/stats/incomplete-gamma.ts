// The regularised incomplete gamma functions P(a, x) and Q(a, x): the distribution function of the gamma law and its complement.
import { exp, expm1, log } from '#base'
import { ALL_ABOVE, ALL_BELOW, fromLower, fromUpper, type Tails } from './distributions/law.ts'
import { logGammaOnePlus } from './log-gamma.ts'
import { logGammaPower } from './saddle-point.ts'

const MOST = 1_000_000 // terms: about 9 sqrt(a) are needed
const EPSILON = 1e-17

/**
 * Computes P(a, x) and Q(a, x), each to its own relative accuracy.
 * @param a above 0
 * @param x any number
 * @source Abramowitz M, Stegun IA. Handbook of Mathematical Functions, 1964, 6.5.29 (series) and 6.5.31 (fraction)
 */
export function gammaTails(a: number, x: number): Tails {
  if (!(x > 0)) return ALL_ABOVE
  if (x === Infinity) return ALL_BELOW
  if (a < 1 && x < 1) return smallTails(a, x)
  if (x < a + 1) return fromLower(logGammaPower(a, x) + log(series(a, x)))
  return fromUpper(logGammaPower(a, x) + log(a * fraction(a, x)))
}

/** 1 + x / (a + 1) + x² / ((a + 1)(a + 2)) + … */
function series(a: number, x: number): number {
  let term = 1
  let sum = 1
  for (let n = 1; n <= MOST; n++) {
    term *= x / (a + n)
    sum += term
    if (term < sum * EPSILON) return sum
  }
  throw new Error(`The series of P(a, x) does not converge at a ${a}, x ${x}`)
}

/** Legendre's continued fraction of Γ(a, x) / (x^a e^-x), by Lentz's method; every partial numerator keeps it away from 0 for x >= 1. */
function fraction(a: number, x: number): number {
  let b = x + 1 - a
  let c = Infinity
  let d = 1 / b
  let result = d
  for (let n = 1; n <= MOST; n++) {
    const numerator = n * (a - n)
    b += 2
    d = 1 / (b + numerator * d)
    c = b + numerator / c
    const factor = c * d
    result *= factor
    if (Math.abs(factor - 1) < 2e-16) return result
  }
  throw new Error(`The fraction of Q(a, x) does not converge at a ${a}, x ${x}`)
}

/** Below 1 both: there Q can be small beside P without x being large, and is summed by itself. */
function smallTails(a: number, x: number): Tails {
  const logLower = logGammaPower(a, x) + log(series(a, x))
  if (logLower < -0.7) return fromLower(logLower)
  // P = x^a / Γ(1 + a) (1 + a S), S the sum of (-x)^n / (n! (a + n)) from 1 on
  const logPower = a * log(x) - logGammaOnePlus(a)
  let term = 1
  let sum = 0
  for (let n = 1; Math.abs(term) > EPSILON; n++) {
    term *= -x / n
    sum += term / (a + n)
  }
  const upper = -expm1(logPower) - exp(logPower) * a * sum
  return fromUpper(log(upper))
}
