// The families of priors: from a typical value, a spread and one random number to a subject's value.
import { type Address, exp, log, normal, uniform } from '#base'
import type { Parameter, Prior } from '#engine'

/**
 * Draws one subject's value of a parameter. Without a prior every subject has the typical value.
 * The typical value is the median of each family but `uniform`, which knows only its ends.
 */
export function drawValue({ value, prior }: Pick<Parameter, 'value' | 'prior'>, address: Address): number {
  if (prior === undefined) return value
  switch (prior.family) {
    case 'lognormal':
      return value * exp(logSpread(prior) * normal(address))
    case 'logitnormal': {
      const logit = log(value / (1 - value)) + prior.sd * normal(address)
      return 1 / (1 + exp(-logit))
    }
    case 'normal':
      return value + prior.sd * normal(address)
    case 'uniform':
      return prior.from + (prior.to - prior.from) * uniform(address)
  }
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
