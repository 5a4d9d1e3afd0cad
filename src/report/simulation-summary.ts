// What a report of a simulation is made from: plain data, filled by whoever ran it.

import type { Mark } from './figures/draw-courses.ts'
import type { OutputCourses } from './output-courses.ts'

/** A parameter as the report lists it. */
export interface ParameterRow {
  readonly name: string
  readonly value: number
  readonly unit: string
  /** How it differs between subjects, in words; "fixed" where it does not. */
  readonly prior: string
  readonly meaning: string
  /** The key of the paper; of no account where the number is assumed. */
  readonly source: string
  /** Where in the source; or, of an assumed number, why this one. */
  readonly locator: string
  readonly assumed: boolean
}

/** Subjects whose numbers failed in one way. `status` is a word such as "stepLimit". */
export interface Failure {
  readonly status: string
  readonly count: number
  readonly firstTime: number
}

export interface SimulationSummary {
  readonly title: string
  /** What kind of model this is, where readers must know it at once: "Teaching model". */
  readonly kind?: string
  readonly description: string
  readonly modelFile: string
  readonly timeUnit: string
  readonly seed: number
  readonly subjects: number
  readonly failed: readonly Failure[]
  readonly outputs: readonly OutputCourses[]
  readonly parameters: readonly ParameterRow[]
  /** Doses and what else is done to every subject, each as a line of text. */
  readonly given: readonly string[]
  /** Where on the time axis something is given. */
  readonly marks?: readonly Mark[]
  readonly provenance: readonly { readonly label: string; readonly value: string }[]
  /** What to type to get the same numbers again. */
  readonly command: string
  /** What the results must not be used for, each a sentence or two. */
  readonly cautions: readonly string[]
}
