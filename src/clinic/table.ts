// A table to findings, row by row: which of its columns an instrument reads, in what unit, and what is wrong where. A bad cell costs its row, a bad
// column itself; all else is read.
import { type Cell, didYouMean, type Problem } from '#base'
import { fault } from './fault.ts'
import type { Column, Findings, NumberColumn } from './instruments/column.ts'
import type { Instrument } from './instruments/instrument.ts'
import { convert } from './lab-units/convert.ts'
import { checkNumber, conversionFor, noNumber, readTruth, readWord, saysNothing, splitNumber } from './read-cell.ts'

/** A row that was read. */
export interface TableRow {
  /** Line of the file, from 1. */
  readonly line: number
  /** Who and when, as the table says it. */
  readonly labels: Readonly<Record<string, string>>
  /** Nothing where a cell is bad: the row is not scored. */
  readonly found: Findings | undefined
}

export interface TableReading {
  readonly rows: readonly TableRow[]
  readonly problems: readonly Problem[]
}

const LABELS = ['id', 'patient', 'patient_id', 'subject', 'subject_id', 'usubjid', 'visit', 'week', 'date']

/**
 * Reads what an instrument needs.
 * @param header names, some with a unit: "platelets [10*9/L]"
 * @param rows each as long as the header
 */
export function readTable(
  header: readonly Cell[],
  rows: readonly (readonly Cell[])[],
  instrument: Pick<Instrument, 'name' | 'needs'>,
): TableReading {
  const problems: Problem[] = []
  const firstSaid = (at: number): string | undefined =>
    rows.find((row) => !saysNothing(row[at]?.text ?? ''))?.[at]?.text
  const readers = header.map((cell, at) =>
    bindColumn({ cell, before: header.slice(0, at), first: firstSaid(at) }, instrument, problems),
  )
  if (!readers.some((reader) => reader !== undefined && 'read' in reader))
    problems.push(
      fault(
        'no-column',
        `The table has no column that ${instrument.name} reads.`,
        header[0]?.place ?? NOWHERE,
        `imago score ${instrument.name} --list shows them`,
      ),
    )
  return { rows: rows.map((cells) => readRow(cells, readers, problems)), problems }
}

const NOWHERE = { file: '', line: 1, column: 1, length: 1 }

interface Label {
  readonly label: string
}

/** Reads the cells of one column, and remembers how the earlier ones were written. */
interface Reader {
  readonly name: string
  read(cell: Cell): boolean | number | string | Problem | undefined
}

function readRow(
  cells: readonly Cell[],
  readers: readonly (Label | Reader | undefined)[],
  problems: Problem[],
): TableRow {
  const found: Record<string, boolean | number | string> = {}
  const labels: Record<string, string> = {}
  let isGood = true
  for (const [at, cell] of cells.entries()) {
    const reader = readers[at]
    if (!reader) continue
    if ('label' in reader) labels[reader.label] = cell.text
    else if (!saysNothing(cell.text)) {
      const value = reader.read(cell)
      if (typeof value === 'object') {
        problems.push(value)
        if (value.level === 'error') isGood = false
      } else if (value !== undefined) found[reader.name] = value
    }
  }
  return { line: cells[0]?.place.line ?? 1, labels, found: isGood ? found : undefined }
}

const HEAD = /^(.*?)\s*(?:\[(.*)\]|\((.*)\))?$/

const nameOf = (text: string): string =>
  text
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_')

/** A column of the table: its head, those before it, and what it says first. */
interface Head {
  readonly cell: Cell
  readonly before: readonly Cell[]
  readonly first: string | undefined
}

function bindColumn(
  { cell, before, first }: Head,
  { name: instrument, needs }: Pick<Instrument, 'name' | 'needs'>,
  problems: Problem[],
): Label | Reader | undefined {
  const [, written = '', square, round] = HEAD.exec(cell.text) ?? []
  const exact = written.trim()
  const name = nameOf(exact)
  const column = needs.find((one) => one.name === name || one.aliases.includes(name) || one.aliases.includes(exact))
  if (!column) {
    if (LABELS.includes(name)) return { label: name }
    problems.push(unknownColumn(cell, name, instrument, needs))
    return undefined
  }
  const twin = before.find((other) => {
    const otherName = nameOf(HEAD.exec(other.text)?.[1] ?? '')
    return otherName === column.name || column.aliases.includes(otherName)
  })
  if (twin) {
    problems.push(
      fault(
        'column-twice',
        `"${cell.text}" is a second column for ${column.name}, after "${twin.text}".`,
        cell.place,
        'leave one out',
      ),
    )
    return undefined
  }
  return readerOf(column, { cell, unit: square ?? round, first }, problems)
}

function unknownColumn(cell: Cell, name: string, instrument: string, needs: readonly Column[]): Problem {
  const guess = didYouMean(
    name,
    needs.flatMap((one) => [one.name, ...one.aliases]),
  )
  const message = `${instrument} reads no column "${cell.text}".`
  return guess === undefined
    ? { code: 'unused-column', level: 'note', message, place: cell.place }
    : fault('unknown-column', message, cell.place, `did you mean "${guess}"?`)
}

interface Opening {
  readonly cell: Cell
  readonly unit: string | undefined
  readonly first: string | undefined
}

function readerOf(column: Column, opening: Opening, problems: Problem[]): Reader | undefined {
  if (column.kind === 'number') return numberReader(column, opening, problems)
  if (column.kind === 'word') return { name: column.name, read: (cell) => readWord(cell, column) }
  let first: { readonly style: string; readonly line: number } | undefined
  let hasTold = false
  return {
    name: column.name,
    read: (cell) => {
      const truth = readTruth(cell.text)
      if (!truth)
        return fault(
          'no-yes-or-no',
          `"${cell.text}" is no yes or no, as ${column.name} wants.`,
          cell.place,
          'write yes or no; an empty cell says that it is not known',
        )
      first ??= { style: truth.style, line: cell.place.line }
      if (truth.style !== first.style && !hasTold) {
        hasTold = true
        problems.push({
          code: 'mixed-yes-no',
          level: 'warning',
          message: `${column.name} is written as ${first.style} from line ${first.line} on, and as ${truth.style} here: read as the same.`,
          place: cell.place,
          help: 'were two tables put together, with other codes?',
        })
      }
      return truth.value
    },
  }
}

function numberReader(column: NumberColumn, opening: Opening, problems: Problem[]): Reader | undefined {
  const { cell: head, first } = opening
  const own = column.unit === '1' || column.bare ? column.unit : undefined
  const unit = opening.unit?.trim() || own || splitNumber(first ?? '')?.unit
  if (unit === '') {
    problems.push(
      fault(
        'no-unit',
        `${column.name} has no unit, and is left out.`,
        head.place,
        `name it "${column.name} [${column.unit}]", or with the unit that was used`,
      ),
    )
    return undefined
  }
  const conversion = remember((written) => conversionFor(column, written))
  const expected = unit === undefined ? undefined : conversion(unit)
  if (unit === undefined || expected === undefined)
    return { name: column.name, read: (cell) => noNumber(cell, column.name) }
  if ('refused' in expected) {
    problems.push(
      fault('bad-unit', `${column.name} cannot be read in [${unit}]: ${expected.refused}.`, head.place, expected.help),
    )
    return undefined
  }
  return {
    name: column.name,
    read: (cell) => {
      const number = splitNumber(cell.text)
      if (!number) return noNumber(cell, column.name)
      const written = number.unit === '' ? unit : number.unit
      const found = conversion(written)
      if ('refused' in found)
        return fault(
          'bad-unit',
          `${column.name} cannot be read in [${written}]: ${found.refused}.`,
          cell.place,
          found.help,
        )
      if (found.factor !== expected.factor || found.offset !== expected.offset)
        return fault(
          'two-units',
          `${column.name} is in [${unit}], and in [${written}] here.`,
          cell.place,
          'keep a column in one unit',
        )
      const value = convert(number.value, found)
      return checkNumber(value, column, cell) ?? value
    },
  }
}

function remember<T>(find: (word: string) => T): (word: string) => T {
  const found = new Map<string, T>()
  return (word) => {
    const known = found.get(word) ?? find(word)
    found.set(word, known)
    return known
  }
}
