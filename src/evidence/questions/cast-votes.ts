// Dependence: studies that share patients have one vote together. Who shares is what cohorts and overlaps of the studies say.
import type { Study } from '../studies/read-study.ts'
import type { Entry } from './find-entries.ts'

/** An entry with its vote: it counts, or another of the same patients counts in its place. */
export interface Ballot {
  readonly entry: Entry
  /** The study that votes for these patients, where it is not this one. */
  readonly heldBy?: string
}

/**
 * Gives each group of studies that share patients one vote: that of the entry with most patients, then of the outcome asked for first, then of
 * the longer follow-up, then by name.
 * @param outcomes in the order in which the question asks for them
 * @param all studies of the library, through which two may be joined
 */
export function castVotes(entries: readonly Entry[], outcomes: readonly string[], all: Iterable<Study>): Ballot[] {
  const groupOf = groupsOf(all)
  const holders = new Map<string, Entry>()
  for (const entry of entries) {
    const group = groupOf(entry.study)
    const held = holders.get(group)
    if (!held || isAhead(entry, held, outcomes)) holders.set(group, entry)
  }
  return entries.map((entry) => {
    const holder = holders.get(groupOf(entry.study))
    return holder === undefined || holder === entry ? { entry } : { entry, heldBy: holder.study.name }
  })
}

function isAhead(one: Entry, other: Entry, outcomes: readonly string[]): boolean {
  const [n, otherN] = [one.n ?? 0, other.n ?? 0]
  if (n !== otherN) return n > otherN
  const [rank, otherRank] = [outcomes.indexOf(one.row.outcome), outcomes.indexOf(other.row.outcome)]
  if (rank !== otherRank) return rank < otherRank
  const [month, otherMonth] = [one.row.month ?? 0, other.row.month ?? 0]
  return month !== otherMonth ? month > otherMonth : one.study.name < other.study.name
}

/** Joins cohorts that overlap; a group is called after the first of its cohorts by name. */
function groupsOf(all: Iterable<Study>): (study: Study) => string {
  const studies = [...all]
  const cohorts = new Map(studies.map(({ name, file }) => [name, file.cohort]))
  const above = new Map<string, string>()
  const root = (cohort: string): string => {
    const next = above.get(cohort)
    return next === undefined ? cohort : root(next)
  }
  for (const { file } of studies)
    for (const other of file.overlaps ?? []) {
      const [a, b] = [root(file.cohort), root(cohorts.get(other) ?? file.cohort)].toSorted()
      if (a !== undefined && b !== undefined && a !== b) above.set(b, a)
    }
  return ({ file }) => root(file.cohort)
}
