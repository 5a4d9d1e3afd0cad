// log x and log(1 + x), each written once over an Arithmetic. x = 2^k (1 + f); with s = f / (2 + f) the series of 2 atanh s gives
// log(1 + f) = 2s + s R(s²), rearranged around the exact f so that rounding s hurts little (Ng, FDLIBM e_log.c, 1993).

import type { Arithmetic } from './arithmetic.ts'
import { LN2_HIGH, LN2_LOW } from './ln2.ts'
import { splitPowerOn } from './mantissa.ts'
import { numbers } from './numbers.ts'
import { polynomialOn } from './polynomial.ts'

// R(z) / z, within 1.3e-18 of the logarithm; from tools/golden/elementary-coefficients.py
const SERIES = [
  0.6666666666666734, 0.39999999999414687, 0.2857142874238617, 0.2222219857333413, 0.18183564318458187,
  0.15314050742083, 0.14795947884728583,
]

/** Computes the natural logarithm: within 1 ulp, subnormals included; log 0 = -Infinity, NaN for negative numbers and NaN. */
export function logOn<N, B>(a: Arithmetic<N, B>, x: N): N {
  const { k, f } = splitPowerOn(a, x)
  const s = a.div(f, a.add(a.constant(2), f))
  const z = a.mul(s, s)
  const r = a.mul(z, polynomialOn(a, z, a.mul(z, z), SERIES))
  const halfSquare = a.mul(a.mul(a.constant(0.5), f), f)
  const correction = a.add(a.mul(s, a.add(halfSquare, r)), a.mul(k, a.constant(LN2_LOW)))
  const fraction = a.sub(f, a.sub(halfSquare, correction))
  const finite = a.add(a.mul(k, a.constant(LN2_HIGH)), fraction)
  return a.select(a.less(a.constant(0), x), a.select(a.less(x, a.constant(Infinity)), finite, x), belowZeroOn(a, x))
}

/** The logarithm where it is not a finite number and x not Infinity: -Infinity at 0, else NaN. */
const belowZeroOn = <N, B>(a: Arithmetic<N, B>, x: N): N =>
  a.select(a.equal(x, a.constant(0)), a.constant(-Infinity), a.constant(NaN))

/** Computes log(1 + x) without cancellation: within 2 ulp; -Infinity at -1, NaN below and for NaN. */
export function log1pOn<N, B>(a: Arithmetic<N, B>, x: N): N {
  const sum = a.add(a.constant(1), x)
  const lost = a.sub(x, a.sub(sum, a.constant(1))) // what rounding took from the sum: d log u = du / u
  const rounded = logOn(a, sum)
  const repaired = a.add(rounded, a.div(lost, sum))
  const ordinary = a.and(a.less(a.constant(0), sum), a.less(sum, a.constant(Infinity)))
  return a.select(ordinary, repaired, rounded)
}

/** Computes the natural logarithm of a plain number. */
export const log = (x: number): number => logOn(numbers, x)

/** Computes log(1 + x) of a plain number. */
export const log1p = (x: number): number => log1pOn(numbers, x)
