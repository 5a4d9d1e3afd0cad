// e^x and e^x - 1, each written once over an Arithmetic. e^x = 2^k (1 + q), where k = round(x / ln 2), r = x - k ln 2 and q = e^r - 1
// is a polynomial on |r| <= ln(2)/2; r is kept in two pieces until the last additions (Cody & Waite 1980, chapter 6).
// Clamps compare and select: a NaN passes, and WASM has one instruction for it (pmin, pmax), where min and max take several.

import type { Arithmetic } from './arithmetic.ts'
import { LN2_HIGH, LN2_LOW } from './ln2.ts'
import { numbers } from './numbers.ts'
import { polynomialOn } from './polynomial.ts'

const LARGEST = 710 // e^710 overflows
const SMALLEST = -746 // e^-746 is less than half the smallest subnormal
const TO_MINUS_ONE = -40 // e^-40 - 1 rounds to -1

// (e^r - 1 - r) / r², within 3.7e-18 of e^r; from tools/golden/elementary-coefficients.py
const TAIL = [
  0.5000000000000011, 0.16666666666666413, 0.041666666666530267, 0.008333333333494338, 0.001388888894359781,
  0.00019841269506770158, 2.480149313606084e-5, 2.7557586275108793e-6, 2.7630233965611015e-7, 2.5000069476393784e-8,
]

/** Computes e^x: within 1 ulp, gradual underflow and overflow included; NaN for NaN. */
export const expOn = <N, B>(a: Arithmetic<N, B>, x: N): N => expOfSumOn(a, x)

/**
 * Computes e^(high + low) without rounding the sum.
 * @param low at most 2^-12 |high| in magnitude, and finite; left out, it is 0
 */
export function expOfSumOn<N, B>(a: Arithmetic<N, B>, high: N, low?: N): N {
  const { k, q } = splitOn(a, clampOn(a, high, SMALLEST, LARGEST), low)
  // 2^k may be subnormal or above the largest double: two factors, so that only the last product rounds
  const half = a.floor(a.mul(k, a.constant(0.5)))
  const scaled = a.mul(a.add(a.constant(1), q), a.powerOfTwo(half))
  return a.mul(scaled, a.powerOfTwo(a.sub(k, half)))
}

/** Computes e^x - 1 without cancellation: within 2 ulp; NaN for NaN. */
export function expm1On<N, B>(a: Arithmetic<N, B>, x: N): N {
  const { k, q } = splitOn(a, clampOn(a, x, TO_MINUS_ONE, LARGEST))
  // 2^1024 is no double, hence half of everything and twice the sum; where k is 0, halving could cut a subnormal q
  const scale = a.powerOfTwo(a.sub(k, a.constant(1)))
  const sum = a.add(a.mul(q, scale), a.sub(scale, a.constant(0.5)))
  return a.select(a.equal(k, a.constant(0)), q, a.add(sum, sum))
}

/** Holds x between two bounds; NaN stays NaN. */
export function clampOn<N, B>(a: Arithmetic<N, B>, x: N, low: number, high: number): N {
  const least = a.constant(low)
  const most = a.constant(high)
  const raised = a.select(a.less(x, least), least, x)
  return a.select(a.less(most, raised), most, raised)
}

/** Splits e^(high + low) into 2^k (1 + q). */
function splitOn<N, B>(a: Arithmetic<N, B>, high: N, low?: N): { k: N; q: N } {
  const whole = low === undefined ? high : a.add(high, low)
  const k = a.floor(a.add(a.mul(whole, a.constant(1 / 0.6931471805599453)), a.constant(0.5)))
  const most = a.sub(high, a.mul(k, a.constant(LN2_HIGH))) // exact
  const tail = a.mul(k, a.constant(LN2_LOW))
  const rest = low === undefined ? tail : a.sub(tail, low)
  const r = a.sub(most, rest)
  const square = a.mul(r, r)
  const curve = a.mul(square, polynomialOn(a, r, square, TAIL))
  return { k, q: a.add(most, a.sub(curve, rest)) }
}

/** Computes e^x of a plain number. */
export const exp = (x: number): number => expOn(numbers, x)

/** Computes e^x - 1 of a plain number. */
export const expm1 = (x: number): number => expm1On(numbers, x)
