// Reads an event table row by row: cells to numbers, rows to subjects. A subject with a bad row is left out whole, and told; the others go on.
import { type CsvReader, csvReader, type CsvRow, type Problem } from '#base'
import { doseTerms, type EventKind, isLook, type Model } from '#engine'
import { cellsOf, rowNumbers } from './event-cells.ts'
import { type Columns, readColumns } from './event-columns.ts'
import { factsOf } from './event-rules.ts'
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
