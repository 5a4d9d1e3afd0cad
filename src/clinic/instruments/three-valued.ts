// Statements about a patient that hold, do not hold, or cannot be told because something was not said; each knows why, in words. Logic is Kleene's, and
// numbers that were not said are intervals between the bounds of their column. So whatever is filled in later, no verdict ever has to be taken back.
import type { Column, Findings, NumberColumn } from './column.ts'

/** Undefined where it cannot be told. */
export type Truth = boolean | undefined

/** Where a number lies; both ends are possible. One point, when it is known. */
export type Range = readonly [least: number, most: number]

export interface Statement {
  readonly truth: Truth
  /** What it rests on, for a reader. */
  readonly because: string
  /** Columns that would decide it. */
  readonly missing: readonly string[]
}

/** A number with what it rests on. */
export interface Amount {
  readonly range: Range
  readonly words: string
  readonly missing: readonly string[]
}

const TIDY = 1e9 // numbers on paper have fewer decimals: 2.3 - 2.0 is to be 0.3 and no hair less

/** Rounds away what binary fractions add to decimals. */
export const tidy = (value: number): number =>
  Math.abs(value) < Number.MAX_SAFE_INTEGER / TIDY ? Math.floor(value * TIDY + 0.5) / TIDY : value

/** What a yes-or-no column says. */
export function said({ name }: Column, found: Findings): Statement {
  const value = found[name]
  if (typeof value !== 'boolean') return { truth: undefined, because: `${name} not said`, missing: [name] }
  return { truth: value, because: `${name}: ${value ? 'yes' : 'no'}`, missing: [] }
}

/** What a column of numbers says. */
export function amount({ name, unit, least, most }: NumberColumn, found: Findings): Amount {
  const value = found[name]
  if (typeof value !== 'number') return { range: [least, most], words: `${name} not said`, missing: [name] }
  return { range: [value, value], words: `${name} ${value}${unit === '1' ? '' : ` ${unit}`}`, missing: [] }
}

/** Tells whether a number is known. */
export const isKnown = ({ range: [least, most] }: Amount): boolean => least === most

/** One number less another. */
export const minus = (a: Amount, b: Amount): Amount => ({
  range: [tidy(a.range[0] - b.range[1]), tidy(a.range[1] - b.range[0])],
  words: `${a.words}, ${b.words}`,
  missing: [...a.missing, ...b.missing],
})

/** A number times a positive constant. */
export const times = (a: Amount, factor: number): Amount => ({
  ...a,
  range: [tidy(a.range[0] * factor), tidy(a.range[1] * factor)],
})

export type Comparison = 'above' | 'below' | 'at least' | 'at most'

const HOLDS: Readonly<Record<Comparison, (value: number, limit: number) => boolean>> = {
  above: (value, limit) => value > limit,
  below: (value, limit) => value < limit,
  'at least': (value, limit) => value >= limit,
  'at most': (value, limit) => value <= limit,
}

/** Compares a number with a limit. */
export function is({ range: [least, most], words, missing }: Amount, how: Comparison, limit: number): Statement {
  const [low, high] = [HOLDS[how](least, limit), HOLDS[how](most, limit)]
  const truth = low === high ? low : undefined
  const because = truth === undefined ? words : `${words}: ${truth ? '' : 'not '}${how} ${limit}`
  return { truth, because, missing: truth === undefined ? missing : [] }
}

/** The same, the other way round. */
export const not = ({ truth, because, missing }: Statement): Statement => ({
  truth: truth === undefined ? undefined : !truth,
  because,
  missing,
})

/** Holds where all do; fails where one fails. */
export const all = (...statements: readonly Statement[]): Statement => join(statements, false)

/** Holds where one does; fails where all fail. */
export const any = (...statements: readonly Statement[]): Statement => join(statements, true)

/** One statement with the deciding value settles it; else one that cannot be told leaves it open. */
function join(statements: readonly Statement[], deciding: boolean): Statement {
  const deciders = statements.filter(({ truth }) => truth === deciding)
  const open = statements.filter(({ truth }) => truth === undefined)
  const [truth, spoken]: [Truth, readonly Statement[]] =
    deciders.length > 0 ? [deciding, deciders] : open.length > 0 ? [undefined, open] : [!deciding, statements]
  const missing = truth === undefined ? open.flatMap((one) => one.missing) : []
  return { truth, because: spoken.map(({ because }) => because).join('; '), missing: [...new Set(missing)] }
}
