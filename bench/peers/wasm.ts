// Imago itself: the model compiled to WebAssembly, on one thread, and on as many as there are cores.
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { compileWasm, DEFAULT_SETTINGS, instantiate, openBatch, type Settings, type Subject } from '#engine'
import { emitWasm } from '../../src/engine/backends/index.ts'
import type { Problem } from '../problems.ts'
import type { Peer, Run } from './peer.ts'

const settingsOf = ({ times }: Problem, relativeTolerance: number): Settings => ({
  ...DEFAULT_SETTINGS,
  mostSteps: 100_000_000,
  relativeTolerance,
  times,
})

/** The system counts a thread's time in ticks of some milliseconds: passes are repeated until these do not matter. */
const LEAST_MS = 200

export const wasm: Peer = {
  sameBits: true,
  name: 'imago',
  about: 'Imago in WebAssembly on one thread',
  whyNot: () => undefined,
  async prepare(problem) {
    const { compiled, subjects, times } = problem
    const kernel = instantiate(await compileWasm(compiled.kernel))
    const pass = (settings: Settings): Run => {
      const batch = openBatch(kernel, compiled, subjects, settings)
      const before = process.threadCpuUsage()
      batch.advance(times.at(-1) ?? 0)
      const { user, system } = process.threadCpuUsage(before)
      const rows = subjects.map((_, i) => batch.rows(i).slice())
      return { ms: (user + system) / 1000, memoryBytes: kernel.memory.byteLength, rows }
    }
    const run = (relativeTolerance: number): Run => {
      const settings = settingsOf(problem, relativeTolerance)
      pass(settings) // V8 has its faster code ready for the next one
      let [last, total, count] = [pass(settings), 0, 0]
      for (; total < LEAST_MS || count < 2; count++) {
        last = pass(settings)
        total += last.ms
      }
      return { ...last, ms: total / count }
    }
    return { threads: 1, moduleBytes: emitWasm(compiled.kernel).length, run, end: () => undefined }
  },
}

const THREADS = availableParallelism()

/** What a thread is started with, and what it is asked for. */
export interface ThreadStart {
  readonly module: WebAssembly.Module
  readonly compiled: Problem['compiled']
}
export interface ThreadTask {
  readonly subjects: readonly Subject[]
  readonly settings: Settings
}

/** Times the subjects are done on each thread, so that handing out work does not count. */
const ROUNDS = 8

export const wasmThreads: Peer = {
  sameBits: true,
  name: 'imago, all threads',
  about: `Imago in WebAssembly on all ${THREADS} cores, time on the wall`,
  whyNot: () => (THREADS > 1 ? undefined : 'the machine has one core'),
  async prepare(problem) {
    const { compiled, subjects } = problem
    const module = await compileWasm(compiled.kernel)
    const workerData: ThreadStart = { module, compiled }
    const threads = Array.from(
      { length: THREADS },
      () => new Worker(new URL('wasm-thread.ts', import.meta.url), { workerData }),
    )
    const shareOf = (t: number): Subject[] =>
      Array.from({ length: ROUNDS }, () => subjects)
        .flat()
        .filter((_, i) => i % THREADS === t)
    const run = async (relativeTolerance: number): Promise<Run> => {
      const settings = settingsOf(problem, relativeTolerance)
      const ask = async (
        thread: Worker,
        task: ThreadTask | 'go',
      ): Promise<{ memoryBytes: number; rows: Float64Array[] }> => {
        const answer = new Promise<{ memoryBytes: number; rows: Float64Array[] }>((resolve) =>
          thread.once('message', resolve),
        )
        thread.postMessage(task)
        return answer
      }
      await Promise.all(threads.map((thread, t) => ask(thread, { subjects: shareOf(t), settings })))
      const before = performance.now()
      const answers = await Promise.all(threads.map((thread) => ask(thread, 'go')))
      const ms = (performance.now() - before) / ROUNDS
      const rows = subjects.map((_, i) => answers[i % THREADS]?.rows[Math.floor(i / THREADS)] ?? new Float64Array())
      return { ms, memoryBytes: answers.reduce((sum, { memoryBytes }) => sum + memoryBytes, 0), rows }
    }
    const end = (): void => threads.forEach((thread) => void thread.terminate())
    return { threads: THREADS, moduleBytes: emitWasm(compiled.kernel).length, run, end }
  },
}
