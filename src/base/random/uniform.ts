// Uniform random numbers at an address.

import { type Address, wordsAt } from './address.ts'

const HALF_STEP = 1 / 0x20000000000000 // 2^-53

/**
 * Computes the uniform random number of an address, strictly between 0 and 1.
 * The lattice is the 2^52 odd multiples of 2^-53, each equally likely: 0 and 1 cannot occur, the mean is exactly ½, and 1 - u is again
 * on it without rounding. (Of all 53 bits the last is spent on this symmetry.)
 * @throws when the address is out of range: our bug
 */
export function uniform(address: Address): number {
  const words = wordsAt(address)
  const cell = words[0] * 0x100000 + (words[1] >>> 12) // 32 + 20 bits
  return (2 * cell + 1) * HALF_STEP
}
