// From a table of cells to studies with effects: every cell is checked at its place, and a row that cannot be used is listed with the reason.
import { type Cell, type Csv, didYouMean, type Place, type Problem, type Reading } from '#base'
import type { CellKind, Measure } from './measures.ts'

export interface Study {
  readonly name: string
  readonly place: Place
  /** In the order of the measure's columns. */
  readonly numbers: readonly number[]
  readonly yi: number
  readonly vi: number
  /** What the row says in the columns asked for beside the measure's, by their name. */
  readonly extras: Readonly<Record<string, Cell>>
}

export interface Dropped {
  readonly study: string
  readonly line: number
  readonly reason: string
}

export interface Studies {
  readonly studies: readonly Study[]
  readonly dropped: readonly Dropped[]
}

const NAME = 'study'
const MISSING = new Set(['', 'NA', 'na', 'N/A', 'n/a', 'NaN', '.'])

const fault = (code: string, message: string, place: Place | undefined, help?: string): Problem => ({
  code,
  level: 'error',
  message,
  ...(place && { place }),
  ...(help !== undefined && { help }),
})

/**
 * Reads studies.
 * @param extras names of further columns that must be there and filled
 * @returns no value where any cell is wrong; rows with a missing value or without an effect are dropped, and told
 */
export function readStudies(table: Csv, measure: Measure, extras: readonly string[]): Reading<Studies> {
  const problems = [...checkHeader(table.header, measure, extras), ...checkNames(table)]
  if (table.rows.length < 2) problems.push(tooFew(table))
  if (problems.length > 0) return { value: undefined, problems }
  const at = (name: string): number => table.header.findIndex(({ text }) => text === name)
  const studies: Study[] = []
  const dropped: Dropped[] = []
  for (const row of table.rows) {
    const found = readRow(row, measure, extras, at)
    if ('problems' in found) problems.push(...found.problems)
    else if ('reason' in found) dropped.push(found)
    else studies.push(found)
  }
  if (problems.length > 0) return { value: undefined, problems }
  return { value: { studies, dropped }, problems: dropped.map((one) => warning(one, table)) }
}

/** A dropped row is no error, and never silent. */
const warning = ({ study, line, reason }: Dropped, { header }: Csv): Problem => ({
  code: 'dropped-row',
  level: 'warning',
  message: `"${study}" is left out: ${reason}.`,
  ...(header[0] && { place: { ...header[0].place, line, column: 1, length: 1 } }),
})

function checkHeader(header: readonly Cell[], { columns }: Measure, extras: readonly string[]): Problem[] {
  const names = header.map(({ text }) => text)
  const wanted = [NAME, ...columns.map(({ name }) => name), ...extras]
  const missing = [...new Set(wanted)].filter((name) => !names.includes(name))
  const twice = header.filter(({ text }, i) => names.indexOf(text) < i && wanted.includes(text))
  const free = names.filter((name) => !wanted.includes(name))
  return [
    ...missing.map((name) => {
      const guess = didYouMean(name, free)
      const joined = names.length === 1 && /[;\t]/.test(names[0] ?? '')
      const help = joined
        ? 'columns are separated by commas here'
        : guess
          ? `did you mean the column "${guess}"?`
          : `the columns needed are ${wanted.join(', ')}`
      return fault('missing-column', `There is no column "${name}".`, header[0]?.place, help)
    }),
    ...twice.map(({ text, place }) =>
      fault('duplicate-column', `The column "${text}" stands here twice.`, place, 'leave one of them, or rename it'),
    ),
  ]
}

function checkNames({ header, rows }: Csv): Problem[] {
  const at = header.findIndex(({ text }) => text === NAME)
  if (at < 0) return []
  const first = new Map<string, number>()
  return rows.flatMap((row): Problem[] => {
    const cell = row[at]
    if (!cell) return []
    if (cell.text === '')
      return [
        fault('unnamed-study', 'This study has no name.', cell.place, 'name it, so that it can be told from others'),
      ]
    const before = first.get(cell.text)
    first.set(cell.text, before ?? cell.place.line)
    if (before === undefined) return []
    return [
      fault(
        'duplicate-study',
        `"${cell.text}" stands in line ${before} already.`,
        cell.place,
        'count nobody twice: leave one of the rows, or, if they are other people, name them apart',
      ),
    ]
  })
}

const tooFew = ({ header, rows }: Csv): Problem =>
  fault(
    rows.length === 0 ? 'no-studies' : 'one-study',
    rows.length === 0 ? 'Below the header there is no study.' : 'There is one study: nothing to pool.',
    rows[0]?.[0]?.place ?? header[0]?.place,
    'a meta-analysis needs at least two rows',
  )

type RowRead = Study | Dropped | { readonly problems: readonly Problem[] }

function readRow(
  row: readonly Cell[],
  measure: Measure,
  extras: readonly string[],
  at: (name: string) => number,
): RowRead {
  const study = row[at(NAME)] as Cell
  const drop = (reason: string): Dropped => ({ study: study.text, line: study.place.line, reason })
  const cells = measure.columns.map(({ name }) => row[at(name)] as Cell)
  const besides = extras.map((name) => row[at(name)] as Cell)
  const empty = [...cells, ...besides].findIndex(({ text }) => MISSING.has(text))
  const wrong = cells.flatMap((cell, i) => {
    const column = measure.columns[i]
    return column && !MISSING.has(cell.text) ? checkCell(cell, column.name, column.kind) : []
  })
  if (wrong.length > 0) return { problems: wrong }
  if (empty >= 0) return drop(`it has no ${[...measure.columns.map(({ name }) => name), ...extras][empty]}`)
  const numbers = cells.map(({ text }) => Number(text))
  const impossible = checkParts(cells, numbers, measure)
  if (impossible.length > 0) return { problems: impossible }
  const effect = measure.compute(numbers)
  if ('reason' in effect) return drop(effect.reason)
  return {
    name: study.text,
    place: study.place,
    numbers,
    ...effect,
    extras: Object.fromEntries(extras.map((name, i) => [name, besides[i] as Cell])),
  }
}

const WANTED: Readonly<Record<CellKind, { readonly holds: (value: number) => boolean; readonly words: string }>> = {
  number: { holds: Number.isFinite, words: 'a number' },
  'not-negative': { holds: (value) => value >= 0 && value < Infinity, words: 'a number that is not below 0' },
  positive: { holds: (value) => value > 0 && value < Infinity, words: 'a number above 0' },
  count: { holds: (value) => Number.isSafeInteger(value) && value >= 0, words: 'a whole number from 0' },
  size: { holds: (value) => Number.isSafeInteger(value) && value > 0, words: 'a whole number from 1' },
  correlation: { holds: (value) => value >= -1 && value <= 1, words: 'a number from -1 to 1' },
}

const NUMBER = /^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$/

function checkCell({ text, place }: Cell, column: string, kind: CellKind): Problem[] {
  if (!NUMBER.test(text)) {
    const help = /^[-+]?\d+,\d+$/.test(text)
      ? 'write a point for the decimal comma'
      : 'write a plain number, or nothing where it is not known'
    return [fault('not-a-number', `"${column}" wants ${WANTED[kind].words}, found "${text}".`, place, help)]
  }
  if (WANTED[kind].holds(Number(text))) return []
  return [fault('impossible-value', `"${column}" wants ${WANTED[kind].words}, found ${text}.`, place, HELP[column])]
}

const HELP: Readonly<Record<string, string>> = {
  vi: 'vi is the squared standard error of the effect; a study without one cannot be weighed',
}

function checkParts(cells: readonly Cell[], numbers: readonly number[], { columns, parts = [] }: Measure): Problem[] {
  const indexOf = (name: string): number => columns.findIndex((column) => column.name === name)
  return parts.flatMap(([part, whole]) => {
    const [i, j] = [indexOf(part), indexOf(whole)]
    const [few, all] = [numbers[i] ?? 0, numbers[j] ?? 0]
    if (few <= all) return []
    return [
      fault(
        'impossible-value',
        `"${part}" is ${few} of ${all}: more than there are.`,
        cells[i]?.place,
        `is "${whole}" the whole group?`,
      ),
    ]
  })
}
