// The size of steps: chosen before a step, judged behind it. Without branches, so that several subjects can go through it side by side.
import type { Builder } from '../ir/build.ts'
import type { Statement } from '../ir/nodes.ts'
import { repeat, set, store } from '../ir/statements.ts'
import { bump, flag, isSet, isWell } from './flags.ts'
import { type Layout, STATUS } from './layout.ts'

/** Rejections in a row after which a subject is given up: the step has then shrunk by a factor of 1e39 or more. */
const MOST_REJECTIONS = 60
/** Bounds of the change of the step size, and its safety factor (Hairer and Wanner, IV.8). */
const SHRINK = 0.15
const GROW = 6
const SAFETY = 0.9

export function plan(b: Builder, l: Layout): Statement[] {
  const c = l.control
  const step = b.load(l.subject.step)
  const rest = b.local('rest')
  const isLast = b.lessEqual(rest, b.mul(step, b.constant(1.0001)))
  const tried = b.select(
    isLast,
    rest,
    b.select(b.less(rest, b.mul(b.constant(2), step)), b.mul(rest, b.constant(0.5)), step),
  )
  return [
    set('rest', b.sub(b.load(c.span), b.load(c.s))),
    store({ base: c.isLast }, flag(b, isLast)),
    store({ base: c.h }, tried),
    store({ base: c.inverse }, b.div(b.constant(1), b.load(c.h))),
  ]
}

// Whether the step is good, by how much to change the next one, and how far this one leads.
export function judge(b: Builder, l: Layout, order: number): Statement[] {
  const c = l.control
  const error = b.local('error')
  const isLast = isSet(b, c.isLast)
  const factor = b.mul(
    b.constant(SAFETY),
    b.elementary('exp', b.mul(b.constant(-0.5 / order), b.elementary('log', error))),
  )
  const clear = b.less(b.load(c.error), b.constant(1e16)) // false for NaN too
  return [
    bump(b, l.subject.steps, 1),
    store({ base: c.isBad }, b.select(clear, b.constant(0), b.constant(1))),
    set('error', b.select(clear, b.max(b.load(c.error), b.constant(1e-20)), b.constant(1e6))),
    store({ base: c.factor }, b.max(b.constant(SHRINK), b.min(b.constant(GROW), factor))),
    store({ base: c.accepted }, flag(b, b.lessEqual(error, b.constant(1)))),
    set('s', b.select(isLast, b.load(c.span), b.add(b.load(c.s), b.load(c.h)))),
    store({ base: c.reached }, b.select(isLast, b.load(c.end), b.add(b.load(c.origin), b.local('s')))),
    store({ base: c.s }, b.select(isSet(b, c.accepted), b.local('s'), b.load(c.s))),
  ]
}

// Goes to the end of an accepted step, or stays; then chooses the size of the next.
export function move(b: Builder, l: Layout, n: number): Statement[] {
  const { time, step, restart, rejected, state } = l.subject
  const c = l.control
  const accepted = isSet(b, c.accepted)
  const [h, factor, rejections] = [b.load(c.h), b.load(c.factor), b.load(c.rejections)]
  const afterRejection = b.less(b.constant(0), rejections)
  const grown = b.local('grown')
  const good = b.select(afterRejection, h, b.min(grown, b.mul(b.constant(2), h)))
  // a step that was cut short by the end of the segment says nothing against the longer one
  const longer = b.select(b.less(h, b.load(step)), b.max(grown, b.load(step)), grown)
  return [
    repeat('i', n, store({ base: state, index: 'i' }, b.select(accepted, b.load(l.next, 'i'), b.load(state, 'i')))),
    store({ base: time }, b.select(accepted, b.load(c.reached), b.load(time))),
    set('grown', b.mul(h, b.select(afterRejection, b.min(factor, b.constant(1)), factor))),
    store({ base: restart }, b.select(b.and(accepted, isSet(b, c.fresh)), good, b.load(restart))),
    store({ base: c.fresh }, b.select(accepted, b.constant(0), b.load(c.fresh))),
    store({ base: step }, b.select(accepted, longer, b.mul(h, factor))),
    store({ base: rejected }, b.add(b.load(rejected), b.select(accepted, b.constant(0), b.constant(1)))),
    store({ base: c.rejections }, b.select(accepted, b.constant(0), b.add(rejections, b.constant(1)))),
    ...giveUp(b, l),
    store({ base: c.arrived }, flag(b, b.not(b.and(b.less(b.load(c.s), b.load(c.span)), isWell(b, l))))),
  ]
}

// A subject fails that no step is small enough for, or that has taken too many.
function giveUp(b: Builder, l: Layout): Statement[] {
  const { step, status, steps } = l.subject
  const c = l.control
  const s = b.load(c.s)
  const underway = b.less(s, b.load(c.span))
  const stuck = b.or(b.lessEqual(b.add(s, b.load(step)), s), b.less(b.constant(MOST_REJECTIONS), b.load(c.rejections)))
  const why = b.select(isSet(b, c.isBad), b.constant(STATUS.notFinite), b.constant(STATUS.stepTooSmall))
  const spent = b.lessEqual(b.load(l.settings.mostSteps), b.load(steps))
  return [
    store({ base: status }, b.select(b.and(stuck, underway), why, b.load(status))),
    store({ base: status }, b.select(b.and(spent, underway), b.constant(STATUS.stepLimit), b.load(status))),
  ]
}
