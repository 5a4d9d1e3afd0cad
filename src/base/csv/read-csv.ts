// A table as text: its first row names the columns, every further row is as long. Knows where each cell stands, not what it means.
import type { Place, Problem, Reading } from '../problem.ts'
import { type CsvRow, readRows } from './csv-rows.ts'

/** A cell with the place of its first character; blanks around it are dropped. */
export interface Cell {
  readonly text: string
  readonly place: Place
}

export interface Csv {
  readonly header: readonly Cell[]
  /** Each as long as the header. Rows of another length are problems and left out. */
  readonly rows: readonly (readonly Cell[])[]
}

const SEPARATORS = [',', ';', '\t'] as const

/** Reads a table. The separator is the one that the first line has most of. */
export function readCsv(file: string, text: string): Reading<Csv> {
  const found = readRows(file, text, separatorOf(text))
  const problems = found.flatMap((row) => row.problems)
  const filled = found.map((row) => cellsOf(file, row)).filter((row) => row.length > 1 || row[0]?.text !== '')
  const [header, ...rest] = filled
  if (!header) {
    const place = { file, line: 1, column: 1, length: 1 }
    const help = 'the first line names the columns'
    return {
      value: undefined,
      problems: [
        ...problems,
        { code: 'empty-table', level: 'error', message: 'The file holds no table.', place, help },
      ],
    }
  }
  const rows = rest.filter((row) => row.length === header.length)
  const uneven = rest.filter((row) => row.length !== header.length).map((row) => tellUneven(file, row, header.length))
  return { value: { header, rows }, problems: [...problems, ...uneven] }
}

const cellsOf = (file: string, { cells, places }: CsvRow): Cell[] =>
  cells.map((raw, i) => {
    const text = raw.trim()
    const { line = 1, column = 1 } = places[i] ?? {}
    const lead = text === '' ? 0 : raw.length - raw.trimStart().length
    return { text, place: { file, line, column: column + lead, length: Math.max(1, text.length) } }
  })

const tellUneven = (file: string, row: readonly Cell[], columns: number): Problem => ({
  code: 'uneven-row',
  level: 'error',
  message: `This row has ${row.length} cells, and the table ${columns} columns.`,
  place: row[0]?.place ?? { file, line: 1, column: 1, length: 1 },
  help: 'put quotation marks around a cell that holds a separator',
})

function separatorOf(text: string): string {
  const first = /^[^\r\n]*/.exec(text)?.[0].replace(/"[^"]*"/g, '') ?? ''
  const counts = SEPARATORS.map((one) => first.split(one).length)
  return SEPARATORS[counts.indexOf(Math.max(...counts))] ?? ','
}
