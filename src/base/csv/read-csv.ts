// Reads a table of comma-separated values (RFC 4180) into cells that know their place. Knows nothing of what columns mean.
import type { Place, Problem, Reading } from '../problem.ts'

/** A cell: what it says, without quotation marks and blanks around, and where it stands. */
export interface Cell {
  readonly text: string
  readonly place: Place
}

export interface CsvTable {
  readonly header: readonly Cell[]
  /** As many cells each as the header has. */
  readonly rows: readonly (readonly Cell[])[]
}

const LONGEST = 50_000_000 // characters
const MOST_PROBLEMS = 100 // nobody reads more

/**
 * Reads a table with one header line. Lines without any text are skipped: they hold nothing that could be lost.
 * @returns no value where a row is longer or shorter than the header, or a quotation mark is not closed
 */
export function readCsv(file: string, text: string): Reading<CsvTable> {
  const start: Place = { file, line: 1, column: 1, length: 1 }
  if (text.length > LONGEST) return failed([fault('too-long', `The file is longer than ${LONGEST} characters.`, start)])
  const { lines, problems } = split(file, text.replace(/^\ufeff/, ''))
  const [header, ...rows] = lines
  if (!header) return failed([fault('empty-table', 'The file is empty.', start, 'the first line names the columns')])
  for (const row of rows) {
    const fit = row.length === header.length ? undefined : misfit(row, header)
    if (fit) problems.push(fit)
  }
  return problems.length > 0 ? failed(problems.slice(0, MOST_PROBLEMS)) : { value: { header, rows }, problems: [] }
}

const failed = (problems: readonly Problem[]): Reading<never> => ({ value: undefined, problems })

const fault = (code: string, message: string, place: Place, help?: string): Problem => ({
  code,
  level: 'error',
  message,
  place,
  ...(help !== undefined && { help }),
})

function misfit(row: readonly Cell[], header: readonly Cell[]): Problem | undefined {
  const [first] = row
  if (!first) return undefined
  return fault(
    'ragged-row',
    `The header has ${header.length} columns, this row ${row.length}.`,
    (row[header.length] ?? first).place,
    'put a text that holds a comma between quotation marks; write nothing between two commas where a value is missing',
  )
}

/** Walks through the text once. */
function split(file: string, text: string): { lines: Cell[][]; problems: Problem[] } {
  const lines: Cell[][] = []
  const problems: Problem[] = []
  let [at, line, lineStart] = [0, 1, 0]
  let row: Cell[] = []
  const placeOf = (from: number, length: number): Place => ({
    file,
    line,
    column: from - lineStart + 1,
    length: Math.max(1, length),
  })
  const endRow = (): void => {
    if (row.some(({ text: said }) => said !== '')) lines.push(row)
    row = []
  }
  while (at <= text.length) {
    const from = at
    if (text[at] === '"') {
      const quoted = readQuoted(text, at)
      const place = placeOf(from, quoted.end - from)
      if (!quoted.closed)
        problems.push(
          fault(
            'open-quote',
            'This quotation mark is not closed.',
            placeOf(from, 1),
            'close it before the next comma; inside, write "" for "',
          ),
        )
      row.push({ text: quoted.said, place })
      for (let i = from; i < quoted.end; i++)
        if (text[i] === '\n') {
          line++
          lineStart = i + 1
        }
      at = quoted.end
    } else {
      while (at < text.length && !',\r\n'.includes(text[at] ?? '')) at++
      const written = text.slice(from, at)
      const said = written.trim()
      row.push({ text: said, place: placeOf(from + Math.max(0, written.indexOf(said)), said.length) })
    }
    const next = text[at]
    if (next === ',') at++
    else {
      endRow()
      if (next === undefined) break
      at += next === '\r' && text[at + 1] === '\n' ? 2 : 1
      line++
      lineStart = at
    }
  }
  return { lines, problems }
}

/** From an opening quotation mark to what follows the closing one; blanks after it are skipped. */
function readQuoted(text: string, from: number): { said: string; end: number; closed: boolean } {
  let said = ''
  for (let at = from + 1; at < text.length; at++) {
    if (text[at] !== '"') said += text[at]
    else if (text[at + 1] === '"') {
      said += '"'
      at++
    } else {
      let end = at + 1
      while (text[end] === ' ' || text[end] === '\t') end++
      return { said, end, closed: end === text.length || ',\r\n'.includes(text[end] ?? '') }
    }
  }
  return { said, end: text.length, closed: false }
}
