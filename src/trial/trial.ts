// A trial as read: what is asked of whom, when, and how it is counted. Texts that somebody else still has to read keep their places.
import type { Place } from '#base'
import type { Use } from './result.ts'

/** A piece of text and where it stands: a formula, a regimen's name, a duration. */
export interface Written {
  readonly text: string
  readonly place: Place
}

/** A number with the place it stands at and where it comes from. */
export interface Sourced {
  readonly source: string
  readonly locator: string
}

export interface Eligibility extends Sourced {
  readonly name: string
  readonly when: Written
}

/** A departure from the population's priors: another typical value, another prior, or both. */
export interface Correction extends Sourced {
  readonly name: Written
  readonly value?: number
  readonly prior?: Written
}

interface Counted {
  readonly id: string
  readonly label: string
}

/** A number at each visit. */
export interface ValueEndpoint extends Counted {
  readonly kind: 'value'
  readonly unit: string
  readonly value: Written
}

/** A condition at each visit. */
export interface WhenEndpoint extends Counted {
  readonly kind: 'when'
  readonly when: Written
  /** `failure`: not fulfilled by the dead and the lost. */
  readonly missing: 'failure' | 'omit'
}

/** The time of the first visit at which a condition holds, among those who reach it. */
export interface FirstEndpoint extends Counted {
  readonly kind: 'first'
  readonly unit: string
  readonly first: Written
}

/** An event by then, among those who fulfilled a condition at a month. */
export interface AfterEndpoint extends Counted {
  readonly kind: 'after'
  readonly after: Written
  /** The day of that month's visit. */
  readonly day: number
  readonly event: Written
}

export type Endpoint = ValueEndpoint | WhenEndpoint | FirstEndpoint | AfterEndpoint

export interface Arm {
  readonly name: string
  readonly label: string
  readonly n: number
  readonly regimens: readonly Written[]
}

/** What both arms get besides the cells; `main` is the headline. */
export interface Background {
  readonly name: string
  readonly regimens: readonly Written[]
}

export interface Visit {
  readonly month: number
  /** Since entry. */
  readonly day: number
}

export interface EntryTarget {
  readonly name: Written
  readonly mean: number
  readonly sd?: number | undefined
  readonly locator: string
}

export interface Trial {
  readonly file: string
  readonly name: string
  readonly title: string
  readonly question: string
  /** Empty if there is none. */
  readonly registration: string
  readonly source: string
  readonly use: Use
  readonly blinded: boolean
  readonly population: { readonly from: Written; readonly correct: readonly Correction[] }
  /** Which of the population's priors of the cell effect. */
  readonly effect: Written | undefined
  readonly eligibility: readonly Eligibility[]
  readonly screening: {
    readonly everyDays: number
    readonly most: number
    readonly baselineAfterDays: number
  }
  readonly weights: { readonly table: readonly EntryTarget[]; readonly note: string } | undefined
  /** The first is the main one. */
  readonly backgrounds: readonly Background[]
  readonly arms: readonly Arm[]
  readonly visits: readonly Visit[]
  readonly endpoints: readonly Endpoint[]
  /** SD of a shift of all clinical items, one draw per replicate; 0 if none. */
  readonly ratingShift: Sourced & { readonly sd: number }
  readonly dropoutPerYear: number
  /** The fall of which endpoint (a value), at which visit, in which arm is taken apart. */
  readonly split: { readonly endpoint: string; readonly month: number; readonly day: number; readonly arm: string }
}
