// Which rows of which studies answer a question, and what each says: a share, a mean, a difference from its own control arm, or words.
import { normalQuantile } from '#base'
import { studentQuantile, welchError, wilson } from '#stats'
import { rowsOf, type Study } from '../studies/read-study.ts'
import type { Row } from '../studies/schema.ts'
import { shareOfRow } from '../studies/share-of-row.ts'
import type { QuestionFile } from './schema.ts'

/** An estimate with its 95 % interval, where there is one. Shares and their differences are in percent. */
export interface Estimate {
  readonly value: number
  readonly lo?: number
  readonly hi?: number
}

/** One answer of one study. */
export interface Entry {
  readonly study: Study
  readonly row: Row
  /** The row of the control arm, where the question compares. */
  readonly control?: Row
  /** Patients behind it, both arms together. */
  readonly n: number | undefined
  /** Nothing where the row says it in words. */
  readonly estimate?: Estimate
}

/** Finds the entries of one study; none where it is of another kind or has no such row. */
export function findEntries(study: Study, question: QuestionFile): Entry[] {
  if (!isEligible(study, question)) return []
  const rows = rowsOf(study.file).filter((row) => answers(row, question))
  if (question.compare === 'none') return rows.filter((row) => !row.control).map((row) => entryOf(study, row))
  return rows
    .filter((row) => !row.control)
    .flatMap((row) => {
      const control = rows.find((one) => one.control && one.outcome === row.outcome && one.month === row.month)
      const estimate = control && difference(row, control)
      return control && estimate ? [{ study, row, control, n: sumOf(row.n, control.n), estimate }] : []
    })
}

/** Tells whether a study is of the kind that a question asks, whether or not it has a number for it. */
export const isEligible = ({ file }: Study, { about, designs }: QuestionFile): boolean =>
  file.set_aside === undefined && designs.includes(file.design.kind) && file.about.some((one) => about.includes(one))

function answers(row: Row, { outcomes, months, measure, mixed }: QuestionFile): boolean {
  if (!outcomes.includes(row.outcome) || row.unread || (row.mixed && !mixed)) return false
  if (months && !(row.month !== undefined && row.month >= months.from && row.month <= months.to)) return false
  if (measure === 'mean') return row.mean !== undefined || row.effect === 'MD'
  if (measure === 'share') return row.events !== undefined || row.percent !== undefined
  return row.says !== undefined || row.events !== undefined || row.mean !== undefined
}

function entryOf(study: Study, row: Row): Entry {
  const estimate = estimateOf(row)
  return { study, row, n: row.n, ...(estimate && { estimate }) }
}

function estimateOf(row: Row): Estimate | undefined {
  const share = shareOfRow(row)
  if (share) return { value: share.percent, lo: share.lo, hi: share.hi }
  const value = row.percent ?? row.mean ?? row.value
  if (value === undefined) return undefined
  const [lo, hi] = row.interval ?? spreadOf(value, row)
  return { value, ...(lo !== undefined && hi !== undefined && { lo, hi }) }
}

/** An interval from a printed error, or of a mean from its SD; a "±" of unknown kind gives none. */
function spreadOf(value: number, { se, sd, n, mean }: Row): [number, number] | [] {
  if (se !== undefined) return around(value, se * normalQuantile(0.975))
  if (mean === undefined || sd === undefined || n === undefined || n < 2) return []
  return around(value, (studentQuantile(0.975, n - 1) * sd) / Math.sqrt(n))
}

const around = (value: number, half: number): [number, number] => [value - half, value + half]

const sumOf = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined || b === undefined ? undefined : a + b

function difference(row: Row, control: Row): Estimate | undefined {
  if (row.mean !== undefined && control.mean !== undefined) return differenceOfMeans(row, control)
  if (row.events === undefined || row.n === undefined || control.events === undefined || control.n === undefined)
    return row.percent !== undefined && control.percent !== undefined
      ? { value: row.percent - control.percent }
      : undefined
  return differenceOfShares(row.events, row.n, control.events, control.n)
}

/** The difference of two means with its interval by Welch; none where a spread is not said to be an SD. */
function differenceOfMeans(row: Row, control: Row): Estimate {
  const value = (row.mean ?? 0) - (control.mean ?? 0)
  if (!isSpread(row) || !isSpread(control)) return { value }
  const { square, df } = welchError(row.sd * row.sd, row.n, control.sd * control.sd, control.n)
  const [lo, hi] = around(value, studentQuantile(0.975, df) * Math.sqrt(square))
  return { value, lo, hi }
}

const isSpread = (row: Row): row is Row & { sd: number; n: number } =>
  row.sd !== undefined && row.sd > 0 && row.n !== undefined && row.n > 1

/**
 * The difference of two shares, in percent, with its hybrid score interval.
 * @source Newcombe RG. Stat Med 1998;17:873-890, method 10
 */
function differenceOfShares(events: number, n: number, controlEvents: number, controlN: number): Estimate {
  const [p, q] = [events / n, controlEvents / controlN]
  const [own, other] = [wilson(events, n, 0.95), wilson(controlEvents, controlN, 0.95)]
  const below = Math.sqrt((p - own.lo) * (p - own.lo) + (other.hi - q) * (other.hi - q))
  const above = Math.sqrt((own.hi - p) * (own.hi - p) + (q - other.lo) * (q - other.lo))
  return { value: 100 * (p - q), lo: 100 * (p - q - below), hi: 100 * (p - q + above) }
}
