// Numbers of evidence as words: counts with their share and interval, means with their spread, effects with their interval.
import { type Estimate, type Row, shareOfRow } from '#evidence'
import { formatFixed, formatNumber } from '../format-number.ts'

const round = (value: number): string => formatNumber(value, 3)

/** Says a row: "9 of 12 (75 %, 43 to 95)", "−8 points (SD 4, n 12)", "HR 0.51 (0.34 to 0.77)". Intervals of counts are ours, exact 95 %. */
export function sayRow(row: Row): string {
  const share = shareOfRow(row)
  if (share)
    return `${row.events} of ${row.n} (${formatFixed(share.percent, 0)} %, 95 % interval ${formatFixed(share.lo, 0)} to ${formatFixed(share.hi, 0)})`
  const value = row.percent ?? row.mean ?? row.median ?? row.value
  if (value === undefined) return row.says ?? ''
  const lead = row.effect === undefined ? '' : `${row.effect} `
  const unit = row.percent === undefined ? (row.unit ?? '') : '%'
  const inside = [
    row.mean !== undefined && row.sd !== undefined ? `SD ${row.sd}` : '',
    row.se === undefined ? '' : `SE ${row.se}`,
    row.plus_minus === undefined ? '' : `± ${row.plus_minus}, SD or SEM not said`,
    row.interval ? `${row.interval[0]} to ${row.interval[1]}` : '',
    row.iqr ? `quartiles ${row.iqr[0]} to ${row.iqr[1]}` : '',
    row.range ? `range ${row.range[0]} to ${row.range[1]}` : '',
    row.n === undefined ? '' : `n ${row.n}`,
  ].filter((part) => part !== '')
  return `${row.median === undefined ? '' : 'median '}${lead}${round(value)}${unit ? ` ${unit}` : ''}${inside.length > 0 ? ` (${inside.join(', ')})` : ''}`
}

/** Says whose number it is and when. */
export const sayWho = ({ label, outcome, arm, month, when }: Row): string =>
  [
    label ?? outcome.replaceAll('-', ' '),
    arm,
    month === undefined ? when : month === 0 ? 'start' : `month ${round(month)}`,
  ]
    .filter((part) => part !== undefined)
    .join(', ')

/** Says an estimate with its interval. */
export const sayEstimate = ({ value, lo, hi }: Estimate): string =>
  lo === undefined || hi === undefined ? round(value) : `${round(value)} (${round(lo)} to ${round(hi)})`
