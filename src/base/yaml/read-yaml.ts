// Files of content are YAML: this reads one and holds it to a schema, and says of every fault where it is and what would help.
// It never throws, whatever the text, and knows nothing of what the files are about.
import { LineCounter, parseDocument } from 'yaml'
import type * as z from 'zod'
import { hasErrors, type Place, type Problem, type Reading } from '../problem.ts'
import { checkNodes } from './check-nodes.ts'
import { type Source, placeOf, placeOfPath, textAt } from './places.ts'
import { shapeProblems } from './shape-problems.ts'
import { syntaxProblem } from './syntax-problem.ts'

/** What a file says, and where it says it. */
export interface Located<T> {
  readonly value: T
  /**
   * Finds the place of what stands at a path. Of a text it is that of its first character, quotation marks not counted, so that columns inside it can be
   * added; of a list or a group of keys it is that of its own key; of what is missing, that of the nearest key above.
   */
  place(...path: readonly (string | number)[]): Place
  /**
   * Gives a text as it is written: where its value was folded from several lines, the lines as they are, so that lines and columns inside it can be
   * added to its place.
   */
  written(...path: readonly (string | number)[]): Written
}

/** A text with the place of its first character. */
export interface Written {
  readonly text: string
  readonly place: Place
}

const LONGEST = 1_000_000 // characters
const MOST_PROBLEMS = 100 // nobody reads more

/**
 * Reads a YAML text and checks its shape.
 * @param schema what it must look like; keys that a strict object does not name are problems
 */
export function readYaml<T>(file: string, written: string, schema: z.ZodType<T>): Reading<Located<T>> {
  const text = written.replace(/^\ufeff/, '') // a byte-order mark takes no column
  if (text.length > LONGEST) return failed([tooLong(file)])
  const lines = new LineCounter()
  const document = parseDocument(text, {
    lineCounter: lines,
    version: '1.2',
    schema: 'core',
    merge: false,
    strict: true,
    stringKeys: true,
    uniqueKeys: false, // checked here, in linear time
    prettyErrors: false,
    logLevel: 'error', // 'silent' would let a second document pass
  })
  const source: Source = { file, text, lines, root: document.contents }
  const [fault] = [...document.errors, ...document.warnings] // the first alone: what follows is mostly made by it
  if (fault) return failed([syntaxProblem(fault, placeOf(source, ...fault.pos))])
  const problems = checkNodes(source)
  if (hasErrors(problems)) return failed(problems)
  const parsed = schema.safeParse(document.toJS(), { error: () => '', reportInput: true })
  if (!parsed.success) return failed(shapeProblems(source, schema, parsed.error.issues))
  const value: Located<T> = {
    value: parsed.data,
    place: (...path) => placeOfPath(source, path),
    written: (...path) => ({ text: textAt(source, path), place: placeOfPath(source, path) }),
  }
  return { value, problems }
}

const failed = (problems: readonly Problem[]): Reading<never> => ({
  value: undefined,
  problems: problems
    .toSorted((a, b) => (a.place?.line ?? 0) - (b.place?.line ?? 0) || (a.place?.column ?? 0) - (b.place?.column ?? 0))
    .slice(0, MOST_PROBLEMS),
})

const tooLong = (file: string): Problem => ({
  code: 'too-long',
  level: 'error',
  message: `The file is longer than ${LONGEST} characters.`,
  place: { file, line: 1, column: 1, length: 1 },
  help: 'is it the right file?',
})
