// Groups of studies pooled apart, and whether their estimates differ by more than chance.
import { chiSquareLaw } from '../distributions/chi-square.ts'
import { poolSome } from './leave-out.ts'
import type { Pooled, PoolOptions, Refused } from './pool-effects.ts'

export interface Subgroups {
  /** In the order in which groups first appear. */
  readonly groups: readonly { readonly name: string; readonly pooled: Pooled | Refused }[]
  /** Cochran's Q of the groups' estimates; null with fewer than two of them. */
  readonly between: { readonly Q: number; readonly df: number; readonly p: number } | null
}

/**
 * Pools each group with a tau2 of its own.
 * @param groups the group of each study
 * @source Borenstein M, Hedges LV, Higgins JPT, Rothstein HR. Introduction to Meta-Analysis, 2009, chapter 19, method 1
 */
export function poolSubgroups(
  yi: readonly number[],
  vi: readonly number[],
  groups: readonly string[],
  options: PoolOptions,
): Subgroups {
  const found = [...new Set(groups)].map((name) => ({
    name,
    pooled: poolSome(yi, vi, options, (i) => groups[i] === name),
  }))
  const estimates = found.flatMap(({ pooled }) => (pooled.status === 'pooled' ? pooled.coefficients[0] : []))
  const weights = estimates.map(({ se }) => 1 / (se * se))
  if (estimates.length < 2 || !weights.every(Number.isFinite)) return { groups: found, between: null }
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const mean = weights.reduce((sum, weight, i) => sum + (weight / total) * (estimates[i]?.estimate ?? 0), 0)
  const Q = weights.reduce((sum, weight, i) => {
    const off = (estimates[i]?.estimate ?? 0) - mean
    return sum + weight * off * off
  }, 0)
  const df = estimates.length - 1
  return { groups: found, between: { Q, df, p: chiSquareLaw(df).survival(Q) } }
}
