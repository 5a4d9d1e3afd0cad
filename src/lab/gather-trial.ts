// Finds all that a trial is made of: the trial file and what was printed of it, the population, the model with its luck, the regimens, the prior of the
// effect. Reads each once, checks each and how they fit together. Reading itself is the caller's: the same code serves a disk, a server, a worker.
import { type Located, type Place, type Problem, type Reading } from '#base'
import { bindCriteria, type BoundCriterion, type BoundRegimen, bindRegimen, readRegimen } from '#clinic'
import { layOutChart, type Luck, readLuck, settleLuck } from '#conduct'
import { checkModel, gatherModel, type Model, type ModelFile, type Named, type ReadText } from '#engine'
import {
  type EffectCurve,
  type EffectPrior,
  type Population,
  type PopulationText,
  readEffectCurve,
  readEffects,
  readPopulation,
  settlePopulation,
} from '#patients'
import {
  checkPublished,
  type CompiledEndpoint,
  compileEndpoints,
  type Published,
  readPublished,
  readTrial,
  type Trial,
  type Written,
} from '#trial'

/** A trial with all that it refers to, checked. */
export interface TrialSpec {
  readonly name: string
  readonly title: string
  readonly trial: Trial
  readonly published: Published | undefined
  /** With the population's own values and priors. */
  readonly model: Model
  readonly population: Population
  readonly luck: Luck
  readonly care: BoundRegimen
  /** By name: all that arms and backgrounds give. */
  readonly regimens: ReadonlyMap<string, BoundRegimen>
  readonly criteria: readonly BoundCriterion[]
  readonly endpoints: readonly CompiledEndpoint[]
  readonly names: readonly Named[]
  /** Position of the split's score among the measured values. */
  readonly score: number
  readonly effect:
    | { readonly prior: EffectPrior; readonly curve: EffectCurve | undefined; readonly parameter: number }
    | undefined
  /** Every text that it was made from, by file. */
  readonly texts: ReadonlyMap<string, string>
}

/** Reads a trial and all that it refers to. */
export async function gatherTrial(
  file: string,
  read: ReadText,
): Promise<Reading<TrialSpec> & { readonly texts: ReadonlyMap<string, string> }> {
  const desk = openDesk(read)
  const value = await gather(desk, file)
  const failed = desk.problems.some(({ level }) => level === 'error')
  return { value: failed ? undefined : value, problems: desk.problems, texts: desk.texts }
}

interface Desk {
  readonly texts: Map<string, string>
  readonly problems: Problem[]
  /** The text of a file; undefined if there is none. */
  look(file: string): Promise<string | undefined>
  take<T>(reading: Reading<T>): T | undefined
  /** The first of some files that is there; a problem where it was asked for if none is. */
  first(
    files: readonly string[],
    what: string,
    asked: Place | undefined,
  ): Promise<{ file: string; text: string } | undefined>
}

function openDesk(read: ReadText): Desk {
  const texts = new Map<string, string>()
  const problems: Problem[] = []
  const look = async (file: string): Promise<string | undefined> => {
    const known = texts.get(file)
    if (known !== undefined) return known
    const text = await read(file)
    if (text !== undefined) texts.set(file, text)
    return text
  }
  return {
    texts,
    problems,
    look,
    take: ({ value, problems: found }) => {
      problems.push(...found)
      return value
    },
    first: async (files, what, asked) => {
      for (const file of files) {
        const text = await look(file)
        if (text !== undefined) return { file, text }
      }
      problems.push({
        code: 'missing-file',
        level: 'error',
        message: `There is no ${what}: looked for ${files.join(' and ')}.`,
        ...(asked && { place: asked }),
        help: 'see how it is spelled, or put the file there',
      })
      return undefined
    },
  }
}

const folderOf = (file: string): string => file.slice(0, file.lastIndexOf('/') + 1)

/** Joins a path to a folder: `a/b/` and `../c.x` make `a/c.x`. */
export function joinPath(folder: string, path: string): string {
  const parts = folder.split('/').filter((part, i) => part !== '' || i === 0)
  for (const part of path.split('/')) {
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop()
    else if (part !== '.') parts.push(part)
  }
  return parts.filter((part, i) => part !== '' || i === 0).join('/')
}

/** Where content of a kind is looked for: beside the file that names it, then in the library's folder of that kind. */
const placesOf = (from: string, folder: string, name: string, kind: string): string[] => [
  `${folderOf(from)}${name}.${kind}.yaml`,
  joinPath(folderOf(from), `../${folder}/${name}.${kind}.yaml`),
]

async function gather(desk: Desk, file: string): Promise<TrialSpec | undefined> {
  const root = await desk.first([file], 'such file', undefined)
  const trial = root && desk.take(readTrial(file, root.text))
  if (!trial) return undefined
  const people = await gatherPeople(desk, trial)
  if (!people) return undefined
  const { model, files, population, luck, effect } = people
  const { chart, scoring } = layOutChart(model, luck)
  const named = new Map<string, Written>()
  for (const one of [...trial.backgrounds.flatMap((b) => b.regimens), ...trial.arms.flatMap((a) => a.regimens)])
    if (!named.has(one.text)) named.set(one.text, one)
  const bind = async (name: string, asked: Place | undefined, from: string): Promise<BoundRegimen | undefined> => {
    const found = await desk.first(placesOf(from, 'regimens', name, 'regimen'), `regimen "${name}"`, asked)
    const regimen = found && desk.take(readRegimen(found.file, found.text))
    return regimen && desk.take(bindRegimen(regimen, files, model, chart.names))
  }
  const care = await bind(population.care, people.placeOfCare, people.file)
  const regimens = new Map<string, BoundRegimen>()
  for (const [name, { place }] of named) {
    const bound = await bind(name, place, trial.file)
    if (bound) regimens.set(name, bound)
  }
  const criteria = desk.take(
    bindCriteria(
      trial.eligibility.map(({ name, when }) => ({ name, ...when })),
      chart.names,
    ),
  )
  const endpoints = desk.take(compileEndpoints(trial, chart.names))
  const printed = file.replace(/\.trial\.yaml$/, '.published.yaml')
  const text = printed === file ? undefined : await desk.look(printed)
  const published = text === undefined ? undefined : desk.take(readPublished(printed, text))
  if (published) desk.problems.push(...checkPublished(published, trial))
  const score = findScore(desk, trial, scoring.names)
  if (!care || !endpoints || !criteria || score === undefined) return undefined
  return {
    name: trial.name,
    title: trial.title,
    trial,
    published,
    model,
    population,
    luck,
    care,
    regimens,
    criteria,
    endpoints,
    names: chart.names,
    score,
    effect,
    texts: desk.texts,
  }
}

/** What is split is measured as it stands: its expectation over all luck of observation is asked of the model, not of a formula. */
function findScore(desk: Desk, trial: Trial, measured: readonly Named[]): number | undefined {
  const endpoint = trial.endpoints.find(({ id }) => id === trial.split.endpoint)
  if (endpoint?.kind !== 'value') return undefined
  const at = measured.findIndex(({ name }) => name === endpoint.value.text.trim())
  if (at >= 0) return at
  desk.problems.push({
    code: 'split-formula',
    level: 'error',
    message: `The fall of "${endpoint.id}" cannot be split: it is a formula.`,
    place: endpoint.value.place,
    help: 'split an endpoint whose value is one measured name, such as sledai',
  })
  return undefined
}

interface People {
  readonly file: string
  readonly placeOfCare: Place
  readonly files: readonly ModelFile[]
  readonly model: Model
  readonly population: Population
  readonly luck: Luck
  readonly effect: TrialSpec['effect']
}

async function gatherPeople(desk: Desk, trial: Trial): Promise<People | undefined> {
  const { from } = trial.population
  const found = await desk.first(
    placesOf(trial.file, 'populations', from.text, 'population'),
    `population "${from.text}"`,
    from.place,
  )
  const text = found && desk.take(readPopulation(found.file, found.text))
  if (!found || !text) return undefined
  const root = joinPath(folderOf(found.file), text.value.model)
  const gathered = await gatherModel(root, desk.look)
  desk.problems.push(...gathered.problems)
  const bare = desk.take(checkModel(gathered.files))
  const luckFile = await desk.first(
    [root.replace(/\.model$/, '.luck.yaml')],
    'file of the luck of the model',
    text.place('model'),
  )
  const luckText = luckFile && desk.take(readLuck(luckFile.file, luckFile.text))
  const population = bare && desk.take(settlePopulation(bare, text, trial.population.correct))
  const model = bare && population && { ...bare, parameters: population.parameters }
  const luck = model && luckText && desk.take(settleLuck(model, luckText))
  if (!model || !population || !luck) return undefined
  const effect = await gatherEffect(desk, trial, population, found.file, text)
  return { file: found.file, placeOfCare: text.place('care'), files: gathered.files, model, population, luck, effect }
}

async function gatherEffect(
  desk: Desk,
  trial: Trial,
  { effect }: Population,
  from: string,
  text: Located<PopulationText>,
): Promise<TrialSpec['effect']> {
  if (trial.effect === undefined) return undefined
  if (effect === undefined) {
    desk.problems.push({
      code: 'no-effect',
      level: 'error',
      message: 'The population has no effect that could have a prior.',
      place: trial.effect.place,
    })
    return undefined
  }
  const priorFile = await desk.first(
    [joinPath(folderOf(from), effect.priors)],
    'file of priors',
    text.place('effect', 'priors'),
  )
  const priors = priorFile && desk.take(readEffects(priorFile.file, priorFile.text))
  const prior = priors?.value.effects.find(({ name }) => name === trial.effect?.text)
  if (priors && !prior)
    desk.problems.push({
      code: 'unknown-effect',
      level: 'error',
      message: `There is no prior "${trial.effect.text}".`,
      place: trial.effect.place,
      help: `there are: ${priors.value.effects.map(({ name }) => name).join(', ')}`,
    })
  const curveFile = joinPath(folderOf(from), effect.curve)
  const curveText = await desk.look(curveFile)
  const curve = curveText === undefined ? undefined : desk.take(readEffectCurve(curveFile, curveText))
  return prior && { prior, curve, parameter: effect.parameter }
}
