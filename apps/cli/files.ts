// Reading and writing for the command line. A file is written beside its place and renamed: what stands there is always whole.
import { once } from 'node:events'
import { existsSync, rmSync, statSync } from 'node:fs'
import { type FileHandle, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import type { Problem } from '#base'

/** Reads a text file; undefined if there is none. Whatever else hinders is thrown, with the reason that the system gives. */
export async function readText(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    if (error instanceof Error) error.message = named(error.message, file)
    throw error
  }
}

const CONTENT = /\.(model|yaml)$/

/** Lists the files of content at a path: the file itself, or all models and YAML files below a folder, in the order of their names. */
export async function listContent(from: string): Promise<string[] | Problem> {
  const found = await stat(from).catch(() => undefined)
  if (!found) return missing(from)
  if (found.isFile()) return [from]
  return (await walk(from)).toSorted((a, b) => (a < b ? -1 : 1))
}

// Linked folders are left out: a link may lead back up.
async function walk(folder: string): Promise<string[]> {
  const inside = await readdir(folder, { withFileTypes: true })
  const found = await Promise.all(
    inside.map(async (entry) => {
      const at = path.join(folder, entry.name)
      if (entry.isDirectory()) return walk(at)
      return !CONTENT.test(entry.name) ||
        (entry.isSymbolicLink() && statSync(at, { throwIfNoEntry: false })?.isDirectory())
        ? []
        : [at]
    }),
  )
  return found.flat()
}

const missing = (file: string): Problem => ({
  code: 'missing-file',
  level: 'error',
  message: `There is no file or folder "${file}".`,
})

const halves = new Set<string>()
process.once('exit', () => {
  for (const half of halves) rmSync(half, { force: true })
})

/** A place for pieces that come one after the other. */
export interface Sink {
  /** Writes a piece; done once the world has taken it. */
  write(piece: string | Uint8Array): Promise<void>
  /** Ends in good order: only now is the file there. */
  finish(): Promise<void>
  /** Leaves nothing behind; after `finish` it does nothing. */
  drop(): Promise<void>
}

/**
 * Opens a file that comes to be whole or not at all; folders on the way are made. A drop, a fault and an early end of the program all leave nothing
 * behind.
 * @throws what the system says, with the name of the file that was asked for; so do `write` and `finish`
 */
export async function openWhole(file: string): Promise<Sink> {
  const half = `${file}.${process.pid}.part`
  const told = (error: unknown): unknown => {
    if (error instanceof Error) error.message = named(error.message.replaceAll(half, file), file)
    return error
  }
  halves.add(half)
  const handle = await openNew(half).catch((error: unknown) => {
    halves.delete(half)
    throw told(error)
  })
  const drop = async (): Promise<void> => {
    if (!halves.has(half)) return
    await handle.close().catch(() => undefined)
    await rm(half, { force: true }).catch(() => undefined)
    halves.delete(half)
  }
  const guarded = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work()
    } catch (error) {
      await drop()
      throw told(error)
    }
  }
  return {
    write: (piece) => guarded(() => handle.writeFile(piece)),
    finish: () =>
      guarded(async () => {
        await handle.close()
        await rename(half, file)
        halves.delete(half)
      }),
    drop,
  }
}

async function openNew(file: string): Promise<FileHandle> {
  await mkdir(path.dirname(file), { recursive: true })
  return open(file, 'w')
}

/**
 * Writes a file whole or not at all.
 * @throws what the system says, with the name of the file that was asked for; an AbortError when the signal is given
 */
export async function writeWhole(
  file: string,
  content: string | Uint8Array | Iterable<string>,
  signal?: AbortSignal,
): Promise<void> {
  const sink = await openWhole(file)
  try {
    for (const piece of typeof content === 'string' || content instanceof Uint8Array ? [content] : content) {
      signal?.throwIfAborted()
      await sink.write(piece)
    }
    signal?.throwIfAborted()
    await sink.finish()
  } finally {
    await sink.drop()
  }
}

// in the middle of reading or writing the system does not say of which file it speaks
const named = (message: string, file: string): string => (message.includes(file) ? message : `${message} '${file}'`)

/** Thrown when the reader of stdout has had enough, as `head` has: nobody's mistake. */
export class ReaderGone extends Error {
  constructor() {
    super('the reader is gone')
  }
}

/**
 * Opens stdout for pieces, written as fast as its reader takes them.
 * @returns a sink whose `write` throws ReaderGone once nobody reads
 */
export const openOut = (): Sink => ({
  write: async (piece) => {
    try {
      if (process.stdout.destroyed) throw new ReaderGone()
      if (!process.stdout.write(piece)) await once(process.stdout, 'drain')
    } catch (error) {
      throw (error as NodeJS.ErrnoException).code === 'EPIPE' ? new ReaderGone() : error
    }
  },
  finish: async () => undefined,
  drop: async () => undefined,
})

/** Writes pieces to stdout as fast as its reader takes them; a reader that has had enough (head) ends it in peace. */
export async function writeOut(pieces: Iterable<string>): Promise<void> {
  const out = openOut()
  try {
    for (const piece of pieces) await out.write(piece)
  } catch (error) {
    if (!(error instanceof ReaderGone)) throw error
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
