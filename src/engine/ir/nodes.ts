// The kernel language: pure expressions over 64-bit floats, and the few statements a stepper needs. Both backends run
// exactly this, so that whole trajectories agree to the last bit. Every value is a float; an address is a whole number
// of 8-byte slots. Nothing here knows a model.

/** Elementary functions that a kernel may call; their one definition is in #base. */
export type ElementaryName = 'exp' | 'log' | 'sin' | 'cos' | 'pow'

export type UnaryName = 'neg' | 'abs' | 'sqrt' | 'floor' | 'powerOfTwo' | 'exponentOf' | 'significandOf'
export type BinaryName = 'add' | 'sub' | 'mul' | 'div' | 'min' | 'max'
export type ComparisonName = 'less' | 'lessEqual' | 'equal'

/**
 * A memory slot: `base`, plus the loop counter `index` when named, plus the whole part of `pointer` when given, where a
 * negative or NaN pointer counts as 0. A slot outside the memory is our bug: the backends throw or trap.
 * `far` says that the slot is not one of the kernel's own ones although the base is among them: the pointer leads out of them.
 */
export interface Address {
  readonly base: number
  readonly index?: string
  readonly pointer?: Num
  readonly far?: true
}

/** A number. Nodes are immutable and shared: the same object is the same value, computed once per assignment. */
export type Num =
  | { readonly op: 'constant'; readonly value: number }
  | { readonly op: 'load'; readonly from: Address }
  | { readonly op: 'local'; readonly name: string }
  | { readonly op: UnaryName; readonly a: Num }
  | { readonly op: BinaryName; readonly a: Num; readonly b: Num }
  | { readonly op: 'select'; readonly test: Bool; readonly a: Num; readonly b: Num }
  | { readonly op: 'elementary'; readonly name: ElementaryName; readonly args: readonly Num[] }

export type Bool =
  | { readonly op: ComparisonName; readonly a: Num; readonly b: Num }
  | { readonly op: 'and' | 'or'; readonly a: Bool; readonly b: Bool }
  | { readonly op: 'not'; readonly a: Bool }

export type Node = Num | Bool

export type Target = { readonly slot: Address } | { readonly local: string }

export type Statement =
  /** Simultaneous assignment: all values and pointers are computed from what stood before, then written in order. */
  | { readonly do: 'assign'; readonly pairs: readonly { readonly to: Target; readonly value: Num }[] }
  /** Runs the body with the loop counter `index` = 0, 1, … count-1. Counters of nested loops differ. */
  | { readonly do: 'repeat'; readonly index: string; readonly count: number; readonly body: readonly Statement[] }
  | { readonly do: 'while'; readonly test: Bool; readonly body: readonly Statement[] }
  | { readonly do: 'if'; readonly test: Bool; readonly then: readonly Statement[]; readonly else: readonly Statement[] }
  | { readonly do: 'run'; readonly routine: string; readonly args: readonly Num[] }

/**
 * A routine without a result: it works on memory. Its locals are its parameters and every local that it assigns; these
 * start at 0 on every run. A routine never runs itself, not even through others.
 */
export interface Routine {
  readonly name: string
  readonly params: readonly string[]
  readonly body: readonly Statement[]
  readonly exported: boolean
}

/** The most slots a memory may have, just under 2 GiB: sums of addresses then never wrap around 32 bits. */
export const MAX_SLOTS = 32767 * 8192

/**
 * How the exported routine of the same name does the same to each of many items, none of which touches what another one does: so a backend may work on
 * several at once, each with own slots of its own, and take up the next item where one is done.
 */
export interface Sweep {
  readonly name: string
  /** What the routine takes besides `first` and `count`: the same for all items. */
  readonly params: readonly string[]
  /** The routine that takes an item up: its number, and the params. */
  readonly enter: string
  /** While this holds, the turn is taken. It has no pointers, nor has what the turn does itself, which writes own slots only. */
  readonly test: Bool
  readonly turn: readonly Statement[]
  /** The routine that lays an item down: its number. */
  readonly leave?: string
}

/** A program: routines over one memory of at least `slots` slots. No routine is named "memory" or "slots". */
export interface Kernel {
  readonly routines: readonly Routine[]
  readonly slots: number
  /** From this slot on all slots are work space: own ones of the item that a sweep works on. */
  readonly own?: number
  readonly sweeps?: readonly Sweep[]
}

/** A kernel made runnable. `memory` must be read afresh after `reserve`, which may move it; new slots hold 0. */
export interface RunningKernel {
  readonly memory: Float64Array
  /** How many slots are the kernel's: what comes behind them is the host's. At least those that the kernel says. */
  readonly slots: number
  /** Makes the memory hold at least `slots` slots, keeping what is in it. */
  reserve(slots: number): void
  /** Runs an exported routine. Throws on an unknown name or a wrong number of arguments: our bug. */
  run(routine: string, ...args: number[]): void
}
