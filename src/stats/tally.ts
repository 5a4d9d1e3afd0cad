// Size, mean and spread of a sample that comes in parts: tallies of the parts join to the tally of the whole.
import type { Moments } from './moments.ts'

export interface Tally {
  readonly n: number
  /** 0 of an empty sample. */
  readonly mean: number
  /** Sum of the squared distances from the mean. */
  readonly squares: number
}

export const EMPTY_TALLY: Tally = { n: 0, mean: 0, squares: 0 }

/**
 * Tallies one part in two passes, in the order given.
 * @param values finite numbers
 * @param count how many of them count, from the first
 */
export function tallyOf(values: ArrayLike<number>, count = values.length): Tally {
  if (count === 0) return EMPTY_TALLY
  let sum = 0
  for (let i = 0; i < count; i++) sum += values[i] as number
  const mean = sum / count
  let squares = 0
  for (let i = 0; i < count; i++) squares += ((values[i] as number) - mean) * ((values[i] as number) - mean)
  return { n: count, mean, squares }
}

/**
 * Joins the tallies of two parts. The last bits depend on the order of the parts: join in a fixed one.
 * @source Chan TF, Golub GH, LeVeque RJ. Updating formulae and a pairwise algorithm for computing sample variances. COMPSTAT 1982:30-41
 */
export function joinTallies(a: Tally, b: Tally): Tally {
  if (a.n === 0) return b
  if (b.n === 0) return a
  const n = a.n + b.n
  const apart = b.mean - a.mean
  return { n, mean: a.mean + apart * (b.n / n), squares: a.squares + b.squares + apart * apart * a.n * (b.n / n) }
}

/** Turns a tally into size, mean and SD. */
export const momentsOfTally = ({ n, mean, squares }: Tally): Moments => ({
  n,
  mean: n === 0 ? NaN : mean,
  sd: n < 2 ? NaN : Math.sqrt(squares / (n - 1)),
})
