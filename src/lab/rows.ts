// The rows of a simulation as tables for the world: CSV text and Parquet bytes, the same numbers in both. A subject that failed ends with a row
// that has its status and no values.
import { type BasicType, parquetWriteBuffer } from 'hyparquet-writer'
import type { Simulation } from './simulate.ts'

interface Row {
  readonly id: number
  readonly time: number
  readonly status: string
  /** Where the values start in `rows`; absent where a subject failed. */
  readonly at?: number
}

/** The statuses as files write them. */
export const STATUS_WORDS = {
  ok: 'ok',
  stepLimit: 'step-limit',
  notFinite: 'not-finite',
  stepTooSmall: 'step-too-small',
  stopped: 'stopped',
} as const

function* rowsOf({ progress, rowStarts, times, outputs, subjects }: Simulation): Generator<Row> {
  for (let subject = 0; subject < subjects; subject++) {
    const p = progress[subject]
    if (!p) throw new Error(`There is no subject ${subject} of ${subjects}`)
    const from = rowStarts[subject] ?? 0
    for (let k = 0; k < p.rows; k++)
      yield { id: subject + 1, time: times[k] ?? NaN, status: STATUS_WORDS.ok, at: (from + k) * outputs.length }
    if (p.status !== 'ok') yield { id: subject + 1, time: p.time, status: STATUS_WORDS[p.status] }
  }
}

/** A cell: the shortest text that reads back as the same number; empty where the number is not finite. */
export const cell = (value: number | undefined): string =>
  value === undefined || !Number.isFinite(value) ? '' : String(value)

/** A cell of text. */
export const quoted = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

/** Writes CSV with the columns id, time, every output, status: pieces of text, one or more lines each. */
export function* csvOf(simulation: Simulation): Generator<string> {
  const { outputs, rows } = simulation
  const width = outputs.length
  let piece = `${['id', 'time', ...outputs.map(({ name }) => quoted(name)), 'status'].join(',')}\n`
  for (const row of rowsOf(simulation)) {
    piece += `${row.id},${cell(row.time)}`
    for (let i = 0; i < width; i++) piece += `,${row.at === undefined ? '' : cell(rows[row.at + i])}`
    piece += `,${row.status}\n`
    if (piece.length > 65_536) {
      yield piece
      piece = ''
    }
  }
  yield piece
}

/** Writes Parquet with the same columns as the CSV; units stand in the file's key-value metadata under `unit.<column>`. */
export function parquetOf(simulation: Simulation): Uint8Array {
  const { outputs, rows, model } = simulation
  const list = [...rowsOf(simulation)]
  const values = (i: number): (number | null)[] =>
    list.map(({ at }) => {
      const value = at === undefined ? undefined : rows[at + i]
      return value !== undefined && Number.isFinite(value) ? value : null
    })
  const column = (
    name: string,
    data: unknown[],
    type: BasicType,
    nullable: boolean,
  ): { name: string; data: unknown[]; type: BasicType; nullable: boolean } => ({ name, data, type, nullable })
  const buffer = parquetWriteBuffer({
    columnData: [
      column(
        'id',
        list.map(({ id }) => id),
        'INT32',
        false,
      ),
      column(
        'time',
        list.map(({ time }) => time),
        'DOUBLE',
        false,
      ),
      ...outputs.map(({ name }, i) => column(name, values(i), 'DOUBLE', true)),
      column(
        'status',
        list.map(({ status }) => status),
        'STRING',
        false,
      ),
    ],
    kvMetadata: [
      { key: 'unit.time', value: model.time.text },
      ...outputs.map(({ name, unit }) => ({ key: `unit.${name}`, value: unit })),
    ],
  })
  return new Uint8Array(buffer)
}
