// Ways over expressions and statements. Expressions are walked without recursion: a kernel holds chains of many
// thousand nodes. Statements nest only as deep as somebody wrote them.

import type { Node, Routine, Statement } from './nodes.ts'

const NONE: readonly never[] = []

/** Lists the operands of a node, in the order in which stack code wants them. */
export function operands(node: Node): readonly Node[] {
  switch (node.op) {
    case 'constant':
    case 'local':
      return NONE
    case 'load':
      return node.from.pointer ? [node.from.pointer] : NONE
    case 'select':
      return [node.a, node.b, node.test]
    case 'elementary':
      return node.args
    default:
      return 'b' in node ? [node.a, node.b] : [node.a]
  }
}

/**
 * Lists every node under `roots` once, operands before what uses them.
 * @param listed nodes to leave out; the listed ones are added, so that calls can follow each other
 * @param below the operands of a node
 */
export function inOrder<T extends object>(
  roots: readonly T[],
  below: (node: T) => readonly T[],
  listed = new Set<T>(),
): T[] {
  const order: T[] = []
  const open: (T | undefined)[] = roots.toReversed()
  while (open.length > 0) {
    const node = open.pop()
    if (node === undefined)
      order.push(open.pop() as T) // the node after this mark: all below it is listed
    else if (!listed.has(node)) {
      listed.add(node)
      open.push(node, undefined, ...below(node).toReversed())
    }
  }
  return order
}

/** Lists the expressions that a statement itself evaluates, in order, without those of statements within it. */
export function expressionsOf(statement: Statement): readonly Node[] {
  switch (statement.do) {
    case 'assign':
      return statement.pairs.flatMap(({ to, value }) =>
        'slot' in to && to.slot.pointer ? [to.slot.pointer, value] : [value],
      )
    case 'repeat':
      return NONE
    case 'while':
    case 'if':
      return [statement.test]
    case 'run':
      return statement.args
  }
}

/** Lists the statements and, after each, all those within it. */
export const everyStatement = (body: readonly Statement[]): Statement[] =>
  body.flatMap((statement) => [statement, ...everyStatement(within(statement))])

function within(statement: Statement): readonly Statement[] {
  if (statement.do === 'if') return [...statement.then, ...statement.else]
  return 'body' in statement ? statement.body : NONE
}

/** Lists the names of the locals that a routine assigns, parameters included when it assigns them. */
export const assignedLocals = (routine: Routine): ReadonlySet<string> =>
  new Set(
    everyStatement(routine.body).flatMap((statement) =>
      statement.do === 'assign' ? statement.pairs.flatMap(({ to }) => ('local' in to ? [to.local] : [])) : [],
    ),
  )

/** Lists the locals of a routine, its parameters first. */
export const localsOf = (routine: Routine): string[] => [...new Set([...routine.params, ...assignedLocals(routine)])]
