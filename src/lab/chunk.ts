// One thread's share of a simulation: draw some subjects, carry them through, hand back their rows. The same code on every thread and in one.
import {
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
  /** Absent: interpret. */
  readonly compiled?: { readonly module: WebAssembly.Module; readonly model: CompiledModel }
}

export interface Chunk {
  readonly first: number
  readonly count: number
}

export interface ChunkResult extends Chunk {
  readonly progress: readonly Progress[]
  /** Rows of all subjects, one after the other, each as long as its progress says. */
  readonly rows: Float64Array
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
  const rows = new Float64Array(progress.reduce((sum, p) => sum + p.rows, 0) * compiled.outputs.length)
  let at = 0
  for (let i = 0; i < count; i++) {
    rows.set(batch.rows(i), at)
    at += batch.rows(i).length
  }
  return { first, count, progress, rows }
}
