// Tables as text: commas, semicolons or tabs between cells, quotes around them where needed. Knows only where each cell stands, not what it means.
import type { Place, Problem, Reading } from '../problem.ts'

/** A cell with the place of its first character. Quotes are taken off, doubled ones undone, and blanks around it dropped. */
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

/** Reads a table. Lines end as on any system; empty ones are skipped. The separator is the one that the first line has most of. */
export function readCsv(file: string, text: string): Reading<Csv> {
  const body = text.replace(/^\ufeff/, '') // a byte-order mark takes no column
  const problems: Problem[] = []
  const lines = splitLines(file, body, separatorOf(body), problems)
  const [header, ...rest] = lines
  if (!header) {
    problems.push(
      fault(
        'empty-table',
        'The file holds no table.',
        { file, line: 1, column: 1, length: 1 },
        'the first line names the columns',
      ),
    )
    return { value: undefined, problems }
  }
  const rows = rest.filter((row) => {
    const fits = row.length === header.length
    if (!fits) problems.push(uneven(row, header.length))
    return fits
  })
  return { value: { header, rows }, problems }
}

const fault = (code: string, message: string, place: Place, help: string): Problem => ({
  code,
  level: 'error',
  message,
  place,
  help,
})

const uneven = (row: readonly Cell[], columns: number): Problem =>
  fault(
    'uneven-row',
    `This row has ${row.length} cells, and the table ${columns} columns.`,
    row[0]?.place ?? { file: '', line: 1, column: 1, length: 1 },
    'put quotation marks around a cell that holds a separator',
  )

function separatorOf(text: string): string {
  const first = /^[^\r\n]*/.exec(text)?.[0].replace(/"[^"]*"/g, '') ?? ''
  const counts = SEPARATORS.map((one) => first.split(one).length)
  return SEPARATORS[counts.indexOf(Math.max(...counts))] ?? ','
}

function splitLines(file: string, text: string, separator: string, problems: Problem[]): Cell[][] {
  const lines: Cell[][] = []
  let row: Cell[] = []
  let [at, line, lineStart] = [0, 1, 0]
  while (at <= text.length) {
    const start = at
    const quoted = text[skipBlanks(text, at, separator)] === '"'
    if (quoted) {
      const open = skipBlanks(text, at, separator) + 1
      const place = { file, line, column: open - lineStart + 1, length: 1 }
      const close = closingQuote(text, open)
      if (close < 0) {
        problems.push(
          fault(
            'unclosed-quote',
            'This quotation mark is never closed.',
            place,
            'close it, or write two for one inside a cell',
          ),
        )
        return lines
      }
      const inside = text.slice(open, close)
      row.push({ text: inside.replaceAll('""', '"').trim(), place: { ...place, length: Math.max(1, inside.length) } })
      for (const { index } of inside.matchAll(/\r\n|\n|\r/g)) [line, lineStart] = [line + 1, open + index + 1]
      at = endOfCell(text, close + 1, separator)
      if (text.slice(close + 1, at).trim() !== '')
        problems.push(
          fault(
            'text-after-quote',
            'Text follows the closing quotation mark.',
            place,
            'write two quotation marks for one inside a cell',
          ),
        )
    } else {
      at = endOfCell(text, at, separator)
      const raw = text.slice(start, at)
      const trimmed = raw.trim()
      const lead = raw.length - raw.trimStart().length
      const column = start - lineStart + (trimmed === '' ? 0 : lead) + 1
      row.push({ text: trimmed, place: { file, line, column, length: Math.max(1, trimmed.length) } })
    }
    if (text[at] === separator) {
      at++
      continue
    }
    if (row.length > 1 || row[0]?.text !== '') lines.push(row)
    row = []
    at += text[at] === '\r' && text[at + 1] === '\n' ? 2 : 1
    ;[line, lineStart] = [line + 1, at]
  }
  return lines
}

function skipBlanks(text: string, from: number, separator: string): number {
  let at = from
  while ((text[at] === ' ' || text[at] === '\t') && text[at] !== separator) at++
  return at
}

function closingQuote(text: string, from: number): number {
  let at = text.indexOf('"', from)
  while (at >= 0 && text[at + 1] === '"') at = text.indexOf('"', at + 2)
  return at
}

function endOfCell(text: string, from: number, separator: string): number {
  let at = from
  while (at < text.length && text[at] !== separator && text[at] !== '\n' && text[at] !== '\r') at++
  return at
}
