// What the attempts of all methods have in common: when a stage is, and what comes of the last one.
import type { Layout } from '../compile/layout.ts'
import type { Builder } from '../ir/build.ts'
import type { Num, Statement } from '../ir/nodes.ts'
import { repeat, set, store } from '../ir/statements.ts'

/** Sets the time of a stage, a share of the step, within what the equations may see. */
export function stageTime(b: Builder, l: Layout, moving: boolean, share = 1): Statement[] {
  if (!moving) return []
  const time = b.add(b.load(l.subject.time), b.mul(b.constant(share), b.load(l.control.h)))
  return [store({ base: l.now }, b.min(b.max(time, b.load(l.control.first)), b.load(l.control.last)))]
}

/**
 * Writes the new state and the mean square of its error, scaled by tolerances as Hairer and Wanner do (II.4).
 * @param next the new state at the loop counter `i`
 * @param error its error there
 */
export function newState(b: Builder, l: Layout, n: number, next: Num, error: Num): Statement[] {
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
