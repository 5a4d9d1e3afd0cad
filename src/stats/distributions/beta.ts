// The beta distribution.
import { log, log1p } from '#base'
import { betaShare, betaTails } from '../incomplete-beta.ts'
import { logBetaPower } from '../saddle-point.ts'
import { logDensityAtEdge } from './gamma.ts'
import { type Law, lawOf, wantPositive } from './law.ts'

/** Makes the beta law. @param a weight of 1 @param b weight of 0; the mean is a / (a + b) */
export function betaLaw(a: number, b: number): Law {
  wantPositive('Beta', { a, b })
  return lawOf({
    tails: (x) => betaTails(a, b, { x, rest: 1 - x }),
    logDensity: (x) => {
      if (x === 0) return logDensityAtEdge(a, log(b))
      if (x === 1) return logDensityAtEdge(b, log(a))
      return x > 0 && x < 1 ? logBetaPower(a, b, x, 1 - x) - log(x) - log1p(-x) : -Infinity
    },
    quantile: (split) => betaShare(a, b, split).x,
    support: [0, 1],
  })
}
