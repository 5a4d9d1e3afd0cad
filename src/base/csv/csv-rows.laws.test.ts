// The reader of CSV against every kind of text. Fixed seed; IMAGO_FUZZ_RUNS=10 runs ten times as many.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type CsvRow, csvReader, readRows } from './csv-rows.ts'

const settings = { seed: 20_250_611, numRuns: 2000 * Number(process.env['IMAGO_FUZZ_RUNS'] ?? 1) }
const rough = fc
  .array(fc.constantFrom('a', '1', ',', '"', '""', '\n', '\r', '\r\n', '\uFEFF', ' ', 'é', '"x"', ',"'), {
    maxLength: 40,
  })
  .map((parts) => parts.join(''))

const write = (table: readonly (readonly string[])[], end: string): string =>
  table.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',') + end).join('')

test('what is written is read back, cell by cell', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', ' ', '0'), maxLength: 6 })
  const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { maxLength: 5 })
  fc.assert(
    fc.property(table, fc.constantFrom('\n', '\r\n'), (rows, end) => {
      const read = readRows('f.csv', write(rows, end))
      expect(read.map(({ cells }) => cells)).toEqual(rows)
      expect(read.flatMap(({ problems }) => problems)).toEqual([])
    }),
    settings,
  )
})

test('pieces make no difference', () => {
  fc.assert(
    fc.property(rough, fc.array(fc.nat({ max: 40 }), { maxLength: 6 }), (text, cuts) => {
      const reader = csvReader('f.csv')
      const found: CsvRow[] = []
      let from = 0
      for (const cut of [...cuts.toSorted((a, b) => a - b), text.length]) {
        found.push(...reader.push(text.slice(from, cut)))
        from = Math.max(from, Math.min(cut, text.length))
      }
      expect([...found, ...reader.end()]).toEqual(readRows('f.csv', text))
    }),
    settings,
  )
})

test('any text is read, and every place lies in it', () => {
  fc.assert(
    fc.property(fc.oneof(rough, fc.string({ unit: 'binary', maxLength: 60 })), (text) => {
      const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/)
      for (const { cells, places, problems } of readRows('f.csv', text)) {
        expect(places.length).toBe(cells.length)
        for (const { line, column } of [...places, ...problems.flatMap(({ place }) => place ?? [])])
          expect(column - 1).toBeLessThanOrEqual(lines[line - 1]?.length ?? -1)
      }
    }),
    settings,
  )
})
