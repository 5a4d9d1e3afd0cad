// What a trial would have printed in a row, had it been this replicate.
import { momentsOf, oneSampleT } from '#stats'
import type { DirectionRow, ModelledRow } from './published.ts'
import { type ArmReplicate, armAt, type Cases, endpointAt, readColumn } from './replicate.ts'
import type { Trial } from './trial.ts'
import { findVisit } from './visit-days.ts'

/** From the arms of a replicate, in the trial's order, to one number; NaN where there is none. */
export type Statistic = (arms: readonly ArmReplicate[]) => number

const LEVEL = 0.05

/** Finds the statistic of a row: a mean, a share, a difference of either, or 1 where a statement holds and 0 where not. */
export function statisticOf(trial: Trial, row: ModelledRow, cases: Cases): Statistic {
  const endpoint = endpointAt(trial, row.endpoint)
  const visit = findVisit(trial.visits, row.month)
  if (visit === undefined) throw new Error(`No visit at month ${row.month}: checkPublished should have refused it`)
  if (row.kind === 'direction') return directionOf(trial, row, endpoint, visit)
  if (row.kind !== 'difference') return meanOf(trial, endpoint, visit, row.arm, cases)
  const [a, b] = row.arms.map((name) => meanOf(trial, endpoint, visit, name, cases))
  return (arms) => (a?.(arms) ?? NaN) - (b?.(arms) ?? NaN)
}

/** The mean of an endpoint at a visit in an arm; of a condition that is its share. */
export function meanOf(trial: Trial, endpoint: number, visit: number, name: string, cases: Cases): Statistic {
  const at = armAt(trial, name)
  return (arms) => momentsOf(readColumn(trial, armOf(arms, at), endpoint, visit, cases)).mean
}

/** The mean change of an endpoint from the first visit to another, of those seen at both. */
export function meanChange(trial: Trial, endpoint: number, visit: number, name: string): Statistic {
  const at = armAt(trial, name)
  return (arms) => momentsOf(changes(trial, armOf(arms, at), endpoint, visit)).mean
}

function directionOf(trial: Trial, row: DirectionRow, endpoint: number, visit: number): Statistic {
  const at = armAt(trial, row.arm)
  return (arms) => {
    const arm = armOf(arms, at)
    const change = momentsOf(changes(trial, arm, endpoint, visit))
    const { p } = oneSampleT(change)
    if (Number.isNaN(change.mean) || (row.significant !== undefined && Number.isNaN(p))) return NaN
    const isSignificant = p < LEVEL
    const tested = row.significant === undefined || row.significant === isSignificant
    return tested && goes(trial, arm, endpoint, visit, row.direction, change.mean) ? 1 : 0
  }
}

function goes(
  trial: Trial,
  arm: ArmReplicate,
  endpoint: number,
  visit: number,
  direction: DirectionRow['direction'],
  change: number,
): boolean {
  if (direction === undefined) return true
  if (direction === 'decrease') return change < 0
  if (direction === 'increase') return change > 0
  const sign = direction === 'peak' ? 1 : -1
  const means = trial.visits.map((_, v) => sign * momentsOf(readColumn(trial, arm, endpoint, v)).mean)
  const here = means[visit] ?? NaN
  return means.every((mean, v) => v === visit || Number.isNaN(mean) || here > mean)
}

function changes(trial: Trial, arm: ArmReplicate, endpoint: number, visit: number): Float64Array {
  const entry = readColumn(trial, arm, endpoint, 0)
  return readColumn(trial, arm, endpoint, visit).map((value, i) => value - (entry[i] as number))
}

function armOf(arms: readonly ArmReplicate[], at: number): ArmReplicate {
  const arm = arms[at]
  if (!arm) throw new Error(`A replicate has ${arms.length} arms where arm ${at} is asked for`)
  return arm
}
