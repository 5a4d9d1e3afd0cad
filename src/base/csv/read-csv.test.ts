import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readCsv } from './read-csv.ts'

const texts = (text: string): string[][] | undefined => {
  const { value } = readCsv('t.csv', text)
  return value && [value.header, ...value.rows].map((row) => row.map((cell) => cell.text))
}

describe('readCsv', () => {
  test('reads cells, with blanks around and empty lines left out', () =>
    expect(texts('a, b\n\n 1,2 \n')).toEqual([
      ['a', 'b'],
      ['1', '2'],
    ]))

  test('knows byte-order marks and both line endings', () =>
    expect(texts('\ufeffa,b\r\n1,\r\n')).toEqual([
      ['a', 'b'],
      ['1', ''],
    ]))

  test('takes commas, line breaks and doubled quotation marks inside quotation marks', () =>
    expect(texts('a,b\n"x, ""y""\nz" ,2')).toEqual([
      ['a', 'b'],
      ['x, "y"\nz', '2'],
    ]))

  test('places cells by line and column, after a cell of two lines too', () => {
    const { value } = readCsv('t.csv', 'a,b\n"x\ny", 12\n3,4')
    expect(value?.rows[0]?.[1]).toEqual({ text: '12', place: { file: 't.csv', line: 3, column: 5, length: 2 } })
    expect(value?.rows[1]?.[0]?.place).toMatchObject({ line: 4, column: 1 })
  })

  test.each([
    ['', 'empty-table', 1, 1],
    [' \n\n', 'empty-table', 1, 1],
    ['a,b\n1,2,3', 'uneven-row', 2, 1],
    ['a,b\n1', 'uneven-row', 2, 1],
    ['a,b\n1,"2', 'unclosed-quote', 2, 3],
    ['a,b\n1,"2"x', 'stray-quote', 2, 6],
  ])('%j is %s', (text, code, line, column) =>
    expect(readCsv('t.csv', text).problems).toMatchObject([{ code, place: { line, column } }]),
  )

  test('takes the separator that the header has most of', () => {
    expect(texts('a;b\n1,5;2')).toEqual([
      ['a', 'b'],
      ['1,5', '2'],
    ])
    expect(texts('a\tb\n1\t2')).toEqual([
      ['a', 'b'],
      ['1', '2'],
    ])
  })

  test('reads back whatever was quoted', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r', ' ', '1') })
    const table = fc
      .integer({ min: 1, max: 4 })
      .chain((width) =>
        fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 5 }),
      )
    const quote = (text: string): string => `"${text.replaceAll('"', '""')}"`
    fc.assert(
      fc.property(table, (rows) => {
        fc.pre(rows.every((row) => row.some((text) => text.trim() !== '')))
        // blanks around a cell are dropped, quoted or not
        const bare = rows.map((row) => row.map((text) => text.trim()))
        expect(texts(rows.map((row) => row.map(quote).join(',')).join('\n'))).toEqual(bare)
      }),
      { seed: 5, numRuns: 300 },
    )
  })
})
