// The generic Rosenbrock stepper: one attempted step, its error, and the values inside it, for any method given as data.
import type { Layout } from '../compile/layout.ts'
import type { Builder } from '../ir/build.ts'
import type { Num, Statement } from '../ir/nodes.ts'
import { repeat, run, set, store } from '../ir/statements.ts'
import type { RosenbrockMethod } from './rosenbrock-method.ts'

/**
 * Attempts one step of size control.h from subject.state at subject.time. Runs the routines `linearise` (slope, Jacobian, drift at the start), `factor`,
 * `slope` and `solve`. Leaves the stage vectors, the new state in `next`, and the mean squared scaled error in control.error.
 * @param moving whether the right-hand side depends on time
 */
export function attemptStep(b: Builder, method: RosenbrockMethod, l: Layout, n: number, moving: boolean): Statement[] {
  const at = (base: number): Num => b.load(base, 'i')
  const stageOf = (s: number): number => l.stages + s * n
  const h = b.load(l.control.h)
  const body: Statement[] = [run('linearise'), run('factor')]
  for (let s = 0; s < method.stages; s++) {
    if (s > 0) body.push(...stageState(b, method, l, n, s), ...stageTime(b, method, l, moving, s, h), run('slope'))
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
  return [...body, ...newState(b, method, l, n)]
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

function stageTime(b: Builder, method: RosenbrockMethod, l: Layout, moving: boolean, s: number, h: Num): Statement[] {
  if (!moving) return []
  const time = b.add(b.load(l.subject.time), b.mul(b.constant(method.time[s] ?? 1), h))
  return [store({ base: l.now }, b.min(b.max(time, b.load(l.control.first)), b.load(l.control.last)))]
}

// The last stage vector is the error; scaled by tolerances as Hairer and Wanner do (II.4), as a mean square.
function newState(b: Builder, method: RosenbrockMethod, l: Layout, n: number): Statement[] {
  const error = b.load(l.stages + (method.stages - 1) * n, 'i')
  const next = b.add(b.load(l.stage, 'i'), error)
  const larger = b.max(b.abs(b.load(l.subject.state, 'i')), b.abs(b.load(l.next, 'i')))
  const scale = b.add(b.load(l.tolerances, 'i'), b.mul(b.load(l.settings.relativeTolerance), larger))
  return [
    set('sum', b.constant(0)),
    repeat(
      'i',
      n,
      store({ base: l.next, index: 'i' }, next),
      set('scale', scale),
      set('e', b.div(error, b.local('scale'))),
      // scale - scale is 0, or NaN where the new state has overflowed: an infinite scale must not hide an infinite state
      set(
        'sum',
        b.add(b.local('sum'), b.add(b.mul(b.local('e'), b.local('e')), b.sub(b.local('scale'), b.local('scale')))),
      ),
    ),
    store({ base: l.control.error }, b.div(b.local('sum'), b.constant(n))),
  ]
}

/** Prepares interpolation inside the step just accepted. */
export function denseCoefficients(b: Builder, method: RosenbrockMethod, l: Layout, n: number): Statement[] {
  return method.dense.map((weights, d) => {
    let value: Num | undefined
    for (const [j, weight] of weights.entries()) {
      const term = b.mul(b.constant(weight), b.load(l.stages + j * n, 'i'))
      value = value ? b.add(value, term) : term
    }
    return repeat('i', n, store({ base: l.dense + d * n, index: 'i' }, value ?? b.constant(0)))
  })
}

/** Puts the state at share control.theta of the step into `stage`. */
export function interpolate(b: Builder, method: RosenbrockMethod, l: Layout, n: number): Statement[] {
  const theta = b.load(l.control.theta)
  const rest = b.local('rest')
  const k = (d: number): Num => b.load(l.dense + d * n, 'i')
  let inner = k(method.dense.length - 1)
  for (let d = method.dense.length - 2; d >= 0; d--) inner = b.add(k(d), b.mul(theta, inner))
  const value = b.add(
    b.mul(rest, b.load(l.subject.state, 'i')),
    b.mul(theta, b.add(b.load(l.next, 'i'), b.mul(rest, inner))),
  )
  return [set('rest', b.sub(b.constant(1), theta)), repeat('i', n, store({ base: l.stage, index: 'i' }, value))]
}
