// The compared rows as a page and a terminal show them: gathered by outcome, with a verdict in a word.

import type { Compared, TrialResult } from '#trial'
import { unbroken } from './interval-text.ts'
/** The rows of one outcome. */
export interface Outcome {
  readonly label: string
  readonly unit: string
  /** Whether the numbers are shares of patients: some row was printed as "9/12". */
  readonly share: boolean
  readonly arms: readonly Compared[]
  readonly differences: readonly Compared[]
}

/** Gathers rows by label and unit, in the order in which they first come. */
export function gatherOutcomes({ trial, compared }: TrialResult): Outcome[] {
  const names = new Set(trial.arms.map(({ name }) => name))
  const groups = new Map<string, Compared[]>()
  for (const row of compared) {
    const key = JSON.stringify([row.label, row.unit])
    groups.set(key, [...(groups.get(key) ?? []), row])
  }
  return [...groups.values()].flatMap((rows) => {
    const [first] = rows
    if (!first) return []
    const { label, unit } = first
    return {
      label,
      unit,
      share: isShare(rows),
      arms: rows.filter(({ arm }) => names.has(arm)),
      differences: rows.filter(({ arm }) => !names.has(arm)),
    }
  })
}

const isShare = (rows: readonly Compared[]): boolean =>
  rows.some(({ unit, observed }) => unit === '1' && /^\d+\/\d+/.test(observed.text))

/** Whether a number was printed and the model has that quantity: what can lie inside or outside. */
export const isScored = ({ inside90 }: Compared): boolean => inside90 !== null

/** Where the observed number lies, in a word. */
export function verdictOf({ inside50, inside90 }: Pick<Compared, 'inside50' | 'inside90'>): string {
  if (inside90 === null) return '–'
  if (!inside90) return 'outside'
  return unbroken(inside50 ? 'inside 50 %' : 'inside 90 %')
}

/** A row in a few words: what and where. */
export const nameRow = ({ label, arm, time_months }: Compared): string =>
  `${label}, ${nameArm(arm)}, month ${time_months}`

/** An arm, or a difference of two with a true minus. */
export const nameArm = (arm: string): string => arm.replace(' - ', ' − ')

/** The axis of an outcome: its unit, or that it counts patients. */
export const axisOf = ({ share, unit }: Outcome): string => (share ? 'share of patients' : unit)
