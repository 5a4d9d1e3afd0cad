// Everything that can be said against a file of content without running it: trials with all that they refer to, printed rows, populations, regimens.
// Counts where their numbers come from.
import * as z from 'zod'
import { hasErrors, type Place, type Problem, readYaml } from '#base'
import { readRegimen } from '#clinic'
import { readLuck, settleLuck } from '#conduct'
import { checkModel, gatherModel, type Model, type ReadText } from '#engine'
import { readEffectCurve, readPopulation, settlePopulation } from '#patients'
import type { Checked, NumberSource } from './check.ts'
import { curveHash } from './effect-curve.ts'
import { gatherTrial, joinPath } from './gather-trial.ts'

type Found = Pick<Checked, 'problems' | 'texts'>

/** Checks one file of content, by what its name says it is. What is of no known kind must be YAML, no more. */
export async function checkContent(file: string, read: ReadText): Promise<Checked> {
  const text = (await read(file)) ?? ''
  const kind = /\.(\w+)\.yaml$/.exec(file)?.[1] ?? ''
  const { problems, texts } = await (CHECKS[kind] ?? checkShape)(file, text, read)
  const all = new Map([...texts, [file, text]])
  return { file, problems, texts: all, uses: [], sources: sourcesIn(file, text) }
}

const CHECKS: Readonly<Record<string, (file: string, text: string, read: ReadText) => Found | Promise<Found>>> = {
  trial: (file, _, read) => gatherTrial(file, read),
  published: checkBesideTrial,
  population: checkPopulation,
  luck: checkLuck,
  curve: checkCurve,
  regimen: (file, text) => alone(readRegimen(file, text).problems),
}

const alone = (problems: readonly Problem[]): Found => ({ problems, texts: new Map() })

const checkShape = (file: string, text: string): Found => alone(readYaml(file, text, z.unknown()).problems)

/** A curve holds as long as what it was made from is the same. */
async function checkCurve(file: string, text: string, read: ReadText): Promise<Found> {
  const { value: curve, problems } = readEffectCurve(file, text)
  if (!curve) return alone(problems)
  const folder = file.slice(0, file.lastIndexOf('/') + 1)
  const { value: spec, texts } = await gatherTrial(
    joinPath(folder, `../trials/${curve.reference.trial}.trial.yaml`),
    read,
  )
  if (spec && curveHash(spec) === curve.reference.hash) return { problems, texts }
  const stale: Problem = {
    code: 'stale-curve',
    level: 'error',
    message: spec
      ? 'The curve was made from another model, population or regimen than there is now.'
      : `The trial that the curve was made from, "${curve.reference.trial}", does not read well.`,
    place: { file, line: 1, column: 1, length: 1 },
    help: 'make it again: node tools/effect-curve.ts',
  }
  return { problems: [...problems, stale], texts }
}

/** Printed rows mean something only beside their trial. */
async function checkBesideTrial(file: string, text: string, read: ReadText): Promise<Found> {
  const trial = file.replace(/\.published\.yaml$/, '.trial.yaml')
  if ((await read(trial)) !== undefined) {
    const { problems, texts } = await gatherTrial(trial, read)
    const own = problems.filter(({ place }) => place?.file === file)
    return { problems: own.length > 0 || !hasErrors(problems) ? own : [...own, brokenTrial(file, trial)], texts }
  }
  const missing: Problem = {
    code: 'missing-file',
    level: 'error',
    message: `There is no trial beside it: looked for ${trial}.`,
    place: { file, line: 1, column: 1, length: 1 },
    help: 'printed rows stand beside the trial that they were printed of',
  }
  return alone([...checkShape(file, text).problems, missing])
}

const brokenTrial = (file: string, trial: string): Problem => ({
  code: 'broken-trial',
  level: 'error',
  message: 'These rows cannot be checked as long as their trial has problems.',
  place: { file, line: 1, column: 1, length: 1 },
  help: `imago check ${trial}`,
})

async function checkPopulation(file: string, text: string, read: ReadText): Promise<Found> {
  const { value: population, problems } = readPopulation(file, text)
  if (!population) return alone(problems)
  const root = joinPath(file.slice(0, file.lastIndexOf('/') + 1), population.value.model)
  if ((await read(root)) === undefined) return alone([...problems, noModel(root, population.place('model'))])
  return holdTo(root, read, problems, (model) => settlePopulation(model, population).problems)
}

async function checkLuck(file: string, text: string, read: ReadText): Promise<Found> {
  const { value: luck, problems } = readLuck(file, text)
  if (!luck) return alone(problems)
  return holdTo(file.replace(/\.luck\.yaml$/, '.model'), read, problems, (model) => settleLuck(model, luck).problems)
}

const noModel = (root: string, place: Place): Problem => ({
  code: 'missing-file',
  level: 'error',
  message: `There is no model: looked for ${root}.`,
  place,
  help: 'the path counts from this file',
})

/** Adds what is wrong between a file and the model that it speaks of. */
async function holdTo(
  root: string,
  read: ReadText,
  own: readonly Problem[],
  hold: (model: Model) => readonly Problem[],
): Promise<Found> {
  const { files, problems: lost } = await gatherModel(root, read)
  const { value: model, problems: wrong } = checkModel(files)
  const texts = new Map(files.map((f) => [f.file, f.text]))
  return { problems: [...own, ...lost, ...wrong, ...(model ? hold(model) : [])], texts }
}

/** Lists where the numbers of a file come from: each entry with a source, and each with a locator in the source of what it stands in. */
function sourcesIn(file: string, text: string): NumberSource[] {
  const { value: root } = readYaml(file, text, z.unknown())
  if (!root) return []
  const walk = (node: unknown, path: readonly (string | number)[], above: NumberSource | undefined): NumberSource[] => {
    if (typeof node !== 'object' || node === null) return []
    const said = 'source' in node && typeof node.source === 'string' ? node.source : undefined
    const own = said === undefined ? above : { key: said.replace(/^@/, ''), place: root.place(...path, 'source') }
    const inside = Object.entries(node).flatMap(([key, value]) =>
      walk(value, [...path, Array.isArray(node) ? Number(key) : key], own),
    )
    return own && (said !== undefined || 'locator' in node) ? [own, ...inside] : inside
  }
  return walk(root.value, [], undefined)
}
