// What carries subjects through time: steps between instants, events at instants, rows at the times asked for. Written once in the kernel language, so
// that every backend makes the same decisions from the same bits. What every step needs is without branches, so that a backend can do it for several
// subjects at once; the rest waits until a subject has arrived at an instant.
import type { Builder } from '../ir/build.ts'
import type { Bool, Num, Routine, Statement, Sweep } from '../ir/nodes.ts'
import { loop, repeat, run, set, store, when } from '../ir/statements.ts'
import { oneByOne } from '../ir/sweep.ts'
import { EVENT_KINDS, EVENT_SLOTS, type Layout, STATUS } from './layout.ts'

/** Rejections in a row after which a subject is given up: the step has then shrunk by a factor of 1e39 or more. */
const MOST_REJECTIONS = 60
/** Bounds of the change of the step size, and its safety factor (Hairer and Wanner, IV.8). */
const SHRINK = 0.15
const GROW = 6
const SAFETY = 0.9

/** 2^-52: a time times this is the least that can be added to it. */
const ROUNDING = 2.220446049250313e-16

export interface Counts {
  readonly states: number
  /** How many numbers a row has. */
  readonly outputs: number
}

/**
 * Lists the routines of the integrator and how they sweep over subjects. They run `prologue`, `initialise`, `linearise`, `attempt`, `dense`,
 * `interpolate` and `observe`, which the model and the method give. Exported are `begin(first, count)`, `advance(first, count, until)`, and
 * `look(first, count)`, which writes the outputs of the present state where the next row will come.
 * @param order the order of the method
 */
export function integrator(
  b: Builder,
  order: number,
  l: Layout,
  { states: n, outputs }: Counts,
): { routines: Routine[]; sweeps: Sweep[] } {
  const routine = (name: string, params: readonly string[], body: readonly Statement[]): Routine => ({
    name,
    params,
    body,
    exported: false,
  })
  const end = store({ base: l.control.more }, b.constant(0))
  const more = isSet(b, l.control.more)
  const sweep = (name: string, turn: readonly Statement[]): Sweep => ({
    name,
    params: [],
    enter: 'take_up',
    test: more,
    turn,
    leave: 'lay_down',
  })
  const sweeps: Sweep[] = [
    sweep('begin', [run('prologue'), run('initialise'), run('check_start'), end]),
    { ...sweep('advance', turn(b, l)), params: ['until'], enter: 'set_out' },
    sweep('look', [run('prologue'), run('observe_here'), run('write_row'), end]),
  ]
  const routines = [
    routine('take_up', ['item'], takeUp(b, l)),
    routine('lay_down', ['item'], layDown(b, l)),
    routine('check_start', [], requireFinite(b, l, n, b.load(l.subject.state, 'i'))),
    routine('observe_here', [], observeHere(b, l, n)),
    routine('observe_inside', [], observeInside(b, l)),
    routine('write_row', [], [copyOut(b, l, outputs)]),
    routine('next_row', [], nextRow(b, l)),
    routine('keep_row', [], [run('write_row'), ...passRow(b, l, outputs)]),
    routine('show_here', [], showHere(b, l)),
    routine('first_step', [], firstStep(b, l, n)),
    routine('happen', [], happen(b, l)),
    routine('arrive', ['until'], arrive(b, l)),
    routine('set_out', ['item', 'until'], setOut(b, l)),
    routine('plan', [], plan(b, l)),
    routine('judge', [], judge(b, l, order)),
    routine('move', [], move(b, l, n)),
    ...sweeps.map((one) => oneByOne(b, one)),
  ]
  return { routines, sweeps }
}

/** Flags are numbers, 1 and 0. */
const flag = (b: Builder, test: Bool): Num => b.select(test, b.constant(1), b.constant(0))
const isSet = (b: Builder, slot: number): Bool => b.equal(b.load(slot), b.constant(1))

const bump = (b: Builder, slot: number, by: number): Statement =>
  store({ base: slot }, b.add(b.load(slot), b.constant(by)))

const isWell = (b: Builder, l: Layout): Bool => b.equal(b.load(l.subject.status), b.constant(STATUS.ok))

// ---- subjects between their records and the workspace

const recordOf = (b: Builder, l: Layout): Statement =>
  set('record', b.add(b.load(l.settings.records), b.mul(b.local('item'), b.constant(l.subject.size))))

function takeUp(b: Builder, l: Layout): Statement[] {
  const { start, size } = l.subject
  return [
    recordOf(b, l),
    repeat('i', size, store({ base: start, index: 'i' }, b.far(0, b.local('record'), 'i'))),
    store({ base: l.control.more }, b.constant(1)),
  ]
}

// parameters never change
function layDown(b: Builder, l: Layout): Statement[] {
  const { start, inputs, size } = l.subject
  const to = { base: inputs - start, index: 'i', pointer: b.local('record'), far: true } as const
  return [recordOf(b, l), repeat('i', size - (inputs - start), store(to, b.load(inputs, 'i')))]
}

function setOut(b: Builder, l: Layout): Statement[] {
  return [run('take_up', b.local('item')), run('prologue'), run('next_row'), run('arrive', b.local('until'))]
}

/** The subject fails unless all of `count` values are finite, where `value` is the one at the loop counter `i`. */
const requireFinite = (b: Builder, l: Layout, count: number, value: Num): Statement[] => [
  set('sum', b.constant(0)),
  repeat('i', count, set('sum', b.add(b.local('sum'), b.sub(value, value)))), // Inf - Inf is NaN too
  store(
    { base: l.subject.status },
    b.select(b.equal(b.local('sum'), b.constant(0)), b.load(l.subject.status), b.constant(STATUS.notFinite)),
  ),
]

// ---- instants

// Events at the present time, rows at the present time, then a segment to the next instant, unless `until` is reached or the subject has failed.
function arrive(b: Builder, l: Layout): Statement[] {
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
function happen(b: Builder, l: Layout): Statement[] {
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
function firstStep(b: Builder, l: Layout, n: number): Statement[] {
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

// ---- rows

const nextRow = (b: Builder, l: Layout): Statement[] => [
  when(
    b.less(b.load(l.subject.output), b.load(l.settings.timesCount)),
    [store({ base: l.control.nextRow }, b.far(0, b.add(b.load(l.settings.times), b.load(l.subject.output))))],
    [store({ base: l.control.nextRow }, b.constant(Infinity))],
  ),
]

function observeHere(b: Builder, l: Layout, n: number): Statement[] {
  return [
    repeat('i', n, store({ base: l.stage, index: 'i' }, b.load(l.subject.state, 'i'))),
    store({ base: l.now }, b.load(l.subject.time)),
    run('observe'),
  ]
}

function observeInside(b: Builder, l: Layout): Statement[] {
  const share = b.mul(b.sub(b.load(l.control.nextRow), b.load(l.subject.time)), b.load(l.control.inverse))
  return [
    store({ base: l.control.theta }, b.min(share, b.constant(1))),
    run('interpolate'),
    store({ base: l.now }, b.load(l.control.nextRow)),
    run('observe'),
  ]
}

// An output may be undefined where the state is well (the logarithm of a concentration before the first dose): the row is written as it is, and
// whoever reads it tells of such cells.
const copyOut = (b: Builder, l: Layout, outputs: number): Statement =>
  repeat(
    'i',
    outputs,
    store({ base: 0, index: 'i', pointer: b.load(l.subject.row), far: true }, b.load(l.outputs, 'i')),
  )

const passRow = (b: Builder, l: Layout, outputs: number): Statement[] => [
  bump(b, l.subject.row, outputs),
  bump(b, l.subject.output, 1),
  run('next_row'),
]

// rows that are due exactly here, from the state itself
const showHere = (b: Builder, l: Layout): Statement[] => [
  loop(
    b.and(isWell(b, l), b.lessEqual(b.load(l.control.nextRow), b.load(l.subject.time))),
    run('observe_here'),
    run('keep_row'),
  ),
]

// ---- steps

// One step of one subject; what it does before it has arrived is without branches but for the rows inside the step.
function turn(b: Builder, l: Layout): Statement[] {
  const c = l.control
  const next = b.load(c.nextRow)
  // what is due at the end of the segment waits for the events there
  const due = b.and(isSet(b, c.accepted), b.and(b.less(next, b.load(c.end)), b.lessEqual(next, b.load(c.reached))))
  return [
    run('plan'),
    run('attempt'),
    run('judge'),
    when(due, [run('dense'), loop(due, run('observe_inside'), run('keep_row'))]),
    run('move'),
    when(isSet(b, c.arrived), [run('arrive', b.local('until'))]),
  ]
}

function plan(b: Builder, l: Layout): Statement[] {
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
function judge(b: Builder, l: Layout, order: number): Statement[] {
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
function move(b: Builder, l: Layout, n: number): Statement[] {
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
