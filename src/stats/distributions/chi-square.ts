// The chi-square distribution, central.
import { gammaLaw } from './gamma.ts'
import { type Law, wantPositive } from './law.ts'

/** Makes the chi-square law. @param df degrees of freedom, above 0, not necessarily whole */
export function chiSquareLaw(df: number): Law {
  wantPositive('Chi-square', { df })
  return gammaLaw(df / 2, 2)
}
