// How long does a run of one subject take on one core: interpreted, in WASM on one lane, and on two? And how exact is it? `node bench/basics.ts`
// The basic models do what their own `run` says; the lupus model goes through a year in which something changes every week. Backends take turns, the
// least of several runs counts. The error is against relative tolerance 1e-11: the largest |y - ref| / (|ref| + 1e-3 max |ref|) over subjects, times and
// outputs; in the lupus model over states at the end.
import { readdirSync } from 'node:fs'
import { cpus } from 'node:os'
import path from 'node:path'
import { normal } from '#base'
import {
  type Batch,
  type CompiledModel,
  compileModel,
  compileWasm,
  DEFAULT_SETTINGS,
  instantiate,
  interpret,
  type Model,
  openBatch,
  type RunningKernel,
  schedule,
  type Subject,
} from '#engine'
import { drawParameters } from '#patients'
import { terminalTable } from '#report'
import { loadModel } from '../apps/cli/load-model.ts'
import { ROOT } from '../tools/repository.ts'

const FOLDER = path.join(ROOT, 'library/models')
const SUBJECTS = 64
const RUNS = 7
const REFERENCE = 1e-11
const WEEKS = 52

/** What is asked of a model. */
interface Task {
  readonly model: Model
  readonly relativeTolerance: number
  readonly times: readonly number[]
  readonly subjects: readonly Subject[]
  carry(batch: Batch): void
  /** The numbers to be exact in. */
  results(batch: Batch): Float64Array[]
}

async function load(file: string): Promise<Model> {
  const { value: model } = await loadModel(path.join(FOLDER, file), {})
  if (!model) throw new Error(`${file} is no model`)
  return model
}

/** The model's own run. */
async function ownRun(file: string): Promise<Task> {
  const model = await load(file)
  const { until = 0, every = 1, given = [] } = model.run ?? {}
  return {
    model,
    relativeTolerance: DEFAULT_SETTINGS.relativeTolerance,
    times: Array.from({ length: Math.round(until / every) + 1 }, (_, k) => Math.min(k * every, until)),
    subjects: drawSubjects(model).map((s) => ({ ...s, instants: schedule(model, given, s.parameters) })),
    carry: (batch) => batch.advance(until),
    results: (batch) => Array.from({ length: SUBJECTS }, (_, i) => batch.rows(i).slice()),
  }
}

/** A year without rows, in which every input that is noise changes every week. */
async function noisyYear(file: string): Promise<Task> {
  const model = await load(file)
  const noisy = model.inputs.flatMap(({ name }, at) => (name.endsWith('_noise') ? [at] : []))
  const change = (batch: Batch, week: number): void => {
    for (let subject = 0; subject < SUBJECTS; subject++)
      for (const at of noisy) {
        const value = normal({ seed: 1, subject, replicate: week, purpose: 'noise', index: at })
        batch.change(subject, { what: 'input', change: 'set', at, value })
      }
  }
  return {
    model,
    relativeTolerance: 1e-4,
    times: [],
    subjects: drawSubjects(model),
    carry: (batch) => {
      for (let week = 0; week < WEEKS; week++) {
        change(batch, week)
        batch.advance(7 * (week + 1))
      }
    },
    results: (batch) => Array.from({ length: SUBJECTS }, (_, i) => batch.state(i).slice()),
  }
}

function drawSubjects(model: Model): Subject[] {
  const inputs = model.inputs.map(({ value }) => value)
  return Array.from({ length: SUBJECTS }, (_, i) => ({ parameters: drawParameters(model, 1, i), inputs, instants: [] }))
}

function runOnce(task: Task, compiled: CompiledModel, kernel: RunningKernel, relativeTolerance: number) {
  const settings = { ...DEFAULT_SETTINGS, relativeTolerance, times: task.times }
  const batch = openBatch(kernel, compiled, task.subjects, settings)
  const started = performance.now()
  task.carry(batch)
  const ms = performance.now() - started
  const steps = task.subjects.reduce((sum, _, i) => sum + batch.progress(i).steps, 0)
  return { ms, steps, results: task.results(batch) }
}

function largestError(results: readonly Float64Array[], reference: readonly Float64Array[], width: number): number {
  const scale = new Float64Array(width)
  for (const row of reference)
    for (const [i, y] of row.entries()) scale[i % width] = Math.max(scale[i % width] ?? 0, Math.abs(y))
  let worst = 0
  for (const [s, row] of results.entries())
    for (const [i, y] of row.entries()) {
      const ref = reference[s]?.[i] ?? NaN
      worst = Math.max(worst, Math.abs(y - ref) / (Math.abs(ref) + 1e-3 * (scale[i % width] ?? 0) + Number.MIN_VALUE))
    }
  return worst
}

async function measure(task: Task): Promise<(string | number)[]> {
  const { model, relativeTolerance } = task
  const started = performance.now()
  const compiled = compileModel(model)
  const two = await compileWasm(compiled.kernel, 2)
  const compileMs = performance.now() - started
  const kernels = [instantiate(two), instantiate(await compileWasm(compiled.kernel, 1)), interpret(compiled.kernel)]
  const least = kernels.map(() => Infinity)
  for (let run = 0; run < RUNS; run++)
    for (const [k, kernel] of kernels.entries()) {
      if (run > 0 && kernel === kernels.at(-1)) continue // slow, and the same every time
      least[k] = Math.min(least[k] ?? Infinity, runOnce(task, compiled, kernel, relativeTolerance).ms)
    }
  const [packed = NaN, single = NaN, interpreted = NaN] = least
  const { steps, results } = runOnce(task, compiled, instantiate(two), relativeTolerance)
  const reference = runOnce(task, compiled, instantiate(two), REFERENCE).results
  const width = task.times.length > 0 ? compiled.outputs.length : model.states.length
  return [
    model.name,
    model.states.length,
    relativeTolerance,
    (interpreted / SUBJECTS).toPrecision(3),
    (single / SUBJECTS).toPrecision(3),
    (packed / SUBJECTS).toPrecision(3),
    (single / packed).toFixed(2),
    ((1000 * packed) / steps).toPrecision(3),
    largestError(results, reference, width).toExponential(1),
    compileMs.toFixed(0),
  ]
}

const basics = readdirSync(path.join(FOLDER, 'basics')).filter((name) => name.endsWith('.model'))
const rows = []
for (const file of basics) rows.push(await measure(await ownRun(`basics/${file}`)))
rows.push(await measure(await noisyYear('lupus/lupus.model')))
const head = [
  'model',
  'states',
  'tolerance',
  'ms/run interp.',
  '1 lane',
  '2 lanes',
  'ratio',
  'us/step',
  'max error',
  'compile ms',
]
process.stdout.write(
  `${terminalTable(head, rows)}\n\none core of ${cpus()[0]?.model ?? 'an unknown machine'}, Node ${process.versions.node}, ${SUBJECTS} drawn subjects; us/step on 2 lanes\n`,
)
