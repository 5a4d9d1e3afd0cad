// Everything that can be said against a model without running anybody's simulation: language, links, sources, conservation, expectations.
import { didYouMean, hasErrors, type Place, type Problem } from '#base'
import {
  checkConserved,
  checkModel,
  compileWasm,
  gatherModel,
  hiddenJumps,
  instantiate,
  type ModelFile,
  type ReadText,
  type Typed,
  runExpectations,
} from '#engine'

/** What was found in one file of the library, whatever its kind. */
export interface Checked {
  readonly file: string
  readonly problems: readonly Problem[]
  /** Every text that was read on the way, by file. */
  readonly texts: ReadonlyMap<string, string>
  /** Files that this one joins. */
  readonly uses: readonly string[]
  /** Where numbers come from, its own and those of files that it joins. */
  readonly sources: readonly NumberSource[]
  /** Of a model: how large it is, and how many of its expectations were run. */
  readonly model?: { readonly states: number; readonly expectations: number }
}

/** Where a number comes from: a key of the bibliography, or `assumed`. */
export interface NumberSource {
  readonly key: string
  readonly place: Place
  /** What it is the source of, if that has a name. */
  readonly of?: string
}

/** Checks one model file with all that it uses, and runs its expectations. */
export async function checkFile(file: string, read: ReadText): Promise<Checked> {
  const gathered = await gatherModel(file, read)
  const { value: model, problems: found } = checkModel(gathered.files)
  const problems = [...gathered.problems, ...found]
  const checked = {
    file,
    texts: new Map(gathered.files.map((f) => [f.file, f.text])),
    uses: gathered.files.slice(1).map((f) => f.file),
    sources: gathered.files.flatMap(({ statements }) => statements.flatMap(sourceOf)),
  }
  if (!model || hasErrors(problems)) return { ...checked, problems }
  problems.push(...checkConserved(model), ...hiddenJumps(model).map(warnOfJump))
  const expectations = await runExpectations(model, async (kernel) => instantiate(await compileWasm(kernel)))
  const size = { states: model.states.length, expectations: expectations.count }
  return { ...checked, model: size, problems: [...problems, ...expectations.problems] }
}

const sourceOf = (statement: ModelFile['statements'][number]): NumberSource[] =>
  'source' in statement && statement.source
    ? [{ key: statement.source.key, place: statement.source.place, of: statement.name.text }]
    : []

const warnOfJump = ({ place }: Typed): Problem => ({
  code: 'hidden-jump',
  level: 'warning',
  message:
    'Here an equation may jump in time where the solver cannot know it beforehand: a short pulse could be stepped over.',
  place,
  help: 'give the jump as an input that is set, a dose, or a table of time',
})

/** Lists the keys of a bibliography in BibTeX. */
export const keysOf = (bibliography: string): string[] =>
  Array.from(bibliography.matchAll(/^\s*@\w+\s*\{\s*([^\s,]+)\s*,/gm), ([, key = '']) => key)

/**
 * Looks up sources in a bibliography.
 * @param keys those of the bibliography
 */
export function checkSources(sources: readonly NumberSource[], keys: readonly string[]): Problem[] {
  const known = new Set([...keys, 'assumed'])
  return sources
    .filter(({ key }) => !known.has(key))
    .map(({ key, place, of }): Problem => {
      const guess = didYouMean(key, keys)
      return {
        code: 'unknown-source',
        level: 'error',
        message: `The source @${key}${of === undefined ? '' : ` of "${of}"`} is not in the bibliography.`,
        place,
        help: guess ? `did you mean @${guess}?` : 'add it to references.bib',
      }
    })
}
