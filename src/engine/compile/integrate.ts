// What carries subjects through time: steps between instants, events at instants, rows at the times asked for. Written once in the kernel language, so
// that every backend makes the same decisions from the same bits. What every step needs is without branches, so that a backend can do it for several
// subjects at once; the rest waits until a subject has arrived at an instant.
import type { Builder } from '../ir/build.ts'
import type { Routine, Statement, Sweep } from '../ir/nodes.ts'
import { hidden, repeat, run, set, store, when } from '../ir/statements.ts'
import { oneByOne } from '../ir/sweep.ts'
import { isSet, requireFinite } from './flags.ts'
import { arrive, firstStep, happen } from './instants.ts'
import type { Layout } from './layout.ts'
import { judge, move, plan } from './pace.ts'
import { rowRoutines, showInside } from './rows.ts'

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
  const end = store({ base: l.control.more }, b.constant(0))
  const more = isSet(b, l.control.more)
  const sweep = (name: string, turn: readonly Statement[]): Sweep => {
    return { name, params: [], enter: 'take_up', test: more, turn, leave: 'lay_down' }
  }
  const sweeps: Sweep[] = [
    sweep('begin', [run('prologue'), run('initialise'), run('check_start'), end]),
    { ...sweep('advance', stepOn(b, l)), params: ['until'], enter: 'set_out' },
    sweep('look', [run('prologue'), run('observe_here'), run('write_row'), end]),
  ]
  const routines = [
    hidden('take_up', ['item'], takeUp(b, l)),
    hidden('lay_down', ['item'], layDown(b, l)),
    hidden('check_start', [], requireFinite(b, l, n, b.load(l.subject.state, 'i'))),
    ...rowRoutines(b, l, n, outputs),
    hidden('first_step', [], firstStep(b, l, n)),
    hidden('happen', [], happen(b, l)),
    hidden('arrive', ['until'], arrive(b, l)),
    hidden('set_out', ['item', 'until'], setOut(b)),
    hidden('plan', [], plan(b, l)),
    hidden('judge', [], judge(b, l, order)),
    hidden('move', [], move(b, l, n)),
    ...sweeps.map((one) => oneByOne(b, one)),
  ]
  return { routines, sweeps }
}

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

const setOut = (b: Builder): Statement[] => [
  run('take_up', b.local('item')),
  run('prologue'),
  run('next_row'),
  run('arrive', b.local('until')),
]

// One step of one subject; what it does before it has arrived is without branches but for the rows inside the step.
const stepOn = (b: Builder, l: Layout): Statement[] => [
  run('plan'),
  run('attempt'),
  run('judge'),
  showInside(b, l),
  run('move'),
  when(isSet(b, l.control.arrived), [run('arrive', b.local('until'))]),
]
