// Reading and writing for the command line. A file is written beside its place and renamed: what stands there is always whole.
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Problem } from '#base'

/** Reads a text file; undefined if there is none, or a folder in its place. */
export async function readText(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8')
  } catch {
    return undefined
  }
}

/** Lists the model files of a path: the file itself, or all that lie below a folder, in the order of their names. */
export async function listModels(from: string): Promise<string[] | Problem> {
  const found = await stat(from).catch(() => undefined)
  if (!found) return missing(from)
  if (found.isFile()) return [from]
  const inside = await readdir(from, { recursive: true })
  return inside
    .filter((name) => name.endsWith('.model'))
    .map((name) => path.join(from, name))
    .toSorted((a, b) => (a < b ? -1 : 1))
}

const missing = (file: string): Problem => ({
  code: 'missing-file',
  level: 'error',
  message: `There is no file or folder "${file}".`,
})

let unique = 0

/** Writes a file whole or not at all; folders on the way are made. */
export async function writeWhole(
  file: string,
  content: string | Uint8Array | AsyncIterable<string> | Iterable<string>,
): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true })
  const half = `${file}.${process.pid}-${++unique}.part`
  try {
    await writeFile(half, content)
    await rename(half, file)
  } catch (error) {
    await rm(half, { force: true })
    throw error
  }
}

/** Finds the bibliography that holds for a model: references.bib beside it or, further up, in library/evidence or evidence. */
export function findBibliography(model: string): string | undefined {
  for (let folder = path.dirname(path.resolve(model)); ; folder = path.dirname(folder)) {
    const found = ['references.bib', 'evidence/references.bib', 'library/evidence/references.bib']
      .map((name) => path.join(folder, name))
      .find((file) => existsSync(file))
    if (found || folder === path.dirname(folder)) return found
  }
}
