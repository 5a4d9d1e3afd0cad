// The population over time and in single numbers, as its tallies tell it: the spread of each output, and the table that --summary writes.
import { nameMeasure, type Statistic } from './measures.ts'
import type { Simulation } from './simulate.ts'
import type { Cell, Cells } from './tally-cells.ts'

export const SHARES = [0.05, 0.25, 0.5, 0.75, 0.95] as const

export interface OutputSpread {
  readonly name: string
  readonly unit: string
  readonly meaning: string
  /** quantiles[s][k]: share SHARES[s] at time k; undefined where nobody has a finite value. */
  readonly quantiles: readonly (readonly (number | undefined)[])[]
}

/** Summarises every output, over the subjects that got so far. */
export function spreadOf(simulation: Simulation): OutputSpread[] {
  const { outputs, times } = simulation
  const cells = cellsOf(simulation)
  return outputs.map((output, i) => {
    const column = Array.from(times, (_, k) => cells.cell(k * outputs.length + i))
    return { ...output, quantiles: SHARES.map((share) => column.map((cell) => cell.quantile(share))) }
  })
}

/** The largest relative error of the quantiles of a simulation; 0 if they are exact. */
export function quantileError(simulation: Simulation): number {
  const cells = cellsOf(simulation)
  let most = 0
  for (let at = 0; at < cells.count; at++) most = Math.max(most, cells.cell(at).error)
  return most
}

/** One line of the summary: an output at a time, or a measure. */
export interface SummaryRow {
  readonly what: string
  readonly unit: string
  /** Absent for a measure. */
  readonly time?: number
  /** Subjects who have it, and those to whom it never comes: both are in the quantiles, the first alone in mean and SD. */
  readonly n: number
  readonly never: number
  /** One for each statistic; undefined where there is none. */
  readonly values: readonly (number | undefined)[]
  /** The largest relative error of a quantile. */
  readonly error: number
}

/** Lists the rows of the summary: each output over time, then the measures. */
export function* summaryRows(simulation: Simulation, statistics: readonly Statistic[]): Generator<SummaryRow> {
  const { outputs, times, measures, model } = simulation
  const cells = cellsOf(simulation)
  const row = (what: { name: string; unit: string }, at: number, time?: number): SummaryRow => {
    const cell = cells.cell(at)
    const values = statistics.map((statistic) => finite(valueOf(cell, statistic)))
    const { n, never, error } = cell
    return { what: what.name, unit: what.unit, n, never, values, error, ...(time !== undefined && { time }) }
  }
  for (const [i, output] of outputs.entries())
    for (const [k, time] of times.entries()) yield row(output, k * outputs.length + i, time)
  for (const [i, measure] of measures.entries())
    yield row(nameMeasure(measure, outputs, model.time.text), times.length * outputs.length + i)
}

const valueOf = (cell: Cell, statistic: Statistic): number | undefined =>
  typeof statistic === 'string' ? cell[statistic] : cell.quantile(statistic.share)

const finite = (value: number | undefined): number | undefined =>
  value !== undefined && Number.isFinite(value) ? value : undefined

function cellsOf({ cells }: Simulation): Cells {
  if (!cells) throw new Error('The simulation was not summarised')
  return cells
}

/** Lists the outputs that have cells without a finite value, and how many. */
export const holesOf = ({ outputs, holes }: Simulation): { name: string; count: number }[] =>
  outputs.flatMap(({ name }, i) => ((holes[i] ?? 0) > 0 ? [{ name, count: holes[i] ?? 0 }] : []))

/** One subject's course of one output, of the first few subjects; undefined after it failed, or where a value is not finite. */
export function courseOf(
  { courses, outputs, times }: Simulation,
  subject: number,
  output: number,
): (number | undefined)[] {
  return Array.from(times, (_, k) => finite(courses[subject]?.[k * outputs.length + output]))
}
