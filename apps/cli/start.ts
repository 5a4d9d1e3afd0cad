// npm start: the main job as far as it exists. 200 drawn subjects of two library models, a table, a report, and the report served on this machine.
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Problem } from '#base'
import { DEFAULT_SETTINGS, findOutputs } from '#engine'
import { csvOf, failuresOf, hashText, reportOf, type Simulation, simulate, Stopped } from '#lab'
import { renderSimulations, type SimulationSummary } from '#report'
import { serveFolder } from '../server/serve.ts'
import { version } from './about.ts'
import { readText, writeWhole } from './files.ts'
import { loadModel } from './load-model.ts'
import { nodeHost } from './node-host.ts'
import { optionProblem, showProblems } from './problems.ts'
import { defaultStyle, showProgress } from './progress.ts'
import { stopSignal } from './stop-signal.ts'
import { summaryText } from './summary-text.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const SUBJECTS = 200
const SEED = 1
const PORT = 4200
const FIRST_LOOK = [
  { file: 'library/models/basics/two-compartment.model', outputs: ['concentration'] },
  { file: 'library/models/basics/friberg.model', outputs: ['neutrophils'] },
] as const

const TEACHING = {
  word: 'Teaching model',
  caution: 'These models are here to teach the language and to test the engine. Their courses predict nobody.',
} as const

interface Shown {
  readonly simulation: Simulation
  readonly summary: SimulationSummary
  readonly rows: string
}

async function runOne(
  { file, outputs: names }: (typeof FIRST_LOOK)[number],
  signal: AbortSignal,
): Promise<Shown | readonly Problem[]> {
  const { value: model, problems, texts } = await loadModel(file, {})
  const outputs = model && findOutputs(model, names)
  if (!model || !outputs?.value) {
    showProblems([...problems, ...(outputs?.problems ?? [])], texts)
    return problems
  }
  const progress = showProgress(model.name, 'subjects', defaultStyle())
  const settings = {
    mostSteps: DEFAULT_SETTINGS.mostSteps,
    relativeTolerance: DEFAULT_SETTINGS.relativeTolerance,
    atDose: DEFAULT_SETTINGS.atDose,
  }
  const { value: simulation, problems: refused } = await simulate(
    nodeHost,
    { model, outputs: outputs.value, subjects: SUBJECTS, seed: SEED, workers: 2, backend: 'wasm', settings },
    { signal, onProgress: progress.step },
  )
  progress.done()
  if (!simulation) return refused
  const summary = reportOf(simulation, {
    file,
    text: (await readText(file)) ?? '',
    seed: SEED,
    drawn: true,
    backend: 'wasm',
    relativeTolerance: settings.relativeTolerance,
    version,
    kind: TEACHING,
    command: `npx imago simulate ${file} --subjects ${SUBJECTS} --seed ${SEED} --outputs ${names.join(',')} --report report.html`,
  })
  return { simulation, summary, rows: [...csvOf(simulation)].join('') }
}

async function start(signal: AbortSignal): Promise<number> {
  process.stdout.write(`Imago ${version}: research software, never medical advice\n\n`)
  const shown: Shown[] = []
  for (const wanted of FIRST_LOOK) {
    const one = await runOne(wanted, signal)
    if (!('summary' in one))
      return showProblems(one.length > 0 ? one : [optionProblem('first-look', `"${wanted.file}" did not run.`)]) || 1
    process.stdout.write(`${summaryText(one.simulation)}\n${describeFailures(one.simulation)}\n`)
    shown.push(one)
  }
  const html = renderSimulations(
    'First look',
    shown.map(({ summary }) => summary),
  )
  const folder = path.join('runs', `first-look-${hashText(shown.map(({ rows }) => rows).join('')).slice(0, 8)}`)
  for (const { simulation, rows } of shown) await writeWhole(path.join(folder, `${simulation.model.name}.csv`), rows)
  await writeWhole(path.join(folder, 'report.html'), html)
  process.stdout.write(`report  ${path.join(folder, 'report.html')}\n`)
  if (!wantsServer()) return 0
  const { server, address } = await serveFolder(folder, 'report.html', PORT)
  process.stdout.write(`open    ${address}   (Ctrl-C ends it)\n`)
  signal.addEventListener('abort', () => server.close(() => process.exit(0)))
  return 0
}

function describeFailures(simulation: Simulation): string {
  const failed = failuresOf(simulation).reduce((sum, { count }) => sum + count, 0)
  return failed === 0
    ? `\nno subject of ${simulation.subjects} failed\n`
    : `\n${failed} of ${simulation.subjects} subjects failed\n`
}

/** `npm start -- --no-serve`, and `npm start --no-serve`, which npm keeps for itself and passes on in the environment. */
function wantsServer(): boolean {
  const swallowed = process.env['npm_config_serve']
  return !process.argv.includes('--no-serve') && swallowed !== '' && swallowed !== 'false'
}

process.chdir(ROOT)
try {
  process.exitCode = await start(stopSignal())
} catch (error) {
  if (!(error instanceof Stopped)) throw error
  process.stderr.write('stopped; nothing was written\n')
  process.exitCode = 130
}
