// The lab's Store in a folder: one file a piece, written beside its place and renamed. A piece that cannot be used is told and made anew, never used.
import { mkdir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import type { Problem } from '#base'
import { openPiece, sealPiece, type Store } from '#lab'
import { writeWhole } from './files.ts'
import { optionProblem } from './problems.ts'

/** How a store stands in the world. */
export interface Keeping {
  /** Program and version, without blanks: pieces of another maker are not used. */
  readonly maker: string
  /** Hears of each piece that is not used; of those that another version made, only the first. */
  readonly tell: (problem: Problem) => void
}

/** Keeps pieces in a folder, which is made when the first one comes. */
export function folderStore(folder: string, { maker, tell }: Keeping): Store {
  let aged = false
  const fileOf = (key: string): string => path.join(folder, `${key}.piece`)
  return {
    get: async (key) => {
      const file = fileOf(key)
      const sealed = await readPiece(file)
      if (!sealed) return undefined
      const opened = openPiece(key, maker, sealed)
      if ('bytes' in opened) return opened.bytes
      if (opened.fault !== 'other-maker' || !aged) tell(unused(file, opened.fault, opened.reason))
      aged ||= opened.fault === 'other-maker'
      return undefined
    },
    put: (key, bytes) => writeWhole(fileOf(key), sealPiece(key, maker, bytes)),
  }
}

async function readPiece(file: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

const unused = (file: string, fault: 'damaged' | 'foreign' | 'other-maker', reason: string): Problem => ({
  code: `${fault}-piece`,
  level: fault === 'other-maker' ? 'note' : 'warning',
  message: `This kept piece is not used: ${reason}.`,
  place: { file, line: 1, column: 1, length: 1 },
  help:
    fault === 'other-maker'
      ? 'nothing to do: such pieces are made anew and written over'
      : 'it is made anew and written over; if this comes again, look after the disk',
})

/**
 * Makes a folder for a run, or says why it cannot be one.
 * @returns whether the folder is new, or the problem
 */
export async function openFolder(folder: string): Promise<boolean | Problem> {
  const standing = await stat(folder).catch(() => undefined)
  if (standing && !standing.isDirectory())
    return optionProblem(
      'not-a-folder',
      `"${folder}" is a file: a run needs a folder.`,
      'name another with --out, or move the file away',
    )
  return (await mkdir(folder, { recursive: true })) !== undefined
}
