// TEMPORARY, to be overwritten by the author of this room.
export interface SimulationSummary {
  [key: string]: any
}
export const renderSimulations = (title: string, s: readonly any[]): string =>
  `<html>${title}${s.map((x) => x.title).join()}<svg></svg></html>`
export const formatNumber = (x: number): string => String(Number(x.toPrecision(4)))
export const sparkline = (v: readonly (number | null)[], width: number): string => '▁'.repeat(Math.min(width, v.length))
export const terminalTable = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, ...rows].map((r) => r.join('  ')).join('\n')
