// Criteria: conditions in words, over what is on a patient's chart.
import type { Place, Problem, Reading } from '#base'
import { type Formula, type Named, readFormula } from '#engine'

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
  const problems: Problem[] = []
  const bound = criteria.flatMap(({ name, text, place }) => {
    const { value: formula, problems: found } = readFormula(names, { text, place, as: 'condition' })
    problems.push(...found)
    return formula ? [{ name, formula }] : []
  })
  return { value: bound.length < criteria.length ? undefined : bound, problems }
}
