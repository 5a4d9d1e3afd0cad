// How many patients per arm would have told a true difference: simulated from the changes of the pool, beside the closed form.
// One set of random patients serves all sizes and all differences, so that they are compared on the same luck.
import { uniform } from '#base'
import { isotonic, patientsPerArm, studentQuantile, studentTwoSided, welchError } from '#stats'
import type { PowerRow } from './result.ts'

const POWER = 0.8
const LEVEL = 0.05
const TRIALS = 2000
const MOST = 4000 // patients per arm: beyond, nothing is simulated
const Z90 = 1.6448536269514722

export interface Changes {
  /** Change of the score in the control course, one per member of the pool; NaN: dead or lost. */
  readonly values: ArrayLike<number>
  readonly weights: ArrayLike<number>
}

/**
 * Finds the patients per arm for 80 % power, two-sided 5 %, Welch's t test on changes.
 * @param differences true differences of the mean change, such as -3
 * @param seed of the run
 * @returns simulated: the smallest size whose power, made rising in the size, reaches 80 %, and the sizes where it does within its 90 % Monte Carlo
 *   error; closed form: see `patientsPerArm` of stats
 */
export function findPower({ values, weights }: Changes, differences: readonly number[], seed: number): PowerRow[] {
  const known = Array.from(values).flatMap((value, i) => {
    const weight = weights[i] ?? 0
    return Number.isNaN(value) || !(weight > 0) ? [] : [{ value, weight }]
  })
  const pool = describePool(known)
  const closed = differences.map((difference) => patientsPerArm(difference, pool.sd, POWER, LEVEL))
  if (!(pool.sd > 0)) return []
  const most = closed.map((size) => Math.ceil(1.5 * size) + 10).map((size) => (size > MOST ? 1 : size))
  const counts = countRejections(pool, differences, most, seed)
  return differences.map((difference, i) => ({
    difference,
    simulated: sizeFor(counts[i] ?? new Float64Array(0)),
    closedForm: Math.ceil(closed[i] ?? NaN),
    sd: pool.sd,
  }))
}

interface Pool {
  /** About the mean, so that sums of squares keep their digits. */
  readonly centred: Float64Array
  /** Rising to 1. */
  readonly cumulative: Float64Array
  readonly sd: number
}

function describePool(known: readonly { readonly value: number; readonly weight: number }[]): Pool {
  const total = known.reduce((sum, { weight }) => sum + weight, 0)
  const mean = known.reduce((sum, { value, weight }) => sum + weight * value, 0) / total
  const centred = Float64Array.from(known, ({ value }) => value - mean)
  let sum = 0
  const cumulative = Float64Array.from(known, ({ weight }) => {
    sum += weight
    return sum / total
  })
  const square = known.reduce((all, { weight }, i) => all + weight * (centred[i] as number) * (centred[i] as number), 0)
  return { centred, cumulative, sd: Math.sqrt(square / total) }
}

/** Draws a member by its weight. */
function draw({ centred, cumulative }: Pool, at: number): number {
  let low = 0
  let high = cumulative.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if ((cumulative[middle] as number) < at) low = middle + 1
    else high = middle
  }
  return centred[low] as number
}

/** @returns per difference, the number of rejections at each size, from 2 patients on */
function countRejections(
  pool: Pool,
  differences: readonly number[],
  most: readonly number[],
  seed: number,
): Float64Array[] {
  const largest = Math.max(...most)
  const limits = Array.from({ length: largest + 1 }, (_, n) =>
    n < 2 ? [NaN, NaN] : [critical(n - 1), critical(2 * n - 2)],
  )
  const counts = most.map((size) => new Float64Array(size - 1))
  for (let trial = 0; trial < TRIALS; trial++) {
    const sums = [0, 0]
    const squares = [0, 0]
    for (let n = 1; n <= largest; n++) {
      for (let arm = 0; arm < 2; arm++) {
        const at = uniform({ seed, subject: n, replicate: trial, purpose: 'power', index: arm })
        const value = draw(pool, at)
        sums[arm] = (sums[arm] as number) + value
        squares[arm] = (squares[arm] as number) + value * value
      }
      if (n < 2) continue
      const [a = 0, b = 0] = sums
      const { square, df } = welchError(variance(squares[0], a, n), n, variance(squares[1], b, n), n)
      for (const [i, difference] of differences.entries())
        if (n <= (most[i] as number) && rejects((b - a) / n + difference, square, df, limits[n] as number[]))
          (counts[i] as Float64Array)[n - 2] = ((counts[i] as Float64Array)[n - 2] as number) + 1
    }
  }
  return counts
}

const critical = (df: number): number => studentQuantile(1 - LEVEL / 2, df)

const variance = (squares: number | undefined, sum: number, n: number): number =>
  Math.max(0, ((squares ?? 0) - (sum * sum) / n) / (n - 1))

/** Welch's degrees of freedom lie between n - 1 and 2 n - 2: only between those two limits must p itself be computed. */
function rejects(
  difference: number,
  square: number,
  df: number,
  [widest = NaN, narrowest = NaN]: readonly number[],
): boolean {
  const t = Math.abs(difference) / Math.sqrt(square)
  if (t > widest) return true
  return t >= narrowest && studentTwoSided(t, df) < LEVEL
}

function sizeFor(counts: Float64Array): PowerRow['simulated'] {
  const power = isotonic(Array.from(counts, (count) => count / TRIALS))
  const error = Z90 * Math.sqrt((POWER * (1 - POWER)) / TRIALS)
  const [lo, perArm, hi] = [POWER - error, POWER, POWER + error].map((wanted) => {
    const at = power.findIndex((reached) => reached >= wanted)
    return at < 0 ? undefined : at + 2
  })
  return lo === undefined || perArm === undefined || hi === undefined ? null : { perArm, lo, hi }
}
