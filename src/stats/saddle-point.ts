// The powers in front of the gamma and beta integrals, without the cancellation of their large terms: Loader's saddle-point form.
import { log } from '#base'
import { stirlingError } from './log-gamma.ts'

const TWO_PI = 6.283185307179586

/**
 * Computes x log(x / m) + m - x, which is 0 where x = m, without cancellation.
 * @param x at least 0
 * @param m above 0
 * @source Loader C. Fast and accurate computation of binomial probabilities, 2000, section 5 (bd0)
 */
export function deviance(x: number, m: number): number {
  if (x === 0) return m
  const v = (x - m) / (x + m)
  if (Math.abs(v) > 0.4) {
    const ratio = x / m
    return x * (ratio > 0 && ratio < Infinity ? log(ratio) : log(x) - log(m)) + m - x
  }
  const square = v * v
  let power = 2 * x * v
  let sum = (x - m) * v
  for (let j = 3; ; j += 2) {
    power *= square
    const next = sum + power / j
    if (next === sum) return sum
    sum = next
  }
}

/** Computes log of x^a e^-x / Γ(a + 1): for whole a the Poisson probability of a. @param a above 0 @param x above 0 */
export const logGammaPower = (a: number, x: number): number =>
  -0.5 * log(TWO_PI * a) - stirlingError(a) - deviance(a, x)

/**
 * Computes log of x^a (1-x)^b / B(a, b).
 * @param x strictly between 0 and 1, and `rest` 1 - x
 */
export function logBetaPower(a: number, b: number, x: number, rest: number): number {
  const n = a + b
  const stirling = stirlingError(n) - stirlingError(a) - stirlingError(b)
  return 0.5 * log((a / n) * (b / TWO_PI)) + stirling - deviance(a, n * x) - deviance(b, n * rest)
}
