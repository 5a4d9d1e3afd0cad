// What an instrument says of a patient: a value where it can be told, what is possible where it cannot, and the parts that it follows from.
import type { Range, Statement, Truth } from './three-valued.ts'

/** One item, criterion or domain. */
export interface Part {
  readonly id: string
  readonly label: string
  readonly truth: Truth
  /** What it adds to a score. */
  readonly points?: Range
  readonly because: string
  readonly missing: readonly string[]
}

/** What may turn out once everything is said. */
export type Possible = { readonly range: Range } | { readonly among: readonly (boolean | string)[] }

export interface Verdict {
  /** Undefined while what was not said could change it. */
  readonly value: number | boolean | string | undefined
  readonly possible: Possible
  readonly parts: readonly Part[]
  /** Columns that were not said and that some part needs. */
  readonly missing: readonly string[]
  /** What a reader should know beside the value: bands, a score behind a class, why nothing could be told. */
  readonly notes: readonly string[]
}

/** Makes a part of a statement. */
export const part = (id: string, label: string, { truth, because, missing }: Statement): Part => ({
  id,
  label,
  truth,
  because,
  missing,
})

/** Makes a part that adds a weight to a score where its statement holds. */
export const weighted = (id: string, label: string, statement: Statement, weight: number): Part => ({
  ...part(id, label, statement),
  points: [statement.truth === true ? weight : 0, statement.truth === false ? 0 : weight],
})

/** Adds up ranges in their order. */
export const sum = (ranges: readonly Range[]): Range =>
  ranges.reduce<Range>(([least, most], [a, b]) => [least + a, most + b], [0, 0])

const pointsOf = (parts: readonly Part[]): Range => sum(parts.map(({ points }) => points ?? [0, 0]))

const missingOf = (parts: readonly Part[]): string[] => [...new Set(parts.flatMap(({ missing }) => missing))]

/** A score: the sum of what its parts add, unless it is said otherwise. */
export function scoreOf(
  parts: readonly Part[],
  notes: readonly string[] = [],
  range: Range = pointsOf(parts),
): Verdict {
  const [least, most] = range
  const value = least === most ? least : undefined
  return { value, possible: { range }, parts, missing: missingOf(parts), notes }
}

/** A verdict that holds where a statement does. */
export const yesOrNo = ({ truth }: Statement, parts: readonly Part[], notes: readonly string[] = []): Verdict => ({
  value: truth,
  possible: { among: truth === undefined ? [true, false] : [truth] },
  parts,
  missing: missingOf(parts),
  notes,
})

/** A class: the first whose statement holds, or the last word. What comes before a statement that cannot be told stays possible. */
export function classOf(
  rungs: readonly (readonly [name: string, truth: Truth])[],
  otherwise: string,
  parts: readonly Part[],
  notes: readonly string[] = [],
): Verdict {
  const settled = rungs.findIndex(([, truth]) => truth === true)
  const reachable = settled < 0 ? rungs : rungs.slice(0, settled + 1)
  const among = reachable.flatMap(([name, truth]) => (truth === false ? [] : [name]))
  if (settled < 0) among.push(otherwise)
  const possible = [...new Set(among)]
  return {
    value: possible.length === 1 ? possible[0] : undefined,
    possible: { among: possible },
    parts,
    missing: missingOf(parts),
    notes,
  }
}
