// Everything that can be said against a model without running anybody's simulation: language, links, sources, conservation, expectations.
import { didYouMean, hasErrors, type Problem } from '#base'
import {
  checkConserved,
  checkModel,
  compileWasm,
  gatherModel,
  hiddenJumps,
  instantiate,
  type Model,
  type ReadText,
  type Typed,
  runExpectations,
} from '#engine'

export interface Checked {
  readonly file: string
  readonly problems: readonly Problem[]
  readonly texts: ReadonlyMap<string, string>
  /** Files that this one joins. */
  readonly uses: readonly string[]
  readonly model?: Model
  readonly sourced: number
  readonly assumed: number
  readonly expectations: number
}

/** Checks one model file with all that it uses, and runs its expectations. */
export async function checkFile(file: string, read: ReadText): Promise<Checked> {
  const gathered = await gatherModel(file, read)
  const texts = new Map(gathered.files.map((f) => [f.file, f.text]))
  const { value: model, problems: found } = checkModel(gathered.files)
  const problems = [...gathered.problems, ...found]
  const sources = (gathered.files[0]?.statements ?? []).flatMap((s) => ('source' in s && s.source ? [s.source] : []))
  const assumed = sources.filter((s) => s.key === 'assumed').length
  const counts = {
    file,
    texts,
    uses: gathered.files.slice(1).map((f) => f.file),
    assumed,
    sourced: sources.length - assumed,
  }
  if (!model || hasErrors(problems)) return { ...counts, problems, expectations: 0 }
  problems.push(...checkConserved(model), ...hiddenJumps(model).map(warnOfJump))
  const expectations = await runExpectations(model, async (kernel) => instantiate(await compileWasm(kernel)))
  return { ...counts, model, problems: [...problems, ...expectations.problems], expectations: expectations.count }
}

const warnOfJump = ({ place }: Typed): Problem => ({
  code: 'hidden-jump',
  level: 'warning',
  message:
    'Here an equation may jump in time where the solver cannot know it beforehand: a short pulse could be stepped over.',
  place,
  help: 'give the jump as an input that is set, a dose, or a table of time',
})

/**
 * Looks up the source keys of a model in a bibliography.
 * @param bibliography the text of a BibTeX file
 */
export function checkSources({ model }: Checked, bibliography: string): Problem[] {
  const keys = [...bibliography.matchAll(/^\s*@\w+\s*\{\s*([^\s,]+)\s*,/gm)].map((found) => found[1] ?? '')
  const known = new Set([...keys, 'assumed'])
  return [...(model?.parameters ?? []), ...(model?.inputs ?? []), ...(model?.tables ?? [])].flatMap(
    ({ name, source }): Problem[] => {
      if (!source || known.has(source.key)) return []
      const guess = didYouMean(source.key, keys)
      return [
        {
          code: 'unknown-source',
          level: 'error',
          message: `The source @${source.key} of "${name}" is not in the bibliography.`,
          place: source.place,
          help: guess ? `did you mean @${guess}?` : 'add it to references.bib',
        },
      ]
    },
  )
}
