// The rows of a simulation by an event table, in the table's own convention: ID, TIME, EVID, every output, STATUS. A subject that goes no further ends
// with a row that says why and has no values.
import { type BasicType, parquetWriteBuffer } from 'hyparquet-writer'
import { cell, quoted, STATUS_WORDS } from './rows.ts'
import { type EventOutcome, type EventSimulation, looksOf } from './simulate-events.ts'

interface Row {
  readonly id: number
  readonly time?: number
  readonly kind?: number
  readonly status: string
  /** Where the values start in `rows`; absent where a subject stopped. */
  readonly at?: number
}

/** What became of a subject, in a word. */
export const outcomeWord = ({ progress, fault }: EventOutcome): string =>
  fault?.reason ?? (progress ? STATUS_WORDS[progress.status] : 'refused')

function* rowsOf(simulation: EventSimulation): Generator<Row> {
  let at = 0
  for (const outcome of simulation.outcomes) {
    const { subject, progress } = outcome
    const { id } = subject
    const looks = progress ? looksOf(simulation, subject) : []
    for (const look of looks.slice(0, progress?.rows ?? 0)) {
      yield { id, ...look, status: STATUS_WORDS.ok, at }
      at += simulation.outputs.length
    }
    const status = outcomeWord(outcome)
    if (status !== STATUS_WORDS.ok) yield { id, ...(progress && { time: progress.time }), status }
  }
}

/** Writes CSV: pieces of text, one or more lines each. */
export function* eventCsvOf(simulation: EventSimulation): Generator<string> {
  const { outputs, rows } = simulation
  let piece = `${['ID', 'TIME', 'EVID', ...outputs.map(({ name }) => quoted(name)), 'STATUS'].join(',')}\n`
  for (const { id, time, kind, status, at } of rowsOf(simulation)) {
    piece += `${id},${cell(time)},${cell(kind)}`
    for (let i = 0; i < outputs.length; i++) piece += `,${at === undefined ? '' : cell(rows[at + i])}`
    piece += `,${status}\n`
    if (piece.length > 65_536) {
      yield piece
      piece = ''
    }
  }
  yield piece
}

/** Writes Parquet with the same columns as the CSV; units stand in the file's key-value metadata under `unit.<column>`. */
export function eventParquetOf(simulation: EventSimulation): Uint8Array {
  const { outputs, rows, model } = simulation
  const list = [...rowsOf(simulation)]
  const column = (
    name: string,
    type: BasicType,
    nullable: boolean,
    pick: (row: Row) => number | string | undefined,
  ) => ({
    name,
    type,
    nullable,
    data: list.map((row) => {
      const value = pick(row)
      return value === undefined || (typeof value === 'number' && !Number.isFinite(value)) ? null : value
    }),
  })
  const buffer = parquetWriteBuffer({
    columnData: [
      column('ID', 'INT32', false, ({ id }) => id),
      column('TIME', 'DOUBLE', true, ({ time }) => time),
      column('EVID', 'INT32', true, ({ kind }) => kind),
      ...outputs.map(({ name }, i) =>
        column(name, 'DOUBLE', true, ({ at }) => (at === undefined ? undefined : rows[at + i])),
      ),
      column('STATUS', 'STRING', false, ({ status }) => status),
    ],
    kvMetadata: [
      { key: 'unit.TIME', value: model.time.text },
      ...outputs.map(({ name, unit }) => ({ key: `unit.${name}`, value: unit })),
    ],
  })
  return new Uint8Array(buffer)
}
