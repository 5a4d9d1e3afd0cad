// What a terminal shows of a simulation: for each output its course as a sparkline, and its spread at a few times.
import { SHARES, type Simulation, spreadOf } from '#lab'
import { type Cell, formatNumber, sparkline, terminalTable } from '#report'

const SHOWN_TIMES = 6
const SPARKS = 24
const DIGITS = 3
const OUTERMOST = [SHARES.length - 1, 0] // the shares shown below the median: 95 % and 5 %
const MEDIAN = SHARES.indexOf(0.5)

/** Summarises a simulation in a table that a person can read at a glance. */
export function summaryText(simulation: Simulation): string {
  const { model, subjects, times } = simulation
  const shown = [
    ...new Set(Array.from({ length: SHOWN_TIMES }, (_, i) => Math.round((i * (times.length - 1)) / (SHOWN_TIMES - 1)))),
  ]
  const head = ['output', '', ...shown.map((k) => `${formatNumber(times[k])} ${model.time.text}`)]
  const rows = spreadOf(simulation).flatMap(({ name, unit, quantiles }): Cell[][] => {
    const cells = (share: number): string[] => shown.map((k) => formatNumber(quantiles[share]?.[k], DIGITS))
    const course = sparkline(
      (quantiles[MEDIAN] ?? []).map((v) => v ?? null),
      SPARKS,
    )
    const median = [`${name} [${unit}]`, course, ...cells(MEDIAN)]
    return subjects === 1
      ? [median]
      : [median, ...OUTERMOST.map((share) => [`  ${(SHARES[share] ?? 0) * 100} %`, '', ...cells(share)])]
  })
  const who = subjects === 1 ? 'one subject' : `${subjects} subjects, median`
  return `${model.title}\n${model.name}: ${who}\n\n${terminalTable(head, rows)}`
}
