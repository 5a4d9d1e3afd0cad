// The head of an event table: which column means what. Names are NONMEM's, in capitals or small letters; a column named as an input of the model is a
// covariate; what is not supported is refused by name, what means nothing here is told.
import { type CsvRow, didYouMean, type Place, type Problem } from '#base'
import type { Model } from '#engine'

/** Columns that a table may have, and what they say. */
const MEANT = {
  ID: 'id',
  TIME: 'time',
  EVID: 'kind',
  AMT: 'amount',
  CMT: 'state',
  RATE: 'rate',
  II: 'every',
  ADDL: 'more',
  SS: 'steady',
  MDV: 'missing',
  LAG: 'lag',
  ALAG: 'lag',
  F: 'share',
  DUR: 'duration',
} as const

export type ColumnField = (typeof MEANT)[keyof typeof MEANT]

/** Columns that change what other programs do, and have no meaning here. */
const REFUSED: Readonly<Record<string, string>> = {
  DATE: 'calendar dates',
  DAT1: 'calendar dates',
  DAT2: 'calendar dates',
  DAT3: 'calendar dates',
  PCMT: 'a compartment to predict in; name columns with --outputs',
  CALL: 'calls of a subroutine',
  CONT: 'records of several lines',
}

/** Columns without which nothing can be simulated. */
const NEEDED = ['ID', 'TIME'] as const
/** Columns that simulating does not need, as everybody knows. */
const KNOWN = new Set(['DV'])

export interface Column {
  /** As the file writes it. */
  readonly name: string
  readonly field?: ColumnField
  /** Which of the inputs in `inputs`. */
  readonly input?: number
}

export interface Columns {
  readonly columns: readonly Column[]
  readonly where: ReadonlyMap<ColumnField, number>
  /** Numbers of the model's inputs that have a column, in the order of the columns. */
  readonly inputs: readonly number[]
}

/** Reads the head of a table. */
export function readColumns(
  file: string,
  model: Model,
  head: CsvRow,
): { value: Columns | undefined; problems: Problem[] } {
  const problems: Problem[] = []
  const inputs: number[] = []
  const names = head.cells.map((cell) => cell.trim())
  const columns = names.map((name, i): Column => {
    const { line = 1, column = 1 } = head.places[i] ?? {}
    const place: Place = { file, line, column, length: Math.max(1, name.length) }
    const report = (code: string, level: Problem['level'], message: string, help: string): void => {
      problems.push({ code, level, message, place, help })
    }
    const word = name === name.toLowerCase() ? name.toUpperCase() : name
    const field = word in MEANT ? MEANT[word as keyof typeof MEANT] : undefined
    const input = model.inputs.findIndex((one) => one.name === name)
    if (field && input >= 0)
      report(
        'ambiguous-column',
        'error',
        `"${name}" is a column of event tables and an input of the model.`,
        'rename the input',
      )
    const twice = field ? columnOf(names.slice(0, i), field) : names.indexOf(name) < i && input >= 0
    if (twice)
      report('doubled-column', 'error', `The column "${name}" says what another column says.`, 'keep one of them')
    const refused = REFUSED[word]
    if (refused && input < 0)
      report(
        'unsupported-column',
        'error',
        `"${name}" is not supported: ${refused}.`,
        'take the column out, or rename it',
      )
    if (field) return { name, field }
    if (input >= 0) return { name, input: inputs.push(input) - 1 }
    if (!refused && !KNOWN.has(word)) reportUnread(model, name, report)
    return { name }
  })
  const where = new Map(columns.flatMap(({ field }, i) => (field ? [[field, i] as const] : [])))
  for (const needed of NEEDED)
    if (!where.has(MEANT[needed]))
      problems.push({
        code: 'missing-column',
        level: 'error',
        message: `The table has no column "${needed}".`,
        place: { file, line: head.line, column: 1, length: 1 },
        help:
          names.length === 1 && /[;\t]/.test(names[0] ?? '')
            ? 'cells are separated by commas'
            : `the first line names the columns: ID,TIME,AMT`,
      })
  return { value: problems.some(({ level }) => level === 'error') ? undefined : { columns, where, inputs }, problems }
}

const columnOf = (names: readonly string[], field: ColumnField): boolean =>
  names.some((name) => {
    const word = name === name.toLowerCase() ? name.toUpperCase() : name
    return word in MEANT && MEANT[word as keyof typeof MEANT] === field
  })

function reportUnread(
  model: Model,
  name: string,
  report: (code: string, level: Problem['level'], message: string, help: string) => void,
): void {
  if (model.parameters.some((parameter) => parameter.name === name))
    report(
      'column-not-read',
      'warning',
      `"${name}" is a param of the model, which a table cannot set.`,
      `what differs by row is an input: input ${name} = …`,
    )
  else {
    const guess = didYouMean(name, [...Object.keys(MEANT), ...model.inputs.map((input) => input.name)])
    report(
      'column-not-read',
      'note',
      `The column "${name}" is not read.`,
      guess ? `did you mean "${guess}"?` : 'a covariate is an input of the model',
    )
  }
}
