// Expressions as C: each operation in a line of its own, once, in the order in which it is needed.
import type { Address, Node, Num } from '../../ir/nodes.ts'
import { inOrder, operands } from '../../ir/walk.ts'
import { binary, call, type CExpression, type CStatement, type CType, name, whole } from './tree.ts'

/** What stands around a statement: where its lines go, and which lanes it is for. */
export interface Scope {
  readonly lines: CStatement[]
  readonly mask: CExpression
  /** Makes a name that nothing else in the function has. */
  readonly fresh: (kind: string) => string
  /** What an elementary function is called. */
  readonly elementary: (of: string) => string
}

export const localName = (local: string): string => `v_${local}`
export const counterName = (counter: string): string => `i_${counter}`
export const MEMORY = name('memory')

/** Gives a value a name. */
export function declare(type: CType, value: CExpression, { lines, fresh }: Scope): CExpression {
  const made = fresh(type.slice(0, 1))
  lines.push({ c: 'constant', type, name: made, value })
  return name(made)
}

/** Writes the values and addresses of one statement, which share what they share. */
export interface Values {
  /** Writes the lines that compute a value. @returns its name, or what it is if that is no more than a name */
  put(root: Node): CExpression
  /** Writes the lines that compute an address, and returns it as arguments of the functions of the prelude. */
  putAddress(address: Address): { readonly slot: CExpression; readonly offset?: CExpression }
}

const TRUTHS: ReadonlySet<string> = new Set(['less', 'lessEqual', 'equal', 'and', 'or', 'not'])

/** Begins to write the values of one statement. */
export function beginValues(scope: Scope): Values {
  const made = new Map<Node, CExpression>()
  const listed = new Set<Node>()
  const offsets = new Map<Num, CExpression>()
  const of = (node: Node): CExpression => made.get(node) as CExpression

  function put(root: Node): CExpression {
    for (const node of inOrder<Node>([root], operands, listed)) made.set(node, compute(node))
    return of(root)
  }

  function compute(node: Node): CExpression {
    if (node.op === 'constant') return { c: 'real', value: node.value }
    if (node.op === 'local') return name(localName(node.name))
    return declare(TRUTHS.has(node.op) ? 'truth' : 'real', operation(node), scope)
  }

  function operation(node: Exclude<Node, { op: 'constant' | 'local' }>): CExpression {
    if (node.op === 'load') {
      const { slot, offset } = placeOf(node.from)
      return offset ? call('gather', MEMORY, slot, offset) : call('load', MEMORY, slot)
    }
    if (node.op === 'select') return call('choose', of(node.test), of(node.a), of(node.b))
    if (node.op === 'elementary') return call(scope.elementary(node.name), ...node.args.map(of))
    const sign = SIGNS[node.op]
    if (sign && 'b' in node) return binary(of(node.a), sign, of(node.b))
    if (node.op === 'neg') return { c: 'negative', a: of(node.a) }
    return call(CALLS[node.op] ?? node.op, ...operands(node).map(of))
  }

  // pointers are computed where they are first used: before anything they depend on is written
  function placeOf({ base, index, pointer }: Address): ReturnType<Values['putAddress']> {
    const slot = index === undefined ? whole(base) : binary(whole(base), '+', name(counterName(index)))
    if (!pointer) return { slot }
    const offset = offsets.get(pointer) ?? declare('offset', call('whole_part', of(pointer), scope.mask), scope)
    offsets.set(pointer, offset)
    return { slot, offset }
  }

  return {
    put,
    putAddress(address) {
      if (address.pointer) put(address.pointer)
      return placeOf(address)
    },
  }
}

const SIGNS: Readonly<Record<string, '+' | '-' | '*' | '/' | '&' | '|' | undefined>> = {
  add: '+',
  sub: '-',
  mul: '*',
  div: '/',
  and: '&',
  or: '|',
}

/** Operations whose function in the prelude has another name, since C or its library has theirs. */
const CALLS: Readonly<Record<string, string | undefined>> = {
  min: 'least',
  max: 'greatest',
  abs: 'absolute',
  sqrt: 'square_root',
  floor: 'round_down',
  powerOfTwo: 'power_of_two',
  exponentOf: 'exponent_of',
  significandOf: 'significand_of',
  lessEqual: 'less_equal',
  not: 'negated',
}
