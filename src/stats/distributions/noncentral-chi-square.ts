// The noncentral chi-square distribution: chi-square laws of rising degrees of freedom, mixed with Poisson weights.
import { exp, log } from '#base'
import { gammaTails } from '../incomplete-gamma.ts'
import { logGammaPower } from '../saddle-point.ts'
import { logDensityAtEdge } from './gamma.ts'
import { ALL_ABOVE, ALL_BELOW, fromLower, fromUpper, type Law, lawOf, type Tails, wantPositive } from './law.ts'
import { poissonLaw } from './poisson.ts'
import { solvePositiveQuantile } from './solve-quantile.ts'

/**
 * Makes the noncentral chi-square law.
 * @param df degrees of freedom, above 0
 * @param noncentrality sum of squared means, above 0
 * @source Johnson NL, Kotz S, Balakrishnan N. Continuous Univariate Distributions 2, 1995, equation 29.2
 */
export function noncentralChiSquareLaw(df: number, noncentrality: number): Law {
  wantPositive('Noncentral chi-square', { df, noncentrality })
  const weight = poissonLaw(noncentrality / 2).logDensity
  const half = df / 2
  const mix = (log1: (j: number) => number): number => logSum((j) => weight(j) + log1(j), noncentrality / 2)
  const tails = (x: number): Tails => {
    if (!(x > 0)) return ALL_ABOVE
    if (x === Infinity) return ALL_BELOW
    // each sum is exact in itself; the smaller one gives the other
    const logLower = mix((j) => gammaTails(half + j, x / 2).logLower)
    return logLower < -0.7 ? fromLower(logLower) : fromUpper(mix((j) => gammaTails(half + j, x / 2).logUpper))
  }
  const logDensity = (x: number): number => {
    if (!(x > 0 && x < Infinity)) return x === 0 ? logDensityAtEdge(half, -noncentrality / 2 - log(2)) : -Infinity
    return mix((j) => logGammaPower(half + j, x / 2) + log((half + j) / x))
  }
  return lawOf({
    tails,
    logDensity,
    quantile: (split) => solvePositiveQuantile(tails, logDensity, split, df + noncentrality),
    support: [0, Infinity],
  })
}

const NOTHING = 40 // e^-40 of the largest term, over all that follow, is below rounding

/** log of the sum over j >= 0 of e^f(j), for an f that rises to one top and falls: from the top outward. */
function logSum(f: (j: number) => number, start: number): number {
  const top = topOf(f, Math.floor(start))
  const highest = f(top)
  if (highest === -Infinity) return -Infinity
  let sum = 1
  for (const step of [-1, 1])
    for (let j = top + step; j >= 0; j += step) {
      const less = f(j) - highest
      if (less < -NOTHING) break
      sum += exp(less)
    }
  return highest + log(sum)
}

/** Finds the whole j >= 0 with the largest f, by steps that double while they lead up. */
function topOf(f: (j: number) => number, start: number): number {
  let at = start
  let height = f(at)
  for (let step = 1; step >= 1; ) {
    const [down, up] = [Math.max(0, at - step), at + step]
    const [low, high] = [f(down), f(up)]
    if (low > height || high > height) {
      ;[at, height] = low > high ? [down, low] : [up, high]
      step *= 2
    } else step = Math.floor(step / 2)
  }
  return at
}
