// Finds the files of a model: the root and, through `use`, the mechanisms that it joins. Reading itself is the caller's: this room knows no disk.
import type { Problem } from '#base'
import { parseModel } from './parse.ts'
import type { ModelFile, Name } from './tree.ts'

/** The files of one model, root first, each with its text for messages. */
export interface Gathered {
  readonly files: readonly (ModelFile & { readonly text: string })[]
  readonly problems: readonly Problem[]
}

/** Reads a text file by its path; undefined if there is none. */
export type ReadText = (file: string) => Promise<string | undefined>

/** The largest model file that is read: far above any model, far below what would stall the reader. */
const LARGEST_FILE = 2_000_000 // characters

/** The most files that are joined. */
const MOST_FILES = 200

/** Reads a model file and all that it uses, each once, in the order in which they are first named. */
export async function gatherModel(root: string, read: ReadText): Promise<Gathered> {
  const files: (ModelFile & { text: string })[] = []
  const problems: Problem[] = []
  const folder = root.slice(0, root.lastIndexOf('/') + 1)
  const wanted = new Map<string, { file: string; name?: Name }>([[modelNameOf(root), { file: root }]])
  for (const { file, name } of wanted.values()) {
    const text = await read(file) // the map grows while it is gone through
    if (text === undefined) problems.push(missing(file, name))
    else if (text.length > LARGEST_FILE) problems.push(tooLarge(file, text.length))
    else {
      const { value, problems: found } = parseModel(file, text)
      files.push({ ...value, text })
      problems.push(...found)
      for (const used of namesUsed(value)) {
        if (wanted.size === MOST_FILES && !wanted.has(used.text))
          return { files, problems: [...problems, tooMany(used)] }
        if (!wanted.has(used.text)) wanted.set(used.text, { file: folder + fileNameOf(used.text), name: used })
      }
    }
  }
  return { files, problems }
}

const namesUsed = ({ statements }: ModelFile): Name[] => statements.flatMap((s) => (s.kind === 'use' ? s.names : []))

/** The file of a model name: `b_cells` stands in `b-cells.model`. */
export const fileNameOf = (model: string): string => `${model.replaceAll('_', '-')}.model`

/** The model name that a file must carry. */
export const modelNameOf = (file: string): string =>
  file
    .slice(file.lastIndexOf('/') + 1)
    .replace(/\.model$/, '')
    .replaceAll('-', '_')

function missing(file: string, name: Name | undefined): Problem {
  const message = `There is no file "${file}".`
  const found = { code: 'missing-file', level: 'error', message } as const
  return name
    ? { ...found, place: name.place, help: 'a used model stands in the same folder as the file that uses it' }
    : found
}

const tooLarge = (file: string, length: number): Problem => ({
  code: 'file-too-large',
  level: 'error',
  message: `The file has ${length} characters; a model file has at most ${LARGEST_FILE}.`,
  place: { file, line: 1, column: 1, length: 1 },
})

const tooMany = ({ place }: Name): Problem => ({
  code: 'too-many-files',
  level: 'error',
  message: `A model joins at most ${MOST_FILES} files.`,
  place,
})
