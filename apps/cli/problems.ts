// Problems on a terminal, and the exit code that they mean: 0 fine, 1 problems, 2 a bug of ours.
import { hasErrors, type Problem, printProblem } from '#base'

/** Texts by file name, so that a problem can show the line it speaks of. */
export type Texts = ReadonlyMap<string, string>

/** Prints problems to stderr and returns the exit code. */
export function showProblems(problems: readonly Problem[], texts: Texts = new Map()): 0 | 1 {
  for (const problem of problems)
    process.stderr.write(`${printProblem(problem, problem.place && texts.get(problem.place.file))}\n`)
  return hasErrors(problems) ? 1 : 0
}

/** A problem with something said on the command line. */
export function optionProblem(code: string, message: string, help?: string): Problem {
  return { code, level: 'error', message, ...(help !== undefined && { help }) }
}
