// A verdict in words: what it is, what could still change it, and each part with what it rests on.
import type { Instrument, Settings } from './instruments/instrument.ts'
import type { Part, Possible, Verdict } from './instruments/verdict.ts'

const DECIMALS = 1 // of values that are no whole numbers

/** Prints a value as a reader wants it: yes, 6, 50.2, "open". */
export function printValue(value: Verdict['value']): string {
  if (value === undefined) return 'open'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return typeof value === 'number' ? printNumber(value) : value
}

const printNumber = (value: number): string =>
  Number.isInteger(value) ? String(value) : value === Infinity ? 'no bound' : value.toFixed(DECIMALS)

/** Prints what is still possible. */
export function printPossible(possible: Possible): string {
  if ('among' in possible) return possible.among.map(printValue).join(' or ')
  const [least, most] = possible.range
  return least === most ? printNumber(least) : `${printNumber(least)} to ${printNumber(most)}`
}

/** What was chosen, as it is stamped on results: "variant 2k, window_days 30". */
export const printSettings = (settings: Settings): string =>
  Object.entries(settings)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ')

/** One sentence about a verdict. */
export function explain({ label, unit }: Pick<Instrument, 'label' | 'unit'>, verdict: Verdict): string {
  const { value, possible, missing, notes } = verdict
  const measure = unit === '1' || value === undefined ? '' : ` ${unit}`
  const head = `${label}: ${printValue(value)}${measure}`
  const open = value === undefined ? `, possible ${printPossible(possible)}` : ''
  const because = deciding(verdict).map(({ label: name, because: why }) => `${name} (${why})`)
  const reasons = because.length > 0 ? `; ${because.join('; ')}` : ''
  const lacking = missing.length > 0 ? `; not said: ${missing.join(', ')}` : ''
  return `${head}${open}${reasons}${lacking}${notes.map((note) => `; ${note}`).join('')}`
}

/** The parts that a verdict rests on: what adds points, what fails a criterion, what all meet. */
function deciding({ value, parts }: Verdict): readonly Part[] {
  if (parts.some(({ points }) => points !== undefined)) return parts.filter(({ points: [least] = [0, 0] }) => least > 0)
  if (value === false) return parts.filter(({ truth }) => truth === false)
  return parts.filter(({ truth }) => truth === true)
}

const MARKS: readonly (readonly [truth: unknown, mark: string])[] = [
  [true, '+'],
  [false, '-'],
]

/** One line for each part: a mark (+ holds, - does not, ? cannot be told), points, and what it rests on. */
export const explainParts = ({ parts }: Verdict): string[] =>
  parts.map(({ label, truth, points, because }) => {
    const mark = MARKS.find(([one]) => one === truth)?.[1] ?? '?'
    const worth = points ? ` ${printPossible({ range: points })}` : ''
    return `${mark}${worth} ${label}: ${because}`
  })
