// The spread of a population over time: quantiles of each output at each time, over the subjects that got so far.
import { quantile } from '#stats'
import type { Simulation } from './simulate.ts'

export const SHARES = [0.05, 0.25, 0.5, 0.75, 0.95] as const

export interface OutputSpread {
  readonly name: string
  readonly unit: string
  readonly meaning: string
  /** quantiles[s][k]: share SHARES[s] at time k; undefined where nobody has a finite value. */
  readonly quantiles: readonly (readonly (number | undefined)[])[]
}

/** Summarises every output. */
export function spreadOf(simulation: Simulation): OutputSpread[] {
  const { outputs, times, rows, rowStarts, subjects, progress } = simulation
  return outputs.map((output, i) => {
    const columns = Array.from(times, (_, k) => {
      const values: number[] = []
      for (let subject = 0; subject < subjects; subject++) {
        if (k >= (progress[subject]?.rows ?? 0)) continue
        const value = rows[((rowStarts[subject] ?? 0) + k) * outputs.length + i]
        if (value !== undefined && Number.isFinite(value)) values.push(value)
      }
      return Float64Array.from(values).toSorted()
    })
    return { ...output, quantiles: SHARES.map((share) => columns.map((sorted) => quantile(sorted, share))) }
  })
}

/** Counts, for each output, the cells that are not finite although the subject got so far: a division by zero in an output, say. */
export function holesOf({ outputs, rows }: Simulation): { name: string; count: number }[] {
  const counts = new Float64Array(outputs.length)
  for (let at = 0; at < rows.length; at++)
    if (!Number.isFinite(rows[at])) counts[at % outputs.length] = (counts[at % outputs.length] ?? 0) + 1
  return outputs.flatMap(({ name }, i) => ((counts[i] ?? 0) > 0 ? [{ name, count: counts[i] ?? 0 }] : []))
}

/** One subject's course of one output; undefined after it failed, or where a value is not finite. */
export function courseOf(
  { rows, rowStarts, outputs, progress, times }: Simulation,
  subject: number,
  output: number,
): (number | undefined)[] {
  return Array.from(times, (_, k) => {
    if (k >= (progress[subject]?.rows ?? 0)) return undefined
    const value = rows[((rowStarts[subject] ?? 0) + k) * outputs.length + output]
    return value !== undefined && Number.isFinite(value) ? value : undefined
  })
}

/** How many subjects failed in each way, and how early. */
export function failuresOf({ progress }: Simulation): {
  status: Exclude<Simulation['progress'][number]['status'], 'ok' | 'stopped'>
  count: number
  firstTime: number
}[] {
  return (['stepLimit', 'notFinite', 'stepTooSmall'] as const).flatMap((status) => {
    const failed = progress.filter((p) => p.status === status)
    return failed.length === 0
      ? []
      : [{ status, count: failed.length, firstTime: failed.reduce((least, p) => Math.min(least, p.time), Infinity) }]
  })
}
