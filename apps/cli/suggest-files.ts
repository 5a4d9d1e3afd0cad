// Where a name leads to no file, the disk knows which names would have led to one.
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { didYouMean, type Place, type Problem } from '#base'
import type { Texts } from './problems.ts'

/** Adds to each problem of a missing file the name that was probably meant: of a file near the one in which it was asked for. */
export const suggestFiles = (problems: readonly Problem[], texts: Texts): Promise<Problem[]> =>
  Promise.all(
    problems.map(async (problem) => {
      const { code, place } = problem
      const asked = code === 'missing-file' && place ? wordAt(place, texts) : undefined
      const guess = asked && place && didYouMean(asked, await namesNear(place.file))
      return guess ? { ...problem, help: `did you mean "${guess}"?` } : problem
    }),
  )

function wordAt({ file, line, column, length }: Place, texts: Texts): string | undefined {
  const lines = texts.get(file)?.split('\n') ?? []
  return lines[line - 1]?.slice(column - 1, column - 1 + length)
}

/** Names of content in the folder of a file and in the folders beside it, without their endings. */
async function namesNear(file: string): Promise<string[]> {
  const folder = path.dirname(file)
  const above = path.join(folder, '..')
  const beside = await readdir(above, { withFileTypes: true }).catch(() => [])
  const folders = beside.filter((entry) => entry.isDirectory()).map(({ name }) => path.join(above, name))
  const inside = await Promise.all(folders.map((one) => readdir(one).catch(() => [])))
  return [...new Set(inside.flat().flatMap((name) => /^(.+?)\.\w+\.yaml$/.exec(name)?.[1] ?? []))].toSorted()
}
