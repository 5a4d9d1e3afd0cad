// The cells of one row of an event table: text to numbers and states, each mistake with its place.
import { type CsvRow, didYouMean, type Problem } from '#base'
import type { Column, ColumnField, Columns } from './event-columns.ts'
import { type ModelFacts, ruleFault, statesOf } from './event-rules.ts'
import type { RowNumbers } from './event-subject.ts'

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/

/** The cells of one row, and what is wrong with them. */
export interface Cells {
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

/** Reads the cells of a row as far as they are asked for. */
export function cellsOf(file: string, { columns, inputs, where }: Columns, facts: ModelFacts, row: CsvRow): Cells {
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

/**
 * The numbers of a row, checked by themselves and against the row before.
 * @param before the subject's rows so far: its number and its time
 */
export function rowNumbers(cells: Cells, before: { readonly id: number; time: number }): RowNumbers {
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
    else if (time < before.time)
      cells.fault(
        'time',
        'time-falls',
        `The time falls from ${before.time} to ${time} within subject ${before.id}.`,
        'sort the rows by TIME; a time that begins anew at a reset is not supported',
      )
    before.time = time
  }
  return { line: cells.line, ...said, inputs }
}
