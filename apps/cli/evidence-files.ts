// Finds the files of the evidence library: that of the program, or a folder that was named.
import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ContentFile, EvidenceFiles } from '#evidence'

const LIBRARY = fileURLToPath(new URL('../../library/', import.meta.url))

/** The library of the program, by the shortest name from here. */
export const defaultLibrary = (): string => path.relative('', LIBRARY) || '.'

/** Reads studies, questions and claims below `library`/evidence. */
export async function evidenceFiles(library: string): Promise<EvidenceFiles> {
  const [studies, questions, claims] = await Promise.all(
    ['studies', 'questions', 'claims'].map((folder) => yamlIn(path.join(library, 'evidence', folder))),
  )
  return { studies: studies ?? [], questions: questions ?? [], claims: claims ?? [] }
}

/** Reads every YAML file of a folder, in the order of their names; none where there is no folder. */
export async function yamlIn(folder: string): Promise<ContentFile[]> {
  if (!existsSync(folder)) return []
  const names = (await readdir(folder)).filter((name) => name.endsWith('.yaml')).toSorted()
  return Promise.all(
    names.map(async (name) => {
      const file = path.join(folder, name)
      return { file, text: await readFile(file, 'utf8') }
    }),
  )
}
