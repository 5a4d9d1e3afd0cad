import { expect, test } from 'vitest'
import { csvReader, readRows } from './csv-rows.ts'

const cells = (text: string): (readonly string[])[] => readRows('f.csv', text).map((row) => row.cells)

test('rows and cells, whatever ends a line', () => {
  for (const end of ['\n', '\r\n', '\r'])
    expect(cells(`a,b${end}1,2${end}`)).toEqual([
      ['a', 'b'],
      ['1', '2'],
    ])
  expect(cells('a,b\n1,2')).toEqual([
    ['a', 'b'],
    ['1', '2'],
  ])
  expect(cells('a,,\n')).toEqual([['a', '', '']])
})

test('a byte order mark and empty lines are skipped, and lines still count', () => {
  const rows = readRows('f.csv', '\uFEFFa\n\n\r\nb\n')
  expect(rows.map((row) => [row.line, ...row.cells])).toEqual([
    [1, 'a'],
    [4, 'b'],
  ])
})

test('quoted cells hold commas, quotes and line breaks', () => {
  expect(cells('"a,b","say ""no""","two\r\nlines"\nnext,"",3\n')).toEqual([
    ['a,b', 'say "no"', 'two\r\nlines'],
    ['next', '', '3'],
  ])
  const [, second] = readRows('f.csv', '"1\n2\n3",x\ny,z')
  expect(second?.line).toBe(4)
})

test('every cell knows where it stands', () => {
  const [row] = readRows('f.csv', 'ab,"c\nd",e\n')
  expect(row?.places).toEqual([
    { line: 1, column: 1 },
    { line: 1, column: 4 },
    { line: 2, column: 4 },
  ])
})

test.each([
  ['a,b"c,d\n', 'stray-quote', 1, 4],
  ['a,"b"c,d\n', 'stray-quote', 1, 6],
  ['a\n1,"b,c\nd,e\n', 'unclosed-quote', 2, 3],
])('%j is told with its place', (text, code, line, column) => {
  const problems = readRows('f.csv', text).flatMap((row) => row.problems)
  expect(problems).toMatchObject([{ code, place: { file: 'f.csv', line, column } }])
})

test('an unclosed quote costs its own line and no other', () => {
  const text = `a,b\n1,"2\n${'3,4\n'.repeat(5000)}`
  const rows = readRows('f.csv', text)
  expect(rows.length).toBe(5002)
  expect(rows.flatMap(({ problems }) => problems).length).toBe(1)
  expect(rows.at(-1)).toMatchObject({ line: 5002, cells: ['3', '4'] })
})

test('a million rows pass in pieces', () => {
  const reader = csvReader('f.csv')
  let [count, last] = [0, 0]
  const piece = '1,2.5,"x",4\n'.repeat(10_000)
  for (let i = 0; i < 100; i++)
    for (const row of reader.push(piece)) {
      count++
      last = row.line
    }
  expect([count, last, reader.end()]).toEqual([1_000_000, 1_000_000, []])
})
