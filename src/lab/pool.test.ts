import { describe, expect, test } from 'vitest'
import type { Host } from './host.ts'
import { runPool, Stopped } from './pool.ts'

/** Threads that answer after the given number of turns of the event loop, and count how many are running. */
function fakeHost(turns: (job: number) => number, fault?: (job: number) => boolean): Host & { running: number } {
  const host = {
    running: 0,
    spawn: () => {
      host.running++
      return {
        ask: async (message: unknown): Promise<unknown> => {
          if (message === 'open') return undefined
          const job = message as number
          for (let i = 0; i < turns(job); i++) await new Promise((resolve) => setTimeout(resolve, 0))
          if (fault?.(job)) throw new Error(`job ${job} broke`)
          return job * 10
        },
        stop: () => void host.running--,
      }
    },
  }
  return host
}

const jobs = Array.from({ length: 20 }, (_, i) => i)
const run = (host: Host, workers: number, running = {}): Promise<number[]> =>
  runPool<number, number>(host, workers, 'open', jobs, () => 1, running)

describe('the pool', () => {
  test.each([1, 2, 7, 50])('keeps the order of the jobs with %d workers, whoever is slow', async (workers) => {
    const host = fakeHost((job) => (job * 7) % 5)
    expect(await run(host, workers)).toEqual(jobs.map((job) => job * 10))
    expect(host.running).toBe(0)
  })

  test('tells how far it is, from nothing to all', async () => {
    const seen: number[] = []
    await run(
      fakeHost(() => 1),
      3,
      { onProgress: ({ done, total }: { done: number; total: number }) => seen.push(done / total) },
    )
    expect([seen[0], seen.at(-1), seen.length]).toEqual([0, 1, 21])
    expect(seen.toSorted((a, b) => a - b)).toEqual(seen)
  })

  test('a thread that breaks ends the run, and all threads', async () => {
    const host = fakeHost(
      () => 1,
      (job) => job === 9,
    )
    await expect(run(host, 3)).rejects.toThrow('job 9 broke')
    expect(host.running).toBe(0)
  })

  test('the signal ends the run, before it and in the middle', async () => {
    const host = fakeHost(() => 3)
    await expect(run(host, 2, { signal: AbortSignal.abort() })).rejects.toThrow(Stopped)
    const controller = new AbortController()
    const onProgress = ({ done }: { done: number }): void => {
      if (done === 5) controller.abort()
    }
    await expect(run(host, 2, { signal: controller.signal, onProgress })).rejects.toThrow(Stopped)
    expect(host.running).toBe(0)
  })
})
