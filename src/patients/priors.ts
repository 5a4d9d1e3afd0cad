// The families of priors: from a typical value, a spread and one random number to a subject's value.
import { type Address, exp, log, normal, uniform } from '#base'
import type { Parameter, Prior } from '#engine'

/**
 * Draws one subject's value of a parameter. Without a prior every subject has the typical value.
 * The typical value is the median of each family but `uniform`, which knows only its ends.
 */
export function drawValue(parameter: Pick<Parameter, 'value' | 'prior'>, address: Address): number {
  const { value, prior } = parameter
  if (prior === undefined) return value
  if (prior.family === 'uniform') return prior.from + (prior.to - prior.from) * uniform(address)
  return valueAt(value, prior, normal(address))
}

/** A prior that a normal score can be put into: all but the uniform. */
export type ScoredPrior = Exclude<Prior, { family: 'uniform' }>

/**
 * Finds the value at a normal score of a prior: 0 gives the typical value, 1.645 the upper 5 %.
 * @param score standard normal
 */
export function valueAt(value: number, prior: ScoredPrior, score: number): number {
  if (prior.family === 'lognormal') return value * exp(logSpread(prior) * score)
  if (prior.family === 'normal') return value + prior.sd * score
  return 1 / (1 + exp(-(log(value / (1 - value)) + prior.sd * score)))
}

/** The standard deviation of the logarithm: given, or from a coefficient of variation by sd^2 = log(1 + cv^2). */
function logSpread({ cv, sd }: Prior & { family: 'lognormal' }): number {
  if (sd !== undefined) return sd
  const share = (cv ?? 0) / 100
  return Math.sqrt(log(1 + share * share))
}

/** Says a prior in words, for tables. */
export function describePrior(prior: Prior | undefined): string {
  if (prior === undefined) return 'fixed'
  if (prior.family === 'uniform') return `uniform, ${prior.from} to ${prior.to}`
  if (prior.family === 'lognormal' && prior.cv !== undefined) return `lognormal, CV ${prior.cv}%`
  return `${prior.family}, SD ${prior.sd}${prior.family === 'normal' ? '' : ` on the ${prior.family === 'lognormal' ? 'log' : 'logit'} scale`}`
}
