// Standard normal random numbers at an address.

import type { Address } from './address.ts'
import { normalQuantile } from './normal-quantile.ts'
import { uniform } from './uniform.ts'

/**
 * Computes the standard normal random number of an address: the quantile of its uniform number, hence rising with it and never beyond
 * ±8.21. Do not use one address for both.
 * @throws when the address is out of range: our bug
 */
export const normal = (address: Address): number => normalQuantile(uniform(address))
