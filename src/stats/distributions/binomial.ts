// The binomial distribution: successes in a number of trials.
import { log, log1p } from '#base'
import { betaTails } from '../incomplete-beta.ts'
import { logBetaPower } from '../saddle-point.ts'
import { countLaw, wantCount, wantShare } from './counting.ts'
import { ALL_ABOVE, type Law } from './law.ts'

/** Makes the binomial law. @param n trials @param p of success, from 0 to 1 */
export function binomialLaw(n: number, p: number): Law {
  wantCount('Binomial', 'n', n)
  wantShare('Binomial', p)
  return countLaw({
    tails: (k) => (p === 1 ? ALL_ABOVE : betaTails(n - k, k + 1, { x: 1 - p, rest: p })),
    logMass: (k) => {
      if (k === 0) return n === 0 ? 0 : n * log1p(-p)
      if (k === n) return n * log(p)
      return p > 0 && p < 1 ? logBetaPower(k, n - k, p, 1 - p) + log(n / k / (n - k)) : -Infinity
    },
    mean: n * p,
    most: n,
  })
}
