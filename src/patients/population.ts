// A population: who the virtual patients are. It says which priors of the model give way, what goes together, what kinds of people there are, and
// what is uncertain about them all at once. A file of content; this reads it and holds it to a model.
import * as z from 'zod'
import { didYouMean, type Located, type Place, type Problem, type Reading, readYaml } from '#base'
import { type Model, type Parameter, parsePriorText, type Prior } from '#engine'
import type { ScoredPrior } from './priors.ts'
import { choleskyOf } from './cholesky.ts'

const sourced = { source: z.string().regex(/^@[\w-]+$/), locator: z.string().min(1) }

const SCHEMA = z.strictObject({
  population: z.string().regex(/^[a-z0-9-]+$/),
  title: z.string().min(1),
  model: z.string().min(1),
  care: z.string().min(1),
  parameters: z
    .array(
      z.strictObject({
        name: z.string(),
        value: z.number().optional(),
        prior: z.string().optional(),
        ...sourced,
      }),
    )
    .default([]),
  categories: z
    .array(
      z.strictObject({
        name: z.string(),
        of: z
          .array(
            z.strictObject({
              name: z.string(),
              share: z.number().min(0).max(1),
              set: z.record(z.string(), z.number()).default({}),
              times: z.record(z.string(), z.number().positive()).default({}),
            }),
          )
          .min(1),
        ...sourced,
      }),
    )
    .default([]),
  correlations: z
    .array(
      z.strictObject({
        between: z.tuple([z.string(), z.string()]),
        r: z.number().gt(-1).lt(1),
        ...sourced,
      }),
    )
    .default([]),
  uncertain: z.array(z.strictObject({ name: z.string(), prior: z.string(), ...sourced })).default([]),
  entry_on_flare: z.strictObject({ from: z.number().min(0).max(1), to: z.number().min(0).max(1), ...sourced }),
  effect: z.strictObject({ parameter: z.string(), priors: z.string(), curve: z.string() }).optional(),
})

export type PopulationText = z.infer<typeof SCHEMA>

/** One kind of people: how many there are, and what is set or multiplied in them. */
export interface Category {
  readonly name: string
  readonly of: readonly {
    readonly name: string
    readonly share: number
    readonly set: readonly { readonly parameter: number; readonly value: number }[]
    readonly times: readonly { readonly parameter: number; readonly factor: number }[]
  }[]
}

/** A population held to a model. Plain data that can be posted to a worker. */
export interface Population {
  readonly name: string
  readonly title: string
  readonly care: string
  /** The parameters of the model, with the population's own values and priors. */
  readonly parameters: readonly Parameter[]
  readonly categories: readonly Category[]
  /** Parameters whose normal scores go together, and the lower triangle that makes them so from independent scores. */
  readonly together: { readonly parameters: readonly number[]; readonly triangle: readonly (readonly number[])[] }
  /** What is uncertain about the typical value of a parameter, for all patients at once. */
  readonly uncertain: readonly { readonly parameter: number; readonly prior: ScoredPrior }[]
  readonly entryOnFlare: { readonly from: number; readonly to: number }
  readonly effect?: { readonly parameter: number; readonly priors: string; readonly curve: string }
}

/** Reads the text of a population file. */
export const readPopulation = (file: string, text: string): Reading<Located<PopulationText>> =>
  readYaml(file, text, SCHEMA as z.ZodType<PopulationText>)

/** Another typical value, another prior, or both, for one parameter. */
export interface Correction {
  readonly name: { readonly text: string; readonly place: Place }
  readonly value?: number
  readonly prior?: { readonly text: string; readonly place: Place }
  readonly source: string
  readonly locator: string
}

/**
 * Holds a population to a model: every name is a parameter of it, every prior allows its value, correlations can all hold at once.
 * @param corrections of somebody who uses the population for a purpose; they come after its own
 */
export function settlePopulation(
  model: Model,
  { value: text, place }: Located<PopulationText>,
  corrections: readonly Correction[] = [],
): Reading<Population> {
  const problems: Problem[] = []
  const report = (code: string, message: string, at: Place, help?: string): undefined => {
    problems.push({ code, level: 'error', message, place: at, ...(help !== undefined && { help }) })
  }
  const parameters: Parameter[] = [...model.parameters]
  const positions = new Map(parameters.map(({ name }, i) => [name, i]))
  const find = (name: string, at: Place): number | undefined => {
    const found = positions.get(name)
    if (found !== undefined) return found
    const guess = didYouMean(name, positions.keys())
    return report('unknown-parameter', `The model has no parameter "${name}".`, at, guess && `did you mean "${guess}"?`)
  }
  const priorOf = (words: string, at: Place): Prior | undefined => {
    const above = '\n'.repeat(at.line - 1) + ' '.repeat(at.column - 1)
    const { value, problems: found } = parsePriorText(at.file, above + words)
    problems.push(...found)
    return value
  }
  const own = text.parameters.map(
    (p, i): Correction => ({
      name: { text: p.name, place: place('parameters', i, 'name') },
      source: p.source,
      locator: p.locator,
      ...(p.value !== undefined && { value: p.value }),
      ...(p.prior !== undefined && { prior: { text: p.prior, place: place('parameters', i, 'prior') } }),
    }),
  )
  for (const { name, value: given, prior: words, source, locator } of [...own, ...corrections]) {
    const at = find(name.text, name.place)
    const old = at === undefined ? undefined : parameters[at]
    const prior = words === undefined ? old?.prior : priorOf(words.text, words.place)
    if (at === undefined || !old || (words !== undefined && !prior)) continue
    const { prior: _, ...fixed } = old
    const value = given ?? (prior?.family === 'uniform' ? (prior.from + prior.to) / 2 : old.value)
    const fault = faultOf(prior, value)
    if (fault) report('bad-prior', `"${name.text}" = ${value}: ${fault}.`, name.place)
    const from = { key: source.slice(1), locator, place: name.place }
    parameters[at] = { ...fixed, value, source: from, ...(prior && { prior }) }
  }
  const categories = text.categories.map((c, i): Category => {
    const sum = c.of.reduce((total, { share }) => total + share, 0)
    if (Math.abs(sum - 1) > 1e-6)
      report(
        'bad-shares',
        `The shares of "${c.name}" sum to ${Number(sum.toPrecision(6))}, not 1.`,
        place('categories', i, 'of'),
      )
    const each = (kind: 'set' | 'times', record: Readonly<Record<string, number>>, k: number) =>
      Object.entries(record).flatMap(([name, value]) => {
        const parameter = find(name, place('categories', i, 'of', k, kind, name))
        return parameter === undefined ? [] : [{ parameter, value }]
      })
    return {
      name: c.name,
      of: c.of.map((kind, k) => ({
        name: kind.name,
        share: kind.share,
        set: each('set', kind.set, k),
        times: each('times', kind.times, k).map(({ parameter, value }) => ({ parameter, factor: value })),
      })),
    }
  })
  const uncertain = text.uncertain.flatMap((u, i) => {
    const parameter = find(u.name, place('uncertain', i, 'name'))
    const prior = priorOf(u.prior, place('uncertain', i, 'prior'))
    if (parameter === undefined || !prior) return []
    if (prior.family === 'uniform') {
      report(
        'bad-prior',
        'What is uncertain about a typical value has a middle: it cannot be uniform.',
        place('uncertain', i, 'prior'),
        'lognormal sd 0.3, say',
      )
      return []
    }
    return [{ parameter, prior }]
  })
  const { from, to } = text.entry_on_flare
  if (from > to)
    report('bad-range', `The share that enters on a flare rises from ${from} to ${to}.`, place('entry_on_flare'))
  const parameter = text.effect && find(text.effect.parameter, place('effect', 'parameter'))
  const together = correlate(text, parameters, find, place, report)
  if (problems.some((p) => p.level === 'error')) return { value: undefined, problems }
  return {
    value: {
      name: text.population,
      title: text.title,
      care: text.care,
      parameters,
      categories,
      together,
      uncertain,
      entryOnFlare: { from, to },
      ...(text.effect && parameter !== undefined && { effect: { ...text.effect, parameter } }),
    },
    problems,
  }
}

function faultOf(prior: Prior | undefined, value: number): string | undefined {
  if (!Number.isFinite(value)) return 'it is not a finite number'
  if (prior?.family === 'uniform' && !(prior.from < prior.to)) return 'a uniform prior rises'
  if (prior?.family === 'lognormal' && !(value > 0)) return 'a lognormal prior needs a value above 0'
  if (prior?.family === 'logitnormal' && !(value > 0 && value < 1))
    return 'a logitnormal prior needs a value between 0 and 1'
  return undefined
}

function correlate(
  text: PopulationText,
  parameters: readonly Parameter[],
  find: (name: string, at: Place) => number | undefined,
  place: Located<PopulationText>['place'],
  report: (code: string, message: string, at: Place, help?: string) => undefined,
): Population['together'] {
  const pairs = text.correlations.flatMap(({ between, r }, i) => {
    const [a, b] = between.map((name, k) => find(name, place('correlations', i, 'between', k)))
    if (a === undefined || b === undefined) return []
    for (const [k, at] of [a, b].entries()) {
      const prior = parameters[at]?.prior
      if (prior === undefined || prior.family === 'uniform')
        report(
          'bad-correlation',
          `"${parameters[at]?.name}" ${prior ? 'is uniform' : 'does not vary'}: only normal, lognormal and logitnormal priors can go together.`,
          place('correlations', i, 'between', k),
        )
    }
    if (a === b) report('bad-correlation', 'A parameter cannot go together with itself.', place('correlations', i))
    return [{ a, b, r }]
  })
  const order = [...new Set(pairs.flatMap(({ a, b }) => [a, b]))]
  const matrix = order.map((a) =>
    order.map((b) => (a === b ? 1 : (pairs.find((p) => (p.a === a && p.b === b) || (p.a === b && p.b === a))?.r ?? 0))),
  )
  const triangle = choleskyOf(matrix)
  if (!triangle) {
    report(
      'bad-correlation',
      'These correlations cannot all hold at once.',
      place('correlations'),
      'make them smaller, or add those between the others',
    )
    return { parameters: [], triangle: [] }
  }
  return { parameters: order, triangle }
}
