// What is known once a trial has been replayed: plain values, nothing but numbers, text and lists, made by `conclude` and read by the report, the table
// and --json. Nothing here computes.

/** A distribution over replicates: its median, and the bounds of its central 50 and 90 %. */
export interface Interval {
  readonly median: number
  readonly lo50: number
  readonly hi50: number
  readonly lo90: number
  readonly hi90: number
}

/** What a publication printed, as text, and as a number with its own 90 % interval where it has them. */
export interface Observed {
  readonly text: string
  readonly value: number | null
  readonly lo90?: number
  readonly hi90?: number
  readonly n: number | null
}

export type Use = 'calibrate' | 'validate' | 'seen'

/** One published row beside its prediction. */
export interface Compared {
  readonly id: string
  readonly label: string
  /** A difference names both arms: "msc - placebo". */
  readonly arm: string
  readonly time_months: number
  readonly unit: string
  readonly observed: Observed
  /** null where only a direction was printed, or the model has no such quantity. */
  readonly predicted: Interval | null
  /** Share of replicates that show the printed direction or, for a change or a difference, an effect at least as large as the printed one. */
  readonly probability: number | null
  /** Posterior predictive, two-sided, mid-p. */
  readonly p: number | null
  /** null where no number was printed: a direction is scored by its probability. */
  readonly inside90: boolean | null
  readonly inside50: boolean | null
  readonly use: Use
  readonly locator: string
  /** Why the model has no such quantity. */
  readonly notModelled?: string
  /** The same prediction from available cases only, where it differs. */
  readonly available?: Interval
  /** Replicates that had no such number, as when nobody reached it; they are left out of the prediction. */
  readonly skipped?: number
}

export interface SplitPart {
  readonly name: 'measurement' | 'natural' | 'background' | 'cells'
  readonly interval: Interval
}

/** A fall of the score in parts. A positive part is a fall. The parts of each replicate add up to its total; their medians need not. */
export interface Split {
  readonly arm: string
  readonly background: string
  readonly month: number
  readonly total: Interval
  readonly parts: readonly SplitPart[]
  /** Open-label rating and trial effect, outside the parts. */
  readonly remainder: { readonly sd: number; readonly locator: string }
  /** Share of patients drawn who died or were lost before the month in any of the courses, and are in no part. */
  readonly omitted?: number
}

/** The course of one endpoint: bands over the patients of all replicates, and some single patients, each up to its loss. */
export interface CourseBand {
  readonly endpoint: string
  readonly label: string
  readonly unit: string
  readonly arms: readonly {
    readonly name: string
    readonly days: readonly number[]
    readonly bands: readonly Interval[]
    readonly singles: readonly (readonly number[])[]
  }[]
}

/** Patients per arm that would have told a true difference. */
export interface PowerRow {
  readonly difference: number
  /** null where thousands of patients would be needed. */
  readonly simulated: { readonly perArm: number; readonly lo: number; readonly hi: number } | null
  readonly closedForm: number
  readonly sd: number
}

export interface Elasticity {
  readonly parameter: string
  readonly meaning: string
  readonly source: string
  readonly assumed: boolean
  /** Change of the answer when the parameter rises by one SD of its prior, or by 10 % when it is fixed. */
  readonly change: number
  readonly outcome: string
}

export interface Attrition {
  readonly arm: string
  readonly entered: number
  readonly died: number
  readonly lost: number
  /** Misfortunes of the numbers. */
  readonly failed: number
}

export interface Funnel {
  readonly candidates: number
  readonly qualified: number
  readonly reasons: readonly { readonly criterion: string; readonly removed: number }[]
}

/** The table of who entered that the pool was weighted toward. */
export interface EntryTable {
  readonly note: string
  /** False: no weights meet it, and patients count alike. */
  readonly met: boolean
  /** Kish's effective number of patients, and of draws. */
  readonly effectiveSize: number
  readonly effectiveDraws: number
  readonly rows: readonly {
    readonly name: string
    readonly mean: number
    readonly sd: number | null
    /** Of the weighted pool. */
    readonly poolMean: number
    readonly poolSd: number
  }[]
}

export interface TrialResult {
  readonly trial: {
    readonly name: string
    readonly title: string
    readonly question: string
    readonly registration: string
    readonly source: string
    readonly use: Use
    readonly blinded: boolean
    readonly arms: readonly { readonly name: string; readonly n: number; readonly label: string }[]
    readonly months: readonly number[]
  }
  /** Two sentences. */
  readonly answer: readonly [string, string]
  readonly compared: readonly Compared[]
  readonly alternatives: readonly { readonly background: string; readonly compared: readonly Compared[] }[]
  readonly splits: readonly Split[]
  readonly courses: readonly CourseBand[]
  readonly power: readonly PowerRow[]
  readonly elasticities: readonly Elasticity[]
  readonly attrition: readonly Attrition[]
  readonly funnel: Funnel
  /** Mean score of the split at the qualifying screening and at baseline, which is so many weeks later. */
  readonly entry: { readonly screening: number; readonly baseline: number; readonly weeks: number }
  readonly entryTable?: EntryTable
  /** Over the printed numbers that were not calibrated to; numbers derived from other rows are not counted again. */
  readonly coverage: { readonly rows: number; readonly inside50: number; readonly inside90: number }
  readonly assumed: { readonly parameters: number; readonly assumed: number }
  readonly effectPrior: {
    readonly text: string
    readonly mean: number
    readonly sd: number
    readonly locator: string
  }
  /** The fall when that share of patients may enter only on a recent rise. */
  readonly entryShares: readonly { readonly share: number; readonly fall: Interval }[]
  readonly provenance: {
    readonly seed: number
    readonly pool: number
    readonly draws: number
    readonly replicates: number
    readonly version: string
    readonly hashes: Readonly<Record<string, string>>
    readonly patientYears: number
    readonly failed: number
  }
}
