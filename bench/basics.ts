// How long does a subject-year of each basic model take on one core, on either backend, and how exact is it? `node bench/basics.ts`
// Backends take turns, the least of several runs counts. The error is against relative tolerance 1e-11: the largest |y - ref| / (|ref| + 1e-3 max |ref|)
// over subjects, times and outputs.
import { readdirSync } from 'node:fs'
import { cpus } from 'node:os'
import path from 'node:path'
import { conversionFactor, readUnit } from '#base'
import {
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
} from '#engine'
import { drawParameters } from '#patients'
import { terminalTable } from '#report'
import { loadModel } from '../apps/cli/load-model.ts'
import { ROOT } from '../tools/repository.ts'

const FOLDER = 'library/models/basics'
const SUBJECTS = 64
const RUNS = 7
const REFERENCE = 1e-11

interface Timed {
  readonly ms: number
  readonly rows: Float64Array[]
}

function runOnce(model: Model, compiled: CompiledModel, kernel: RunningKernel, relativeTolerance: number): Timed {
  const { until = 0, every = 1, given = [] } = model.run ?? {}
  const times = Array.from({ length: Math.round(until / every) + 1 }, (_, k) => Math.min(k * every, until))
  const inputs = model.inputs.map(({ value }) => value)
  const subjects = Array.from({ length: SUBJECTS }, (_, i) => {
    const parameters = drawParameters(model, 1, i)
    return { parameters, inputs, instants: schedule(model, given, parameters) }
  })
  const batch = openBatch(kernel, compiled, subjects, { ...DEFAULT_SETTINGS, relativeTolerance, times })
  const started = performance.now()
  batch.advance(until)
  const ms = performance.now() - started
  return { ms, rows: subjects.map((_, i) => batch.rows(i).slice()) }
}

function largestError(rows: readonly Float64Array[], reference: readonly Float64Array[], width: number): number {
  const scale = new Float64Array(width)
  for (const row of reference)
    for (const [i, y] of row.entries()) scale[i % width] = Math.max(scale[i % width] ?? 0, Math.abs(y))
  let worst = 0
  for (const [s, row] of rows.entries())
    for (const [i, y] of row.entries()) {
      const ref = reference[s]?.[i] ?? NaN
      worst = Math.max(worst, Math.abs(y - ref) / (Math.abs(ref) + 1e-3 * (scale[i % width] ?? 0) + Number.MIN_VALUE))
    }
  return worst
}

async function measure(file: string): Promise<(string | number)[]> {
  const { value: model } = await loadModel(path.join(ROOT, FOLDER, file), {})
  if (!model?.run) throw new Error(`${file} has no run`)
  const started = performance.now()
  const compiled = compileModel(model)
  const module = await compileWasm(compiled.kernel)
  const compileMs = performance.now() - started
  const [wasm, interpreter] = [instantiate(module), interpret(compiled.kernel)]
  const best = { wasm: Infinity, interpreter: Infinity }
  for (let run = 0; run < RUNS; run++) {
    best.wasm = Math.min(best.wasm, runOnce(model, compiled, wasm, DEFAULT_SETTINGS.relativeTolerance).ms)
    if (run < 2)
      best.interpreter = Math.min(
        best.interpreter,
        runOnce(model, compiled, interpreter, DEFAULT_SETTINGS.relativeTolerance).ms,
      )
  }
  const error = largestError(
    runOnce(model, compiled, wasm, DEFAULT_SETTINGS.relativeTolerance).rows,
    runOnce(model, compiled, wasm, REFERENCE).rows,
    compiled.outputs.length,
  )
  const year = readUnit('a')
  if (!('unit' in year)) throw new Error('A year is no unit')
  const years = (conversionFactor(model.time, year.unit) ?? NaN) * model.run.until * SUBJECTS
  return [
    model.name,
    model.states.length,
    (best.wasm / SUBJECTS).toFixed(3),
    (best.interpreter / SUBJECTS).toFixed(2),
    (best.wasm / years).toPrecision(3),
    (best.interpreter / years).toPrecision(3),
    error.toExponential(1),
    compileMs.toFixed(1),
  ]
}

const files = readdirSync(path.join(ROOT, FOLDER)).filter((name) => name.endsWith('.model'))
const rows = []
for (const file of files) rows.push(await measure(file))
const head = [
  'model',
  'states',
  'ms/run wasm',
  'ms/run interp.',
  'ms/year wasm',
  'ms/year interp.',
  'max error',
  'compile ms',
]
process.stdout.write(
  `${terminalTable(head, rows)}\n\none core of ${cpus()[0]?.model ?? 'an unknown machine'}, Node ${process.versions.node}, relative tolerance ${DEFAULT_SETTINGS.relativeTolerance}, ${SUBJECTS} drawn subjects\n`,
)
