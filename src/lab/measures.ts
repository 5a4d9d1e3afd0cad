// What can be asked of each subject's course beside the course itself: one number a subject. Plain data, so that threads can be told.
import { didYouMean, type Place, type Problem, type Reading } from '#base'
import { type FormulaKind, type Named, readFormula } from '#engine'
import { areaUnder, peakOf } from '#stats'

/** One number to read off every subject's rows. */
export type Measure =
  | { readonly kind: 'auc' | 'cmax' | 'tmax'; readonly output: number }
  /** The time of the first row at which a condition on the outputs holds. */
  | { readonly kind: 'first'; readonly condition: string }

/** How a population is told: mean, SD, and quantiles. */
export type Statistic = 'mean' | 'sd' | { readonly share: number }

/** What `--reduce` asks for. */
export interface Reduction {
  readonly statistics: readonly Statistic[]
  readonly measures: readonly Measure[]
}

/** An output as measures know it. */
export type Column = Pick<Named, 'name' | 'unit' | 'meaning'>

const WORDS = ['mean', 'sd', 'q05', 'auc', 'cmax', 'tmax', 'first'] as const

/** The statistics that are told if none is asked for. */
export const USUAL_STATISTICS: readonly Statistic[] = [
  'mean',
  'sd',
  ...[0.05, 0.25, 0.5, 0.75, 0.95].map((share) => ({ share })),
]

/**
 * Reads a list such as `mean, q05, auc, first A > 10 [mg]`. Each of auc, cmax and tmax is taken of every output; an empty list is the usual statistics.
 * @param text as it was said, at the very start of `file`
 */
export function readReduction(text: string, file: string, columns: readonly Column[]): Reading<Reduction> {
  const problems: Problem[] = []
  const statistics: Statistic[] = []
  const measures: Measure[] = []
  for (const { word, column } of text.trim() === '' ? [] : splitAtCommas(text)) {
    const place: Place = { file, line: 1, column, length: Math.max(1, word.length) }
    const share = /^q(\d+(\.\d+)?)$/.exec(word)
    if (word === 'mean' || word === 'sd') statistics.push(word)
    else if (share && Number(share[1]) <= 100) statistics.push({ share: Number(share[1]) / 100 })
    else if (word === 'auc' || word === 'cmax' || word === 'tmax')
      measures.push(...columns.map((_, output): Measure => ({ kind: word, output })))
    else if (/^first\s/.test(word)) {
      const condition = word.slice('first'.length).trim()
      const at = { ...place, column: column + word.length - condition.length, length: Math.max(1, condition.length) }
      const read = readFormula(columns, { as: 'condition', text: condition, place: at })
      problems.push(...read.problems)
      if (read.value) measures.push({ kind: 'first', condition })
    } else problems.push(unknown(word, place))
  }
  if (problems.some(({ level }) => level === 'error')) return { value: undefined, problems }
  return { value: { statistics: statistics.length > 0 ? statistics : USUAL_STATISTICS, measures }, problems }
}

function unknown(word: string, place: Place): Problem {
  const guess = didYouMean(word, WORDS)
  return {
    code: 'unknown-reduction',
    level: 'error',
    message: `Nothing is called "${word}" that could be made of a course.`,
    place,
    help: guess ? `did you mean "${guess}"?` : 'mean, sd, q05 (or any other percent), auc, cmax, tmax, first CONDITION',
  }
}

/** Commas inside parentheses belong to the condition: `first min(a, b) > 1`. */
function splitAtCommas(text: string): { word: string; column: number }[] {
  const words: { word: string; column: number }[] = []
  let [from, open] = [0, 0]
  for (let at = 0; at <= text.length; at++) {
    if (text[at] === '(') open++
    if (text[at] === ')') open--
    if (at < text.length && (text[at] !== ',' || open > 0)) continue
    const part = text.slice(from, at)
    words.push({ word: part.trim(), column: from + (part.length - part.trimStart().length) + 1 })
    from = at + 1
  }
  return words
}

/** How a statistic is called as a column: mean, sd, q05. */
export function nameStatistic(statistic: Statistic): string {
  if (typeof statistic === 'string') return statistic
  const [whole = '', rest] = String(Number((statistic.share * 100).toPrecision(12))).split('.')
  return `q${whole.padStart(2, '0')}${rest === undefined ? '' : `.${rest}`}`
}

/** Says what a measure is called and its unit. */
export function nameMeasure(
  measure: Measure,
  columns: readonly Column[],
  timeUnit: string,
): { name: string; unit: string } {
  if (measure.kind === 'first') return { name: `first ${measure.condition}`, unit: timeUnit }
  const { name, unit } = columns[measure.output] ?? { name: '', unit: '1' }
  const own = { auc: unit === '1' ? timeUnit : `${unit}*${timeUnit}`, cmax: unit, tmax: timeUnit }[measure.kind]
  return { name: `${measure.kind} ${name}`, unit: own }
}

/** Takes one number off the rows of a subject: NaN where it cannot be told, infinity for what never comes. */
export type Taker = (times: ArrayLike<number>, rows: Float64Array) => number

/**
 * Makes the takers of measures that were read before; conditions are read anew, as threads must.
 * @returns one for each, for rows of `columns.length` numbers, one row per time
 */
export function takersOf(measures: readonly Measure[], columns: readonly Column[]): Taker[] {
  const width = columns.length
  return measures.map((measure): Taker => {
    if (measure.kind === 'first') return firstTime(measure.condition, columns)
    return (times, rows) => {
      const values = Float64Array.from(times, (_, k) => rows[k * width + measure.output] as number)
      if (measure.kind === 'auc') return areaUnder(times, values)
      const { value, time } = peakOf(times, values)
      return measure.kind === 'cmax' ? value : time
    }
  })
}

const ANYWHERE: FormulaKind & { readonly place: Place } = {
  as: 'condition',
  place: { file: '', line: 1, column: 1, length: 1 },
}

function firstTime(text: string, columns: readonly Column[]): Taker {
  const { value: condition } = readFormula(columns, { ...ANYWHERE, text })
  if (!condition) throw new Error(`The condition "${text}" was not read beforehand`)
  const width = columns.length
  return (times, rows) => {
    for (let k = 0; k < times.length; k++)
      if (condition.evaluate(rows.subarray(k * width, (k + 1) * width)) === 1) return times[k] as number
    return Infinity
  }
}
