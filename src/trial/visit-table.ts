// What one patient showed at the visits of a trial. Knows neither the model nor how it was carried through.
import type { Named } from '#engine'

export interface VisitTable {
  readonly names: readonly Named[]
  /** Days since entry of each visit, rising. */
  readonly days: readonly number[]
  /** visits x names; NaN in the rows after lostDay. */
  readonly values: Float64Array
  /** Day of death or loss; Infinity if never. */
  readonly lostDay: number
}
