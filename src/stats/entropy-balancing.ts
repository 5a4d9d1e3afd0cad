// Entropy balancing: the weights nearest to given ones that make weighted means and SDs equal to a table.
import { exp, log } from '#base'
import { solvePositive } from './solve.ts'

/** What a weighted population must show. */
export interface BalanceTarget {
  readonly name: string
  /** One value per member; who has NaN in any target gets no weight. */
  readonly values: ArrayLike<number>
  readonly mean: number
  /** Left free when not given. */
  readonly sd?: number
}

export interface Balance {
  /** Sum 1. */
  readonly weights: Float64Array
  /** `infeasible`: no weights fulfil all targets; those returned came nearest in the search. */
  readonly status: 'balanced' | 'infeasible'
  /** Names of targets that are not met. */
  readonly unmet: readonly string[]
  readonly achieved: readonly { readonly name: string; readonly mean: number; readonly sd: number }[]
  /** Kish's effective sample size. */
  readonly effectiveSize: number
}

const MET = 1e-8 // of a target's SD in the population
const MOST_STEPS = 200

/**
 * Balances a population toward means and SDs: minimises the Kullback-Leibler distance to the base weights, by Newton steps on the dual.
 * @param targets at least one
 * @param base weights to start from; equal ones if not given
 * @source Hainmueller J. Polit Anal 2012;20:25-46, equations 4 to 8
 */
export function balance(targets: readonly BalanceTarget[], base?: ArrayLike<number>): Balance {
  const members = targets[0]?.values.length ?? 0
  const isKnown = (i: number): boolean => targets.every(({ values }) => !Number.isNaN(values[i] ?? NaN))
  const start = normalised(Float64Array.from({ length: members }, (_, i) => (isKnown(i) ? (base?.[i] ?? 1) : 0)))
  const columns = targets.flatMap((target) => columnsOf(target, start))
  let weights = start
  if (columns.every(({ values }) => reaches(values))) weights = descend(columns, start)
  const unmet = [
    ...new Set(columns.flatMap(({ name, values }) => (Math.abs(dot(weights, values)) <= MET ? [] : [name]))),
  ]
  return {
    weights,
    status: unmet.length === 0 ? 'balanced' : 'infeasible',
    unmet,
    achieved: targets.map(({ name, values }) => ({ name, ...weightedMoments(values, weights) })),
    effectiveSize: effectiveSize(weights),
  }
}

/**
 * Computes how many equally weighted members would tell as much.
 * @source Kish L. Survey Sampling, 1965, section 8.2
 */
export function effectiveSize(weights: ArrayLike<number>): number {
  let sum = 0
  let squares = 0
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i] as number
    sum += weight
    squares += weight * weight
  }
  return (sum * sum) / squares
}

interface Column {
  readonly name: string
  /** Scaled so that the wanted weighted mean is 0. */
  readonly values: Float64Array
}

/** A mean asks for the first moment about it, an SD for the second. */
function columnsOf({ name, values, mean, sd }: BalanceTarget, start: Float64Array): Column[] {
  const spread = weightedMoments(values, start).sd || Math.abs(mean) || 1
  const first = Float64Array.from(values, (value) => (Number.isNaN(value) ? 0 : (value - mean) / spread))
  if (sd === undefined) return [{ name, values: first }]
  const wanted = (sd / spread) * (sd / spread)
  return [
    { name, values: first },
    { name: `${name} (SD)`, values: first.map((value) => value * value - wanted) },
  ]
}

/** Some members lie on either side of the target, or all on it. */
const reaches = (values: Float64Array): boolean =>
  (values.some((v) => v > 0) && values.some((v) => v < 0)) || values.every((v) => v === 0)

/** Minimises the dual, log sum of start * exp(lambda . column), whose gradient is the imbalance. */
function descend(columns: readonly Column[], start: Float64Array): Float64Array {
  const k = columns.length
  let lambda = new Float64Array(k)
  let now = tilt(columns, start, lambda)
  for (let step = 0; step < MOST_STEPS; step++) {
    const imbalance = columns.map(({ values }) => dot(now.weights, values))
    if (imbalance.every((value) => Math.abs(value) < MET * 1e-4)) break
    const direction = solvePositive(curvature(columns, now.weights, imbalance), imbalance)
    if (!direction) break
    const slope = imbalance.reduce((sum, value, i) => sum + value * (direction[i] as number), 0)
    const next = backtrack(columns, start, lambda, direction, now.height, slope)
    if (!next) break
    lambda = next.lambda
    now = next
  }
  return now.weights
}

function backtrack(
  columns: readonly Column[],
  start: Float64Array,
  lambda: Float64Array,
  direction: Float64Array,
  height: number,
  slope: number,
) {
  for (let length = 1; length > 1e-10; length /= 2) {
    const moved = lambda.map((value, i) => value - length * (direction[i] as number))
    const there = tilt(columns, start, moved)
    if (there.height <= height - 1e-4 * length * slope || length * slope < 1e-15) return { ...there, lambda: moved }
  }
  return undefined
}

function tilt(columns: readonly Column[], start: Float64Array, lambda: Float64Array) {
  const logs = new Float64Array(start.length)
  for (const [j, { values }] of columns.entries())
    for (let i = 0; i < logs.length; i++) logs[i] = (logs[i] as number) + (lambda[j] as number) * (values[i] as number)
  const highest = logs.reduce((most, value) => Math.max(most, value), -Infinity)
  const raw = logs.map((value, i) => (start[i] as number) * exp(value - highest))
  const sum = raw.reduce((total, value) => total + value, 0)
  return { weights: raw.map((value) => value / sum), height: highest + log(sum) }
}

/** The Hessian: the weighted covariance of the columns, with a little on the diagonal that keeps it positive definite. */
function curvature(columns: readonly Column[], weights: Float64Array, means: readonly number[]): Float64Array {
  const k = columns.length
  const matrix = new Float64Array(k * k)
  for (let a = 0; a < k; a++)
    for (let b = 0; b <= a; b++) {
      const left = columns[a]?.values ?? []
      const right = columns[b]?.values ?? []
      let sum = 0
      for (let i = 0; i < weights.length; i++)
        sum += (weights[i] as number) * (left[i] as number) * (right[i] as number)
      matrix[a * k + b] = sum - (means[a] as number) * (means[b] as number) + (a === b ? 1e-12 : 0)
    }
  return matrix
}

function dot(weights: Float64Array, values: Float64Array): number {
  let sum = 0
  for (let i = 0; i < weights.length; i++) sum += (weights[i] as number) * (values[i] as number)
  return sum
}

function normalised(weights: Float64Array): Float64Array {
  const sum = weights.reduce((total, value) => total + value, 0)
  return weights.map((value) => value / sum)
}

/** Of those with weight; the SD has the sum of weights in its denominator. */
function weightedMoments(values: ArrayLike<number>, weights: Float64Array): { mean: number; sd: number } {
  let mean = 0
  for (let i = 0; i < weights.length; i++) if (weights[i]) mean += (weights[i] as number) * (values[i] as number)
  let square = 0
  for (let i = 0; i < weights.length; i++) {
    if (!weights[i]) continue
    const off = (values[i] as number) - mean
    square += (weights[i] as number) * off * off
  }
  return { mean, sd: Math.sqrt(square) }
}
