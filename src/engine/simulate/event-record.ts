// One row of an event table, as pharmacometricians write them, in the model's own units and with states by number. The words are NONMEM's, so that
// whoever knows them can read this; docs/events.md says what each one means here.

/** What a row is: a look, a dose, another event, a reset, a reset and a dose. */
export type EventKind = 0 | 1 | 2 | 3 | 4

export interface EventRecord {
  readonly time: number
  readonly kind: EventKind
  /** Where a dose goes. */
  readonly state: number
  readonly amount: number
  /** Above 0 the rate of an infusion, 0 a dose at once, -1 and -2 an infusion whose rate or duration is said elsewhere. */
  readonly rate: number
  /** Time between the doses of a series, and how many follow the first. */
  readonly every: number
  readonly more: number
  /** 1: the state becomes what such doses lead to; 2: that is added to it. */
  readonly steady: 0 | 1 | 2
  /** NaN where the row leaves it to the model: time until a dose arrives, share of it that does, duration of an infusion. */
  readonly lag: number
  readonly share: number
  readonly duration: number
  /** One value per moving input; NaN where the row has none. */
  readonly inputs: readonly number[]
}

/** A row that only shows the subject. */
export const lookAt = (time: number, inputs: readonly number[]): EventRecord => ({
  time,
  kind: 0,
  state: -1,
  amount: 0,
  rate: 0,
  every: 0,
  more: 0,
  steady: 0,
  lag: NaN,
  share: NaN,
  duration: NaN,
  inputs,
})

export const isDose = ({ kind }: Pick<EventRecord, 'kind'>): boolean => kind === 1 || kind === 4
export const isReset = ({ kind }: Pick<EventRecord, 'kind'>): boolean => kind === 3 || kind === 4
/** Rows that show the subject. */
export const isLook = ({ kind }: Pick<EventRecord, 'kind'>): boolean => kind === 0 || kind === 2
