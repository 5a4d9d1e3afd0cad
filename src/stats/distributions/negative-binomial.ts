// The negative binomial distribution: failures before a number of successes, or counts that vary more than Poisson's.
import { log } from '#base'
import { betaTails } from '../incomplete-beta.ts'
import { logBetaPower } from '../saddle-point.ts'
import { countLaw } from './counting.ts'
import { type Law, wantPositive } from './law.ts'

/**
 * Makes the negative binomial law; its mean is size (1 - p) / p.
 * @param size above 0, not necessarily whole
 * @param p of success, above 0 and below 1
 */
export function negativeBinomialLaw(size: number, p: number): Law {
  wantPositive('Negative binomial', { size, p, '1 - p': 1 - p })
  return countLaw({
    tails: (k) => betaTails(size, k + 1, { x: p, rest: 1 - p }),
    logMass: (k) => (k === 0 ? size * log(p) : logBetaPower(size, k, p, 1 - p) - log(k)),
    mean: (size * (1 - p)) / p,
    most: Infinity,
  })
}
