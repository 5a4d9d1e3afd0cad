// Whether intervals, errors and spreads of a printed row agree, and whether what is called SD is more probably SEM.
import { log } from '#base'
import { clopperPearson, studentQuantile, wilson } from '#stats'
import { type Fault, lastDigit } from './check-counts.ts'
import type { Row } from './schema.ts'

/** Checks everything about a row's spread. */
export const checkSpread = (row: Row): Fault[] => [
  ...checkOrder(row),
  ...checkMeanInterval(row),
  ...checkShareInterval(row),
  ...checkSem(row),
]

const RATIOS = new Set(['OR', 'RR', 'HR'])

function checkOrder(row: Row): Fault[] {
  const faults: Fault[] = []
  const middle = row.mean ?? row.median ?? row.value ?? row.percent
  for (const key of ['interval', 'iqr', 'range'] as const) {
    const [lo = 0, hi = 0] = row[key] ?? []
    if (row[key] === undefined) continue
    const upside = lo > hi
    if (upside || (middle !== undefined && (middle < lo || middle > hi)))
      faults.push({
        code: 'outside-interval',
        message: upside ? `${lo} to ${hi} runs backwards.` : `${middle} does not lie between ${lo} and ${hi}.`,
        help: 'look at the signs and at the order',
        key,
      })
  }
  for (const key of ['sd', 'se', 'plus_minus'] as const)
    if ((row[key] ?? 0) < 0)
      faults.push({
        code: 'negative-spread',
        message: `A spread of ${row[key]} cannot be.`,
        help: 'look at the sign',
        key,
      })
  const [lo = 1, hi = 1] = row.interval ?? []
  if (row.effect !== undefined && RATIOS.has(row.effect) && row.value !== undefined && lo > 0 && row.value > 0)
    faults.push(...checkRatio(row.value, lo, hi))
  return faults
}

const LOPSIDED = 1.4 // times that one arm of the interval of a log ratio may be the other; more than rounding gives for the rows checked

/** The interval of a ratio is even about it on the log scale, as far as rounding lets one see. */
function checkRatio(value: number, lo: number, hi: number): Fault[] {
  const half = [value, lo, hi].map((x) => 0.5 * lastDigit(x))
  const most =
    log((hi + (half[2] ?? 0)) / (value - (half[0] ?? 0))) / log((value - (half[0] ?? 0)) / (lo + (half[1] ?? 0)))
  const least =
    log((hi - (half[2] ?? 0)) / (value + (half[0] ?? 0))) / log((value + (half[0] ?? 0)) / (lo - (half[1] ?? 0)))
  if (!(most > 0 && least > 0) || (least < LOPSIDED && most > 1 / LOPSIDED)) return []
  return [
    {
      code: 'lopsided-interval',
      message: `${lo} to ${hi} is not even about ${value} on the log scale.`,
      help: 'look at the numbers; if they are printed so, name this row under "contradictions"',
      key: 'interval',
    },
  ]
}

const OFF = 1.35 // how far the width of an interval may be from what its spread gives: other formulas and rounding stay below

function checkMeanInterval({ mean, sd, se, n, interval }: Row): Fault[] {
  const [lo, hi] = interval ?? []
  if (mean === undefined || lo === undefined || hi === undefined) return []
  const error = se ?? (sd !== undefined && n !== undefined ? sd / Math.sqrt(n) : undefined)
  if (error === undefined || !(error > 0)) return []
  const t = n !== undefined && n > 1 ? studentQuantile(0.975, n - 1) : 1.96
  const expected = 2 * t * error
  const ratio = (hi - lo) / expected
  if (ratio < OFF && ratio > 1 / OFF) return []
  return [
    {
      code: 'interval-of-spread',
      message: `The interval is ${hi - lo} wide, and its spread gives about ${expected.toFixed(2)}.`,
      help: 'is the spread an SEM, or the interval another percent?',
      key: 'interval',
    },
  ]
}

function checkShareInterval({ events, n, interval }: Row): Fault[] {
  const [lo, hi] = interval ?? []
  if (events === undefined || n === undefined || lo === undefined || hi === undefined || events > n) return []
  const [narrow, wide] = [wilson(events, n, 0.95), clopperPearson(events, n, 0.95)]
  const width = (hi - lo) / 100
  if (width < OFF * (wide.hi - wide.lo) && width > (narrow.hi - narrow.lo) / OFF) return []
  return [
    {
      code: 'interval-of-count',
      message: `The interval is ${(100 * width).toFixed(1)} points wide; ${events} of ${n} gives ${(100 * (narrow.hi - narrow.lo)).toFixed(0)} to ${(100 * (wide.hi - wide.lo)).toFixed(0)}.`,
      help: 'look at the counts and at the percent of the interval',
      key: 'interval',
    },
  ]
}

/**
 * The least SD among patients, as a part of the mean, that outcomes of wide spread have.
 * Assumed: patients enter with different disease, and in this library no mean of SLEDAI, protein or cells with a stated SD is narrower.
 */
const NARROWEST = 0.2
const WIDE = new Set(['sledai', 'proteinuria', 'treg'])

/** A spread so small that it would fit as an SEM and not as an SD. */
function checkSem({ outcome, mean, sd, plus_minus, n }: Row): Fault[] {
  const spread = sd ?? plus_minus
  if (!WIDE.has(outcome) || mean === undefined || spread === undefined || n === undefined || n < 4 || mean === 0)
    return []
  if (spread / Math.abs(mean) >= NARROWEST) return []
  const scaled = (spread * Math.sqrt(n)).toFixed(2)
  return [
    {
      code: 'sem-for-sd',
      message: `±${spread} about ${mean} in ${n} patients is too narrow for an SD; as an SEM it means an SD of ${scaled}.`,
      help: 'write it as "plus_minus" unless the source says which it is, and name the row under "contradictions"',
      key: sd === undefined ? 'plus_minus' : 'sd',
    },
  ]
}
