// Draws the patients of a population. What differs between patients and what is uncertain about all of them are drawn apart: a draw is one virtual
// world with typical values of its own, and the patients of a draw vary around these.
import { type Address, normal, normalQuantile, uniform } from '#base'
import type { Population } from './population.ts'
import { drawValue, valueAt } from './priors.ts'

/** Patients of one draw are numbered below this. */
export const MOST_IN_DRAW = 1_000_000

/** The number that addresses the luck of one patient of a draw. */
export const subjectOf = (draw: number, index: number): number => draw * MOST_IN_DRAW + index

/**
 * Finds the normal score of an uncertain quantity in a draw. The draws share the range out evenly: each of `draws` equal slices of probability holds one.
 * @source McKay, Beckman and Conover 1979, Technometrics 21:239 (Latin hypercube sampling)
 */
export function sliceScore(seed: number, name: string, draw: number, draws: number): number {
  const address = (purpose: string, subject: number): Address => ({
    seed,
    subject,
    replicate: 0,
    purpose: `${purpose} ${name}`,
    index: 0,
  })
  const own = uniform(address('slice', draw))
  let rank = 0
  for (let other = 0; other < draws; other++) if (uniform(address('slice', other)) < own) rank++
  return normalQuantile((rank + uniform(address('within slice', draw))) / draws)
}

/**
 * Finds the typical values of the parameters in one draw.
 * @returns one value per parameter of the model
 */
export function drawTypical(population: Population, seed: number, draw: number, draws: number): Float64Array {
  const typical = Float64Array.from(population.parameters, ({ value }) => value)
  for (const { parameter, prior } of population.uncertain) {
    const { name = '', value = NaN } = population.parameters[parameter] ?? {}
    typical[parameter] = valueAt(value, prior, sliceScore(seed, name, draw, draws))
  }
  return typical
}

/**
 * Draws one patient around the typical values of a draw.
 * @param subject addresses the patient's luck; see `subjectOf`
 * @returns one value per parameter of the model, in its units
 */
export function drawPerson(
  population: Population,
  typical: ArrayLike<number>,
  seed: number,
  subject: number,
): Float64Array {
  const address = (name: string): Address => ({ seed, subject, replicate: 0, purpose: `parameter ${name}`, index: 0 })
  const person = Float64Array.from(population.parameters, ({ name, prior }, i) =>
    drawValue({ value: typical[i] ?? NaN, ...(prior && { prior }) }, address(name)),
  )
  const { parameters, triangle } = population.together
  const scores = parameters.map((at) => normal(address(population.parameters[at]?.name ?? '')))
  for (const [i, at] of parameters.entries()) {
    const prior = population.parameters[at]?.prior
    if (!prior || prior.family === 'uniform') continue
    const score = (triangle[i] ?? []).reduce((sum, factor, k) => sum + factor * (scores[k] ?? 0), 0)
    person[at] = valueAt(typical[at] ?? NaN, prior, score)
  }
  for (const { name, of } of population.categories) {
    const at = uniform({ seed, subject, replicate: 0, purpose: `category ${name}`, index: 0 })
    let sum = 0
    const kind = of.find(({ share }) => at < (sum += share)) ?? of.at(-1)
    for (const { parameter, value } of kind?.set ?? []) person[parameter] = value
    for (const { parameter, factor } of kind?.times ?? []) person[parameter] = (person[parameter] ?? NaN) * factor
  }
  return person
}
