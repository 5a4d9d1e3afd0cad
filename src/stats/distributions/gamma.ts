// The gamma distribution.
import { exp, log } from '#base'
import { gammaTails } from '../incomplete-gamma.ts'
import { logGamma } from '../log-gamma.ts'
import { logGammaPower } from '../saddle-point.ts'
import { type Law, lawOf, type Split, wantPositive } from './law.ts'
import { standardQuantile } from './normal.ts'
import { solvePositiveQuantile } from './solve-quantile.ts'

/** Makes the gamma law of a shape and a scale; its mean is their product. */
export function gammaLaw(shape: number, scale = 1): Law {
  wantPositive('Gamma', { shape, scale })
  const logDensity = (x: number): number => {
    if (!(x > 0)) return x === 0 ? logDensityAtEdge(shape) : -Infinity
    return logGammaPower(shape, x) + log(shape) - log(x)
  }
  return lawOf({
    tails: (x) => gammaTails(shape, x / scale),
    logDensity: (x) => logDensity(x / scale) - log(scale),
    quantile: (split) =>
      scale * solvePositiveQuantile((x) => gammaTails(shape, x), logDensity, split, startOf(shape, split)),
    support: [0, Infinity],
  })
}

/** Of a density that goes as x^(power - 1) near 0, times 1. */
export const logDensityAtEdge = (power: number, logFactor = 0): number =>
  power === 1 ? logFactor : power < 1 ? Infinity : -Infinity

/** A guess of the quantile by Wilson and Hilferty's cube, or by the first term of the series where that fails. */
function startOf(shape: number, split: Split): number {
  const spread = 1 / (9 * shape)
  const root = 1 - spread + standardQuantile(split) * Math.sqrt(spread)
  if (root > 0.2) return shape * root * root * root
  return Math.max(Number.MIN_VALUE, exp((log(split.p) + logGamma(shape + 1)) / shape))
}
