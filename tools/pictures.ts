// Draws the pictures of the documents from real results: `node tools/pictures.ts`. The same bits on every machine, so a changed picture is a changed result.
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { printProblem } from '#base'
import { DEFAULT_SETTINGS, findOutputs } from '#engine'
import { gatherTrial, reportOf, runTrial, simulate } from '#lab'
import { renderArms, renderCourses } from '#report'
import { readText } from '../apps/cli/files.ts'
import { loadModel } from '../apps/cli/load-model.ts'
import { nodeHost } from '../apps/cli/node-host.ts'
import { ROOT } from './repository.ts'

const FILE = 'library/models/basics/friberg.model'
const { value: model, problems } = await loadModel(path.join(ROOT, FILE), {})
const outputs = model && findOutputs(model, ['neutrophils'])
if (!model || !outputs?.value) throw new Error(problems.map((p) => printProblem(p)).join('\n'))
const { value: simulation } = await simulate(nodeHost, {
  model,
  outputs: outputs.value,
  subjects: 200,
  seed: 1,
  workers: 2,
  backend: 'wasm',
  settings: DEFAULT_SETTINGS,
})
if (!simulation) throw new Error(`${FILE} did not run`)
const how = {
  file: FILE,
  text: '',
  seed: 1,
  drawn: true,
  backend: 'wasm',
  relativeTolerance: DEFAULT_SETTINGS.relativeTolerance,
  version: '',
  command: '',
}
const { outputs: courses, marks = [] } = reportOf(simulation, how)
const [neutrophils] = courses
if (!neutrophils) throw new Error('The report has no output')
mkdirSync(path.join(ROOT, 'docs/pictures'), { recursive: true })
writeFileSync(
  path.join(ROOT, 'docs/pictures/friberg.svg'),
  renderCourses(neutrophils, { id: 'friberg', timeUnit: model.time.text, marks }),
)

const TRIAL = 'library/trials/deng-2017-uc-msc.trial.yaml'
const { value: spec } = await gatherTrial(path.join(ROOT, TRIAL), readText)
if (!spec) throw new Error(`${TRIAL} does not read well`)
const request = { pool: 400, draws: 20, replicates: 400, seed: 1, workers: 2, version: '', elasticities: false }
const nothingKept = { get: () => Promise.resolve(undefined), put: () => Promise.resolve() }
const { value: result } = await runTrial(nodeHost, { spec, ...request }, nothingKept, {})
const sledai = result?.courses.find(({ endpoint }) => endpoint === 'sledai')
if (!sledai) throw new Error(`${TRIAL} has no course of "sledai"`)
const arms = {
  id: 'deng-2017',
  description: 'SLEDAI-2K over six months in virtual patients of the blinded trial: median, 50 % and 90 % of them.',
  width: 1040,
  height: 360,
  nameOf: (name: string) => (name === 'msc' ? 'stem cells and background' : 'placebo and background'),
}
writeFileSync(path.join(ROOT, 'docs/pictures/deng-2017.svg'), renderArms(sledai, arms))
