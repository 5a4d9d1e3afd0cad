// One output over time: what is drawn and tabled of it. Values may be missing; nothing here looks at how they were made.
import { finite } from './format-number.ts'

/** Values over the times of an output; null where there is none. */
export type Values = readonly (number | null)[]

/** How an output runs over time: its quantiles over the subjects at each time, and single subjects. */
export interface OutputCourses {
  readonly name: string
  /** As in the model file, such as "10*9/L"; "1" for a plain number. */
  readonly unit: string
  readonly meaning: string
  /** Rising. */
  readonly times: readonly number[]
  /** At 5, 25, 50, 75 and 95 % of the subjects; empty lists where there are none. */
  readonly quantiles: Readonly<Record<Share, Values>>
  readonly courses: readonly { readonly id: number; readonly values: Values }[]
  /** Linear if not said. A logarithmic axis leaves out what is not positive. */
  readonly scale?: 'linear' | 'log'
}

export type Share = 'p05' | 'p25' | 'p50' | 'p75' | 'p95'

/** The quantiles from low to high, as they are called on pages. */
export const SHARES: readonly { readonly share: Share; readonly label: string }[] = [
  { share: 'p05', label: '5\u00A0%' },
  { share: 'p25', label: '25\u00A0%' },
  { share: 'p50', label: 'median' },
  { share: 'p75', label: '75\u00A0%' },
  { share: 'p95', label: '95\u00A0%' },
]

const MOST_COURSES = 12 // more thin lines than this make a texture

/** Which single courses are shown: the first dozen. */
export const shownCourses = ({ courses }: OutputCourses): OutputCourses['courses'] => courses.slice(0, MOST_COURSES)

/** The one line that stands for an output where subjects do not differ: the median, or the first course where there is none. */
export const mainLine = ({ quantiles: { p50 }, courses }: OutputCourses): Values =>
  hasValue(p50) ? p50 : (courses[0]?.values ?? [])

/** Tells whether there is anything but holes. */
export const hasValue = (values: Values): boolean => values.some((value) => finite(value) !== undefined)

/** How an output is called on a page: by its meaning where it has one. */
export const titleOf = ({ name, meaning }: Pick<OutputCourses, 'name' | 'meaning'>): string => meaning || name
