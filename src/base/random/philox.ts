// Philox4x32-10, a counter-based generator: the random bits at a counter are a fixed scrambling of it, so any of them can be computed
// alone and in any order. Passes the test batteries of its paper; not for cryptography.

const ROUNDS = 10
const MULTIPLIER_0 = 0xd2511f53
const MULTIPLIER_1 = 0xcd9e8d57
const KEY_STEP_0 = 0x9e3779b9 // golden ratio
const KEY_STEP_1 = 0xbb67ae85 // sqrt(3) - 1

/**
 * Scrambles a counter of four 32-bit words under a key of two.
 * @returns four independent, uniform 32-bit words, each a whole number from 0 to 2^32 - 1
 * @source Salmon, Moraes, Dror & Shaw 2011, Parallel random numbers: as easy as 1, 2, 3, SC'11
 */
export function philox(
  counter0: number,
  counter1: number,
  counter2: number,
  counter3: number,
  key0: number,
  key1: number,
): readonly [number, number, number, number] {
  let a = counter0
  let b = counter1
  let c = counter2
  let d = counter3
  for (let round = 0; round < ROUNDS; round++) {
    const nextA = highProduct(MULTIPLIER_1, c) ^ b ^ (key0 + round * KEY_STEP_0)
    const nextC = highProduct(MULTIPLIER_0, a) ^ d ^ (key1 + round * KEY_STEP_1)
    b = Math.imul(MULTIPLIER_1, c)
    d = Math.imul(MULTIPLIER_0, a)
    a = nextA
    c = nextC
  }
  return [a >>> 0, b >>> 0, c >>> 0, d >>> 0]
}

/** The upper 32 bits of the product of two 32-bit words, by halves of 16 bits: no partial sum reaches 2^32. */
function highProduct(x: number, y: number): number {
  const xLow = x & 0xffff
  const xHigh = x >>> 16
  const yLow = y & 0xffff
  const yHigh = y >>> 16
  const first = xHigh * yLow + ((xLow * yLow) >>> 16)
  const second = xLow * yHigh + (first & 0xffff)
  return xHigh * yHigh + (first >>> 16) + (second >>> 16)
}
