// Reads an event table row by row: cells to numbers, rows to subjects. A subject with a bad row is left out whole, and told; the others go on.
import { type CsvReader, csvReader, type CsvRow, didYouMean, type Problem } from '#base'
import { doseTerms, type EventKind, isLook, type Model } from '#engine'
import { type Column, type ColumnField, type Columns, readColumns } from './event-columns.ts'
import { factsOf, type ModelFacts, ruleFault, statesOf } from './event-rules.ts'
import { type EventSubject, packRows, type RowNumbers } from './event-subject.ts'

export interface EventTable {
  readonly subjects: readonly EventSubject[]
  /** Numbers of the model's inputs that have a column. */
  readonly inputs: readonly number[]
}

export interface EventReader {
  /** Takes the next piece of the file. */
  push(piece: string): void
  /** The table, if its head can be read and anybody is left; every problem found, up to a limit. */
  end(): { readonly value: EventTable | undefined; readonly problems: readonly Problem[] }
}

const MOST_PROBLEMS = 50
/** The largest number that a subject may have; draws are addressed by it. */
const LARGEST_ID = 0x7fff_ffff
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/

/** What rows have been read of the subject that is being read. */
interface Open {
  readonly id: number
  readonly line: number
  readonly rows: RowNumbers[]
  time: number
  isBad: boolean
}

/**
 * Makes a reader of event tables for a model.
 * @param file the name that problems carry
 */
export function eventReader(file: string, model: Model): EventReader {
  const csv: CsvReader = csvReader(file)
  const told = teller()
  const terms = doseTerms(model)
  for (const problem of terms.problems) told.tell(problem)
  const facts = terms.value && factsOf(model, terms.value)
  for (const [state, said] of (terms.value ?? []).entries())
    for (const { name } of Object.values(said))
      told.tell({
        code: 'from-model',
        level: 'note',
        message: `Doses into "${model.states[state]?.name}" obey "${name}" of the model.`,
      })
  const subjects: EventSubject[] = []
  const places = new Map<number, number>()
  let [head, open] = [undefined as Columns | undefined, undefined as Open | undefined]
  let [headRead, isDoubtful] = [false, false]
  const close = (): void => {
    if (!open) return
    const { id, line, rows, isBad } = open
    const missing = isBad ? undefined : missingInput(model, head, rows)
    if (missing !== undefined)
      told.tell({
        code: 'no-covariate',
        level: 'error',
        message: `Subject ${id} has no value of "${missing}".`,
        place: { file, line, column: 1, length: 1 },
        help: 'give it at least one, or take the column out',
      })
    const isGood = !isBad && missing === undefined
    const looks = rows.filter((row) => isLook({ kind: row.kind as EventKind })).length
    const at = places.get(id) ?? subjects.length
    subjects[at] = isGood
      ? { id, line, looks, rows: packRows(rows) }
      : { id, line: subjects[at]?.line ?? line, looks: 0 }
    places.set(id, at)
    open = undefined
  }
  const take = (row: CsvRow): void => {
    if (!headRead) {
      headRead = true
      const read = readColumns(file, model, row)
      for (const problem of [...row.problems, ...read.problems]) told.tell(problem)
      head = row.problems.length > 0 ? undefined : read.value
      return
    }
    if (!head || !facts) return
    const cells = cellsOf(file, head, facts, row)
    const id = cells.number('id', NaN)
    if (!(Number.isInteger(id) && id >= 1 && id <= LARGEST_ID)) {
      cells.fault(
        'id',
        'bad-id',
        `A subject is a whole number from 1 to ${LARGEST_ID}; nobody can know whose row this is.`,
        'number the subjects; those beside this row are left out',
      )
      told.tell(cells.problems.at(-1) as Problem)
      if (open) open.isBad = true
      isDoubtful = true
      return
    }
    if (open?.id !== id) {
      close()
      open = { id, line: row.line, rows: [], time: 0, isBad: isDoubtful || places.has(id) }
      if (places.has(id))
        cells.fault(
          'id',
          'subject-in-two-places',
          `Subject ${id} has rows further up, with others in between.`,
          'sort the table by ID, then by TIME',
        )
    }
    isDoubtful = false
    const numbers = rowNumbers(cells, open)
    for (const problem of cells.problems) told.tell(problem)
    if (cells.problems.length > 0) open.isBad = true
    if (open.isBad) open.rows.length = 0
    else open.rows.push(numbers)
  }
  return {
    push: (piece) => {
      for (const row of csv.push(piece)) take(row)
    },
    end: () => {
      for (const row of csv.end()) take(row)
      close()
      if (!headRead)
        told.tell({
          code: 'empty-table',
          level: 'error',
          message: `"${file}" is empty.`,
          help: 'the first line names the columns: ID,TIME,AMT',
        })
      else if (head && subjects.length === 0)
        told.tell({ code: 'empty-table', level: 'error', message: `"${file}" has no rows.` })
      const value = head && facts && subjects.length > 0 ? { subjects, inputs: head.inputs } : undefined
      return { value, problems: told.all() }
    },
  }
}

/** Keeps the first problems, and counts the others. */
function teller(): { tell: (problem: Problem) => void; all: () => Problem[] } {
  const notes: Problem[] = []
  const kept: Problem[] = []
  let more = 0
  return {
    tell: (problem) => {
      if (problem.level === 'note') notes.push(problem)
      else if (kept.length < MOST_PROBLEMS) kept.push(problem)
      else more++
    },
    all: () => {
      const message = `There are ${more} more problems like these.`
      return [...notes, ...kept, ...(more > 0 ? [{ code: 'more-problems', level: 'error', message } as const] : [])]
    },
  }
}

function missingInput(model: Model, head: Columns | undefined, rows: readonly RowNumbers[]): string | undefined {
  const at = head?.inputs.find((_, column) => rows.every(({ inputs }) => Number.isNaN(inputs[column] ?? NaN)))
  return at === undefined ? undefined : model.inputs[at]?.name
}

/** The cells of one row, and what is wrong with them. */
interface Cells {
  readonly line: number
  readonly facts: ModelFacts
  readonly problems: Problem[]
  has(field: ColumnField): boolean
  /** A number; `otherwise` where the cell is empty or the column is not there. NaN where it is none. */
  number(field: ColumnField, otherwise: number): number
  /** The state that a cell names; -1 if it names none. */
  state(): number
  inputs(): number[]
  fault(field: ColumnField, code: string, message: string, help: string): void
}

function cellsOf(file: string, { columns, inputs, where }: Columns, facts: ModelFacts, row: CsvRow): Cells {
  const problems: Problem[] = [...row.problems]
  const report = (at: number, code: string, message: string, help?: string): void => {
    const { line, column } = row.places[at] ?? { line: row.line, column: 1 }
    const place = { file, line, column, length: Math.max(1, row.cells[at]?.length ?? 1) }
    problems.push({ code, level: 'error', message, place, ...(help !== undefined && { help }) })
  }
  if (row.cells.length !== columns.length)
    report(
      Math.min(row.cells.length, columns.length) - 1,
      'row-length',
      `The row has ${row.cells.length} cell${row.cells.length === 1 ? '' : 's'}, the head ${columns.length}.`,
      row.cells.length > columns.length
        ? 'is a comma the decimal point? put such cells in quotes, with a point'
        : 'leave cells empty, but keep their commas',
    )
  const at = (field: ColumnField): number => where.get(field) ?? -1
  const textAt = (i: number): string => (row.cells[i] ?? '').trim()
  const numberAt = (i: number, otherwise: number): number => {
    const text = textAt(i)
    if (isEmpty(text)) return otherwise
    const value = NUMBER.test(text) ? Number(text) : NaN
    if (!Number.isFinite(value)) report(i, 'bad-cell', ...badCell(columns[i], text))
    return Number.isFinite(value) ? value : NaN
  }
  return {
    line: row.line,
    facts,
    problems,
    has: (field) => at(field) >= 0,
    number: (field, otherwise) => numberAt(at(field), otherwise),
    state: () => {
      const i = at('state')
      const text = textAt(i)
      if (isEmpty(text) || text === '0') return facts.model.states.length === 1 ? 0 : -1
      const state = NUMBER.test(text) ? Number(text) - 1 : facts.model.states.findIndex(({ name }) => name === text)
      if (Number.isInteger(state) && state >= 0 && state < facts.model.states.length) return state
      if (state < -1 && NUMBER.test(text))
        report(
          i,
          'unsupported-cmt',
          `CMT ${text} is not supported: states cannot be turned off.`,
          'write an input that does it',
        )
      else report(i, 'unknown-state', `The model has no state "${text}".`, guessState(facts, text))
      return -1
    },
    inputs: () => {
      const values = Array.from(inputs, () => NaN)
      for (const [i, { input }] of columns.entries()) if (input !== undefined) values[input] = numberAt(i, NaN)
      return values
    },
    fault: (field, code, message, help) => report(Math.max(at(field), 0), code, message, help),
  }
}

const isEmpty = (text: string): boolean => text === '' || text === '.' || text === 'NA'

function badCell(column: Column | undefined, text: string): [message: string, help: string] {
  const message = `${column?.name ?? 'The cell'} is "${text.slice(0, 40)}", which is no number.`
  if (/^\d+:\d\d/.test(text)) return [message, 'clock times are not supported: write the time since the first record']
  return [message, 'write a number such as 12.5; an empty cell or "." says nothing']
}

function guessState({ model }: ModelFacts, text: string): string {
  const guess = didYouMean(
    text,
    model.states.map(({ name }) => name),
  )
  return guess ? `did you mean "${guess}"?` : `there are: ${statesOf(model)}`
}

/** The numbers of a row, checked by themselves and against the row before. */
function rowNumbers(cells: Cells, open: Open): RowNumbers {
  const time = cells.number('time', NaN)
  if (Number.isNaN(time) && cells.problems.length === 0)
    cells.fault('time', 'bad-time', 'The row has no time.', 'every row needs one')
  const dose = {
    amount: cells.number('amount', 0),
    rate: cells.number('rate', 0),
    every: cells.number('every', 0),
    more: cells.number('more', 0),
    steady: cells.number('steady', 0),
  }
  const missing = cells.number('missing', 0)
  if (missing !== 0 && missing !== 1 && !Number.isNaN(missing))
    cells.fault('missing', 'bad-mdv', `MDV is ${missing}; it must be 0 or 1.`, '1 says that nothing was measured')
  const isGiven = dose.amount !== 0 || dose.rate !== 0 || dose.steady !== 0
  const kind = cells.has('kind') ? cells.number('kind', 0) : isGiven ? 1 : missing === 1 ? 2 : 0
  const terms = {
    lag: cells.number('lag', NaN),
    share: cells.number('share', NaN),
    duration: cells.number('duration', NaN),
  }
  const said = { time, kind, state: cells.state(), ...dose, ...terms }
  const inputs = cells.inputs()
  if (cells.problems.length === 0) {
    const fault = ruleFault(said, cells.facts)
    if (fault) cells.fault(fault.field, fault.code, fault.message, fault.help)
    else if (time < open.time)
      cells.fault(
        'time',
        'time-falls',
        `The time falls from ${open.time} to ${time} within subject ${open.id}.`,
        'sort the rows by TIME; a time that begins anew at a reset is not supported',
      )
    open.time = time
  }
  return { line: cells.line, ...said, inputs }
}
