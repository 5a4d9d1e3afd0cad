// Routines of bounded size. V8 refuses functions of more than 7.6 million bytes, and is slow with those of a tenth of that.
import type { Node, Num, Routine, Statement } from '../ir/nodes.ts'
import { hidden, run } from '../ir/statements.ts'
import { expressionsOf, inOrder, operands } from '../ir/walk.ts'

/** The most nodes in a routine, unless a single value has more; some 15 bytes each. */
const MOST_NODES = 30_000

/**
 * Writes values to slots, in one routine or, where that is too large, in several that it runs. What pieces share is computed in each of them.
 * @param pairs slots and values; no value reads any of the slots
 */
export function assignment(name: string, pairs: readonly (readonly [slot: number, value: Num])[]): Routine[] {
  const groups: { to: { slot: { base: number } }; value: Num }[][] = [[]]
  let listed = new Set<Node>()
  for (const [base, value] of pairs) {
    inOrder<Node>([value], operands, listed)
    if (listed.size > MOST_NODES && groups.at(-1)?.length) {
      groups.push([])
      listed = new Set(inOrder<Node>([value], operands))
    }
    groups.at(-1)?.push({ to: { slot: { base } }, value })
  }
  return inPieces(
    name,
    groups.map((group) => [{ do: 'assign', pairs: group }]),
  )
}

/** Joins small lists of statements to routines of bounded size, run by one of this name. No local may be read in another list than it was set in. */
export function sequence(name: string, lists: readonly (readonly Statement[])[]): Routine[] {
  const groups: Statement[][] = [[]]
  let size = 0
  for (const list of lists) {
    const own = sizeOf(list)
    if (size + own > MOST_NODES && groups.at(-1)?.length) {
      groups.push([])
      size = 0
    }
    groups.at(-1)?.push(...list)
    size += own
  }
  return inPieces(name, groups)
}

function inPieces(name: string, bodies: readonly (readonly Statement[])[]): Routine[] {
  const [only = []] = bodies
  if (bodies.length <= 1) return [hidden(name, [], only)]
  const pieces = bodies.map((body, k) => hidden(`${name}_${k + 1}`, [], body))
  return [
    ...pieces,
    hidden(
      name,
      [],
      pieces.map((piece) => run(piece.name)),
    ),
  ]
}

const sizeOf = (statements: readonly Statement[]): number =>
  statements.reduce(
    (sum, s) => sum + inOrder<Node>(expressionsOf(s), operands).length + ('body' in s ? sizeOf(s.body) : 0),
    0,
  )
