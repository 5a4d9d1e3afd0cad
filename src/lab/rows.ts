// The rows of a simulation as tables for the world, piece after piece: CSV text and Parquet bytes, the same numbers in both. A subject that failed ends
// with a row that has its status and no values.
import { type BasicType, ByteWriter, type ColumnSource, ParquetWriter, schemaFromColumnData } from 'hyparquet-writer'
import type { Output } from '#engine'
import type { RowsPiece } from './simulate.ts'

/** What stands above all rows. */
export interface RowsHead {
  readonly outputs: readonly Pick<Output, 'name' | 'unit'>[]
  readonly timeUnit: string
}

/** A table being written: what comes out goes into the file, in this order. */
export interface RowsTable {
  begin(): Iterable<string | Uint8Array>
  add(piece: RowsPiece): Iterable<string | Uint8Array>
  end(): Iterable<string | Uint8Array>
}

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

function* rowsOf({ first, progress, times }: RowsPiece, width: number): Generator<Row> {
  let at = 0
  for (const [i, p] of progress.entries()) {
    const id = first + i + 1
    for (let k = 0; k < p.rows; k++, at += width) yield { id, time: times[k] ?? NaN, status: STATUS_WORDS.ok, at }
    if (p.status !== 'ok') yield { id, time: p.time, status: STATUS_WORDS[p.status] }
  }
}

/** A cell: the shortest text that reads back as the same number; empty where the number is not finite. */
export const cell = (value: number | undefined): string =>
  value === undefined || !Number.isFinite(value) ? '' : String(value)

/** A text as a cell. */
export const quoted = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

const TEXT_PIECE = 1 << 18 // characters

/** Writes CSV with the columns id, time, every output, status. */
export function csvTable({ outputs }: RowsHead): RowsTable {
  const width = outputs.length
  return {
    begin: () => [`${['id', 'time', ...outputs.map(({ name }) => quoted(name)), 'status'].join(',')}\n`],
    *add(piece) {
      let text = ''
      for (const row of rowsOf(piece, width)) {
        text += `${row.id},${cell(row.time)}`
        for (let i = 0; i < width; i++) text += `,${row.at === undefined ? '' : cell(piece.rows[row.at + i])}`
        text += `,${row.status}\n`
        if (text.length < TEXT_PIECE) continue
        yield text
        text = ''
      }
      yield text
    },
    end: () => [],
  }
}

const GROUP_ROWS = 100_000
const GROUP_NUMBERS = 1_000_000

/**
 * Writes Parquet with the same columns as the CSV; units stand in the file's key-value metadata under `unit.<column>`. Rows wait until they fill a
 * group, so that a group does not depend on how the pieces were cut.
 */
export function parquetTable({ outputs, timeUnit }: RowsHead): RowsTable {
  const size = Math.max(1, Math.min(GROUP_ROWS, Math.floor(GROUP_NUMBERS / (outputs.length + 2))))
  const group = openGroup(outputs, size)
  const bytes = new ByteWriter() // without a flush of its own, so that the writer waits for nothing
  const writer = new ParquetWriter({
    writer: bytes,
    schema: schemaFromColumnData({ columnData: group.columns(0) }),
    kvMetadata: [
      { key: 'unit.time', value: timeUnit },
      ...outputs.map(({ name, unit }) => ({ key: `unit.${name}`, value: unit })),
    ],
  })
  const flush = (): Uint8Array => {
    const written = bytes.getBytes().slice()
    bytes.index = 0 // the offset goes on counting: places in the file are told by it
    return written
  }
  const writeGroup = (): Uint8Array => {
    void writer.write({ columnData: group.columns(group.rows), rowGroupSize: size })
    group.rows = 0
    return flush()
  }
  return {
    begin: () => [],
    *add(piece) {
      for (const row of rowsOf(piece, outputs.length)) {
        group.add(row, piece.rows)
        if (group.rows === size) yield writeGroup()
      }
    },
    *end() {
      if (group.rows > 0) yield writeGroup()
      void writer.finish()
      yield flush()
    },
  }
}

/** The rows of one group, by column. */
function openGroup(outputs: RowsHead['outputs'], size: number) {
  const ids = new Int32Array(size)
  const times = new Float64Array(size)
  const statuses: string[] = []
  const values = outputs.map((): (number | null)[] => [])
  const column = (name: string, data: ColumnSource['data'], type: BasicType, nullable = false): ColumnSource => ({
    name,
    data,
    type,
    nullable,
  })
  return {
    rows: 0,
    add(row: Row, from: Float64Array): void {
      ids[this.rows] = row.id
      times[this.rows] = row.time
      statuses[this.rows] = row.status
      for (const [i, list] of values.entries()) {
        const value = row.at === undefined ? NaN : (from[row.at + i] as number)
        list[this.rows] = Number.isFinite(value) ? value : null
      }
      this.rows++
    },
    columns: (rows: number): ColumnSource[] => [
      column('id', ids.subarray(0, rows), 'INT32'),
      column('time', times.subarray(0, rows), 'DOUBLE'),
      ...outputs.map(({ name }, i) => column(name, (values[i] ?? []).slice(0, rows), 'DOUBLE', true)),
      column('status', statuses.slice(0, rows), 'STRING'),
    ],
  }
}
