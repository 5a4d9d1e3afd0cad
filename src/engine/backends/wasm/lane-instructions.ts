// What each operation is on the numbers of two lanes at once. A truth value is a vector too, of ones in the lanes where it holds.
import type { Node } from '../../ir/nodes.ts'
import { float, OP, signed, unsigned, V128 } from './encoder.ts'
import { BIAS, type PlainOp, TWO_TO_52 } from './instructions.ts'

/**
 * Constants of a module, each kept once. V8 builds a literal vector in several instructions and reads a global in one: x^y takes 31 ns with literals, 25
 * with globals.
 */
export interface Pool {
  readonly vectors: readonly (readonly number[])[]
  /** The instructions that read a vector of these 8 bytes, twice. */
  get(bytes: readonly number[]): readonly number[]
}

export function openPool(): Pool {
  const known = new Map<string, number>()
  const vectors: (readonly number[])[] = []
  return {
    vectors,
    get: (bytes) => {
      const key = bytes.join()
      const global = known.get(key) ?? vectors.push([...bytes, ...bytes])
      known.set(key, global)
      return [OP.globalGet, ...unsigned(global)]
    },
  }
}

const FIFTY_TWO = [OP.i32Const, ...signed(52n)]
const bytesOf = (bits: bigint): number[] => Array.from({ length: 8 }, (_, k) => Number((bits >> BigInt(8 * k)) & 0xffn))

/** Lists the operations of `INSTRUCTIONS`, one for one, with the same bits. */
export const laneInstructions = ({ get }: Pool): Readonly<Record<PlainOp, readonly number[]>> => ({
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
  powerOfTwo: [...get(float(1.5 * TWO_TO_52 + BIAS)), ...V128.add, ...FIFTY_TWO, ...V128.shl],
  exponentOf: [
    ...FIFTY_TWO,
    ...V128.shrU,
    ...get(bytesOf(0x433n << 52n)),
    ...V128.or,
    ...get(float(TWO_TO_52 + BIAS)),
    ...V128.sub,
  ],
  significandOf: [...get(bytesOf((1n << 52n) - 1n)), ...V128.and, ...get(bytesOf(0x3ffn << 52n)), ...V128.or],
})

/** A choice that takes one instruction where `bitselect` takes several: what it needs on the stack, and the instruction. */
export interface Choice {
  readonly operands: readonly Node[]
  readonly instruction: readonly number[]
}

/** Finds the shorter way to make a choice, if there is one: the smaller or the larger of two, or something or nothing. */
export function choiceOf(node: Node): Choice | undefined {
  if (node.op !== 'select') return undefined
  const { test, a, b } = node
  if (test.op === 'less' && test.a === b && test.b === a) return { operands: [b, a], instruction: V128.pmax }
  if (test.op === 'less' && test.a === a && test.b === b) return { operands: [b, a], instruction: V128.pmin }
  if (isZero(b)) return { operands: [a, test], instruction: V128.and }
  if (isZero(a)) return { operands: [b, test], instruction: V128.andnot }
  return undefined
}

const isZero = (node: Node): boolean => node.op === 'constant' && Object.is(node.value, 0)
