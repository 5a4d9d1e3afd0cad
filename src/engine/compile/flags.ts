// Pieces that the routines of the integrator share: truths kept as numbers, and whether the subject is well.
import type { Builder } from '../ir/build.ts'
import type { Bool, Num, Statement } from '../ir/nodes.ts'
import { repeat, set, store } from '../ir/statements.ts'
import { type Layout, STATUS } from './layout.ts'

/** Flags are numbers, 1 and 0. */
export const flag = (b: Builder, test: Bool): Num => b.select(test, b.constant(1), b.constant(0))
export const isSet = (b: Builder, slot: number): Bool => b.equal(b.load(slot), b.constant(1))

export const bump = (b: Builder, slot: number, by: number): Statement =>
  store({ base: slot }, b.add(b.load(slot), b.constant(by)))

export const isWell = (b: Builder, l: Layout): Bool => b.equal(b.load(l.subject.status), b.constant(STATUS.ok))

/** The subject fails unless all of `count` values are finite, where `value` is the one at the loop counter `i`. */
export const requireFinite = (b: Builder, l: Layout, count: number, value: Num): Statement[] => [
  set('sum', b.constant(0)),
  repeat('i', count, set('sum', b.add(b.local('sum'), b.sub(value, value)))), // Inf - Inf is NaN too
  store(
    { base: l.subject.status },
    b.select(b.equal(b.local('sum'), b.constant(0)), b.load(l.subject.status), b.constant(STATUS.notFinite)),
  ),
]
