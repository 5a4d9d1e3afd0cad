// sin x and cos x, written once over an Arithmetic. x is brought to |r| <= pi/4 by subtracting k pi/2 in three pieces (Cody & Waite 1980,
// chapter 8); the first two products are exact for |k| < 2^20, which bounds the range. Both polynomials are computed, one is selected.

import type { Arithmetic } from './arithmetic.ts'
import { numbers } from './numbers.ts'
import { polynomialOn } from './polynomial.ts'

const LARGEST = 1e6
// pi/2 in pieces of 33, 33 and 53 bits, and the polynomials (sin r - r)/r³ and (cos r - 1 + r²/2)/r⁴ over r², within 3.5e-18
// of sin and 5e-20 of cos; from tools/golden/elementary-coefficients.py
const [HIGH, MIDDLE, LOW] = [1.5707963267341256, 6.077100506303966e-11, 2.0222662487959506e-21]
const SINE = [
  -0.16666666666666632, 0.008333333333322425, -0.00019841269829817034, 2.755731369525058e-6, -2.505075865640076e-8,
  1.589682807938472e-10,
]
const COSINE = [
  0.0416666666666666, -0.001388888888887414, 2.480158728949228e-5, -2.7557314355347255e-7, 2.0875723695876373e-9,
  -1.135967033939054e-11,
]

/** Computes the sine of x radians within 1.5 ulp for |x| <= 1e6; NaN beyond, and for NaN. sin(-0) is 0. */
export const sinOn = <N, B>(a: Arithmetic<N, B>, x: N): N => sineOfTurnedOn(a, x, 0)

/** Computes the cosine of x radians within 1.5 ulp for |x| <= 1e6; NaN beyond, and for NaN. */
export const cosOn = <N, B>(a: Arithmetic<N, B>, x: N): N => sineOfTurnedOn(a, x, 1)

/** Computes sin(x + quarters pi/2). */
function sineOfTurnedOn<N, B>(a: Arithmetic<N, B>, x: N, quarters: 0 | 1): N {
  const c = (value: number): N => a.constant(value)
  const k = a.floor(a.add(a.mul(x, c(2 / 3.141592653589793)), c(0.5)))
  const r = reduceOn(a, x, k)
  const z = a.mul(r, r)
  const z2 = a.mul(z, z)
  const sine = a.add(r, a.mul(a.mul(r, z), polynomialOn(a, z, z2, SINE)))
  // 1 - z/2 rounds; what it lost is added back with the small terms
  const halfSquare = a.mul(c(0.5), z)
  const high = a.sub(c(1), halfSquare)
  const lost = a.sub(a.sub(c(1), high), halfSquare)
  const cosine = a.add(high, a.add(lost, a.mul(z2, polynomialOn(a, z, z2, COSINE))))

  const turned = quarters === 0 ? k : a.add(k, c(quarters))
  const pairs = a.floor(a.mul(turned, c(0.5)))
  const value = a.select(a.equal(turned, a.add(pairs, pairs)), sine, cosine)
  const fours = a.floor(a.mul(pairs, c(0.5)))
  const signed = a.select(a.equal(pairs, a.add(fours, fours)), value, a.neg(value))
  return a.select(a.lessEqual(a.abs(x), c(LARGEST)), signed, c(NaN))
}

/** x - k pi/2, relatively accurate also where nearly everything cancels: the error of the second subtraction is kept. */
function reduceOn<N, B>(a: Arithmetic<N, B>, x: N, k: N): N {
  const first = a.sub(x, a.mul(k, a.constant(HIGH)))
  const product = a.mul(k, a.constant(MIDDLE))
  const second = a.sub(first, product)
  const lost = a.sub(a.sub(first, second), product)
  return a.add(second, a.sub(lost, a.mul(k, a.constant(LOW))))
}

/** Computes the sine of a plain number of radians. */
export const sin = (x: number): number => sinOn(numbers, x)

/** Computes the cosine of a plain number of radians. */
export const cos = (x: number): number => cosOn(numbers, x)
