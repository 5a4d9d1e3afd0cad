// The generic explicit stepper: one attempted step and its error, for any method given as data.
import type { Layout } from '../compile/layout.ts'
import type { Builder } from '../ir/build.ts'
import type { Num, Statement } from '../ir/nodes.ts'
import { repeat, run, store } from '../ir/statements.ts'
import { newState, stageTime } from './attempt.ts'
import type { ExplicitMethod } from './explicit-method.ts'

/**
 * Attempts one step of size control.h from subject.state at subject.time. Runs the routine `slope`. Leaves the stages, times h, the new state in `next`,
 * and the mean squared scaled error in control.error.
 * @param moving whether the right-hand side depends on time
 */
export function attemptExplicit(
  b: Builder,
  method: ExplicitMethod,
  l: Layout,
  n: number,
  moving: boolean,
): Statement[] {
  const vector = (j: number): Num => b.load(l.stages + j * n, 'i')
  const weighed = (weights: readonly number[], start?: Num): Num | undefined =>
    weights.reduce<Num | undefined>((sum, weight, j) => {
      const term = b.mul(b.constant(weight), vector(j))
      return sum ? b.add(sum, term) : term
    }, start)
  const state = b.load(l.subject.state, 'i')
  const stages = method.a.flatMap((row, s) => [
    repeat('i', n, store({ base: l.stage, index: 'i' }, weighed(row, state) ?? state)),
    ...stageTime(b, l, moving, method.time[s]),
    run('slope'),
    repeat('i', n, store({ base: l.stages + s * n, index: 'i' }, b.mul(b.load(l.control.h), b.load(l.slope, 'i')))),
  ])
  return [...stages, ...newState(b, l, n, b.load(l.stage, 'i'), weighed(method.error) ?? b.constant(0))]
}
