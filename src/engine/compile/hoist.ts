// Moves what follows from parameters and inputs alone out of the equations: it is computed once per subject and change of input, not once per stage.
// The same operations on the same numbers give the same bits, wherever they are done.
import type { Builder } from '../ir/build.ts'
import type { Bool, Node, Num } from '../ir/nodes.ts'
import { inOrder, operands } from '../ir/walk.ts'

export interface Hoisted {
  /** What to compute beforehand, for the slots from the given base on. */
  readonly values: readonly Num[]
  /** The expression with its constant parts read from those slots. */
  rewrite(node: Num): Num
}

/**
 * Finds the largest parts of the expressions that depend on constant slots only.
 * @param roots the expressions, each of which may be rewritten afterwards
 * @param base the slot of the first hoisted value
 * @param isConstant tells of a slot whether it keeps its value while the equations are used
 */
export function hoist(b: Builder, roots: readonly Num[], base: number, isConstant: (slot: number) => boolean): Hoisted {
  const still = new Set<Node>()
  const rewritten = new Map<Node, Node>()
  const values: Num[] = []
  const slotOf = (node: Num): Num => {
    const known = rewritten.get(node)
    if (known) return known as Num
    values.push(node)
    const slot = b.load(base + values.length - 1)
    rewritten.set(node, slot)
    return slot
  }
  for (const node of inOrder<Node>(roots, operands)) {
    const parts = operands(node)
    if (isStill(node, parts, still, isConstant)) still.add(node)
    else
      rewritten.set(
        node,
        rebuild(b, node, (part) => (isHoistable(part, still) ? slotOf(part) : (rewritten.get(part) ?? part))),
      )
  }
  return {
    values,
    rewrite: (node) => (isHoistable(node, still) ? slotOf(node) : ((rewritten.get(node) ?? node) as Num)),
  }
}

function isStill(
  node: Node,
  parts: readonly Node[],
  still: ReadonlySet<Node>,
  isConstant: (slot: number) => boolean,
): boolean {
  if (node.op === 'constant') return true
  if (node.op === 'load')
    return node.from.index === undefined && node.from.pointer === undefined && isConstant(node.from.base)
  return node.op !== 'local' && parts.every((part) => still.has(part))
}

const TRUTHS: ReadonlySet<string> = new Set(['less', 'lessEqual', 'equal', 'and', 'or', 'not'])
const isTruth = (node: Node): node is Bool => TRUTHS.has(node.op)

/** A constant or a plain read costs no more than reading a hoisted slot. */
const isHoistable = (node: Node, still: ReadonlySet<Node>): node is Num =>
  still.has(node) && !isTruth(node) && node.op !== 'constant' && node.op !== 'load'

function rebuild(b: Builder, node: Node, of: (part: Node) => Node): Node {
  const num = (part: Num): Num => of(part) as Num
  const bool = (part: Bool): Bool => of(part) as Bool
  switch (node.op) {
    case 'constant':
    case 'load':
    case 'local':
      return node
    case 'select':
      return b.select(bool(node.test), num(node.a), num(node.b))
    case 'elementary':
      return b.elementary(node.name, ...node.args.map(num))
    case 'not':
      return b.not(bool(node.a))
    case 'and':
    case 'or':
      return b[node.op](bool(node.a), bool(node.b))
    case 'less':
    case 'lessEqual':
    case 'equal':
    case 'add':
    case 'sub':
    case 'mul':
    case 'div':
    case 'min':
    case 'max':
      return b[node.op](num(node.a), num(node.b))
    default:
      return b[node.op](num(node.a))
  }
}
