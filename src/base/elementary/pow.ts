// x^y = e^(y log x), written once over an Arithmetic. The product reaches 745, so the logarithm is needed far beyond a double: it is
// summed as a double and a small rest, and multiplied by y exactly (Dekker 1971). Pieces of few bits replace fused operations.

import type { Arithmetic } from './arithmetic.ts'
import { clampOn, expOfSumOn } from './exp.ts'
import { LN2_HIGH, LN2_LOW } from './ln2.ts'
import { splitPowerOn } from './mantissa.ts'
import { numbers } from './numbers.ts'
import { polynomialOn } from './polynomial.ts'

const FIRST_26_BITS = 0x8000001 // 2^27 + 1, Veltkamp's factors
const FIRST_16_BITS = 0x2000000001 // 2^37 + 1
const TO_GRID = 1.5 * 0x40000 // 1.5 · 2^18: adding and subtracting it rounds a small number to a multiple of 2^-34
const LARGEST_Y = 0x10000000000000000 // 2^64: the smallest |log x| is 2^-53, and e^±2048 is 0 or Infinity anyway
const BEYOND = 800 // e^±800 is 0 or Infinity

// (2 atanh 1.5s - 3s - 9/4 s³) / s^5 over s², within 1.2e-20 of the logarithm; from tools/golden/elementary-coefficients.py
const SERIES = [
  3.037500000000171, 4.881696428344438, 8.542968864409351, 15.726799594332187, 29.94563033906385, 58.050845193555894,
  130.01720410403607,
]

/**
 * Computes x^y for x >= 0: within 1.5 ulp. x^0 = 1 and 1^y = 1; 0^y is 0 for y > 0, Infinity for y < 0.
 * NaN, unless y is 0, where x or y is NaN and for every x < 0, even for whole y: rates and concentrations have no use for those.
 * @source Dekker 1971, A floating-point technique for extending the available precision, Numerische Mathematik 18:224-242
 */
export function powOn<N, B>(a: Arithmetic<N, B>, x: N, y: N): N {
  const zero = a.constant(0)
  const positive = a.less(zero, x)
  const infinite = a.constant(Infinity)
  const power = clampOn(a, y, -LARGEST_Y, LARGEST_Y)
  const product = mulOn(a, power, logSumOn(a, x))
  const atEdge = a.select(a.equal(x, zero), a.constant(-Infinity), a.select(positive, infinite, a.constant(NaN)))
  const high = a.select(a.and(positive, a.less(x, infinite)), product.high, a.mul(power, atEdge))
  const low = a.select(a.less(a.abs(high), a.constant(BEYOND)), product.low, zero)
  return a.select(a.equal(y, zero), a.constant(1), expOfSumOn(a, high, low))
}

interface Sum<N> {
  readonly high: N
  readonly low: N
}

/**
 * The logarithm of a positive finite x as a sum, within 2^-62 of itself; low is below 2^-12 of high.
 * With s = f / (3 + 1.5f), log(1 + f) = 3s + 9/4 s³ + s^5 W(s²).
 * The 16 leading bits of s make both of the first terms exact; what the other bits add is small enough for plain doubles.
 */
function logSumOn<N, B>(a: Arithmetic<N, B>, x: N): Sum<N> {
  const c = (value: number): N => a.constant(value)
  const { k, f } = splitPowerOn(a, x)
  const inverse = a.div(c(1), a.add(c(3), a.mul(c(1.5), f)))
  const s = a.mul(f, inverse)
  const top = leadingOn(a, s, FIRST_16_BITS)
  const linear = a.mul(c(3), top)
  const square = a.mul(top, top)
  const cubic = a.mul(a.mul(c(2.25), top), square)

  // rest of s: (f - top (3 + 1.5 f)) / (3 + 1.5 f), each product exact
  const coarse = a.sub(a.add(f, c(TO_GRID)), c(TO_GRID))
  const half = a.mul(c(0.5), linear)
  const residue = a.sub(a.sub(a.sub(f, linear), a.mul(half, coarse)), a.mul(half, a.sub(f, coarse)))
  const rest = a.mul(residue, inverse)
  const slope = a.add(c(3), a.mul(c(2.25), a.add(square, a.mul(s, a.add(top, s)))))

  const z = a.mul(s, s)
  const z2 = a.mul(z, z)
  const tail = a.mul(a.mul(s, z2), polynomialOn(a, z, z2, SERIES))
  const small = a.add(a.add(a.mul(rest, slope), tail), a.mul(k, c(LN2_LOW)))

  const fraction = fastSumOn(a, linear, cubic)
  const sum = fastSumOn(a, a.mul(k, c(LN2_HIGH)), fraction.high)
  return { high: sum.high, low: a.add(a.add(sum.low, fraction.low), small) }
}

/** y times a sum: high is a product without loss, low the three others, below 2^-12 of it. */
function mulOn<N, B>(a: Arithmetic<N, B>, y: N, sum: Sum<N>): Sum<N> {
  const sumTop = leadingOn(a, sum.high, FIRST_26_BITS)
  const sumRest = a.add(a.sub(sum.high, sumTop), sum.low)
  const yTop = leadingOn(a, y, FIRST_26_BITS)
  return { high: a.mul(yTop, sumTop), low: a.add(a.mul(a.sub(y, yTop), sumTop), a.mul(y, sumRest)) }
}

/** The leading bits of x (Veltkamp's splitting). */
function leadingOn<N, B>(a: Arithmetic<N, B>, x: N, factor: number): N {
  const scaled = a.mul(x, a.constant(factor))
  return a.sub(scaled, a.sub(scaled, x))
}

/** p + q without loss, where |p| >= |q| or p is 0 (Dekker's fast two-sum). */
function fastSumOn<N, B>(a: Arithmetic<N, B>, p: N, q: N): Sum<N> {
  const high = a.add(p, q)
  return { high, low: a.sub(q, a.sub(high, p)) }
}

/** Computes x^y of plain numbers, x >= 0. */
export const pow = (x: number, y: number): number => powOn(numbers, x, y)
