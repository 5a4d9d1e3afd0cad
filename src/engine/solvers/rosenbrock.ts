// The generic Rosenbrock stepper: one attempted step and its error, for any method given as data.
import type { Layout } from '../compile/layout.ts'
import type { Builder } from '../ir/build.ts'
import type { Num, Statement } from '../ir/nodes.ts'
import { repeat, run, set, store } from '../ir/statements.ts'
import { newState, stageTime } from './attempt.ts'
import type { RosenbrockMethod } from './rosenbrock-method.ts'

/**
 * Attempts one step of size control.h from subject.state at subject.time. Runs the routines `linearise` (slope, Jacobian, drift at the start), `factor`,
 * `slope` and `solve`. Leaves the stage vectors, the new state in `next`, and the mean squared scaled error in control.error.
 * @param moving whether the right-hand side depends on time
 */
export function attemptRosenbrock(
  b: Builder,
  method: RosenbrockMethod,
  l: Layout,
  n: number,
  moving: boolean,
): Statement[] {
  const at = (base: number): Num => b.load(base, 'i')
  const stageOf = (s: number): number => l.stages + s * n
  const h = b.load(l.control.h)
  const body: Statement[] = [run('linearise'), run('factor')]
  for (let s = 0; s < method.stages; s++) {
    if (s > 0) body.push(...stageState(b, method, l, n, s), ...stageTime(b, l, moving, method.time[s]), run('slope'))
    const weights = (method.c[s] ?? []).map((c, j) => ({
      name: `c${j}`,
      j,
      value: b.mul(b.constant(c), b.load(l.control.inverse)),
    }))
    for (const { name, value } of weights) body.push(set(name, value))
    const drift = method.drift[s] ?? 0
    if (moving && drift !== 0) body.push(set('d', b.mul(b.constant(drift), h)))
    let right = at(l.slope)
    for (const { name, j } of weights) right = b.add(right, b.mul(b.local(name), at(stageOf(j))))
    if (moving && drift !== 0) right = b.add(right, b.mul(b.local('d'), at(l.drift)))
    body.push(repeat('i', n, store({ base: l.right, index: 'i' }, right)))
    body.push(run('solve'))
    body.push(repeat('i', n, store({ base: stageOf(s), index: 'i' }, at(l.solution))))
  }
  // the last stage vector is what is missing, and the error
  const error = at(stageOf(method.stages - 1))
  return [...body, ...newState(b, l, n, b.add(at(l.stage), error), error)]
}

// The state at a stage: a sum over earlier stages, or, for the last two, the stage before plus its vector.
function stageState(b: Builder, method: RosenbrockMethod, l: Layout, n: number, s: number): Statement[] {
  const row = method.a[s]
  const vector = (j: number): Num => b.load(l.stages + j * n, 'i')
  if (row === undefined)
    return [repeat('i', n, store({ base: l.stage, index: 'i' }, b.add(b.load(l.stage, 'i'), vector(s - 1))))]
  let value = b.load(l.subject.state, 'i')
  for (const [j, a] of row.entries()) value = b.add(value, b.mul(b.constant(a), vector(j)))
  return [repeat('i', n, store({ base: l.stage, index: 'i' }, value))]
}
