// Draws the pictures of the documents from real results: `node tools/pictures.ts`. The same bits on every machine, so a changed picture is a changed result.
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { printProblem } from '#base'
import { DEFAULT_SETTINGS, findOutputs } from '#engine'
import { reportOf, simulate } from '#lab'
import { renderCourses } from '#report'
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
