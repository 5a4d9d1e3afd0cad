// A thread of the bench: puts its subjects into a kernel when it gets them, carries them when told to go, and posts the rows.
import { parentPort, workerData } from 'node:worker_threads'
import { type Batch, instantiate, openBatch } from '#engine'
import type { ThreadStart, ThreadTask } from './wasm.ts'

const { module, compiled } = workerData as ThreadStart
const kernel = instantiate(module)
let open: { readonly batch: Batch; readonly until: number } | undefined

parentPort?.on('message', (task: ThreadTask | 'go') => {
  if (task !== 'go') {
    const { subjects, settings } = task
    open = {
      batch: openBatch(kernel, compiled, subjects, settings),
      until: settings.times[settings.times.length - 1] ?? 0,
    }
    parentPort?.postMessage('ready')
    return
  }
  if (!open) throw new Error('A thread is to go and has no subjects')
  const { batch, until } = open
  batch.advance(until)
  const rows = Array.from({ length: batch.count }, (_, i) => batch.rows(i).slice())
  parentPort?.postMessage({ memoryBytes: kernel.memory.byteLength, rows })
})
