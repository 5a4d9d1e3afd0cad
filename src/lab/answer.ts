// What a thread answers: one door for all kinds of work, so that a host needs one kind of thread.
import { answerChunks } from './chunk.ts'
import { answerEvents } from './event-chunk.ts'
import { answerTrial } from './trial-thread.ts'

/** Makes the answerer of one thread. A message is an opening or a job of what was opened last. */
export function answerMessages(): (message: unknown) => Promise<unknown> {
  const [chunks, events, trial] = [answerChunks(), answerEvents(), answerTrial()]
  return async (message) => {
    if (typeof message !== 'object' || message === null) throw new Error('A thread takes openings and jobs')
    if ('events' in message) return events(message as Parameters<typeof events>[0])
    return 'kind' in message
      ? trial(message as Parameters<typeof trial>[0])
      : chunks(message as Parameters<typeof chunks>[0])
  }
}
