// The Poisson distribution: events that come at a rate.
import { gammaTails } from '../incomplete-gamma.ts'
import { logGammaPower } from '../saddle-point.ts'
import { countLaw } from './counting.ts'
import { type Law, swapTails, wantPositive } from './law.ts'

/** Makes the Poisson law. @param mean above 0 */
export function poissonLaw(mean: number): Law {
  wantPositive('Poisson', { mean })
  return countLaw({
    tails: (k) => swapTails(gammaTails(k + 1, mean)),
    logMass: (k) => (k === 0 ? -mean : logGammaPower(k, mean)),
    mean,
    most: Infinity,
  })
}
