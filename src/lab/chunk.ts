// One thread's share of a simulation: draw some subjects, carry them through, hand back what is asked of them. The same code on every thread and in one.
import {
  type Batch,
  type CompiledModel,
  compileModel,
  type Deed,
  instantiate,
  interpret,
  type Model,
  type Output,
  openBatch,
  type Progress,
  type RunningKernel,
  type Settings,
  type Subject,
  schedule,
  startInputs,
} from '#engine'
import { drawParameters, typicalParameters } from '#patients'
import { type Measure, takersOf } from './measures.ts'
import { type CellTallies, tallyCells } from './tally-cells.ts'

/** The engine that runs a simulation: generated code, or the interpreter that it is judged by. */
export type Backend = 'wasm' | 'interpreter'

/** What a thread must know before its first chunk. */
export interface Opening {
  readonly model: Model
  readonly outputs: readonly Output[]
  readonly given: readonly Deed[]
  readonly settings: Settings
  readonly until: number
  readonly seed: number
  /** False: every subject is the typical one. */
  readonly drawn: boolean
  /** Whether rows are handed back. */
  readonly rows: boolean
  /** What is read off each course; absent: the population is not summarised. */
  readonly measures?: readonly Measure[]
  /** Absent: interpret. */
  readonly compiled?: { readonly module: WebAssembly.Module; readonly model: CompiledModel }
}

export interface Chunk {
  readonly first: number
  readonly count: number
}

/** The first subjects of a simulation are kept for pictures. */
export const COURSES = 12

export interface ChunkResult extends Chunk {
  readonly progress: readonly Progress[]
  /** Rows of all subjects, one after the other, each as long as its progress says; empty if not asked for. */
  readonly rows: Float64Array
  /** The rows of those who are among the first COURSES. */
  readonly courses: readonly Float64Array[]
  /** How many cells of each output are not finite. */
  readonly holes: Float64Array
  /** Absent if the population is not summarised. */
  readonly tallies?: CellTallies
}

/** Answers the messages of one thread that simulates: first an Opening, then Chunks. */
export function answerChunks(): (message: Opening | Chunk) => ChunkResult | undefined {
  let opened: { opening: Opening; compiled: CompiledModel; kernel: RunningKernel } | undefined
  return (message) => {
    if ('model' in message) {
      const compiled = message.compiled?.model ?? compileModel(message.model, message.outputs)
      const kernel = message.compiled ? instantiate(message.compiled.module) : interpret(compiled.kernel)
      opened = { opening: message, compiled, kernel }
      return undefined
    }
    if (!opened) throw new Error('A chunk came before the opening')
    return simulateChunk(opened.opening, opened.compiled, opened.kernel, message)
  }
}

function simulateChunk(
  opening: Opening,
  compiled: CompiledModel,
  kernel: RunningKernel,
  { first, count }: Chunk,
): ChunkResult {
  const { model, given, settings, until, seed, drawn } = opening
  const subjects = Array.from({ length: count }, (_, i): Subject => {
    const parameters = drawn ? drawParameters(model, seed, first + i) : typicalParameters(model)
    const instants = schedule(model, given, parameters)
    return { parameters, inputs: startInputs(model, instants), instants }
  })
  const batch = openBatch(kernel, compiled, subjects, settings)
  batch.advance(until)
  const progress = subjects.map((_, i) => batch.progress(i))
  const courses = subjects.slice(0, Math.max(0, COURSES - first)).map((_, i) => batch.rows(i).slice())
  return {
    first,
    count,
    progress,
    rows: opening.rows ? copyRows(batch, compiled.outputs.length) : new Float64Array(0),
    courses,
    holes: countHoles(batch, compiled.outputs.length),
    ...(opening.measures && { tallies: tallyBatch(batch, compiled, settings, opening.measures) }),
  }
}

function copyRows(batch: Batch, width: number): Float64Array {
  let total = 0
  for (let i = 0; i < batch.count; i++) total += batch.progress(i).rows
  const rows = new Float64Array(total * width)
  for (let i = 0, at = 0; i < batch.count; i++) {
    const own = batch.rows(i)
    rows.set(own, at)
    at += own.length
  }
  return rows
}

function countHoles(batch: Batch, width: number): Float64Array {
  const holes = new Float64Array(width)
  for (let i = 0; i < batch.count; i++) {
    const rows = batch.rows(i)
    for (let at = 0; at < rows.length; at++)
      if (!Number.isFinite(rows[at])) holes[at % width] = (holes[at % width] as number) + 1
  }
  return holes
}

// Cells: the outputs at the first time, at the second, and so on; then the measures, which a subject that failed has none of.
function tallyBatch(
  batch: Batch,
  { outputs }: CompiledModel,
  { times }: Settings,
  measures: readonly Measure[],
): CellTallies {
  const takers = takersOf(measures, outputs)
  const subjects = Array.from({ length: batch.count }, (_, i) => batch.rows(i))
  const measured = subjects.map((rows, i) =>
    batch.progress(i).status === 'ok' ? takers.map((take) => take(times, rows)) : [],
  )
  const grid = times.length * outputs.length
  return tallyCells(grid + takers.length, batch.count, (cell, into) => {
    let count = 0
    const isFirst = measures[cell - grid]?.kind === 'first'
    for (const [i, rows] of subjects.entries()) {
      const value = cell < grid ? rows[cell] : measured[i]?.[cell - grid]
      if (value !== undefined && (Number.isFinite(value) || (isFirst && value === Infinity))) into[count++] = value
    }
    return count
  })
}
