// Rows: the outputs at the times asked for, from the state at an instant or from inside a step.
import type { Builder } from '../ir/build.ts'
import type { Routine, Statement } from '../ir/nodes.ts'
import { hidden, loop, repeat, run, store, when } from '../ir/statements.ts'
import { bump, isSet, isWell } from './flags.ts'
import type { Layout } from './layout.ts'

/**
 * Lists the routines that observe and show, of which others run `observe_here`, `write_row`, `next_row`, and `show_here`. They run `interpolate` and
 * `observe`.
 * @param outputs how many numbers a row has
 */
export const rowRoutines = (b: Builder, l: Layout, n: number, outputs: number): Routine[] => [
  hidden('observe_here', [], observeHere(b, l, n)),
  hidden('observe_inside', [], observeInside(b, l)),
  hidden('write_row', [], [writeRow(b, l, outputs)]),
  hidden('next_row', [], nextRow(b, l)),
  hidden('keep_row', [], [run('write_row'), ...passRow(b, l, outputs)]),
  hidden('show_here', [], showHere(b, l)),
]

/** Shows the rows inside the step just accepted, from the interpolant; what is due at the end of the segment waits for the events there. */
export function showInside(b: Builder, l: Layout): Statement {
  const c = l.control
  const next = b.load(c.nextRow)
  const due = b.and(isSet(b, c.accepted), b.and(b.less(next, b.load(c.end)), b.lessEqual(next, b.load(c.reached))))
  return when(due, [run('dense'), loop(due, run('observe_inside'), run('keep_row'))])
}

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
const writeRow = (b: Builder, l: Layout, outputs: number): Statement =>
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
