// The routines `factor` and `solve` of a model: unrolled where that stays small, with loops over a block where not.
import type { Builder } from '../ir/build.ts'
import type { Num, Routine } from '../ir/nodes.ts'
import { hidden, run } from '../ir/statements.ts'
import { factorBlock, solveBlock } from './block.ts'
import { backward, type Elimination, factorise, forward, type Pattern } from './factor.ts'
import type { Layout } from './layout.ts'
import { assignment, sequence } from './pieces.ts'

/**
 * Lists the routines that factor g I - J and solve with the factors: from `jacobian` to `factors`, and from `right` to `solution`.
 * @param entries of the Jacobian, in the order in which they are stored
 */
export function linearRoutines(b: Builder, l: Layout, e: Elimination, g: Num, entries: Pattern['entries']): Routine[] {
  const n = e.order.length
  const at = new Map(entries.map(({ row, column }, k) => [row * n + column, k]))
  const factors = factorise(b, e, g, (row, column) => {
    const k = at.get(row * n + column)
    return k === undefined ? undefined : b.load(l.jacobian + k)
  })
  const factor = (position: number): Num => b.load(l.factors + position)
  const first = forward(b, e, { factor, right: (state) => b.load(l.right + state) })
  const last = (half: readonly Num[]) => slots(l.solution, backward(b, e, { factor }, half))
  if (e.block === n) return [...assignment('factor', slots(l.factors, factors)), ...assignment('solve', last(first))]
  const half = first.map((_, i) => b.load(l.half + i))
  return [
    ...assignment('factor_first', slots(l.factors, factors)),
    ...sequence('factor_block', factorBlock(b, e, l.factors)),
    hidden('factor', [], [run('factor_first'), run('factor_block')]),
    ...assignment('solve_down', slots(l.half, first)),
    ...sequence('solve_block', solveBlock(b, e, l.factors, l.half)),
    ...assignment('solve_up', last(half)),
    hidden('solve', [], [run('solve_down'), run('solve_block'), run('solve_up')]),
  ]
}

/** Values with the slots from `first` on. */
export const slots = (first: number, values: readonly Num[]): (readonly [slot: number, value: Num])[] =>
  values.map((value, i) => [first + i, value])
