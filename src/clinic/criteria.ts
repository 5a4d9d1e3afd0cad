// Criteria: conditions in words, over what is on a patient's chart.
import type { Place, Reading } from '#base'
import { type Formula, type Named, readFormula } from '#engine'
import { collect } from './fault.ts'

/** A condition by its name, as written. */
export interface Criterion {
  readonly name: string
  readonly text: string
  readonly place: Place
}

export interface BoundCriterion {
  readonly name: string
  readonly formula: Formula
}

/**
 * Compiles criteria.
 * @param names what a chart holds
 */
export function bindCriteria(criteria: readonly Criterion[], names: readonly Named[]): Reading<BoundCriterion[]> {
  const { problems, take } = collect()
  const bound = criteria.flatMap(({ name, text, place }) => {
    const formula = take(readFormula(names, { text, place, as: 'condition' }))
    return formula ? [{ name, formula }] : []
  })
  return { value: bound.length < criteria.length ? undefined : bound, problems }
}
