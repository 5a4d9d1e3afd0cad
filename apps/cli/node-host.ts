// The lab's Host on Node: threads are worker_threads.
import { Worker } from 'node:worker_threads'
import type { Host, Thread } from '#lab'

interface Answer {
  readonly result?: unknown
  readonly error?: unknown
}

function spawn(): Thread {
  const worker = new Worker(new URL('../worker/thread.ts', import.meta.url))
  let waiting: { resolve: (value: unknown) => void; reject: (reason: unknown) => void } | undefined
  worker.on('message', ({ result, error }: Answer) =>
    error === undefined ? waiting?.resolve(result) : waiting?.reject(error),
  )
  worker.on('error', (error) => waiting?.reject(error))
  worker.on('exit', (code) => waiting?.reject(new Error(`A worker ended with code ${code} before it answered`)))
  return {
    ask: (message) =>
      new Promise((resolve, reject) => {
        waiting = { resolve, reject }
        worker.postMessage(message)
      }),
    stop: () => void worker.terminate(),
  }
}

export const nodeHost: Host = { spawn }
