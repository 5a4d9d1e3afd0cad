// What a terminal shows of a simulation: for each output its course as a sparkline, and its spread at a few times.
import { type Simulation, spreadOf } from '#lab'
import { formatNumber, sparkline, terminalTable } from '#report'

const SHOWN_TIMES = 6
const SPARKS = 40

/** Summarises a simulation in a table a person can read at a glance. */
export function summaryText(simulation: Simulation): string {
  const { model, subjects, times } = simulation
  const at = [
    ...new Set(Array.from({ length: SHOWN_TIMES }, (_, i) => Math.round((i * (times.length - 1)) / (SHOWN_TIMES - 1)))),
  ]
  const head = ['output', 'unit', 'course', ...at.map((k) => `${formatNumber(times[k] ?? 0)} ${model.time.text}`)]
  const rows = spreadOf(simulation).map(({ name, unit, quantiles }) => {
    const [low, , middle, , high] = quantiles
    const cell = (k: number): string => {
      const [a, m, b] = [low?.[k], middle?.[k], high?.[k]]
      if (m === undefined) return '–'
      return subjects === 1 || a === undefined || b === undefined
        ? formatNumber(m)
        : `${formatNumber(m)} (${formatNumber(a)}–${formatNumber(b)})`
    }
    return [
      name,
      unit,
      sparkline(
        (middle ?? []).map((v) => v ?? null),
        SPARKS,
      ),
      ...at.map(cell),
    ]
  })
  const who = subjects === 1 ? 'one subject' : `${subjects} subjects: median (5 %–95 %)`
  return `${model.title} (${model.name}), ${who}\n\n${terminalTable(head, rows)}`
}
