// What a thread answers: one door for all kinds of work, so that a host needs one kind of thread.
import { answerChunks } from './chunk.ts'
import { answerTrial } from './trial-thread.ts'

/** Makes the answerer of one thread. A message is an opening or a job of what was opened last. */
export function answerMessages(): (message: unknown) => Promise<unknown> {
  const [chunks, trial] = [answerChunks(), answerTrial()]
  return async (message) => {
    if (typeof message !== 'object' || message === null) throw new Error('A thread takes openings and jobs')
    return 'kind' in message
      ? trial(message as Parameters<typeof trial>[0])
      : chunks(message as Parameters<typeof chunks>[0])
  }
}
