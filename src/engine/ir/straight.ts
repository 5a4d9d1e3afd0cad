// Which routines do the same whatever the numbers are: then several items can go through them side by side.
import type { Address, Kernel, Routine, Statement } from './nodes.ts'
import { everyStatement, expressionsOf, inOrder, operands } from './walk.ts'

/** Tells whether an address is one of the work space, of which each item has its own. */
export const isOwn = ({ base, far }: Address, { own = Infinity }: Kernel): boolean => far !== true && base >= own

/**
 * Lists the routines without branches and without pointers that write own slots only, and run none but such routines. They take no parameters.
 */
export function straightRoutines(kernel: Kernel): ReadonlySet<string> {
  const isStraight = ({ params, body }: Routine): boolean =>
    params.length === 0 && everyStatement(body).every((statement) => isStraightStatement(statement, kernel))
  const straight = new Set(kernel.routines.filter(isStraight).map(({ name }) => name))
  const runsOthers = ({ body }: Routine): boolean =>
    everyStatement(body).some((statement) => statement.do === 'run' && !straight.has(statement.routine))
  for (let before = -1; before !== straight.size; ) {
    before = straight.size
    for (const routine of kernel.routines) if (runsOthers(routine)) straight.delete(routine.name)
  }
  return straight
}

function isStraightStatement(statement: Statement, kernel: Kernel): boolean {
  if (statement.do === 'while' || statement.do === 'if') return false
  if (statement.do !== 'assign') return true
  const reads = inOrder(expressionsOf(statement), operands)
  return (
    reads.every((node) => node.op !== 'load' || node.from.pointer === undefined) &&
    statement.pairs.every(({ to }) => 'local' in to || (isOwn(to.slot, kernel) && to.slot.pointer === undefined))
  )
}
