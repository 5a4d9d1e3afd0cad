// The two forms in which a routine can be written: for one lane, number by number, or for all lanes together, on vectors. They differ in what a number
// is, in the instructions, and in where a slot lies: of each own slot there is one per lane, side by side.
import { isOwn } from '../../ir/straight.ts'
import type { Address, Kernel, Node } from '../../ir/nodes.ts'
import { float, I32_TRUNC_SAT_F64_U, OP, signed, unsigned, V128, type ValueType } from './encoder.ts'
import { INSTRUCTIONS, type PlainOp } from './instructions.ts'
import { type Choice, choiceOf, laneInstructions, type Pool } from './lane-instructions.ts'

/** How many items are worked on at once. */
export type Lanes = 1 | 2

export interface Form {
  readonly lanes: Lanes
  readonly number: ValueType
  readonly truth: ValueType
  readonly instructions: Readonly<Record<PlainOp, readonly number[]>>
  constant(value: number): readonly number[]
  /** A shorter way to compute a node than by its operands and the instructions of its operation. */
  choice(node: Node): Choice | undefined
  /** The instructions that add to the pointer's offset, if there is one on the stack, all of an address in bytes but its base. */
  address(address: Address, around: Around): readonly number[]
  load(address: Address): readonly number[]
  store(address: Address): readonly number[]
  /** By how many lanes a pointer counts that is part of this address. */
  scale(address: Address): Lanes
}

/** What an address may need besides itself. */
export interface Around {
  /** The local that holds a loop counter, in bytes of own slots. */
  counter(index: string): number
  /** The local that holds the lane, in bytes, where there is more than one and the form is for one of them. */
  readonly lane?: number
}

const SLOT_BYTES = 8
const [ALIGNED_TO_8, ALIGNED_TO_16] = [3, 4]

/** Counts the slots of a kernel that works on so many items at once. */
export const slotsOn = ({ slots, own = slots }: Kernel, lanes: Lanes): number => own + (slots - own) * lanes

/** The bytes between an own slot and the next one. */
export const strideOn = (lanes: Lanes): number => SLOT_BYTES * lanes

/** Writes numbers one by one. */
export function single(kernel: Kernel, lanes: Lanes): Form {
  return {
    lanes,
    number: 'f64',
    truth: 'i32',
    instructions: INSTRUCTIONS,
    constant: (value) => [OP.f64Const, ...float(value)],
    choice: () => undefined,
    address: (address, around) => {
      const lane = isOwn(address, kernel) && around.lane !== undefined ? [OP.localGet, ...unsigned(around.lane)] : []
      const counter = counterOf(address, kernel, lanes, around)
      return sumOf(address.pointer !== undefined, [lane, counter])
    },
    load: (address) => [OP.f64Load, ALIGNED_TO_8, ...unsigned(baseOf(address, kernel, lanes))],
    store: (address) => [OP.f64Store, ALIGNED_TO_8, ...unsigned(baseOf(address, kernel, lanes))],
    scale: (address) => (isOwn(address, kernel) ? lanes : 1),
  }
}

/** Writes the numbers of all lanes together; for straight routines alone. */
export function packed(kernel: Kernel, lanes: Lanes, pool: Pool): Form {
  return {
    lanes,
    number: 'v128',
    truth: 'v128',
    instructions: laneInstructions(pool),
    constant: (value) => pool.get(float(value)),
    choice: choiceOf,
    address: (address, around) => sumOf(false, [counterOf(address, kernel, lanes, around)]),
    load: (address) => {
      const base = unsigned(baseOf(address, kernel, lanes))
      return isOwn(address, kernel)
        ? [...V128.load, ALIGNED_TO_16, ...base]
        : [...V128.loadSplat, ALIGNED_TO_8, ...base]
    },
    store: (address) => [...V128.store, ALIGNED_TO_16, ...unsigned(baseOf(address, kernel, lanes))],
    scale: () => lanes,
  }
}

function baseOf(address: Address, kernel: Kernel, lanes: Lanes): number {
  const { base } = address
  const { own = 0 } = kernel
  return SLOT_BYTES * (isOwn(address, kernel) ? own + (base - own) * lanes : base)
}

function counterOf(address: Address, kernel: Kernel, lanes: Lanes, around: Around): readonly number[] {
  if (address.index === undefined) return []
  const counter = [OP.localGet, ...unsigned(around.counter(address.index))]
  if (lanes === 1 || isOwn(address, kernel)) return counter
  return [...counter, OP.i32Const, ...signed(1n), OP.i32ShrU]
}

/** Adds up what there is; an address without any of it is 0. */
function sumOf(isBegun: boolean, terms: readonly (readonly number[])[]): readonly number[] {
  const some = terms.filter((term) => term.length > 0)
  if (some.length === 0 && !isBegun) return [OP.i32Const, 0]
  return some.flatMap((term, k) => (k > 0 || isBegun ? [...term, OP.i32Add] : term))
}

/**
 * Lists the instructions that make an offset in bytes of a pointer. Converted at twice the size and halved it stays below 2^31, so that a pointer too large
 * for any memory remains so, and adding a base and a counter cannot wrap around.
 */
export const offsetBy = (scale: Lanes): readonly number[] => [
  OP.f64Const,
  ...float(2 * SLOT_BYTES * scale),
  OP.f64Mul,
  ...I32_TRUNC_SAT_F64_U,
  OP.i32Const,
  ...signed(1n),
  OP.i32ShrU,
  OP.i32Const,
  ...signed(BigInt(-SLOT_BYTES * scale)),
  OP.i32And,
]
