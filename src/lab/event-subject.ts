// The rows of one subject of an event table as one array of numbers, which is quick to post to a thread, and back to records.
import { type EventKind, type EventRecord, lookAt } from '#engine'

/** What a row holds before the values of the inputs, in this order. */
const FIELDS = [
  'line',
  'time',
  'kind',
  'state',
  'amount',
  'rate',
  'every',
  'more',
  'steady',
  'lag',
  'share',
  'duration',
] as const

export type RowNumbers = Readonly<Record<(typeof FIELDS)[number], number>> & { readonly inputs: readonly number[] }

export interface EventSubject {
  readonly id: number
  /** The line at which its rows begin. */
  readonly line: number
  /** How many of its rows show it. */
  readonly looks: number
  /** Rows, each as wide as the fields and the inputs; absent if something is wrong with one of them. */
  readonly rows?: Float64Array
}

/** Packs the rows of a subject. */
export const packRows = (rows: readonly RowNumbers[]): Float64Array =>
  Float64Array.from(rows.flatMap((row) => [...FIELDS.map((field) => row[field]), ...row.inputs]))

/** A record with the line it stands in; a time of the grid stands in none. */
export interface LinedRecord {
  readonly line: number
  readonly record: EventRecord
}

/**
 * Unpacks the records of a subject, in the order of time, with those of a grid of looks among them.
 * @param inputs how many inputs have a column
 * @param grid rising times at which everybody is looked at
 */
export function recordsOf(
  { rows = new Float64Array() }: EventSubject,
  inputs: number,
  grid: readonly number[],
): LinedRecord[] {
  const width = FIELDS.length + inputs
  const own = Array.from({ length: rows.length / width }, (_, k): LinedRecord => {
    const row = rows.subarray(k * width, (k + 1) * width)
    const field = (name: (typeof FIELDS)[number]): number => row[FIELDS.indexOf(name)] ?? NaN
    return {
      line: field('line'),
      record: {
        time: field('time'),
        kind: field('kind') as EventKind,
        state: field('state'),
        amount: field('amount'),
        rate: field('rate'),
        every: field('every'),
        more: field('more'),
        steady: field('steady') as 0 | 1 | 2,
        lag: field('lag'),
        share: field('share'),
        duration: field('duration'),
        inputs: Array.from(row.subarray(FIELDS.length)),
      },
    }
  })
  if (grid.length === 0) return own
  const nothing = Array.from({ length: inputs }, () => NaN)
  return [...own, ...grid.map((time) => ({ line: 0, record: lookAt(time, nothing) }))].toSorted(
    (a, b) => a.record.time - b.record.time,
  )
}
