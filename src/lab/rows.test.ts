import { parquetMetadata, parquetReadObjects } from 'hyparquet'
import { expect, test } from 'vitest'
import { csvTable, parquetTable, type RowsTable } from './rows.ts'
import type { RowsPiece } from './simulate.ts'

const HEAD = { outputs: [{ name: 'A', unit: 'mg' }], timeUnit: 'h' }
const TIMES = [0, 0.5, 1]
const SUBJECTS = 50_000

/** Subjects with three rows each, 1/id at the last; every thousandth fails after two, and one has a hole. */
function piece(first: number, count: number): RowsPiece {
  const rows: number[] = []
  const progress = Array.from({ length: count }, (_, i) => {
    const id = first + i + 1
    const failed = id % 1000 === 0
    rows.push(100, id === 7 ? NaN : 0.1 * id, ...(failed ? [] : [1 / id]))
    const status = failed ? ('stepLimit' as const) : ('ok' as const)
    return { status, time: failed ? 0.75 : 1, steps: 1, rejected: 0, rows: failed ? 2 : 3 }
  })
  return { first, progress, times: TIMES, rows: Float64Array.from(rows) }
}

/** All that a table writes for subjects that come so many at a time. */
function written(table: RowsTable, each: number): Buffer {
  const out = [...table.begin()]
  for (let first = 0; first < SUBJECTS; first += each)
    out.push(...table.add(piece(first, Math.min(each, SUBJECTS - first))))
  return Buffer.concat([...out, ...table.end()].map((part) => Buffer.from(part)))
}

test('CSV and Parquet do not depend on how the pieces were cut', () => {
  expect(written(csvTable(HEAD), 64).equals(written(csvTable(HEAD), 1024))).toBe(true)
  expect(written(parquetTable(HEAD), 64).equals(written(parquetTable(HEAD), 50_000))).toBe(true)
})

test('Parquet has groups of a hundred thousand rows, and reads back', async () => {
  const bytes = written(parquetTable(HEAD), 1000)
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer
  expect(parquetMetadata(file).row_groups.map((group) => Number(group.num_rows))).toEqual([100_000, 50_000])
  const rows = await parquetReadObjects({ file })
  expect(rows.length).toBe(3 * SUBJECTS)
  expect(rows[19]).toEqual({ id: 7, time: 0.5, A: null, status: 'ok' })
  expect(rows[2999]).toEqual({ id: 1000, time: 0.75, A: null, status: 'step-limit' })
  expect(rows.at(-2)).toEqual({ id: 50_000, time: 0.5, A: 5000, status: 'ok' })
  expect(rows[3 * 44_444 + 2]).toEqual({ id: 44_445, time: 1, A: 1 / 44_445, status: 'ok' })
})
