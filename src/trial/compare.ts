// A published row beside what the replicates of the trial would have printed there.
import { intervalOf } from './interval-of.ts'
import { observe } from './observed.ts'
import type { AbsentRow, ModelledRow, PublishedRow } from './published.ts'
import { type ArmReplicate, endpointAt } from './replicate.ts'
import type { Compared, Interval } from './result.ts'
import { statisticOf } from './row-statistic.ts'
import type { Endpoint, Trial } from './trial.ts'

type Replicates = readonly (readonly ArmReplicate[])[]

/**
 * Compares a row.
 * @param replicates of the trial; in each, the arms in the trial's order
 */
export function compareRow(trial: Trial, row: PublishedRow, replicates: Replicates): Compared {
  const { id, locator } = row
  const shared = { id, locator, use: row.use ?? trial.use, observed: observe(row) }
  return row.kind === 'absent'
    ? { ...shared, ...compareAbsent(trial, row) }
    : { ...shared, ...compareModelled(trial, row, replicates, shared.observed.value) }
}

const UNPREDICTED = { predicted: null, probability: null, p: null, inside90: null, inside50: null } as const

function compareAbsent(trial: Trial, { label, arm, month, unit, notModelled }: AbsentRow) {
  const end = trial.visits.at(-1)?.month ?? 0
  return { label, arm, time_months: month ?? end, unit, notModelled, ...UNPREDICTED }
}

function compareModelled(trial: Trial, row: ModelledRow, replicates: Replicates, observed: number | null) {
  const endpoint = trial.endpoints[endpointAt(trial, row.endpoint)] as Endpoint
  const known = replicates.map(statisticOf(trial, row, 'all'))
  const values = known.filter((value) => !Number.isNaN(value))
  const named = {
    label: row.label ?? endpoint.label,
    arm: row.kind === 'difference' ? row.arms.join(' - ') : row.arm,
    time_months: row.month,
    unit: 'unit' in endpoint ? endpoint.unit : '1',
    ...(values.length < known.length && { skipped: known.length - values.length }),
  }
  if (observed === null) return { ...named, ...UNPREDICTED, probability: meanOf(values) }
  const slack = isShare(endpoint) && row.kind === 'difference' ? lastDigit(observed) / 2 : 0
  const kind = isShare(endpoint) ? 'counted' : 'continuous'
  const predicted = intervalOf(values, kind)
  const available = intervalOf(replicates.map(statisticOf(trial, row, 'available')), kind)
  return {
    ...named,
    predicted,
    probability: isEffect(row, endpoint) ? shareBeyond(values, observed, slack) : null,
    p: predicted && midP(values, observed, slack),
    inside90: predicted && lies(observed, predicted.lo90, predicted.hi90, slack),
    inside50: predicted && lies(observed, predicted.lo50, predicted.hi50, slack),
    ...(available && predicted && !same(available, predicted) && { available }),
  }
}

const isShare = ({ kind }: Endpoint): boolean => kind === 'when' || kind === 'after'

/** A change since entry or a difference of arms: a number whose sign says who did better. */
const isEffect = (row: ModelledRow, endpoint: Endpoint): boolean =>
  row.kind === 'difference' || (endpoint.kind === 'value' && /\bbaseline\./.test(endpoint.value.text))

/** One in the last digit of a printed number: -0.083 stands for all that is rounded to it, 9/12 - 5/6 among it. */
function lastDigit(printed: number): number {
  const [, decimals = ''] = String(printed).split('.')
  return Number(`1e-${decimals.length}`)
}

const ROUNDING = 1e-12 // relative: two orders of computing one share

const tied = (value: number, observed: number, slack: number): boolean =>
  Math.abs(value - observed) <= slack + ROUNDING * Math.abs(observed)

const lies = (value: number, lo: number, hi: number, slack: number): boolean =>
  (lo <= value && value <= hi) || tied(value, lo, slack) || tied(value, hi, slack)

function meanOf(values: readonly number[]): number | null {
  let sum = 0
  for (const value of values) sum += value
  return values.length === 0 ? null : sum / values.length
}

/** The share of replicates with an effect in the printed direction and at least as large; null where none was printed. */
function shareBeyond(values: readonly number[], observed: number, slack: number): number | null {
  if (observed === 0) return null
  const sign = Math.sign(observed)
  return meanOf(values.map((value) => (sign * (value - observed) >= 0 || tied(value, observed, slack) ? 1 : 0)))
}

/**
 * Computes the two-sided posterior predictive p value: twice the smaller tail, half of what is tied counted to each side.
 * @source Gelman A, Meng XL, Stern H. Stat Sin 1996;6:733-807; mid-p: Lancaster HO. J Am Stat Assoc 1961;56:223-234
 */
function midP(values: readonly number[], observed: number, slack: number): number {
  let below = 0
  for (const value of values) below += tied(value, observed, slack) ? 0.5 : value < observed ? 1 : 0
  return (2 * Math.min(below, values.length - below)) / values.length
}

const same = (a: Interval, b: Interval): boolean =>
  a.median === b.median && a.lo50 === b.lo50 && a.hi50 === b.hi50 && a.lo90 === b.lo90 && a.hi90 === b.hi90
