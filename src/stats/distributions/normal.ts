// The normal distribution.
import { log, normalQuantile } from '#base'
import { gammaTails } from '../incomplete-gamma.ts'
import { halveTails, type Law, lawOf, type Split, swapTails, type Tails, wantPositive } from './law.ts'

const HALF_LOG_TWO_PI = 0.9189385332046728

/** Makes the normal law of a mean and a standard deviation. */
export function normalLaw(mean = 0, sd = 1): Law {
  wantPositive('Normal', { sd })
  return lawOf({
    tails: (x) => standardTails((x - mean) / sd),
    logDensity: (x) => {
      const z = (x - mean) / sd
      return -0.5 * z * z - HALF_LOG_TWO_PI - log(sd)
    },
    quantile: (split) => mean + sd * standardQuantile(split),
    support: [-Infinity, Infinity],
  })
}

/** Of Z, standard normal: Z² / 2 has the gamma law of shape 1/2. */
export function standardTails(z: number): Tails {
  const outside = gammaTails(0.5, 0.5 * z * z)
  const tails = halveTails(outside.logUpper)
  return z > 0 ? swapTails(tails) : tails
}

/** Finds z with P(Z <= z) = p, in the smaller tail. */
export const standardQuantile = ({ p, q }: Split): number => (p < q ? normalQuantile(p) : -normalQuantile(q))
