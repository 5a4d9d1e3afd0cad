// What the checkers share: reading the tree, and printing what they found. The checks themselves are pure functions of files.
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { hasErrors, type Problem, printProblem } from '#base'

/** The repository's root folder, with "/" at its end. */
export const ROOT = fileURLToPath(new URL('..', import.meta.url))

/** Reads a text file of the repository; `path` is relative to its root. */
export const readText = (path: string): string => readFileSync(ROOT + path, 'utf8')

const SKIPPED = new Set(['.git', 'node_modules', 'runs'])

/** Lists every file under a folder of the repository, sorted, without what is installed or produced. */
export function listFiles(folder = ''): string[] {
  return readdirSync(ROOT + folder, { withFileTypes: true })
    .flatMap((entry) => {
      if (SKIPPED.has(entry.name)) return []
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`
      return entry.isDirectory() ? listFiles(path) : [path]
    })
    .toSorted()
}

/** Prints problems to stderr with the lines they point at, and sets the exit code: 1 when one of them is an error. */
export function report(problems: readonly Problem[]): void {
  for (const problem of problems) console.error(printProblem(problem, problem.place && readText(problem.place.file)))
  if (hasErrors(problems)) process.exitCode = 1
}
