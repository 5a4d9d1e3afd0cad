// Problems in the words of this room.
import type { Place, Problem, Reading } from '#base'

/** Makes an error. */
export const fault = (code: string, message: string, place: Place, help?: string): Problem => ({
  code,
  level: 'error',
  message,
  place,
  ...(help !== undefined && { help }),
})

/** Text so padded that what reads it finds lines and columns of the file that it stands in. */
export const padded = (text: string, { line, column }: Place): string =>
  '\n'.repeat(line - 1) + ' '.repeat(column - 1) + text

/** A list of problems that grows with every reading taken. */
export function collect(found: readonly Problem[] = []): {
  readonly problems: Problem[]
  take<T>(reading: Reading<T>): T | undefined
} {
  const problems = [...found]
  return {
    problems,
    take: (reading) => {
      problems.push(...reading.problems)
      return reading.value
    },
  }
}
