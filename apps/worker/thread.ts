// A thread of the local pool: passes each message to the lab and posts the answer, or why there is none.
import { parentPort } from 'node:worker_threads'
import { answerMessages } from '#lab'

const answer = answerMessages()

/** Rows are the bulk of what is answered: their memory is handed over, not copied. */
const bulkOf = (result: unknown): ArrayBuffer[] =>
  typeof result === 'object' && result !== null && 'rows' in result && result.rows instanceof Float64Array
    ? [result.rows.buffer as ArrayBuffer]
    : []

async function reply(message: unknown): Promise<void> {
  try {
    const result = await answer(message)
    parentPort?.postMessage({ result }, bulkOf(result))
  } catch (error) {
    parentPort?.postMessage({ error })
  }
}

parentPort?.on('message', (message: unknown) => void reply(message))
