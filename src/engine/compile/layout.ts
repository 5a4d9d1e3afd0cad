// Where everything lies in a kernel's memory: what all subjects share, then the workspace that a subject needs while it is worked on. All subjects of
// a batch rest in records behind that.

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

/** What the stepper keeps of the subject that it works on, between one step and the next. */
const CONTROL = [
  /** Size of the step and its reciprocal, its squared error, where in it to interpolate. */
  'h',
  'inverse',
  'error',
  'theta',
  /** First and last time that the equations may see. */
  'first',
  'last',
  /** The segment: where it begins and ends, its length, and how much of it is done. */
  'origin',
  'end',
  'span',
  's',
  /** Of the step: whether it is the segment's last, how far it leads, by what it suggests to change the size. */
  'isLast',
  'reached',
  'factor',
  'isBad',
  'accepted',
  /** Rejections in a row; whether no step was accepted yet since the last jump. */
  'rejections',
  'fresh',
  /** When the next row is due, Infinity if none is. */
  'nextRow',
  /** Whether the segment is over, and whether there is more to do. */
  'arrived',
  'more',
] as const

type Scalars<K extends string> = Readonly<Record<K, number>>

export interface Layout {
  readonly settings: Scalars<(typeof SETTINGS)[number]>
  readonly tolerances: number
  /** Here begins the workspace: what stands before is the same for all subjects. */
  readonly own: number
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
  /** A half solved right-hand side, by eliminated coordinate; only where the system has a block. */
  readonly half: number
  /** Stage vectors, one after the other. */
  readonly stages: number
  readonly dense: number
  /** The outputs where the subject was last observed. */
  readonly outputs: number
  readonly control: Scalars<(typeof CONTROL)[number]>
  readonly slots: number
}

export interface Sizes {
  readonly parameters: number
  readonly inputs: number
  readonly states: number
  readonly stages: number
  readonly dense: number
  readonly outputs: number
  readonly hoisted?: number
  readonly jacobian?: number
  readonly factors?: number
  readonly half?: number
}

/** Vectors of two lanes are read faster where they stand at multiples of their size. */
const ALIGNED = 2

/** Lays out the kernel's slots; what comes behind them is the host's: records, events, times, rows. */
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
  const tolerances = take(n)
  take(free % ALIGNED)
  const start = free
  const vectors = { parameters: take(sizes.parameters), inputs: take(sizes.inputs), rates: take(n), state: take(n) }
  const subject = { start, ...vectors, ...scalars(SUBJECT_SCALARS), size: free - start }
  const fixed = {
    settings,
    tolerances,
    own: start,
    subject,
    now: take(1),
    stage: take(n),
    next: take(n),
    slope: take(n),
    drift: take(n),
    right: take(n),
    solution: take(n),
    stages: take(n * sizes.stages),
    dense: take(n * sizes.dense),
    outputs: take(sizes.outputs),
    control: scalars(CONTROL),
  }
  // what is known only once the equations are lowered comes last, so that it moves nothing else
  return {
    ...fixed,
    hoisted: take(sizes.hoisted ?? 0),
    jacobian: take(sizes.jacobian ?? 0),
    factors: take(sizes.factors ?? 0),
    half: take(sizes.half ?? 0),
    slots: free,
  }
}

/** One instant in a subject's schedule, as it lies in memory: when, what to do, to which slot of the record, with which value. */
export const EVENT_SLOTS = 4
export const EVENT_KINDS = { add: 0, set: 1 } as const

/** What became of a subject. Anything but 0 stops it where it is; `stopped` is by the wish of whoever carries it. */
export const STATUS = { ok: 0, stepLimit: 1, notFinite: 2, stepTooSmall: 3, stopped: 4 } as const
export type StatusName = keyof typeof STATUS
