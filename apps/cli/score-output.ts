// What a table of scores looks like: JSON with every reason, a table of commas, or lines for a terminal. Made row by row, however long the table is.
import type { Problem } from '#base'
import {
  explain,
  explainParts,
  type Findings,
  type Instrument,
  printPossible,
  printSettings,
  printValue,
  type Settings,
  type TableRow,
  type Verdict,
} from '#clinic'
import { terminalTable } from '#report'

/** A row that can be scored. */
export type Scorable = TableRow & { readonly found: Findings }

/** A table with what it is scored by. */
export interface Scores {
  readonly instrument: Instrument
  readonly settings: Settings
  readonly file: string
  readonly rows: readonly Scorable[]
  readonly problems: readonly Problem[]
}

const judge = ({ instrument, settings }: Scores, { found }: Scorable): Verdict => instrument.compute(found, settings)

const labelsOf = (rows: readonly Scorable[]): string[] => [...new Set(rows.flatMap((row) => Object.keys(row.labels)))]

/** Writes one JSON document. */
export function* scoresJson(scores: Scores): Iterable<string> {
  const { instrument, settings, file, rows, problems } = scores
  const { name, label, unit, sources, unconfirmed } = instrument
  const head = {
    instrument: name,
    label,
    unit,
    settings,
    sources,
    ...(unconfirmed !== undefined && { unconfirmed }),
    file,
    problems,
  }
  yield `${JSON.stringify(head, undefined, 2).slice(0, -2)},\n  "rows": [`
  for (const [at, row] of rows.entries()) {
    const { line, labels } = row
    const verdict = judge(scores, row)
    const { value = null, possible, parts, missing, notes } = verdict
    const words = explain(instrument, verdict)
    yield `${at > 0 ? ',' : ''}\n    ${JSON.stringify({ line, ...labels, value, possible, missing, notes, words, parts })}`
  }
  yield `${rows.length > 0 ? '\n  ' : ''}]\n}\n`
}

const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

/** Writes a table of commas. */
export function* scoresCsv(scores: Scores): Iterable<string> {
  const { instrument, rows } = scores
  const labels = labelsOf(rows)
  yield `${['line', ...labels, 'value', 'possible', 'missing', 'words'].join(',')}\n`
  for (const row of rows) {
    const verdict = judge(scores, row)
    const { value, possible, missing } = verdict
    const said = value === undefined ? '' : String(value)
    const who = labels.map((label) => row.labels[label] ?? '')
    const cells = [
      String(row.line),
      ...who,
      said,
      printPossible(possible),
      missing.join(' '),
      explain(instrument, verdict),
    ]
    yield `${cells.map(quoted).join(',')}\n`
  }
}

const MOST_ROWS = 1000 // of a table on a terminal

/**
 * Writes for a terminal.
 * @param isExplained whether every item of every row is told
 */
export function* scoresText(scores: Scores, isExplained: boolean): Iterable<string> {
  const { instrument, settings, rows } = scores
  const { label, unconfirmed } = instrument
  const stamp = printSettings(settings)
  yield `${label}${stamp === '' ? '' : ` (${stamp})`}\n${unconfirmed === undefined ? '' : `not confirmed: ${unconfirmed}\n`}\n`
  if (isExplained) {
    for (const row of rows) yield* rowText(instrument, row, judge(scores, row))
    return
  }
  const labels = labelsOf(rows)
  const shown = rows.slice(0, MOST_ROWS).map((row) => {
    const { value, possible, missing } = judge(scores, row)
    const open = value === undefined ? printPossible(possible) : ''
    return [
      row.line,
      ...labels.map((one) => row.labels[one] ?? ''),
      printValue(value),
      open,
      missing.length > 0 ? missing.length : '',
    ]
  })
  yield `${terminalTable(['line', ...labels, 'value', 'possible', 'not said'], shown)}\n`
  if (rows.length > MOST_ROWS) yield `and ${rows.length - MOST_ROWS} more rows: --out writes them all\n`
  yield '\n'
}

function* rowText(instrument: Instrument, { line, labels }: Scorable, verdict: Verdict): Iterable<string> {
  yield `${[`line ${line}`, ...Object.values(labels)].join(' · ')}\n  ${explain(instrument, verdict)}\n`
  for (const one of explainParts(verdict)) yield `  ${one}\n`
  yield '\n'
}
