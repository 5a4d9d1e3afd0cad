// The data path of a simulation: settle, compile, draw and carry in chunks, join in order. Rows stream through to whoever takes them, and are not kept;
// the population is told by tallies. Which worker does what, and how many there are, changes no bit.
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
import { inOrder } from './in-order.ts'
import type { Measure } from './measures.ts'
import { streamPool } from './pool.ts'
import { type Cells, joinCells, MOST_CELLS } from './tally-cells.ts'

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
  /** What is read off each course beside the course itself. */
  readonly measures?: readonly Measure[]
  /** False: nothing is tallied, and there may be any number of rows. */
  readonly summarised?: boolean
}

export interface Simulation {
  readonly model: Model
  readonly outputs: CompiledModel['outputs']
  readonly times: Float64Array
  readonly subjects: number
  /** The subjects that failed in each way, and how early. */
  readonly failures: readonly Failure[]
  /** How many cells of each output are not finite although the subject got so far: a division by zero in an output, say. */
  readonly holes: readonly number[]
  /** The rows of the first few subjects, `outputs.length` numbers each; a failed subject has fewer. */
  readonly courses: readonly Float64Array[]
  readonly measures: readonly Measure[]
  /** Output i at time k is cell k·outputs.length + i; the measures follow. Absent if nothing was to be tallied. */
  readonly cells?: Cells
}

export interface Failure {
  readonly status: Exclude<Progress['status'], 'ok' | 'stopped'>
  readonly count: number
  readonly firstTime: number
}

/** The rows of some subjects, as they come. */
export interface RowsPiece {
  /** Counts from 0. */
  readonly first: number
  readonly progress: readonly Progress[]
  readonly times: ArrayLike<number>
  /** One after the other, each subject's as many as its progress says. */
  readonly rows: Float64Array
}

/** Of one subject, or of a table of events: 800 MB. */
export const MOST_NUMBERS = 100_000_000
const CHUNK_SLOTS = 2_000_000 // 16 MB of a kernel's memory
const [SMALL_CHUNK, LARGE_CHUNK] = [64, 256] // subjects
const ENOUGH_CHUNKS = 1024
export const MOST_SUBJECTS = 10_000_000

/**
 * Simulates a model. The problems tell what cannot be run; the numbers' misfortunes are in `failures` and `holes`.
 * @param takeRows called with all rows, piece after piece in the order of the subjects; while it is busy the threads do not run far ahead
 */
export async function simulate(
  host: Host,
  request: SimulationRequest,
  running: Running = {},
  takeRows?: (piece: RowsPiece) => Promise<void>,
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
    rows: takeRows !== undefined,
    ...(request.summarised !== false && { measures: request.measures ?? [] }),
    ...(module && { compiled: { module, model: { ...plan, kernel: { routines: [], slots: compiled.kernel.slots } } } }),
  }
  const joined = joinChunks(opening, compiled, times, subjects)
  const take = inOrder<ChunkResult>(request.workers, async (result) => {
    joined.add(result)
    await takeRows?.({ ...result, times })
  })
  await streamPool(
    host,
    request.workers,
    opening,
    chunks(subjects, slotsOf(compiled, 1, countInstants(given), times.length)),
    (c) => c.count,
    running,
    (at, result) => take(at, result as ChunkResult),
  )
  return { value: joined.end(), problems }
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
  const { outputs, model } = request
  const problems: Problem[] = []
  const add = (code: string, message: string, help: string): number =>
    problems.push({ code, level: 'error', message, help })
  const numbers = rowCount(until, every) * outputs.length
  if (numbers > MOST_NUMBERS)
    add(
      'too-large',
      `The results of each subject would be ${numbers} numbers; at most ${MOST_NUMBERS} fit.`,
      'ask for fewer rows (--every) or fewer columns (--outputs)',
    )
  else if (request.summarised !== false && numbers > MOST_CELLS)
    add(
      'too-large-summary',
      `Times and columns make ${numbers} cells to summarise; at most ${MOST_CELLS} can be.`,
      'ask for fewer rows (--every) or fewer columns (--outputs), or write rows alone',
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

/** How many numbers one subject's rows hold. */
export const numbersEach = ({ run }: Model, outputs: readonly Output[]): number =>
  run ? rowCount(run.until, run.every) * outputs.length : 0

// Chunks depend on how many subjects there are and on what one takes in memory, never on the workers.
function chunks(subjects: number, slotsEach: number): Chunk[] {
  const wanted = Math.min(LARGE_CHUNK, Math.max(SMALL_CHUNK, Math.ceil(subjects / ENOUGH_CHUNKS)))
  const size = Math.max(1, Math.min(wanted, Math.floor(CHUNK_SLOTS / slotsEach)))
  return Array.from({ length: Math.ceil(subjects / size) }, (_, i) => ({
    first: i * size,
    count: Math.min(size, subjects - i * size),
  }))
}

const FAILED = ['stepLimit', 'notFinite', 'stepTooSmall'] as const

/** Joins what comes of chunks, in their order. */
function joinChunks({ model, measures }: Opening, compiled: CompiledModel, times: Float64Array, subjects: number) {
  const { outputs } = compiled
  const cells = measures && joinCells(times.length * outputs.length + measures.length)
  const holes = outputs.map(() => 0)
  const courses: Float64Array[] = []
  const failed = new Map(FAILED.map((status) => [status, { status, count: 0, firstTime: Infinity }]))
  return {
    add: (result: ChunkResult): void => {
      courses.push(...result.courses)
      for (const i of holes.keys()) holes[i] = (holes[i] ?? 0) + (result.holes[i] ?? 0)
      for (const { status, time } of result.progress) {
        const failure = status === 'ok' || status === 'stopped' ? undefined : failed.get(status)
        if (!failure) continue
        failure.count++
        failure.firstTime = Math.min(failure.firstTime, time)
      }
      if (result.tallies) cells?.add(result.tallies)
    },
    end: (): Simulation => ({
      model,
      outputs,
      times,
      subjects,
      failures: [...failed.values()].filter(({ count }) => count > 0),
      holes,
      courses,
      measures: measures ?? [],
      ...(cells && { cells }),
    }),
  }
}
