// Runs jobs on threads. Results come back in the order of the jobs, whichever thread did them.
import type { Host, Running, Thread } from './host.ts'

/** Thrown when the caller's signal ends a run: nobody's mistake. */
export class Stopped extends Error {
  constructor() {
    super('stopped')
  }
}

/**
 * Asks threads to do jobs and gathers all results.
 * @param opening sent to every thread first
 * @param weigh how much of the progress a job is worth
 * @param keep called with each result as it comes, before the next job of that thread
 * @throws Stopped when the signal is given; whatever a thread throws
 */
export async function runPool<Job, Result>(
  host: Host,
  workers: number,
  opening: unknown,
  jobs: readonly Job[],
  weigh: (job: Job) => number,
  running: Running,
  keep?: (job: number, result: Result) => Promise<void>,
): Promise<Result[]> {
  const results: Result[] = []
  await streamPool(host, workers, opening, jobs, weigh, running, async (at, result) => {
    results[at] = result as Result
    await keep?.(at, result as Result)
  })
  return results
}

/**
 * Asks threads to do jobs and holds on to nothing.
 * @param take called with each result as it comes; the thread waits with its next job until it is done
 * @throws Stopped when the signal is given; whatever a thread or `take` throws
 */
export async function streamPool<Job>(
  host: Host,
  workers: number,
  opening: unknown,
  jobs: readonly Job[],
  weigh: (job: Job) => number,
  { signal, onProgress }: Running,
  take: (job: number, result: unknown) => Promise<void>,
): Promise<void> {
  const total = jobs.reduce((sum, job) => sum + weigh(job), 0)
  const threads: Thread[] = []
  let [next, done] = [0, 0]
  let stop: () => void = () => undefined
  const stopped = new Promise<never>((_, reject) => {
    stop = () => reject(new Stopped())
  })
  stopped.catch(() => undefined) // awaited below only together with the work
  const work = async (): Promise<void> => {
    const thread = host.spawn()
    threads.push(thread)
    await thread.ask(opening)
    for (let at = next++; at < jobs.length; at = next++) {
      const job = jobs[at] as Job
      await take(at, await thread.ask(job))
      done += weigh(job)
      onProgress?.({ done, total })
    }
  }
  try {
    if (signal?.aborted) throw new Stopped()
    signal?.addEventListener('abort', stop)
    onProgress?.({ done, total })
    await Promise.race([stopped, Promise.all(Array.from({ length: Math.min(workers, jobs.length) }, work))])
  } finally {
    signal?.removeEventListener('abort', stop)
    for (const thread of threads) thread.stop()
  }
}
