// What each operation is on the numbers of two lanes at once. A truth value is a vector too, of ones in the lanes where it holds.
import { float, OP, signed, V128 } from './encoder.ts'
import { BIAS, type PlainOp, TWO_TO_52 } from './instructions.ts'

const both = (value: number): readonly number[] => [...V128.const, ...float(value), ...float(value)]
const bits = (value: bigint): readonly number[] => {
  const bytes = Array.from({ length: 8 }, (_, k) => Number((value >> BigInt(8 * k)) & 0xffn))
  return [...V128.const, ...bytes, ...bytes]
}
const FIFTY_TWO = [OP.i32Const, ...signed(52n)]

/** The operations of `INSTRUCTIONS`, one for one, with the same bits. */
export const LANE_INSTRUCTIONS: Readonly<Record<PlainOp, readonly number[]>> = {
  add: V128.add,
  sub: V128.sub,
  mul: V128.mul,
  div: V128.div,
  min: V128.min,
  max: V128.max,
  neg: V128.neg,
  abs: V128.abs,
  sqrt: V128.sqrt,
  floor: V128.floor,
  less: V128.lt,
  lessEqual: V128.le,
  equal: V128.eq,
  and: V128.and,
  or: V128.or,
  not: V128.not,
  select: V128.bitselect,
  powerOfTwo: [...both(1.5 * TWO_TO_52 + BIAS), ...V128.add, ...FIFTY_TWO, ...V128.shl],
  exponentOf: [
    ...FIFTY_TWO,
    ...V128.shrU,
    ...bits(0x433n << 52n),
    ...V128.or,
    ...both(TWO_TO_52 + BIAS),
    ...V128.sub,
  ],
  significandOf: [...bits((1n << 52n) - 1n), ...V128.and, ...bits(0x3ffn << 52n), ...V128.or],
}

export const laneConstant = both
