// What the laws of counts share: they live on whole numbers from 0, and between two of them nothing changes.
import { ALL_ABOVE, ALL_BELOW, type Law, lawOf, type Tails } from './law.ts'
import { solveCount } from './solve-quantile.ts'

export interface CountParts {
  /** At a whole k, at least 0 and below `most`. */
  readonly tails: (k: number) => Tails
  /** At a whole k, from 0 to `most`. */
  readonly logMass: (k: number) => number
  readonly mean: number
  readonly most: number
}

/** Makes a law of counts. */
export function countLaw({ tails, logMass, mean, most }: CountParts): Law {
  const at = (x: number): Tails => (x < 0 ? ALL_ABOVE : x >= most ? ALL_BELOW : tails(Math.floor(x)))
  return lawOf({
    tails: at,
    logDensity: (x) => (Number.isInteger(x) && x >= 0 && x <= most ? logMass(x) : -Infinity),
    quantile: (split) => solveCount(at, split, mean, most),
    support: [0, most],
  })
}

/** Refuses a size that is not a whole number of at least 0. */
export function wantCount(law: string, name: string, value: number): void {
  if (!(Number.isInteger(value) && value >= 0)) throw new Error(`${law}: ${name} must be a count, found ${value}`)
}

/** Refuses a probability outside of 0 to 1. */
export function wantShare(law: string, p: number): void {
  if (!(p >= 0 && p <= 1)) throw new Error(`${law}: p must be from 0 to 1, found ${p}`)
}
