// A source file as a tree with places: what every rule of the rooms looks at. Knows no rule.
import type { Place, Problem } from '#base'
import { type Node, type Program, parseSync, visitorKeys } from 'oxc-parser'

/** A file as the rules see it; `path` is relative to the repository's root, with "/". */
export interface File {
  readonly path: string
  readonly text: string
}

export interface Source extends File {
  readonly program: Program
}

/** A node where it hangs: under which parent, as which of its parts. */
export interface Hanging {
  readonly node: Node
  readonly parent: Node | undefined
  readonly part: string
}

/** Parses a TypeScript or JavaScript file; what the parser refuses comes back as problems instead. */
export function parseSource(file: File): Source | Problem[] {
  const { program, errors } = parseSync(file.path, file.text)
  if (errors.length === 0) return { ...file, program }
  return errors.map((error) => {
    const { start, end } = error.labels[0] ?? { start: 0, end: 1 }
    return { code: 'syntax', level: 'error', message: `${error.message}.`, place: placeOf(file, start, end) }
  })
}

/** Visits a tree from the top, parents first, in the order of the text. */
export function* walk(node: Node, parent?: Node, part = ''): Generator<Hanging> {
  yield { node, parent, part }
  for (const key of visitorKeys[node.type] ?? []) {
    const child = (node as unknown as Record<string, Node | null | readonly (Node | null)[]>)[key]
    for (const one of Array.isArray(child) ? child : [child]) if (one) yield* walk(one, node, key)
  }
}

/** Finds line and column of a stretch of text given by its offsets. */
export function placeOf(file: File, start: number, end: number): Place {
  const before = file.text.slice(0, start).split('\n')
  const firstLine = file.text.slice(start, end).split('\n', 1)[0] ?? ''
  return {
    file: file.path,
    line: before.length,
    column: (before.at(-1) ?? '').length + 1,
    length: Math.max(1, firstLine.length),
  }
}

/** Makes an error of a node. */
export const fault = (
  source: File,
  node: { start: number; end: number },
  code: string,
  message: string,
  help: string,
): Problem => ({
  code,
  level: 'error',
  message,
  place: placeOf(source, node.start, node.end),
  help,
})

/** Tells whether a file is a test, which may use clock, chance and disk. */
export const isTest = (path: string): boolean => /\.test\.tsx?$/.test(path)

/** Names the room a path lies in: the folder under src, or "apps". */
export const roomOf = (path: string): string | undefined =>
  /^src\/([^/]+)\//.exec(path)?.[1] ?? (path.startsWith('apps/') ? 'apps' : undefined)
