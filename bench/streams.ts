// How much memory and time do a million short subjects take, when their rows go to files and when the population alone is told? `node bench/streams.ts`
// Measured from outside, with /usr/bin/time -v: the largest resident set of the whole process, threads included.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import path from 'node:path'
import { terminalTable } from '#report'
import { ROOT } from '../tools/repository.ts'

const SUBJECTS = 1_000_000
const MODEL = 'library/models/basics/decay.model'
const MEASURES = 'mean, sd, q05, q50, q95, auc, cmax, tmax, first A < 50 [mg]'
const LARGEST = 1e9 // bytes: the target

const folder = mkdtempSync(path.join(tmpdir(), 'imago-streams-'))
const at = (name: string): string => path.join(folder, name)
const summary = ['--summary', at('population.csv'), '--reduce', MEASURES]

const RUNS: readonly (readonly [string, readonly string[], string])[] = [
  ['summary alone', summary, 'population.csv'],
  ['rows to CSV', ['--out', at('rows.csv')], 'rows.csv'],
  ['rows to Parquet', ['--out', at('rows.parquet')], 'rows.parquet'],
  ['rows to Parquet, and summary', ['--out', at('rows.parquet'), ...summary], 'rows.parquet'],
]

function measure([what, options, file]: (typeof RUNS)[number]): { cells: string[]; bytes: number } {
  const asked = [
    'simulate',
    MODEL,
    '--subjects',
    String(SUBJECTS),
    '--until',
    '10',
    '--every',
    '1',
    '--progress',
    'none',
  ]
  const command = ['-v', process.execPath, 'apps/cli/main.ts', ...asked, ...options]
  const started = performance.now()
  const { stderr, status } = spawnSync('/usr/bin/time', command, { cwd: ROOT, encoding: 'utf8' })
  const seconds = (performance.now() - started) / 1000
  const found = /Maximum resident set size \(kbytes\): (\d+)/.exec(stderr)
  if (status !== 0 || !found) throw new Error(`${what}: ${stderr}`)
  const bytes = Number(found[1]) * 1024
  const size = statSync(at(file)).size
  const cells = [what, seconds.toFixed(1), (bytes / 1e6).toFixed(0), (size / 1e6).toFixed(3)]
  return { cells, bytes }
}

const results = RUNS.map(measure)
rmSync(folder, { recursive: true })
const met = results.every(({ bytes }) => bytes < LARGEST)
process.stdout.write(
  `${terminalTable(
    ['', 'seconds', 'resident MB', 'file MB'],
    results.map(({ cells }) => cells),
  )}\n\n${SUBJECTS} subjects of ${MODEL}, 11 rows each, ${cpus().length} threads of ${cpus()[0]?.model ?? 'an unknown machine'}, Node ${process.versions.node}; under ${LARGEST / 1e6} MB: ${met ? 'yes' : 'no'}\n`,
)
