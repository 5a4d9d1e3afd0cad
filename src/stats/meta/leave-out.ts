// How much a pooled estimate rests on single studies: without each, and as they came one after the other.
import { type Column } from './weighted-fit.ts'
import { poolEffects, type Pooled, type PoolOptions, type Refused } from './pool-effects.ts'

/** Pools without each study in turn, in the order given. */
export const leaveOneOut = (yi: readonly number[], vi: readonly number[], options: PoolOptions): (Pooled | Refused)[] =>
  yi.map((_, left) => poolSome(yi, vi, options, (i) => i !== left))

/** Pools the first study, the first two, and so on to all. */
export const cumulate = (yi: readonly number[], vi: readonly number[], options: PoolOptions): (Pooled | Refused)[] =>
  yi.map((_, last) => poolSome(yi, vi, options, (i) => i <= last))

/** Pools the studies that are kept, with their moderators. */
export function poolSome(
  yi: readonly number[],
  vi: readonly number[],
  options: PoolOptions,
  keep: (i: number) => boolean,
): Pooled | Refused {
  const kept = (values: ArrayLike<number>): number[] => Array.from(values).filter((_, i) => keep(i))
  const moderators = options.moderators?.map(({ name, values }): Column => ({ name, values: kept(values) }))
  return poolEffects(kept(yi), kept(vi), { ...options, ...(moderators && { moderators }) })
}
