// A course in one line of a terminal.

import { finite } from './format-number.ts'

const BARS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const

/**
 * Draws values as a row of bars from the lowest to the highest; equal values are half high, a missing one is a blank.
 * @param width the most signs; longer courses show means of stretches of nearly equal length
 */
export function sparkline(values: readonly (number | null)[], width: number): string {
  const count = Math.min(Math.floor(width), values.length)
  if (!(count >= 1)) return ''
  const means = Array.from({ length: count }, (_, i) =>
    mean(values.slice(Math.floor((i * values.length) / count), Math.floor(((i + 1) * values.length) / count))),
  )
  const known = means.filter((value) => value !== undefined)
  const low = known.reduce((least, value) => Math.min(least, value), Infinity)
  const high = known.reduce((most, value) => Math.max(most, value), -Infinity)
  const range = high / 2 - low / 2 // halves: the difference itself may overflow
  return means
    .map((value) => (value === undefined ? ' ' : bar(range > 0 ? (value / 2 - low / 2) / range : 0.5)))
    .join('')
}

const bar = (share: number): string => BARS[Math.min(BARS.length - 1, Math.floor(share * BARS.length))] ?? ' '

function mean(values: readonly (number | null)[]): number | undefined {
  const known = values.map(finite).filter((value) => value !== undefined)
  return known.length === 0 ? undefined : known.reduce((sum, value) => sum + value / known.length, 0)
}
