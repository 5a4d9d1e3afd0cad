// The arithmetic of plain numbers: JavaScript's own operations, which are IEEE 754 doubles.

import type { Arithmetic } from './arithmetic.ts'

const bits = new DataView(new ArrayBuffer(8)) // scratch: every use writes before it reads, always big-endian
const BIAS = 1023

/** Computes on plain numbers. */
export const numbers: Arithmetic<number, boolean> = {
  constant: (value) => value,
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div: (a, b) => a / b,
  min: (a, b) => Math.min(a, b),
  max: (a, b) => Math.max(a, b),
  neg: (a) => -a,
  abs: (a) => Math.abs(a),
  sqrt: (a) => Math.sqrt(a),
  floor: (a) => Math.floor(a),
  powerOfTwo: (n) => {
    bits.setUint32(0, (n + BIAS) << 20)
    bits.setUint32(4, 0)
    return bits.getFloat64(0)
  },
  exponentOf: (x) => {
    bits.setFloat64(0, x)
    return (bits.getUint32(0) >>> 20) - BIAS
  },
  significandOf: (x) => {
    bits.setFloat64(0, x)
    bits.setUint32(0, (bits.getUint32(0) & 0xfffff) | (BIAS << 20))
    return bits.getFloat64(0)
  },
  less: (a, b) => a < b,
  lessEqual: (a, b) => a <= b,
  equal: (a, b) => a === b,
  and: (a, b) => a && b,
  or: (a, b) => a || b,
  not: (a) => !a,
  select: (test, then, otherwise) => (test ? then : otherwise),
}
