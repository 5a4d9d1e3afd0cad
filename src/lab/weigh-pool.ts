// Weights that make the pool look like the entry table of a trial, what they achieve, and how much of the pool they leave.
import { hasErrors, type Problem, type Reading } from '#base'
import { layOutChart } from '#conduct'
import { balance, effectiveSize } from '#stats'
import type { TrialResult } from '#trial'
import type { TrialSpec } from './gather-trial.ts'
import type { PoolPiece } from './pool-piece.ts'

export interface Weighed {
  /** One per member, over all pieces. */
  readonly weights: Float64Array
  /** Absent where the trial has no entry table. */
  readonly entryTable?: TrialResult['entryTable'] & {}
}

/** Counts the members of earlier pieces, for each piece. */
export const startsOf = (pieces: readonly PoolPiece[]): number[] => {
  let sum = 0
  return pieces.map(({ members }) => (sum += members.length) - members.length)
}

/** Shares replicates out over pieces, each as many as its share of all weight says. */
export function pieceOfEach(replicates: number, shares: readonly number[]): number[] {
  const total = shares.reduce((sum, share) => sum + share, 0)
  let passed = 0
  const ends = shares.map((share) => (passed += share) / total)
  return Array.from({ length: replicates }, (_, r) => {
    const at = ends.findIndex((end) => (r + 0.5) / replicates < end)
    return at >= 0 ? at : ends.length - 1
  })
}

/** Weighs the members of the pool toward the trial's entry table; all alike if there is none, or if it cannot be met. */
export function weighPool(spec: TrialSpec, pieces: readonly PoolPiece[]): Reading<Weighed> {
  const members = pieces.flatMap(({ members: own, records }) =>
    own.map(({ standing }, i) => ({ chart: standing.chart, seen: records[i]?.[0]?.seen })),
  )
  const alike = new Float64Array(members.length).fill(1)
  const table = spec.trial.weights
  if (!table) return { value: { weights: alike }, problems: [] }
  const problems: Problem[] = []
  const { chart } = layOutChart(spec.model, spec.luck)
  const targets = table.table.map(({ name, mean, sd }) => {
    const at = chart.names.findIndex((n) => n.name === name.text)
    const isBaseline = at >= chart.baseline && at < chart.baseline + chart.width
    if (at < chart.baseline)
      problems.push({
        code: 'unknown-name',
        level: 'error',
        message: `Patients cannot be weighted by "${name.text}".`,
        place: name.place,
        help: 'a parameter such as person.age, or what was measured such as screening.sledai or baseline.sledai',
      })
    const values = Float64Array.from(
      members,
      ({ chart: known, seen }) => (isBaseline ? seen?.[at - chart.baseline] : known?.[at]) ?? NaN,
    )
    return { name: name.text, values, mean, ...(sd !== undefined && { sd }) }
  })
  if (hasErrors(problems)) return { value: undefined, problems }
  const found = balance(targets)
  const isMet = found.status === 'balanced'
  const weights = isMet ? found.weights : alike
  const wanted = spec.trial.arms.reduce((sum, { n }) => sum + n, 0)
  const size = effectiveSize(weights)
  const place = table.table[0]?.name.place
  const warn = (code: string, message: string): number =>
    problems.push({ code, level: 'warning', message, ...(place && { place }), help: 'take a larger pool: --pool' })
  if (!isMet)
    warn(
      'not-balanced',
      `No weights make the ${members.length} patients of the pool look like the entry table: ${found.unmet.join(', ')} not met. They count alike.`,
    )
  else if (size < 2 * wanted)
    warn(
      'few-effective',
      `The entry table leaves the worth of ${Math.floor(size)} of ${members.length} patients of the pool for trials of ${wanted}: the same few come again and again.`,
    )
  const starts = startsOf(pieces)
  const shares = pieces.map(({ members: own }, p) =>
    weights.slice(starts[p], (starts[p] ?? 0) + own.length).reduce((sum, weight) => sum + weight, 0),
  )
  return {
    value: {
      weights,
      entryTable: {
        note: table.note,
        met: isMet,
        effectiveSize: size,
        effectiveDraws: effectiveSize(shares),
        rows: targets.map(({ name, values, mean, sd }) => {
          const own = weightedMoments(values, weights)
          return { name, mean, sd: sd ?? null, poolMean: own.mean, poolSd: own.sd }
        }),
      },
    },
    problems,
  }
}

function weightedMoments(values: Float64Array, weights: Float64Array): { mean: number; sd: number } {
  let [total, sum] = [0, 0]
  for (const [i, value] of values.entries()) {
    if (Number.isNaN(value)) continue
    total += weights[i] ?? 0
    sum += (weights[i] ?? 0) * value
  }
  const mean = sum / total
  let squares = 0
  for (const [i, value] of values.entries())
    if (!Number.isNaN(value)) squares += (weights[i] ?? 0) * (value - mean) * (value - mean)
  return { mean, sd: Math.sqrt(squares / total) }
}
