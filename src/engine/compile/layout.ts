// Where everything lies in a kernel's memory. One subject at a time is worked on in the workspace; all subjects of a batch rest in records behind it.

/** What a kernel carries of one subject, in this order in the workspace and in each record. */
const SUBJECT_SCALARS = [
  'time',
  'step',
  /** A step that was good right behind the last jump, to begin with behind the next. */
  'restart',
  'status',
  'steps',
  'rejected',
  'event',
  'eventEnd',
  'output',
  'row',
] as const

/** Numbers that the host sets before a run. */
const SETTINGS = ['relativeTolerance', 'mostSteps', 'showAfter', 'records', 'times', 'timesCount'] as const

type Scalars<K extends string> = Readonly<Record<K, number>>

export interface Layout {
  readonly settings: Scalars<(typeof SETTINGS)[number]>
  /** Slots of the subject in the workspace; `start` and `size` span them all. */
  readonly subject: Scalars<(typeof SUBJECT_SCALARS)[number]> & {
    readonly start: number
    readonly size: number
    readonly parameters: number
    readonly inputs: number
    /** One infusion rate per state. */
    readonly rates: number
    readonly state: number
  }
  /** The time at which the right-hand side is evaluated. */
  readonly now: number
  readonly tolerances: number
  /** What follows from parameters and inputs alone, computed once until one of them changes. */
  readonly hoisted: number
  /** The state at a stage, and the state after the step. */
  readonly stage: number
  readonly next: number
  readonly slope: number
  readonly drift: number
  readonly jacobian: number
  readonly factors: number
  readonly right: number
  readonly solution: number
  /** Stage vectors, one after the other. */
  readonly stages: number
  readonly dense: number
  /** Control of the step: size, its reciprocal, squared error, where in the step to interpolate; first and last time that the equations may see. */
  readonly control: Scalars<'h' | 'inverse' | 'error' | 'theta' | 'first' | 'last'>
  readonly slots: number
}

export interface Sizes {
  readonly parameters: number
  readonly inputs: number
  readonly states: number
  readonly stages: number
  readonly dense: number
  readonly hoisted?: number
  readonly jacobian?: number
  readonly factors?: number
}

/** Lays out the workspace; what comes behind `slots` is the host's: records, events, times, rows. */
export function layOut(sizes: Sizes): Layout {
  let free = 0
  const take = (count: number): number => {
    free += count
    return free - count
  }
  const scalars = <K extends string>(names: readonly K[]): Scalars<K> =>
    Object.fromEntries(names.map((name) => [name, take(1)])) as Scalars<K>
  const n = sizes.states
  const settings = scalars(SETTINGS)
  const start = free
  const vectors = { parameters: take(sizes.parameters), inputs: take(sizes.inputs), rates: take(n), state: take(n) }
  const subject = { start, ...vectors, ...scalars(SUBJECT_SCALARS), size: free - start }
  const fixed = {
    settings,
    subject,
    now: take(1),
    tolerances: take(n),
    stage: take(n),
    next: take(n),
    slope: take(n),
    drift: take(n),
    right: take(n),
    solution: take(n),
    stages: take(n * sizes.stages),
    dense: take(n * sizes.dense),
    control: scalars(['h', 'inverse', 'error', 'theta', 'first', 'last']),
  }
  // what is known only once the equations are lowered comes last, so that it moves nothing else
  return {
    ...fixed,
    hoisted: take(sizes.hoisted ?? 0),
    jacobian: take(sizes.jacobian ?? 0),
    factors: take(sizes.factors ?? 0),
    slots: free,
  }
}

/** One instant in a subject's schedule, as it lies in memory: when, what to do, to which slot of the record, with which value. */
export const EVENT_SLOTS = 4
export const EVENT_KINDS = { add: 0, set: 1 } as const

/** What became of a subject. Anything but 0 stops it where it is; `stopped` is by the wish of whoever carries it. */
export const STATUS = { ok: 0, stepLimit: 1, notFinite: 2, stepTooSmall: 3, stopped: 4 } as const
export type StatusName = keyof typeof STATUS
