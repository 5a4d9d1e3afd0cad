// Reads CSV as RFC 4180 says, piece by piece, so that a file need not be in memory whole. Every cell knows its line and column. A quote that is
// never closed costs its own line, not the rest of the file. Knows nothing of headers or of what the cells mean.
import type { Problem } from '../problem.ts'

/** One row, where it begins, and what is wrong with its writing. */
export interface CsvRow {
  readonly line: number
  readonly cells: readonly string[]
  /** Where each cell begins: its line and column, counted from 1. */
  readonly places: readonly { readonly line: number; readonly column: number }[]
  readonly problems: readonly Problem[]
}

export interface CsvReader {
  /** Takes the next piece of the text and gives the rows that are whole by now. */
  push(piece: string): CsvRow[]
  /** Gives the rows that are left; nothing may be pushed after it. */
  end(): CsvRow[]
}

/** A quoted cell longer than this has lost its closing quote. */
const LONGEST_QUOTED = 10_000

interface Cell {
  readonly text: string
  /** Behind the cell: a comma, a break, or the end. */
  readonly next: number
  readonly fault?: { readonly code: string; readonly message: string; readonly help: string; readonly at: number }
}

/**
 * Makes a reader of CSV. Lines end with LF, CRLF or CR; a byte order mark and empty lines are skipped.
 * @param file the name that problems carry
 * @param separator one character
 */
export function csvReader(file: string, separator = ','): CsvReader {
  let [rest, line, begun] = ['', 1, false]
  const rowsOf = (final: boolean): CsvRow[] => {
    const rows: CsvRow[] = []
    let at = 0
    while (at < rest.length) {
      const found = readRow({ file, text: rest, separator }, at, line, final)
      if (!found) break
      if (found.row.cells.length > 1 || found.row.cells[0] !== '' || found.row.problems.length > 0) rows.push(found.row)
      at = found.next
      line = found.line
    }
    rest = rest.slice(at)
    return rows
  }
  return {
    push: (piece) => {
      rest += piece
      if (!begun && rest !== '') {
        begun = true
        if (rest.startsWith('\uFEFF')) rest = rest.slice(1)
      }
      return rowsOf(false)
    },
    end: () => rowsOf(true),
  }
}

/** Reads a whole text at once. */
export function readRows(file: string, text: string, separator = ','): CsvRow[] {
  const reader = csvReader(file, separator)
  return [...reader.push(text), ...reader.end()]
}

/** The row that begins at `from`; undefined if the text does not hold all of it yet. */
function readRow(
  { file, text, separator }: { readonly file: string; readonly text: string; readonly separator: string },
  from: number,
  firstLine: number,
  final: boolean,
): { row: CsvRow; next: number; line: number } | undefined {
  const cells: string[] = []
  const places: { line: number; column: number }[] = []
  const problems: Problem[] = []
  let [at, line, lineStart] = [from, firstLine, from]
  const walkTo = (end: number): { line: number; column: number } => {
    for (; at < end; at++) if (isBreak(text, at)) [line, lineStart] = [line + 1, at + 1]
    return { line, column: at - lineStart + 1 }
  }
  for (;;) {
    places.push({ line, column: at - lineStart + 1 })
    const quoted = text[at] === '"'
    const cell = quoted ? quotedCell(text, at, final, separator) : plainCell(text, at, final, separator)
    if (!cell) return undefined
    cells.push(cell.text)
    if (cell.fault) {
      const { at: where, ...fault } = cell.fault
      problems.push({ ...fault, level: 'error', place: { file, ...walkTo(where), length: 1 } })
    }
    if (quoted) walkTo(cell.next) // only there can lines end inside a cell
    at = cell.next
    if (text[at] !== separator) break
    at++
  }
  const next = behindBreak(text, at, final)
  return next === undefined
    ? undefined
    : { row: { line: firstLine, cells, places, problems }, next, line: next > at ? line + 1 : line }
}

/** Whether a line ends with this character; of CRLF it is the LF. */
const isBreak = (text: string, at: number): boolean => text[at] === '\n' || (text[at] === '\r' && text[at + 1] !== '\n')

/** Behind the break that stands at `at`; undefined where a CR may yet be followed by LF. */
function behindBreak(text: string, at: number, final: boolean): number | undefined {
  if (text[at] === '\n') return at + 1
  if (text[at] !== '\r') return at
  if (at + 1 === text.length && !final) return undefined
  return text[at + 1] === '\n' ? at + 2 : at + 1
}

function plainCell(text: string, from: number, final: boolean, separator: string): Cell | undefined {
  let at = from
  while (at < text.length && text[at] !== separator && text[at] !== '\n' && text[at] !== '\r') at++
  if (at === text.length && !final) return undefined
  const cell = { text: text.slice(from, at), next: at }
  const quote = cell.text.indexOf('"')
  if (quote < 0) return cell
  return {
    ...cell,
    fault: {
      code: 'stray-quote',
      message: 'A quote stands inside a cell that does not begin with one.',
      help: 'put the whole cell in quotes and double the quotes inside it',
      at: from + quote,
    },
  }
}

function quotedCell(text: string, from: number, final: boolean, separator: string): Cell | undefined {
  let at = from + 1
  let content = ''
  for (;;) {
    const quote = text.indexOf('"', at)
    const end = quote < 0 ? text.length : quote
    if (end - from > LONGEST_QUOTED || (quote < 0 && final)) return unclosed(text, from)
    if (quote < 0 || (quote + 1 === text.length && !final)) return undefined
    content += text.slice(at, quote)
    at = quote + 1
    if (text[at] !== '"') break
    content += '"'
    at++
  }
  const rest = plainCell(text, at, final, separator)
  if (!rest || rest.next === at) return rest && { text: content, next: at }
  return {
    text: content + rest.text,
    next: rest.next,
    fault: {
      code: 'stray-quote',
      message: 'Text follows the closing quote of a cell.',
      help: 'double the quotes that belong to the text',
      at,
    },
  }
}

/** What becomes of a cell without a closing quote: it ends with its line, and reading goes on with the next. */
function unclosed(text: string, from: number): Cell {
  const length = text.slice(from).search(/[\r\n]/)
  const next = length < 0 ? text.length : from + length
  return {
    text: text.slice(from + 1, next),
    next,
    fault: {
      code: 'unclosed-quote',
      message: 'The quote that opens here is never closed.',
      help: 'close it; the cell was taken to end with its line',
      at: from,
    },
  }
}
