// A thread of the local pool: passes each message to the lab and posts the answer, or why there is none.
import { parentPort } from 'node:worker_threads'
import { answerMessages, type Chunk, type Opening } from '#lab'

const answer = answerMessages()
parentPort?.on('message', (message: Opening | Chunk) => {
  try {
    const result = answer(message)
    parentPort?.postMessage({ result }, result ? [result.rows.buffer as ArrayBuffer] : [])
  } catch (error) {
    parentPort?.postMessage({ error })
  }
})
