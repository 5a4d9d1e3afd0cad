// The data path of a simulation: settle, compile, draw and carry in chunks, join. Which worker does what, and how many there are, changes no bit.
import { hasErrors, type Problem, type Reading } from '#base'
import {
  type CompiledModel,
  compileModel,
  compileWasm,
  countInstants,
  type Deed,
  type Model,
  MOST_INSTANTS,
  type Output,
  type Progress,
  roundTime,
  type Settings,
  settle,
  slotsOf,
} from '#engine'
import type { Backend, Chunk, ChunkResult, Opening } from './chunk.ts'
import type { Host, Running } from './host.ts'
import { runPool } from './pool.ts'

export interface SimulationRequest {
  /** A checked model; its `run` says how long, how often and what is given. */
  readonly model: Model
  readonly outputs: readonly Output[]
  /** Absent: one typical subject, nothing drawn. */
  readonly subjects?: number
  readonly seed: number
  readonly workers: number
  readonly backend: Backend
  readonly settings: Omit<Settings, 'times'>
}

export interface Simulation {
  readonly model: Model
  readonly outputs: CompiledModel['outputs']
  readonly times: Float64Array
  readonly subjects: number
  readonly progress: readonly Progress[]
  /** Rows by subject and time, width outputs.length; a failed subject has fewer. `rowStarts[i]` counts rows before subject i. */
  readonly rows: Float64Array
  readonly rowStarts: readonly number[]
}

/** 800 MB of results; what is larger must be asked for in parts. */
export const MOST_NUMBERS = 100_000_000
const CHUNK_SLOTS = 2_000_000 // 16 MB of a kernel's memory
const LARGEST_CHUNK = 64 // subjects
export const MOST_SUBJECTS = 10_000_000

/** Simulates a model. The problems tell what cannot be run; the numbers' misfortunes are in `progress`. */
export async function simulate(
  host: Host,
  request: SimulationRequest,
  running: Running = {},
): Promise<Reading<Simulation>> {
  const { model, outputs } = request
  if (!model.run)
    return refuse(
      'no-run',
      `The model "${model.name}" does not say how long to run.`,
      'say it: --until "10 d" --every "1 h", or a "run" line in the file',
    )
  const { until, every, given } = model.run
  const settled = settle(model, given, request.subjects !== undefined)
  const subjects = request.subjects ?? 1
  const problems = [...settled.problems, ...limits(request, until, every)]
  if (!settled.value || hasErrors(problems)) return { value: undefined, problems }
  const times = Float64Array.from({ length: rowCount(until, every) }, (_, k) => roundTime(k * every))
  const compiled = compileModel(settled.value, outputs)
  const module =
    request.backend === 'wasm'
      ? await compileWasm(compiled.kernel).catch((error: unknown) => tooLarge(error))
      : undefined
  if (module && 'code' in module) return { value: undefined, problems: [...problems, module] }
  const { kernel: _kernel, ...plan } = compiled
  const opening: Opening = {
    model: settled.value,
    outputs,
    given,
    settings: { ...request.settings, times },
    until,
    seed: request.seed,
    drawn: request.subjects !== undefined,
    ...(module && { compiled: { module, model: { ...plan, kernel: { routines: [], slots: compiled.kernel.slots } } } }),
  }
  const results = await runPool<Chunk, ChunkResult>(
    host,
    request.workers,
    opening,
    chunks(subjects, slotsOf(compiled, 1, countInstants(given), times.length)),
    (c) => c.count,
    running,
  )
  return { value: joinChunks(settled.value, compiled, times, subjects, results), problems }
}

/** An engine refuses functions of several megabytes: a dense system of a hundred states makes one. */
export function tooLarge(error: unknown): Problem {
  if (!(error instanceof Error && error.name === 'CompileError')) throw error
  return {
    code: 'too-large-system',
    level: 'error',
    message: `The equations are too large for generated code: ${error.message.slice(0, 200)}`,
    help: 'use --backend interpreter, or couple fewer states with each other',
  }
}

/** Says why nothing is run at all. */
export const refuse = (code: string, message: string, help: string): Reading<never> => ({
  value: undefined,
  problems: [{ code, level: 'error', message, help }],
})

/** Rows from 0 to `until`, its end included where `every` divides it but for rounding. */
export const rowCount = (until: number, every: number): number => Math.floor((until / every) * (1 + 1e-12)) + 1

function limits(request: SimulationRequest, until: number, every: number): Problem[] {
  const { subjects = 1, outputs, model } = request
  const problems: Problem[] = []
  const add = (code: string, message: string, help: string): number =>
    problems.push({ code, level: 'error', message, help })
  const numbers = subjects * rowCount(until, every) * outputs.length
  if (numbers > MOST_NUMBERS)
    add(
      'too-large',
      `The results would be ${numbers} numbers; at most ${MOST_NUMBERS} fit.`,
      'ask for fewer subjects, fewer rows (--every) or fewer columns (--outputs)',
    )
  const given = model.run?.given ?? []
  const instants = countInstants(given)
  if (instants > MOST_INSTANTS)
    add(
      'too-many-doses',
      `Each subject would have ${instants} instants; at most ${MOST_INSTANTS} fit.`,
      'give fewer doses',
    )
  const late = lateDeeds(given, until)
  if (late > 0)
    problems.push({
      code: 'after-the-end',
      level: 'warning',
      message: `${late} dose${late === 1 ? '' : 's'} or settings fall after the end, ${until} [${model.time.text}], and are not seen.`,
    })
  for (const name of doubledNames(outputs))
    add('doubled-output', `The output "${name}" is asked for twice.`, 'name each once')
  if (outputs.length === 0) add('no-outputs', 'No output is asked for.', 'name at least one: --outputs A')
  return problems
}

const lateDeeds = (given: readonly Deed[], until: number): number =>
  given.reduce((sum, d) => {
    if (d.kind === 'set-parameter') return sum
    if (d.kind !== 'dose') return sum + (d.at > until ? 1 : 0)
    const seen =
      d.at > until ? 0 : d.every === 0 ? d.times : Math.min(d.times, Math.floor((until - d.at) / d.every + 1e-9) + 1)
    return sum + d.times - seen
  }, 0)

/** Names that stand more than once among the outputs asked for. */
export const doubledNames = (outputs: readonly Output[]): string[] => [
  ...new Set(outputs.map(({ name }) => name).filter((name, i, all) => all.indexOf(name) < i)),
]

// Chunks depend on what a subject takes in memory, never on the workers.
function chunks(subjects: number, slotsEach: number): Chunk[] {
  const size = Math.max(1, Math.min(LARGEST_CHUNK, Math.floor(CHUNK_SLOTS / slotsEach)))
  return Array.from({ length: Math.ceil(subjects / size) }, (_, i) => ({
    first: i * size,
    count: Math.min(size, subjects - i * size),
  }))
}

function joinChunks(
  model: Model,
  compiled: CompiledModel,
  times: Float64Array,
  subjects: number,
  results: readonly ChunkResult[],
): Simulation {
  const progress = results.flatMap((r) => r.progress)
  const rows = new Float64Array(results.reduce((sum, r) => sum + r.rows.length, 0))
  let at = 0
  for (const result of results) {
    rows.set(result.rows, at)
    at += result.rows.length
  }
  const rowStarts = [0]
  for (const { rows: count } of progress) rowStarts.push((rowStarts.at(-1) ?? 0) + count)
  return { model, outputs: compiled.outputs, times, subjects, progress, rows, rowStarts }
}
