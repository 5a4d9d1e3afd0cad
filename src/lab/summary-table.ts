// The summary of a population as a file: CSV with one line for each output at a time and each measure, or JSON with the same rows.
import { nameStatistic, type Statistic } from './measures.ts'
import { cell, quoted } from './rows.ts'
import type { Simulation } from './simulate.ts'
import { quantileError, summaryRows } from './summary.ts'

/** Writes CSV with the columns what, unit, time, n, never, the statistics, error: pieces of text, a line each. */
export function* summaryCsv(simulation: Simulation, statistics: readonly Statistic[]): Generator<string> {
  yield `${['what', 'unit', 'time', 'n', 'never', ...statistics.map(nameStatistic), 'error'].join(',')}\n`
  for (const { what, unit, time, n, never, values, error } of summaryRows(simulation, statistics))
    yield `${[quoted(what), quoted(unit), cell(time), n, never, ...values.map(cell), error].join(',')}\n`
}

/** Writes JSON: how many subjects there were and failed, and the rows of the CSV as objects; what has no value is null. */
export function* summaryJson(simulation: Simulation, statistics: readonly Statistic[]): Generator<string> {
  const { model, subjects, failures } = simulation
  const head = {
    model: model.name,
    timeUnit: model.time.text,
    subjects,
    failures,
    largestError: quantileError(simulation),
  }
  yield `${JSON.stringify(head, undefined, 2).slice(0, -2)},\n  "rows": [`
  let before = '\n'
  for (const { what, unit, time, n, never, values, error } of summaryRows(simulation, statistics)) {
    const told = Object.fromEntries(statistics.map((s, i) => [nameStatistic(s), values[i] ?? null]))
    yield `${before}    ${JSON.stringify({ what, unit, time: time ?? null, n, never, ...told, error })}`
    before = ',\n'
  }
  yield '\n  ]\n}\n'
}
