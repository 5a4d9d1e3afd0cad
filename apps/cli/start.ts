// npm start: the flagship trial, small enough for a minute on two cores: a table, a report, and the report served on this machine.
import { availableParallelism } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { trialText } from '#report'
import { serveFolder } from '../server/serve.ts'
import { version } from './about.ts'
import { columns } from './columns.ts'
import { defaultStyle } from './progress.ts'
import { REPORT, runIntoFolder } from './run-folder.ts'
import { stopSignal } from './stop-signal.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const FLAGSHIP = 'library/trials/deng-2017-uc-msc.trial.yaml'
const SIZE = { pool: 400, draws: 20, replicates: 400 } as const
const SEED = 1
const PORT = 4200

async function start(signal: AbortSignal): Promise<number> {
  process.stdout.write(`Imago ${version}: research software, never medical advice\n\n`)
  const workers = availableParallelism()
  const order = { file: FLAGSHIP, ...SIZE, seed: SEED, workers, elasticities: true, style: defaultStyle() }
  const finished = await runIntoFolder(order, signal, 'npm start')
  if (typeof finished === 'number') return finished
  const { result, folder } = finished
  process.stdout.write(`${trialText(result, columns())}\n\nreport  ${path.join(folder, REPORT)}\n`)
  process.stdout.write(`a larger run, whose numbers hold better: npx imago run ${FLAGSHIP}\n`)
  if (!wantsServer()) return 0
  const { server, address } = await serveFolder(folder, REPORT, PORT)
  process.stdout.write(`open    ${address}   (Ctrl-C ends it)\n`)
  signal.addEventListener('abort', () => server.close(() => process.exit(0)))
  return 0
}

/** `npm start -- --no-serve`, and `npm start --no-serve`, which npm keeps for itself and passes on in the environment. */
function wantsServer(): boolean {
  const swallowed = process.env['npm_config_serve']
  return !process.argv.includes('--no-serve') && swallowed !== '' && swallowed !== 'false'
}

process.chdir(ROOT)
process.exitCode = await start(stopSignal())
