// Which routines do the same whatever the numbers are: then several items can go through them side by side.
import type { Address, Kernel, Routine, Statement } from './nodes.ts'
import { everyStatement, expressionsOf, inOrder, operands } from './walk.ts'

/** Tells whether an address is one of the work space, of which each item has its own. */
export const isOwn = ({ base, far }: Address, { own = Infinity }: Kernel): boolean => far !== true && base >= own

/**
 * Lists the routines without branches and without pointers that write own slots only, and run none but such routines. They take no parameters.
 */
export function straightRoutines(kernel: Kernel): ReadonlySet<string> {
  const crooked = new Set<string>()
  const isStraight = (routine: Routine): boolean =>
    routine.params.length === 0 && everyStatement(routine.body).every((s) => isStraightStatement(s, kernel, crooked))
  for (let found = -1; found < crooked.size; ) {
    found = crooked.size
    for (const routine of kernel.routines) if (!isStraight(routine)) crooked.add(routine.name)
  }
  return new Set(kernel.routines.map(({ name }) => name).filter((name) => !crooked.has(name)))
}

function isStraightStatement(statement: Statement, kernel: Kernel, crooked: ReadonlySet<string>): boolean {
  if (statement.do === 'while' || statement.do === 'if') return false
  if (statement.do === 'run') return !crooked.has(statement.routine)
  if (statement.do === 'repeat') return true
  const reads = inOrder(expressionsOf(statement), operands)
  return (
    reads.every((node) => node.op !== 'load' || node.from.pointer === undefined) &&
    statement.pairs.every(({ to }) => 'local' in to || (isOwn(to.slot, kernel) && to.slot.pointer === undefined))
  )
}
