// Takes a positive number apart for the logarithms. Does not judge x: 0, negative numbers, Infinity and NaN give unspecified parts.

import type { Arithmetic } from './arithmetic.ts'

const SMALLEST_NORMAL = 2.2250738585072014e-308
const SHIFT = 54 // lifts every subnormal into the normal range
const TWO_TO_SHIFT = 0x40000000000000

/**
 * Splits a positive finite x, subnormals included, into 2^k (1 + f), exactly, with 1 + f between √½ and √2.
 * The range is centred on 1, so that k is 0 where log x is small and nothing cancels.
 */
export function splitPowerOn<N, B>(a: Arithmetic<N, B>, x: N): { k: N; f: N } {
  const subnormal = a.less(x, a.constant(SMALLEST_NORMAL))
  const normal = a.select(subnormal, a.mul(x, a.constant(TWO_TO_SHIFT)), x)
  const shift = a.select(subnormal, a.constant(-SHIFT), a.constant(0))
  const m = a.significandOf(normal)
  const upper = a.less(a.constant(Math.sqrt(2)), m)
  const k = a.add(a.add(a.exponentOf(normal), shift), a.select(upper, a.constant(1), a.constant(0)))
  const centred = a.mul(m, a.select(upper, a.constant(0.5), a.constant(1)))
  return { k, f: a.sub(centred, a.constant(1)) }
}
