// What an instrument is: plain data that says what it reads and when it misleads, and one function. Also what the items of an index are: an item is scored
// where one of its signs is there, and a sign is a seen value beyond a limit, data that anybody can read.
import type { Column, Findings } from './column.ts'
import type { Verdict } from './verdict.ts'

/** One thing that is looked for. The definition is in our own words: it is no substitute for the published form. */
export interface Item {
  readonly id: string
  readonly label: string
  readonly weight: number
  readonly system: string
  readonly definition: string
}

/** A seen value above or below a limit, in the unit that the limit is in. */
export type Sign = { readonly seen: string; readonly unit: string } & (
  | { readonly above: number }
  | { readonly below: number }
)

/** Tells whether a value shows a sign; the limit itself does not. */
export const shows = (sign: Sign, value: number): boolean => ('above' in sign ? value > sign.above : value < sign.below)

/** A choice among published variants, made once for a table and stamped on every result. */
export interface Param {
  readonly name: string
  readonly meaning: string
  readonly allowed: readonly [string, ...string[]]
  readonly standard: string
}

/** What was chosen, by the name of the parameter. */
export type Settings = Readonly<Record<string, string>>

/** An instrument for anyone's data. */
export interface Instrument {
  readonly name: string
  readonly label: string
  readonly kind: 'score' | 'yes or no' | 'class'
  /** Of the value. */
  readonly unit: string
  /** Keys of library/evidence/references.bib, each with where the definition stands in it. */
  readonly sources: readonly { readonly key: string; readonly locator: string }[]
  /** The rule, in our own words. */
  readonly definition: string
  readonly params: readonly Param[]
  readonly needs: readonly Column[]
  readonly whenNotToUse: string
  /** What we could not confirm in a primary text: printed with every result. */
  readonly unconfirmed?: string
  /** A patient to explain it by. */
  readonly example: { readonly about: string; readonly found: Findings; readonly settings?: Settings }
  /**
   * Judges one row.
   * @param found what it says, in the units of the columns
   * @param settings a value for every parameter
   */
  compute(found: Findings, settings: Settings): Verdict
}

/** The settings where nothing was chosen. */
export const standardSettings = ({ params }: Pick<Instrument, 'params'>): Settings =>
  Object.fromEntries(params.map(({ name, standard }) => [name, standard]))
