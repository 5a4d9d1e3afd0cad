// The operations that IEEE 754 fixes to the last bit, as an interface. Each elementary function is written once over it and so serves twice:
// on plain numbers (interpreter, statistics) and on nodes of the engine's kernels (WASM), with the same bits. Branch-free: `select` evaluates both sides.

/** Arithmetic on numbers of type N with truth values of type B. Every operation must round as IEEE 754 double does, and nothing may be fused. */
export interface Arithmetic<N, B> {
  constant(value: number): N
  add(a: N, b: N): N
  sub(a: N, b: N): N
  mul(a: N, b: N): N
  div(a: N, b: N): N
  /** The smaller; NaN if either is NaN; -0 is smaller than 0 (as Math.min and f64.min). */
  min(a: N, b: N): N
  max(a: N, b: N): N
  neg(a: N): N
  abs(a: N): N
  sqrt(a: N): N
  floor(a: N): N
  /** 2^n for an integer n from -1022 to 1023; anything else is the caller's bug and gives an unspecified number. */
  powerOfTwo(n: N): N
  /** floor(log2 x) of a positive normal x, read from its exponent bits; unspecified for other x. */
  exponentOf(x: N): N
  /** x / 2^exponentOf(x), in [1, 2), of a positive normal x; unspecified for other x. */
  significandOf(x: N): N
  less(a: N, b: N): B
  lessEqual(a: N, b: N): B
  equal(a: N, b: N): B
  and(a: B, b: B): B
  or(a: B, b: B): B
  not(a: B): B
  select(test: B, then: N, otherwise: N): N
}
