// Trim and fill: how many studies seem to be missing from one side of a funnel, and what the estimate would be with them.
import { poolEffects, type Pooled, type PoolOptions, type Refused } from './pool-effects.ts'

export interface TrimAndFill {
  readonly status: 'filled'
  readonly side: 'left' | 'right'
  /** How many studies seem to be missing there. */
  readonly missing: number
  /** The mirror images that were added. */
  readonly filled: readonly { readonly yi: number; readonly vi: number }[]
  readonly pooled: Pooled
}

const MOST_ROUNDS = 100

/**
 * Estimates with L0 how many studies are missing, on the side that the slope of the effects on their standard errors points to.
 * @param options without moderators
 * @source Duval S, Tweedie R. J Am Stat Assoc 2000;95:89-98, and Biometrics 2000;56:455-463
 */
export function trimAndFill(
  yi: readonly number[],
  vi: readonly number[],
  options: Omit<PoolOptions, 'moderators'>,
): TrimAndFill | Refused {
  const slope = poolEffects(yi, vi, { ...options, moderators: [{ name: 'standard error', values: vi.map(Math.sqrt) }] })
  if (slope.status === 'refused') return slope
  const side = (slope.coefficients[1]?.estimate ?? 0) < 0 ? 'right' : 'left'
  const sign = side === 'right' ? -1 : 1
  const studies = yi.map((y, i) => ({ y: sign * y, v: vi[i] as number })).toSorted((a, b) => a.y - b.y)
  const pool = (some: readonly { y: number; v: number }[]): Pooled | Refused =>
    poolEffects(
      some.map(({ y }) => y),
      some.map(({ v }) => v),
      options,
    )
  const k = studies.length
  let missing = 0
  let centre = 0
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const trimmed = pool(studies.slice(0, k - missing))
    if (trimmed.status === 'refused') return trimmed
    centre = trimmed.coefficients[0].estimate
    const next = countMissing(studies.map(({ y }) => y - centre))
    if (next === missing) break
    missing = next
  }
  const filled = studies.slice(k - missing).map(({ y, v }) => ({ yi: sign * (2 * centre - y), vi: v }))
  const pooled = poolEffects([...yi, ...filled.map((one) => one.yi)], [...vi, ...filled.map((one) => one.vi)], options)
  return pooled.status === 'refused' ? pooled : { status: 'filled', side, missing, filled, pooled }
}

/** L0, from the ranks of the distances of those above the centre. */
function countMissing(offsets: readonly number[]): number {
  const k = offsets.length
  const order = offsets
    .map((_, i) => i)
    .toSorted((a, b) => Math.abs(offsets[a] as number) - Math.abs(offsets[b] as number) || a - b)
  const above = order.reduce((sum, i, rank) => sum + ((offsets[i] as number) > 0 ? rank + 1 : 0), 0)
  const estimate = (4 * above - k * (k + 1)) / (2 * k - 1)
  return Math.min(k - 1, Math.max(0, Math.floor(estimate + 0.5)))
}
