// Where a tail has a wanted probability: Newton's method on logarithms, kept inside a bracket. Tails are nearly straight there, however small.
import { exp, expm1, log } from '#base'
import type { Split, Tails } from './law.ts'

/** One tail of a law of positive numbers, as a function of x. */
export interface TailProblem {
  readonly logTail: (x: number) => number
  readonly logDensity: (x: number) => number
  /** The logarithm of the tail that is looked for. */
  readonly wanted: number
  /** Whether the tail rises with x, as the lower one does. */
  readonly rises: boolean
  readonly start: number
  /** Above which x cannot lie. */
  readonly high?: number
}

const MOST_STEPS = 500
const LAST = 1e-8 // after a step this small the next one is the last: the error is squared each time
const LONGEST = 30 // a step of log x

/** Finds x > 0 by steps that are factors, so that it keeps its relative accuracy near 0; 0 where x would be below all doubles. */
export function solveByFactors({ logTail, logDensity, wanted, rises, start, high = Infinity }: TailProblem): number {
  let x = start
  let [least, most] = [0, high]
  let ends = false
  for (let i = 0; i < MOST_STEPS; i++) {
    const now = logTail(x)
    const error = wanted - now
    if (error === 0 || x === 0) return x
    if (error > 0 === rises) least = x
    else most = x
    const slope = exp(logDensity(x) - now) * x
    const step = clampStep((rises ? error : -error) / slope)
    let next = x + x * expm1(step)
    if (!(next >= least && next <= most)) next = most === Infinity ? 2 * least : halve(least, most)
    if (ends || next === x) return next
    ends = Math.abs(step) < LAST
    x = next
  }
  return x
}

const halve = (least: number, most: number): number => (least === 0 ? most / 1024 : Math.sqrt(least) * Math.sqrt(most))

const clampStep = (step: number): number => Math.max(-LONGEST, Math.min(LONGEST, step))

/** Finds the quantile of a law of positive numbers, in the smaller tail. */
export function solvePositiveQuantile(
  tails: (x: number) => Tails,
  logDensity: (x: number) => number,
  { p, q }: Split,
  start: number,
): number {
  const rises = p < q
  return solveByFactors({
    logTail: (x) => (rises ? tails(x).logLower : tails(x).logUpper),
    logDensity,
    wanted: log(rises ? p : q),
    rises,
    start,
  })
}

/** Finds the quantile of a law of all real numbers, in the smaller tail, by steps that are sums. @param scale about the SD */
export function solveRealQuantile(
  tails: (x: number) => Tails,
  logDensity: (x: number) => number,
  { p, q }: Split,
  start: number,
  scale: number,
): number {
  const rises = p < q
  const wanted = log(rises ? p : q)
  let x = start
  let [least, most] = [-Infinity, Infinity]
  let ends = false
  for (let i = 0; i < MOST_STEPS; i++) {
    const now = rises ? tails(x).logLower : tails(x).logUpper
    const error = wanted - now
    if (error === 0) return x
    if (error > 0 === rises) least = x
    else most = x
    const far = scale + Math.abs(x - start) // no step goes more than twice as far as was gone
    const step = Math.max(-far, Math.min(far, (rises ? error : -error) / exp(logDensity(x) - now)))
    let next = x + step
    if (!(next >= least && next <= most)) next = (least + most) / 2
    if (ends || next === x) return next
    ends = Math.abs(step) < LAST * scale
    x = next
  }
  return x
}

/**
 * Finds the least whole k >= 0 with P(X <= k) >= p, by doubling and halving.
 * @param start a guess
 * @param most the greatest value of X
 */
export function solveCount(tails: (k: number) => Tails, { p, q }: Split, start: number, most: number): number {
  const reaches = (k: number): boolean => (p < q ? tails(k).lower >= p : tails(k).upper <= q)
  let high = Math.min(most, Math.max(0, Math.floor(start)))
  let low = -1 // does not reach
  for (let width = 1; !reaches(high); width *= 2) {
    low = high
    high = Math.min(most, high + width)
    if (high === most) break
  }
  while (high - low > 1) {
    const middle = low + Math.floor((high - low) / 2)
    if (reaches(middle)) high = middle
    else low = middle
  }
  return high
}
