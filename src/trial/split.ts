// The fall of a score taken apart: S - C2 = (S - L0) + (L0 - C0) + (C0 - C1) + (C1 - C2), patient by patient, from arms that share their luck.
// Model-based: the courses that make the parts are not all seen in any trial.
import { momentsOf } from '#stats'
import { intervalOf } from './interval-of.ts'
import type { ArmReplicate } from './replicate.ts'
import type { Interval, SplitPart } from './result.ts'

/** Scores of the members of the pool at one visit; NaN where a member died or was lost in that course. */
export interface SplitScores {
  /** S: as observed at entry. */
  readonly observed: ArrayLike<number>
  /** L0: expected of the state at entry. */
  readonly expected: ArrayLike<number>
  /** C0: on the medicines before the study, frozen. */
  readonly frozen: ArrayLike<number>
  /** C1: on the trial's background, without the arm's own regimens. */
  readonly background: ArrayLike<number>
  /** C2: on background and the arm's own regimens. */
  readonly treated: ArrayLike<number>
}

export const PARTS = ['measurement', 'natural', 'background', 'cells'] as const

export interface SplitMeans {
  readonly total: number
  /** In the order of PARTS; they sum to the total but for rounding. */
  readonly parts: readonly number[]
  /** Patients with all five scores. */
  readonly complete: number
}

/**
 * Splits the fall of one member.
 * @returns the total and the four parts, in the order of PARTS; NaN where a score is missing
 */
export function splitMember(scores: SplitScores, member: number): readonly [number, ...number[]] {
  const s = scores.observed[member] ?? NaN
  const l0 = scores.expected[member] ?? NaN
  const c0 = scores.frozen[member] ?? NaN
  const c1 = scores.background[member] ?? NaN
  const c2 = scores.treated[member] ?? NaN
  return [s - c2, s - l0, l0 - c0, c0 - c1, c1 - c2]
}

/** Means of the total and of the parts over the patients who have all five scores, so that they still add up. */
export function splitMeans(scores: SplitScores, members: Iterable<number>): SplitMeans {
  const split = [...members].map((member) => splitMember(scores, member)).filter((row) => !row.some(Number.isNaN))
  const [total = NaN, ...parts] = [0, 1, 2, 3, 4].map((i) => momentsOf(split.map((row) => row[i] as number)).mean)
  return { total, parts, complete: split.length }
}

/**
 * Splits the fall in one arm, replicate by replicate.
 * @param arm of each replicate
 * @returns distributions of the means, and the share of patients that are in none of them; undefined when nobody has all five scores
 */
export function splitArm(
  scores: SplitScores,
  arm: readonly ArmReplicate[],
): { readonly total: Interval; readonly parts: readonly SplitPart[]; readonly omitted: number } | undefined {
  const means = arm.map(({ members }) => splitMeans(scores, Array.from(members)))
  const total = intervalOf(means.map((mean) => mean.total))
  const parts = PARTS.flatMap((name, i): SplitPart[] => {
    const interval = intervalOf(means.map((mean) => mean.parts[i] ?? NaN))
    return interval ? [{ name, interval }] : []
  })
  const drawn = arm.reduce((sum, { members }) => sum + members.length, 0)
  const complete = means.reduce((sum, mean) => sum + mean.complete, 0)
  return total ? { total, parts, omitted: 1 - complete / drawn } : undefined
}
