// A Problem is the author's mistake as a value: what is wrong, where, and what to do. Readers collect Problems and never throw.
// Our own bugs are thrown as Error; the numbers' misfortunes are statuses on rows. The three are never mixed.

/** A stretch of text in a file. Lines and columns count from 1; `length` is in UTF-16 units and at least 1. */
export interface Place {
  readonly file: string
  readonly line: number
  readonly column: number
  readonly length: number
}

export type Level = 'error' | 'warning' | 'note'

/** One finding about something a person wrote. `code` is kebab-case and stable; `help` is a suggestion, never a scolding. */
export interface Problem {
  readonly code: string
  readonly level: Level
  readonly message: string
  readonly place?: Place
  readonly notes?: readonly string[]
  readonly help?: string
}

/** What a reader returns: a value when one could be made, and every problem found on the way. */
export interface Reading<T> {
  readonly value: T | undefined
  readonly problems: readonly Problem[]
}

/** Tells whether any of the problems is an error. */
export const hasErrors = (problems: readonly Problem[]): boolean => problems.some((p) => p.level === 'error')

const EXCERPT = 100 // characters of a source line shown at most: a line may be a million long

/**
 * Prints a problem for a terminal: headline with place, the line with the stretch underlined, message, notes, help.
 * @param text the whole text of the file the place points into, when at hand
 */
export function printProblem(problem: Problem, text?: string): string {
  const { place } = problem
  const head = `${problem.level} ${problem.code}${place ? `  ${place.file}:${place.line}:${place.column}` : ''}`
  const lines = [head]
  const source = place && text !== undefined ? text.split('\n', place.line)[place.line - 1] : undefined
  if (place && source !== undefined) lines.push(...excerpt(place, source.replace(/\r$/, '')))
  lines.push(`  ${problem.message}`)
  for (const note of problem.notes ?? []) lines.push(`  note: ${note}`)
  if (problem.help !== undefined) lines.push(`  help: ${problem.help}`)
  // what a file holds must not steer the terminal
  return lines.map((line) => line.replace(/\p{Cc}/gu, '�')).join('\n')
}

function excerpt(place: Place, source: string): string[] {
  const from = source.length <= EXCERPT ? 0 : Math.max(0, place.column - 1 - EXCERPT / 2)
  const shown = source.slice(from, from + EXCERPT).replaceAll('\t', ' ')
  const before = from > 0 ? '…' : ''
  const after = from + EXCERPT < source.length ? '…' : ''
  const indent = place.column - 1 - from + before.length
  const width = Math.max(1, Math.min(place.length, shown.length - (place.column - 1 - from)))
  const number = String(place.line)
  return [
    `  ${number} │ ${before}${shown}${after}`,
    `  ${' '.repeat(number.length)} │ ${' '.repeat(indent)}${'~'.repeat(width)}`,
  ]
}
