// A batch of subjects in a kernel's memory: put in, carried to a time, changed, looked at, read out. Their state stays there between visits.
import type { CompiledModel } from '../compile/compile.ts'
import { EVENT_KINDS, EVENT_SLOTS, STATUS, type StatusName } from '../compile/layout.ts'
import type { RunningKernel } from '../ir/nodes.ts'
import type { Instant } from './schedule.ts'

export interface Subject {
  /** One value per parameter of the model, in its order and units. */
  readonly parameters: ArrayLike<number>
  /** One value per input at time 0. */
  readonly inputs: ArrayLike<number>
  /** By time. */
  readonly instants: readonly Instant[]
  /** Where to go on from, in place of the model's own start at time 0. */
  readonly from?: { readonly time: number; readonly state: ArrayLike<number> }
}

/** A change at the present time. After one of a state or a rate the step is sought anew; after one of an input it is kept. */
export type Change = Omit<Instant, 'time'>

export interface Settings {
  /** Times of the rows, rising, in the model's unit. */
  readonly times: ArrayLike<number>
  readonly relativeTolerance: number
  /** Steps after which a subject is stopped. */
  readonly mostSteps: number
  /** What a row shows that falls on a dose: the state after it or before it. */
  readonly atDose: 'after' | 'before'
}

export const DEFAULT_SETTINGS = { relativeTolerance: 1e-6, mostSteps: 100_000, atDose: 'after' } as const

/** What became of one subject so far. `time` is where it stands. */
export interface Progress {
  readonly status: StatusName
  readonly time: number
  readonly steps: number
  readonly rejected: number
  /** Rows written so far. */
  readonly rows: number
}

export interface Batch {
  readonly count: number
  /** Carries all subjects to a time. Those that failed stay where they are. */
  advance(until: number): void
  progress(subject: number): Progress
  /** Changes a subject where it stands, between two advances. What is not finite stops it. */
  change(subject: number, change: Change): void
  /** Leaves a subject where it stands for good: later advances cost it nothing. */
  stop(subject: number): void
  /** Computes the outputs of all subjects where they stand; `seen` shows them until the next advance or look. */
  look(): void
  /** The outputs at the last look. A view. */
  seen(subject: number): Float64Array
  /** The rows of a subject, one after the other, as many as `progress` says. A view: copy it to keep it. */
  rows(subject: number): Float64Array
  /** The state where the subject stands. A view. */
  state(subject: number): Float64Array
}

/** Subjects a call: V8 changes to its faster code only between calls. Two lanes are then in use for 97 % of the steps of short visits, for 99 % at 64. */
const PER_CALL = 16

const NAMES = Object.keys(STATUS) as StatusName[]

/** Slots that a batch needs behind the workspace. */
export function slotsOf(compiled: CompiledModel, subjects: number, instants: number, times: number): number {
  return (
    subjects * (compiled.layout.subject.size + (times + 1) * compiled.outputs.length) + instants * EVENT_SLOTS + times
  )
}

/**
 * Puts subjects into a kernel and starts them at time 0.
 * @throws if a subject has the wrong number of parameters or inputs, or if times are negative, fall or are NaN: our bug
 */
export function openBatch(
  kernel: RunningKernel,
  compiled: CompiledModel,
  subjects: readonly Subject[],
  settings: Settings,
): Batch {
  const { layout: l, outputs } = compiled
  const { size } = l.subject
  const count = subjects.length
  const times = settings.times.length
  const instants = subjects.reduce((sum, s) => sum + s.instants.length, 0)
  const records = kernel.slots
  const timesAt = records + count * size
  const events = timesAt + times
  const rows = events + instants * EVENT_SLOTS
  checkTimes('times of the rows', settings.times)
  for (const [i, s] of subjects.entries())
    checkTimes(
      `instants of subject ${i}`,
      s.instants.map(({ time }) => time),
    )
  kernel.reserve(kernel.slots + slotsOf(compiled, count, instants, times))
  const memory = kernel.memory
  const offset = (slot: number): number => slot - l.subject.start
  memory.fill(0, 0, timesAt)
  memory[l.settings.relativeTolerance] = settings.relativeTolerance
  memory[l.settings.mostSteps] = settings.mostSteps
  memory[l.settings.showAfter] = settings.atDose === 'after' ? 1 : 0
  memory[l.settings.records] = records
  memory[l.settings.times] = timesAt
  memory[l.settings.timesCount] = times
  memory.set(settings.times, timesAt)
  for (const [i, { tolerance }] of compiled.states.entries())
    memory[l.tolerances + i] = tolerance ?? settings.relativeTolerance * 1e-3
  let event = events
  for (const [i, subject] of subjects.entries()) {
    if (subject.parameters.length !== compiled.parameters || subject.inputs.length !== compiled.inputs)
      throw new Error(
        `Subject ${i} has ${subject.parameters.length} parameters and ${subject.inputs.length} inputs; the model has ${compiled.parameters} and ${compiled.inputs}`,
      )
    const record = records + i * size
    memory.set(subject.parameters, record + offset(l.subject.parameters))
    memory.set(subject.inputs, record + offset(l.subject.inputs))
    memory[record + offset(l.subject.event)] = event
    memory[record + offset(l.subject.eventEnd)] = event + subject.instants.length * EVENT_SLOTS
    memory[record + offset(l.subject.row)] = rows + i * (times + 1) * outputs.length
    for (const instant of subject.instants) {
      const region = { state: l.subject.state, input: l.subject.inputs, rate: l.subject.rates }[instant.what]
      memory.set([instant.time, EVENT_KINDS[instant.change], offset(region + instant.at), instant.value], event)
      event += EVENT_SLOTS
    }
  }
  const each = (work: (first: number, size: number) => void): void => {
    for (let first = 0; first < count; first += PER_CALL) work(first, Math.min(PER_CALL, count - first))
  }
  each((first, n) => kernel.run('begin', first, n))
  for (const [i, { from }] of subjects.entries()) {
    if (!from) continue
    if (from.state.length !== compiled.states.length)
      throw new Error(`Subject ${i} goes on from ${from.state.length} states; the model has ${compiled.states.length}`)
    const record = records + i * size
    kernel.memory.set(from.state, record + offset(l.subject.state))
    kernel.memory[record + offset(l.subject.time)] = from.time
  }
  const field = (subject: number, slot: number): number => kernel.memory[records + subject * size + offset(slot)] ?? NaN
  return {
    count,
    advance: (until) => {
      if (!Number.isFinite(until)) throw new Error(`Cannot advance to ${until}; the time must be finite`)
      each((first, n) => kernel.run('advance', first, n, until))
    },
    progress: (subject) => ({
      status: NAMES[field(subject, l.subject.status)] ?? 'notFinite',
      time: field(subject, l.subject.time),
      steps: field(subject, l.subject.steps),
      rejected: field(subject, l.subject.rejected),
      rows: field(subject, l.subject.output),
    }),
    change: (subject, { what, change, at, value }) => {
      const present = kernel.memory
      const record = records + subject * size
      const region = { state: l.subject.state, input: l.subject.inputs, rate: l.subject.rates }[what]
      const slot = record + offset(region + at)
      const changed = change === 'add' ? (present[slot] ?? NaN) + value : value
      present[slot] = changed
      present[record + offset(l.subject.step)] = 0
      if (!Number.isFinite(changed)) present[record + offset(l.subject.status)] = STATUS.notFinite
    },
    stop: (subject) => {
      kernel.memory[records + subject * size + offset(l.subject.status)] = STATUS.stopped
    },
    look: () => each((first, n) => kernel.run('look', first, n)),
    seen: (subject) => {
      const from = field(subject, l.subject.row)
      return kernel.memory.subarray(from, from + outputs.length)
    },
    rows: (subject) => {
      const from = rows + subject * (times + 1) * outputs.length
      return kernel.memory.subarray(from, from + field(subject, l.subject.output) * outputs.length)
    },
    state: (subject) => {
      const from = records + subject * size + offset(l.subject.state)
      return kernel.memory.subarray(from, from + compiled.states.length)
    },
  }
}

// The kernel trusts its lists: after a fall in time it would show a later state as an earlier one, and a NaN it would never reach.
function checkTimes(what: string, times: ArrayLike<number>): void {
  for (let i = 0, before = 0; i < times.length; i++) {
    const time = times[i] ?? NaN
    if (!(time >= before)) throw new Error(`The ${what} must be at least 0 and in order; found ${time} after ${before}`)
    before = time
  }
}
