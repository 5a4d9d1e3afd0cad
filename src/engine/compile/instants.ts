// What a subject does when it has arrived at an instant: rows and events that are due, then the beginning of the segment to the next instant.
import type { Builder } from '../ir/build.ts'
import type { Num, Statement } from '../ir/nodes.ts'
import { loop, repeat, run, set, store, when } from '../ir/statements.ts'
import { bump, flag, isWell, requireFinite } from './flags.ts'
import { EVENT_KINDS, EVENT_SLOTS, type Layout } from './layout.ts'

/** 2^-52: a time times this is the least that can be added to it. */
const ROUNDING = 2.220446049250313e-16

// Events at the present time, rows at the present time, then a segment to the next instant, unless `until` is reached or the subject has failed.
export function arrive(b: Builder, l: Layout): Statement[] {
  const { time, event, eventEnd } = l.subject
  const ended = b.or(b.lessEqual(b.local('until'), b.load(time)), b.not(isWell(b, l)))
  return [
    when(b.equal(b.load(l.settings.showAfter), b.constant(0)), [run('show_here')]),
    run('happen'),
    run('show_here'),
    when(
      ended,
      [store({ base: l.control.more }, b.constant(0))],
      [
        set('end', b.local('until')),
        when(b.less(b.load(event), b.load(eventEnd)), [set('end', b.min(b.local('until'), b.far(0, b.load(event))))]),
        ...beginSegment(b, l),
      ],
    ),
  ]
}

// Does all that is due; an amount or a value that is not finite stops the subject. Addresses cannot be tested and read in one condition (both sides are
// evaluated), so the test for more is a statement.
export function happen(b: Builder, l: Layout): Statement[] {
  const { start, event, eventEnd, time, step } = l.subject
  const field = (k: number): Num => b.far(k, b.load(event))
  const target = { base: start, pointer: b.local('target') }
  const old = b.load(start, undefined, b.local('target'))
  const isDue = (): Statement =>
    when(
      b.less(b.load(event), b.load(eventEnd)),
      [set('due', flag(b, b.lessEqual(field(0), b.load(time))))],
      [set('due', b.constant(0))],
    )
  return [
    when(isWell(b, l), [
      set('changed', b.constant(0)),
      isDue(),
      loop(
        b.equal(b.local('due'), b.constant(1)),
        set('target', field(2)),
        set('value', field(3)),
        store(
          target,
          b.select(b.equal(field(1), b.constant(EVENT_KINDS.add)), b.add(old, b.local('value')), b.local('value')),
        ),
        ...requireFinite(b, l, 1, old),
        bump(b, event, EVENT_SLOTS),
        set('changed', b.constant(1)),
        isDue(),
      ),
      when(b.equal(b.local('changed'), b.constant(1)), [store({ base: step }, b.constant(0)), run('prologue')]),
    ]),
  ]
}

// Time inside a segment counts from its start, so that small steps late in a long course keep their digits.
function beginSegment(b: Builder, l: Layout): Statement[] {
  const { time, step, restart } = l.subject
  const c = l.control
  const [origin, end] = [b.load(time), b.local('end')]
  const unknown = b.equal(b.load(step), b.constant(0))
  return [
    store({ base: c.origin }, origin),
    store({ base: c.end }, end),
    store({ base: c.span }, b.sub(end, origin)),
    store({ base: c.s }, b.constant(0)),
    // where the equations jump, a segment ends: they are asked only inside it, where `<` and `<=` say the same
    store({ base: c.first }, b.add(origin, b.mul(b.constant(ROUNDING), origin))),
    store({ base: c.last }, b.sub(end, b.mul(b.constant(ROUNDING), end))),
    // behind a jump: a step that was good behind the last one, or the first guess
    store({ base: c.fresh }, flag(b, unknown)),
    when(unknown, [store({ base: step }, b.min(b.load(restart), b.load(c.span)))]),
    when(unknown, [run('first_step')]),
    store({ base: c.rejections }, b.constant(0)),
    store({ base: c.arrived }, b.constant(0)),
  ]
}

// A first step that changes the state by about a hundredth of its tolerance-scaled size (Hairer, Norsett and Wanner, II.4), else a small share of the span.
export function firstStep(b: Builder, l: Layout, n: number): Statement[] {
  const y = b.load(l.subject.state, 'i')
  const span = b.load(l.control.span)
  const scale = b.add(b.load(l.tolerances, 'i'), b.mul(b.load(l.settings.relativeTolerance), b.abs(y)))
  const square = (local: string): Num => b.mul(b.local(local), b.local(local))
  const tiny = b.constant(1e-10) // squares of 1e-5
  const guess = b.select(
    b.and(b.less(tiny, b.local('y2')), b.less(tiny, b.local('f2'))),
    b.mul(b.constant(0.01), b.sqrt(b.div(b.local('y2'), b.local('f2')))),
    b.mul(b.constant(1e-6), span),
  )
  return [
    run('linearise'),
    set('y2', b.constant(0)),
    set('f2', b.constant(0)),
    repeat(
      'i',
      n,
      set('ratio', b.div(y, scale)),
      set('y2', b.add(b.local('y2'), square('ratio'))),
      set('ratio', b.div(b.load(l.slope, 'i'), scale)),
      set('f2', b.add(b.local('f2'), square('ratio'))),
    ),
    set('guess', guess),
    // rates so fast that the guess underflows, or not finite: the least step, from which the error control finds its way or gives up
    store(
      { base: l.subject.step },
      b.select(b.less(b.constant(0), b.local('guess')), b.min(b.local('guess'), span), b.mul(b.constant(1e-300), span)),
    ),
  ]
}
