// Scales: from values of data to a share of an axis, with ticks a person would choose: 1, 2 or 5 times a power of ten.
// Knows no pixels. Keeps true: shares and ticks are finite for any finite values, tick labels differ, and ticks are the exact decimals they show.

import { log } from '#base'
import { formatNumber, formatScientific, splitPower } from './format-number.ts'
import { setNumber } from './typeset.ts'

export interface Tick {
  readonly value: number
  readonly label: string
}

export interface Scale {
  /** The values at the two ends of the axis. */
  readonly low: number
  readonly high: number
  readonly ticks: readonly Tick[]
  /** From a value to its share of the axis: 0 at the low end, 1 at the high end. */
  readonly share: (value: number) => number
}

/** Where an axis ends: at the ticks around the data, or with the data. */
export type Ends = 'at-ticks' | 'at-data'

const FLAT = 1e-6 // a range this small beside its values is drawn as a flat line: nobody reads an axis of seven equal digits
const TINY = 1e-300 // below it, ranges have too few bits left to divide
const HUGE = 1e306 // what lies beyond is drawn at the edge, so that no difference overflows

/**
 * Makes a linear scale over finite values. A range of no width gets room around it, down or up to zero.
 * @param wanted about how many ticks, at least 2
 */
export function linearScale(low: number, high: number, wanted = 5, ends: Ends = 'at-ticks'): Scale {
  const [from, to] = spread(clamp(Math.min(low, high)), clamp(Math.max(low, high)))
  const { digit, power } = niceStep((to - from) / wanted)
  const at = (i: number): number => Number(`${i * digit}e${power}`)
  const step = Number(`${digit}e${power}`)
  const slack = 1e-6 // in steps: 0.3/0.1 is just below 3
  const [first, last] =
    ends === 'at-ticks'
      ? [Math.floor(from / step + slack), Math.ceil(to / step - slack)]
      : [Math.ceil(from / step - slack), Math.floor(to / step + slack)]
  const values = Array.from({ length: last - first + 1 }, (_, i) => at(first + i))
  const [start, end] = ends === 'at-ticks' ? [at(first), at(last)] : [from, to]
  const size = Math.max(-start, end)
  const plain = size >= 1e-4 && size < 1e6
  return {
    low: start,
    high: end,
    ticks: values.map((value) => tick(value, plain ? value.toFixed(Math.max(0, -power)) : undefined)),
    share: (value) => (clamp(value) - start) / (end - start),
  }
}

/** A tick with the text of its number; without one, with a power of ten. */
const tick = (value: number, text = formatScientific(value, 12)): Tick => ({ value, label: setNumber(text) })

/**
 * Makes a logarithmic scale over positive values.
 * @throws where a value is not positive: leave those out first
 */
export function logScale(low: number, high: number): Scale {
  if (!(low > 0 && high >= low)) throw new Error(`Cannot scale ${low} to ${high} by logarithm: want 0 < low <= high`)
  const digits = high / low > 100 ? [1] : [1, 2, 5]
  const marks: number[] = []
  for (let power = splitPower(low).power - 1; power <= splitPower(high).power + 1; power++)
    marks.push(
      ...digits.map((digit) => Number(`${digit}e${power}`)).filter((mark) => mark > 0 && Number.isFinite(mark)),
    )
  const first = Math.max(
    0,
    marks.findLastIndex((mark) => mark <= low && mark < high),
  )
  const beyond = marks.findIndex((mark) => mark >= high && mark > low)
  const values = marks.slice(first, beyond < 0 ? undefined : beyond + 1)
  const shown = values.filter((_, i) => i % Math.ceil(values.length / 8) === 0)
  const plain = shown.every((value) => value >= 1e-4 && value < 1e6)
  const [start, end] = [values[0] ?? low, values.at(-1) ?? high]
  const width = log(end) - log(start)
  return {
    low: start,
    high: end,
    ticks: shown.map((value) => tick(value, plain ? formatNumber(value) : undefined)),
    share: (value) => (width > 0 ? (log(value) - log(start)) / width : 0.5),
  }
}

function spread(low: number, high: number): [number, number] {
  const size = Math.max(-low, high)
  if (size < TINY) return [0, 1]
  if (high - low > FLAT * size) return [low, high]
  return low > 0 ? [0, clamp(2 * high)] : [clamp(2 * low), 0]
}

const clamp = (value: number): number => Math.max(-HUGE, Math.min(HUGE, value))

/** The least of 1, 2 and 5 times a power of ten that is at least so wide. */
function niceStep(width: number): { digit: number; power: number } {
  const { mantissa, power } = splitPower(width)
  const digit = [1, 2, 5].find((nice) => Number(mantissa) <= nice)
  return digit === undefined ? { digit: 1, power: power + 1 } : { digit, power }
}
