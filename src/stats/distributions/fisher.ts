// Fisher's F distribution.
import { log } from '#base'
import { betaShare, betaTails } from '../incomplete-beta.ts'
import { logBetaPower } from '../saddle-point.ts'
import { logDensityAtEdge } from './gamma.ts'
import { type Law, lawOf, wantPositive } from './law.ts'

/** Makes the F law of two degrees of freedom, above 0, not necessarily whole. */
export function fisherLaw(df1: number, df2: number): Law {
  wantPositive('F', { df1, df2 })
  const [a, b] = [df1 / 2, df2 / 2]
  const shareOf = (f: number) => {
    const ratio = (df1 / df2) * f
    return { x: ratio / (1 + ratio), rest: 1 / (1 + ratio) }
  }
  return lawOf({
    tails: (f) => betaTails(a, b, f === Infinity ? { x: 1, rest: 0 } : shareOf(f)),
    logDensity: (f) => {
      if (!(f > 0 && f < Infinity)) return f === 0 ? logDensityAtEdge(a) : -Infinity
      const { x, rest } = shareOf(f)
      return logBetaPower(a, b, x, rest) - log(f)
    },
    quantile: (split) => {
      const { x, rest } = betaShare(a, b, split)
      return ((df2 / df1) * x) / rest
    },
    support: [0, Infinity],
  })
}
