// Polynomials over an Arithmetic. Even and odd powers are summed apart: as many operations as Horner's rule, half its latency.

import type { Arithmetic } from './arithmetic.ts'

/**
 * Computes c[0] + c[1] x + c[2] x² + …
 * @param square x², which every caller has anyway
 * @param c at least two coefficients, constant first
 */
export function polynomialOn<N, B>(a: Arithmetic<N, B>, x: N, square: N, c: readonly number[]): N {
  const even = everyOtherOn(a, square, c, 0)
  const odd = everyOtherOn(a, square, c, 1)
  return a.add(even, a.mul(x, odd))
}

/** Horner's rule in x² over c[first], c[first + 2], … */
function everyOtherOn<N, B>(a: Arithmetic<N, B>, square: N, c: readonly number[], first: 0 | 1): N {
  const last = c.length - 1 - ((c.length - 1 - first) % 2)
  let sum = a.constant(c[last]!)
  for (let i = last - 2; i >= first; i -= 2) sum = a.add(a.constant(c[i]!), a.mul(square, sum))
  return sum
}
