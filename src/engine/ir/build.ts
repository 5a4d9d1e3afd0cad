// Constructors of expression nodes, as an Arithmetic: what is written over Arithmetic runs on numbers and builds nodes.
// Nothing is simplified, so that the nodes compute exactly what the text of a formula says, to the last bit.

import type { Arithmetic } from '#base'
import type { Bool, ElementaryName, Node, Num } from './nodes.ts'
import { operands } from './walk.ts'

/** The constructors of nodes: Arithmetic, and what only kernels have. */
export interface Builder extends Arithmetic<Num, Bool> {
  /** Reads the slot `base`, plus the loop counter `index`, plus the whole part of `pointer`, as Address says. */
  load(base: number, index?: string, pointer?: Num): Num
  /** Reads a slot outside the kernel's own ones, as Address says. */
  far(base: number, pointer: Num, index?: string): Num
  local(name: string): Num
  elementary(name: ElementaryName, ...args: readonly Num[]): Num
}

/** Builds a new node at every call. */
export const nodes: Builder = builder((node) => node)

/**
 * Makes a builder that returns the same object for the same operation on the same operands, so that backends, which
 * compute an object once per assignment, never compute a value twice.
 */
export function sharingBuilder(): Builder {
  const known = new Map<string, Node>()
  const numbers = new Map<Node, number>()
  const numberOf = (node: Node): number => {
    const number = numbers.get(node) ?? numbers.size
    numbers.set(node, number)
    return number
  }
  return builder(<T extends Node>(node: T): T => {
    const key = `${node.op} ${operands(node).map(numberOf).join(' ')} ${label(node)}`
    const same = known.get(key) ?? node
    known.set(key, same)
    return same as T // the key begins with the operation, so it is a node of the same kind
  })
}

/** What tells a node apart from others of its operation and operands. */
function label(node: Node): string {
  switch (node.op) {
    case 'constant':
      return Object.is(node.value, -0) ? '-0' : String(node.value)
    case 'load':
      return `${node.from.base} ${node.from.index ?? ''} ${node.from.far ? 'far' : ''}`
    case 'local':
    case 'elementary':
      return node.name
    default:
      return ''
  }
}

function builder(keep: <T extends Node>(node: T) => T): Builder {
  return {
    constant: (value) => keep<Num>({ op: 'constant', value }),
    load: (base, index, pointer) =>
      keep<Num>({ op: 'load', from: { base, ...(index !== undefined && { index }), ...(pointer && { pointer }) } }),
    far: (base, pointer, index) =>
      keep<Num>({ op: 'load', from: { base, pointer, far: true, ...(index !== undefined && { index }) } }),
    local: (name) => keep<Num>({ op: 'local', name }),
    elementary: (name, ...args) => keep<Num>({ op: 'elementary', name, args }),
    add: (a, b) => keep<Num>({ op: 'add', a, b }),
    sub: (a, b) => keep<Num>({ op: 'sub', a, b }),
    mul: (a, b) => keep<Num>({ op: 'mul', a, b }),
    div: (a, b) => keep<Num>({ op: 'div', a, b }),
    min: (a, b) => keep<Num>({ op: 'min', a, b }),
    max: (a, b) => keep<Num>({ op: 'max', a, b }),
    neg: (a) => keep<Num>({ op: 'neg', a }),
    abs: (a) => keep<Num>({ op: 'abs', a }),
    sqrt: (a) => keep<Num>({ op: 'sqrt', a }),
    floor: (a) => keep<Num>({ op: 'floor', a }),
    powerOfTwo: (a) => keep<Num>({ op: 'powerOfTwo', a }),
    exponentOf: (a) => keep<Num>({ op: 'exponentOf', a }),
    significandOf: (a) => keep<Num>({ op: 'significandOf', a }),
    less: (a, b) => keep<Bool>({ op: 'less', a, b }),
    lessEqual: (a, b) => keep<Bool>({ op: 'lessEqual', a, b }),
    equal: (a, b) => keep<Bool>({ op: 'equal', a, b }),
    and: (a, b) => keep<Bool>({ op: 'and', a, b }),
    or: (a, b) => keep<Bool>({ op: 'or', a, b }),
    not: (a) => keep<Bool>({ op: 'not', a }),
    select: (test, a, b) => keep<Num>({ op: 'select', test, a, b }),
  }
}
