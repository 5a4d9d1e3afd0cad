// What each operation is in WebAssembly once its operands stand on the stack.

import type { Node } from '../../ir/nodes.ts'
import { float, OP, signed } from './encoder.ts'

/** Operations whose instructions depend on nothing but the operation. */
export type PlainOp = Exclude<Node['op'], 'constant' | 'local' | 'load' | 'elementary'>

export const TWO_TO_52 = 0x10_0000_0000_0000
export const BIAS = 1023 // what IEEE 754 adds to an exponent before storing it in bits 52 to 62

const f64 = (value: number): readonly number[] => [OP.f64Const, ...float(value)]
const i64 = (value: bigint): readonly number[] => [OP.i64Const, ...signed(value)]
const asBits = (...instructions: readonly number[]): readonly number[] => [
  OP.i64ReinterpretF64,
  ...instructions,
  OP.f64ReinterpretI64,
]

export const INSTRUCTIONS: Readonly<Record<PlainOp, readonly number[]>> = {
  add: [OP.f64Add],
  sub: [OP.f64Sub],
  mul: [OP.f64Mul],
  div: [OP.f64Div],
  min: [OP.f64Min],
  max: [OP.f64Max],
  neg: [OP.f64Neg],
  abs: [OP.f64Abs],
  sqrt: [OP.f64Sqrt],
  floor: [OP.f64Floor],
  less: [OP.f64Lt],
  lessEqual: [OP.f64Le],
  equal: [OP.f64Eq],
  and: [OP.i32And],
  or: [OP.i32Or],
  not: [OP.i32Eqz],
  select: [OP.select],
  // A sum near 1.5 * 2^52 has the whole number n + BIAS in its lowest bits; shifted up, these are the exponent of 2^n.
  powerOfTwo: [...f64(1.5 * TWO_TO_52 + BIAS), OP.f64Add, ...asBits(...i64(52n), OP.i64Shl)],
  // The same backwards: the exponent's bits in the place of the lowest bits of 2^52, less 2^52 and BIAS.
  exponentOf: [
    ...asBits(...i64(52n), OP.i64ShrU, ...i64(0x433n << 52n), OP.i64Or),
    ...f64(TWO_TO_52 + BIAS),
    OP.f64Sub,
  ],
  significandOf: asBits(...i64((1n << 52n) - 1n), OP.i64And, ...i64(0x3ffn << 52n), OP.i64Or),
}
