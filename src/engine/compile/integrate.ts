// The routines that carry one subject through time: steps between instants, events at instants, rows at the times asked for. Written once in the
// kernel language, so that every backend makes the same decisions from the same bits.
import type { Builder } from '../ir/build.ts'
import type { Bool, Num, Routine, Statement } from '../ir/nodes.ts'
import { loop, repeat, run, set, store, when } from '../ir/statements.ts'
import type { RosenbrockMethod } from '../solvers/index.ts'
import { EVENT_KINDS, EVENT_SLOTS, type Layout, STATUS } from './layout.ts'

/** Rejections in a row after which a subject is given up: the step has then shrunk by a factor of 1e39 or more. */
const MOST_REJECTIONS = 60
/** Bounds of the change of the step size, and its safety factor (Hairer and Wanner, IV.8). */
const SHRINK = 0.15
const GROW = 6
const SAFETY = 0.9

/** 2^-52: a time times this is the least that can be added to it. */
const ROUNDING = 2.220446049250313e-16

const routine = (name: string, params: readonly string[], body: readonly Statement[], exported = false): Routine => ({
  name,
  params,
  body,
  exported,
})

/**
 * Lists the routines of the integrator. They run `prologue`, `initialise`, `linearise`, `attempt`, `dense`, `interpolate` and `observe`, which the
 * model and the method give. Exported are `begin(first, count)`, `advance(first, count, until)`, and `look(first, count)`, which writes the outputs of the
 * present state where the next row will come.
 * @param outputs how many numbers a row has
 */
export function integrator(b: Builder, method: RosenbrockMethod, l: Layout, n: number, outputs: number): Routine[] {
  return [
    routine('first_step', ['span'], firstStep(b, l, n)),
    routine('show_until', ['reached', 'end'], showUntil(b, l)),
    routine('show_here', [], showHere(b, l, n)),
    routine('show', [], show(b, l, outputs)),
    routine('segment', ['end'], segment(b, method, l, n)),
    routine('happen', [], happen(b, l)),
    routine('subject', ['until'], subject(b, l)),
    routine(
      'begin',
      ['first', 'count'],
      eachRecord(b, l, [run('prologue'), run('initialise'), ...checkStart(b, l, n)]),
      true,
    ),
    routine(
      'advance',
      ['first', 'count', 'until'],
      eachRecord(b, l, [run('prologue'), run('subject', b.local('until'))]),
      true,
    ),
    routine(
      'look',
      ['first', 'count'],
      eachRecord(b, l, [
        run('prologue'),
        copy(b, l.stage, l.subject.state, n),
        store({ base: l.now }, b.load(l.subject.time)),
        run('observe', b.load(l.subject.row)),
      ]),
      true,
    ),
  ]
}

const bump = (b: Builder, slot: number, by: number): Statement =>
  store({ base: slot }, b.add(b.load(slot), b.constant(by)))

const copy = (b: Builder, to: number, from: number, count: number): Statement =>
  repeat('i', count, store({ base: to, index: 'i' }, b.load(from, 'i')))

function eachRecord(b: Builder, l: Layout, work: readonly Statement[]): Statement[] {
  const { start, size } = l.subject
  const record = b.local('record')
  return [
    set('at', b.local('first')),
    loop(
      b.less(b.local('at'), b.add(b.local('first'), b.local('count'))),
      set('record', b.add(b.load(l.settings.records), b.mul(b.local('at'), b.constant(size)))),
      repeat('i', size, store({ base: start, index: 'i' }, b.load(0, 'i', record))),
      ...work,
      repeat('i', size, store({ base: 0, index: 'i', pointer: record }, b.load(start, 'i'))),
      set('at', b.add(b.local('at'), b.constant(1))),
    ),
  ]
}

/** Does `then` if all of `count` values are finite, where `value` is the one at the loop counter `i`; else the subject fails. */
const whenFinite = (b: Builder, l: Layout, count: number, value: Num, then: readonly Statement[]): Statement[] => [
  set('sum', b.constant(0)),
  repeat('i', count, set('sum', b.add(b.local('sum'), b.sub(value, value)))), // Inf - Inf is NaN too
  when(b.equal(b.local('sum'), b.constant(0)), then, [store({ base: l.subject.status }, b.constant(STATUS.notFinite))]),
]

// a subject whose start is not finite (a division by zero, a NaN parameter) never moves
const checkStart = (b: Builder, l: Layout, n: number): Statement[] =>
  whenFinite(b, l, n, b.load(l.subject.state, 'i'), [])

const isWell = (b: Builder, l: Layout): Bool => b.equal(b.load(l.subject.status), b.constant(STATUS.ok))

// Events at the present time, rows at the present time, then a segment to the next instant, until `until` is reached or the subject fails.
function subject(b: Builder, l: Layout): Statement[] {
  const { time, event, eventEnd } = l.subject
  const ended = b.or(b.lessEqual(b.local('until'), b.load(time)), b.not(isWell(b, l)))
  const due = b.less(b.load(event), b.load(eventEnd))
  return [
    set('more', b.constant(1)),
    loop(
      b.equal(b.local('more'), b.constant(1)),
      when(b.equal(b.load(l.settings.showAfter), b.constant(0)), [run('show_here')]),
      run('happen'),
      run('show_here'),
      when(
        ended,
        [set('more', b.constant(0))],
        [
          set('end', b.local('until')),
          when(due, [set('end', b.min(b.local('until'), b.load(0, undefined, b.load(event))))]),
          run('segment', b.local('end')),
          when(b.not(isWell(b, l)), [set('more', b.constant(0))]),
        ],
      ),
    ),
  ]
}

// Does all that is due; an amount or a value that is not finite stops the subject. Addresses cannot be tested and read in one condition (both sides are evaluated), so the test for more is a statement.
function happen(b: Builder, l: Layout): Statement[] {
  const { start, event, eventEnd, time, step } = l.subject
  const field = (k: number): Num => b.load(k, undefined, b.load(event))
  const target = { base: start, pointer: b.local('target') }
  const old = b.load(start, undefined, b.local('target'))
  const isDue = (): Statement =>
    when(
      b.less(b.load(event), b.load(eventEnd)),
      [set('due', b.select(b.lessEqual(field(0), b.load(time)), b.constant(1), b.constant(0)))],
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
        ...whenFinite(b, l, 1, old, []),
        bump(b, event, EVENT_SLOTS),
        set('changed', b.constant(1)),
        isDue(),
      ),
      when(b.equal(b.local('changed'), b.constant(1)), [store({ base: step }, b.constant(0)), run('prologue')]),
    ]),
  ]
}

const nextTime = (b: Builder, l: Layout): Num =>
  b.load(0, undefined, b.add(b.load(l.settings.times), b.load(l.subject.output)))

// An output may be undefined where the state is well (the logarithm of a concentration before the first dose): the row is written as it is, and
// whoever reads it tells of such cells.
const show = (b: Builder, l: Layout, outputs: number): Statement[] => [
  run('observe', b.load(l.subject.row)),
  bump(b, l.subject.row, outputs),
  bump(b, l.subject.output, 1),
]

/** Runs the body while the subject is well, a next output time is there and `pending` holds of it; the time is in the local `shown`. */
function whilePending(b: Builder, l: Layout, pending: (shown: Num) => Bool, body: readonly Statement[]): Statement[] {
  const test = (): Statement =>
    when(
      b.and(isWell(b, l), b.less(b.load(l.subject.output), b.load(l.settings.timesCount))),
      [set('shown', nextTime(b, l)), set('pending', b.select(pending(b.local('shown')), b.constant(1), b.constant(0)))],
      [set('pending', b.constant(0))],
    )
  return [test(), loop(b.equal(b.local('pending'), b.constant(1)), ...body, test())]
}

// rows that are due exactly here, from the state itself
function showHere(b: Builder, l: Layout, n: number): Statement[] {
  const { time, state } = l.subject
  return whilePending(b, l, (shown) => b.lessEqual(shown, b.load(time)), [
    copy(b, l.stage, state, n),
    store({ base: l.now }, b.load(time)),
    run('show'),
  ])
}

// rows inside the step just accepted, from the interpolant; what is due at the end of the segment waits for the events there
function showUntil(b: Builder, l: Layout): Statement[] {
  const pending = (shown: Num): Bool => b.and(b.less(shown, b.local('end')), b.lessEqual(shown, b.local('reached')))
  return [
    set('ready', b.constant(0)),
    ...whilePending(b, l, pending, [
      when(b.equal(b.local('ready'), b.constant(0)), [run('dense'), set('ready', b.constant(1))]),
      store(
        { base: l.control.theta },
        b.min(b.mul(b.sub(b.local('shown'), b.load(l.subject.time)), b.load(l.control.inverse)), b.constant(1)),
      ),
      run('interpolate'),
      store({ base: l.now }, b.local('shown')),
      run('show'),
    ]),
  ]
}

// A first step that changes the state by about a hundredth of its tolerance-scaled size (Hairer, Norsett and Wanner, II.4), else a small share of the span.
function firstStep(b: Builder, l: Layout, n: number): Statement[] {
  const y = b.load(l.subject.state, 'i')
  const scale = b.add(b.load(l.tolerances, 'i'), b.mul(b.load(l.settings.relativeTolerance), b.abs(y)))
  const square = (local: string): Num => b.mul(b.local(local), b.local(local))
  const tiny = b.constant(1e-10) // squares of 1e-5
  const guess = b.select(
    b.and(b.less(tiny, b.local('y2')), b.less(tiny, b.local('f2'))),
    b.mul(b.constant(0.01), b.sqrt(b.div(b.local('y2'), b.local('f2')))),
    b.mul(b.constant(1e-6), b.local('span')),
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
      b.select(
        b.less(b.constant(0), b.local('guess')),
        b.min(b.local('guess'), b.local('span')),
        b.mul(b.constant(1e-300), b.local('span')),
      ),
    ),
  ]
}

// Steps from the present time to `end`. Time inside a segment counts from its start, so that small steps late in a long course keep their digits.
function segment(b: Builder, method: RosenbrockMethod, l: Layout, n: number): Statement[] {
  const { time, step, restart, status, steps } = l.subject
  const [s, span, h, origin] = [b.local('s'), b.local('span'), b.local('h'), b.local('origin')]
  const rest = b.local('rest')
  const error = b.local('error')
  const isLast = b.lessEqual(rest, b.mul(b.load(step), b.constant(1.0001)))
  const tried = b.select(
    isLast,
    rest,
    b.select(b.less(rest, b.mul(b.constant(2), b.load(step))), b.mul(rest, b.constant(0.5)), b.load(step)),
  )
  const factor = b.mul(
    b.constant(SAFETY),
    b.elementary('exp', b.mul(b.constant(-0.5 / method.order), b.elementary('log', error))),
  )
  const stuck = b.or(b.lessEqual(b.add(s, b.load(step)), s), b.less(b.constant(MOST_REJECTIONS), b.local('rejections')))
  return [
    set('origin', b.load(time)),
    set('fresh', b.constant(0)),
    set('s', b.constant(0)),
    set('span', b.sub(b.local('end'), origin)),
    // where the equations jump, a segment ends: they are asked only inside it, where `<` and `<=` say the same
    store({ base: l.control.first }, b.add(origin, b.mul(b.constant(ROUNDING), origin))),
    store({ base: l.control.last }, b.sub(b.local('end'), b.mul(b.constant(ROUNDING), b.local('end')))),
    // behind a jump: a step that was good behind the last one, or the first guess
    when(b.equal(b.load(step), b.constant(0)), [
      store({ base: step }, b.min(b.load(restart), span)),
      set('fresh', b.constant(1)),
    ]),
    when(b.equal(b.load(step), b.constant(0)), [run('first_step', span)]),
    set('rejections', b.constant(0)),
    loop(
      b.and(b.less(s, span), isWell(b, l)),
      set('rest', b.sub(span, s)),
      set('last', b.select(isLast, b.constant(1), b.constant(0))),
      set('h', tried),
      store({ base: l.control.h }, h),
      store({ base: l.control.inverse }, b.div(b.constant(1), h)),
      run('attempt'),
      bump(b, steps, 1),
      set('bad', b.select(b.less(b.load(l.control.error), b.constant(1e16)), b.constant(0), b.constant(1))),
      set(
        'error',
        b.select(
          b.equal(b.local('bad'), b.constant(1)),
          b.constant(1e6),
          b.max(b.load(l.control.error), b.constant(1e-20)),
        ),
      ),
      set('factor', b.max(b.constant(SHRINK), b.min(b.constant(GROW), factor))),
      when(b.lessEqual(error, b.constant(1)), accept(b, l, n), reject(b, l)),
      when(b.and(stuck, b.less(s, span)), [
        store(
          { base: status },
          b.select(
            b.equal(b.local('bad'), b.constant(1)),
            b.constant(STATUS.notFinite),
            b.constant(STATUS.stepTooSmall),
          ),
        ),
      ]),
      when(b.and(b.lessEqual(b.load(l.settings.mostSteps), b.load(steps)), b.less(s, span)), [
        store({ base: status }, b.constant(STATUS.stepLimit)),
      ]),
    ),
  ]
}

function accept(b: Builder, l: Layout, n: number): Statement[] {
  const { time, step, restart, state } = l.subject
  const isLast = b.equal(b.local('last'), b.constant(1))
  const grown = b.mul(
    b.local('h'),
    b.select(b.less(b.constant(0), b.local('rejections')), b.min(b.local('factor'), b.constant(1)), b.local('factor')),
  )
  return [
    set('s', b.select(isLast, b.local('span'), b.add(b.local('s'), b.local('h')))),
    set('reached', b.select(isLast, b.local('end'), b.add(b.local('origin'), b.local('s')))),
    run('show_until', b.local('reached'), b.local('end')),
    copy(b, state, l.next, n),
    store({ base: time }, b.local('reached')),
    when(b.equal(b.local('fresh'), b.constant(1)), [
      set('fresh', b.constant(0)),
      store(
        { base: restart },
        b.select(
          b.less(b.constant(0), b.local('rejections')),
          b.local('h'),
          b.min(grown, b.mul(b.constant(2), b.local('h'))),
        ),
      ),
    ]),
    // a step that was cut short by the end of the segment says nothing against the longer one
    store({ base: step }, b.select(b.less(b.local('h'), b.load(step)), b.max(grown, b.load(step)), grown)),
    set('rejections', b.constant(0)),
  ]
}

function reject(b: Builder, l: Layout): Statement[] {
  return [
    bump(b, l.subject.rejected, 1),
    set('rejections', b.add(b.local('rejections'), b.constant(1))),
    store({ base: l.subject.step }, b.mul(b.local('h'), b.local('factor'))),
  ]
}
