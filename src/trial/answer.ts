// The answer in two sentences, made from the numbers: what is predicted with its 90 % range, and what of it no trial of this kind can identify.
import type { Interval, PowerRow, Split, TrialResult } from './result.ts'
import type { Trial } from './trial.ts'

/** An arm's mean change of the split's endpoint from entry to the split's visit; null where nobody was seen at both. */
export interface ArmChange {
  readonly arm: string
  readonly n: number
  readonly change: Interval | null
}

/** What the sentences are made of. */
export interface Findings {
  /** The split's arm. */
  readonly own: ArmChange
  /** What it is compared with, and the difference of the changes; undefined for a single arm. */
  readonly control: (ArmChange & { readonly difference: Interval | null }) | undefined
  /** Of the split's arm, the main background first. */
  readonly splits: readonly Split[]
  readonly power: readonly PowerRow[]
  readonly effectPrior: TrialResult['effectPrior']
}

/** Writes the two sentences. */
export function writeAnswer(trial: Trial, { own, control, splits, power, effectPrior }: Findings): [string, string] {
  const { month, endpoint } = trial.split
  const label = trial.endpoints.find(({ id }) => id === endpoint)?.label ?? endpoint
  const [split] = splits
  if (!split || !own.change || (control && !(control.change && control.difference)))
    return [
      `The model predicts nothing: in one of the arms nobody was seen at entry and at month ${month}.`,
      'Nothing can be identified from this.',
    ]
  if (control?.change && control.difference)
    return [
      `By month ${month} the model predicts that ${label} changes by ${range(own.change)} with ${own.arm} and by ${range(control.change)} with ${control.arm}: a difference of ${range(control.difference)} between ${own.n} and ${control.n} patients.`,
      `Of the fall with ${own.arm} it ascribes ${listParts(split)}; the last is model-based and rests on the prior of the cell effect (${effectPrior.text}), which a trial of this size cannot identify${tellSize(power)}.`,
    ]
  return [
    `By month ${month} the model predicts that ${label} falls by ${range(split.total)} with ${own.arm}, where below 0 is a rise; it ascribes ${listParts(split)}.`,
    `This is model-based: a single arm cannot identify this, and the part of the cells rests on the prior of their effect (${effectPrior.text})${tellBackgrounds(splits)}.`,
  ]
}

const WORDS = {
  measurement: 'measurement at entry',
  natural: 'natural course',
  background: 'background treatment',
  cells: 'the cells',
} as const

function listParts({ parts }: Split): string {
  const said = parts.map(({ name, interval }) => `${range(interval)} to ${WORDS[name]}`)
  return `${said.slice(0, -1).join(', ')} and ${said.at(-1)}`
}

/** How many patients would have told a difference of two points, or the nearest to it that was asked. */
function tellSize(power: readonly PowerRow[]): string {
  const row = power.toSorted((a, b) => Math.abs(a.difference + 2) - Math.abs(b.difference + 2))[0]
  if (!row) return ''
  const size = row.simulated?.perArm ?? row.closedForm
  return `: to tell a true difference of ${row.difference} with 80 % power takes about ${size} patients per arm`
}

/** The medians of the cells' part over all backgrounds that were assumed. */
function tellBackgrounds(splits: readonly Split[]): string {
  const medians = splits.flatMap(({ parts }) => parts.find(({ name }) => name === 'cells')?.interval.median ?? [])
  if (medians.length < 2) return ''
  const [lo, hi] = [Math.min(...medians), Math.max(...medians)]
  return `; over the ${medians.length} backgrounds that could have been given its median lies between ${print(lo)} and ${print(hi)}`
}

const range = ({ median, lo90, hi90 }: Interval): string => `${print(median)} (90 %: ${print(lo90)} to ${print(hi90)})`

function print(value: number): string {
  const text = value.toFixed(1)
  return text === '-0.0' ? '0.0' : text
}
