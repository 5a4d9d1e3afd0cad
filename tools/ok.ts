// The definition of done, as one command: `npm run ok`. Every check, one line each, in a fixed order; the last line is
// "N passed, N failed, N skipped" over all tests and steps. The tests, which take longest, run beside the other steps.
// Keeps true: a failing step shows all it said; a passing one shows its warnings, so that none is hidden.
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import {
  FAILED,
  namesOfSkipped,
  PASSED,
  printTally,
  SKIPPED,
  sum,
  type Tally,
  type TestReport,
  tallyTests,
} from './ok/tally.ts'
import { ROOT } from './repository.ts'

interface Step {
  readonly name: string
  readonly command: readonly string[]
  /** Without this file the step is skipped. */
  readonly needs?: string
}

interface Outcome {
  readonly name: string
  readonly seconds: number
  readonly tally: Tally
  readonly shown: string
}

const STEPS: readonly Step[] = [
  { name: 'format', command: ['biome', 'format', '--error-on-warnings', '.'] },
  { name: 'lint', command: ['oxlint', '--deny-warnings'] },
  { name: 'types of src', command: ['tsc', '-p', 'tsconfig.json'] },
  { name: 'types', command: ['tsc', '-p', 'apps/tsconfig.json'] },
  { name: 'rooms', command: ['node', 'tools/check-rooms.ts'] },
  { name: 'docs', command: ['node', 'tools/check-docs.ts'] },
  { name: 'library', command: ['node', 'apps/cli/main.ts', 'check', 'library'], needs: 'apps/cli/main.ts' },
]

/** What a tool says on stderr when all is well. */
const NO_WARNING = /^Checked \d+ files? in .*\n?/gm

const environment = { ...process.env, PATH: `${ROOT}node_modules/.bin${delimiter}${process.env['PATH'] ?? ''}` }

interface Said {
  readonly exitCode: number
  readonly output: string
  readonly warnings: string
}

function run([program = '', ...args]: readonly string[]): Promise<Said> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: ROOT, env: environment, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    let warnings = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      output += text
      warnings += text
    })
    child.on('error', ({ message }) => resolve({ exitCode: 1, output: `${message}\n`, warnings: '' }))
    child.on('close', (code) => resolve({ exitCode: code ?? 1, output, warnings: warnings.replace(NO_WARNING, '') }))
  })
}

async function runStep({ name, command, needs }: Step): Promise<Outcome> {
  if (needs !== undefined && !existsSync(ROOT + needs))
    return { name, seconds: 0, tally: SKIPPED, shown: `skipped: "${needs}" does not exist\n` }
  const began = performance.now()
  const { exitCode, output, warnings } = await run(command)
  const failed = exitCode !== 0
  return {
    name,
    seconds: (performance.now() - began) / 1000,
    tally: failed ? FAILED : PASSED,
    shown: failed ? output : warnings,
  }
}

async function runTests(): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'imago-ok-'))
  const file = join(folder, 'tests.json')
  const began = performance.now()
  const { exitCode, output, warnings } = await run([
    'vitest',
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ])
  const seconds = (performance.now() - began) / 1000
  const report: TestReport | undefined = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined
  rmSync(folder, { recursive: true })
  const tally = tallyTests(report, exitCode)
  const skipped = namesOfSkipped(report).map((name) => `skipped: ${name}\n`)
  return { name: 'tests', seconds, tally, shown: (tally.failed > 0 ? output : warnings) + skipped.join('') }
}

function print({ name, seconds, tally, shown }: Outcome): void {
  const mark = tally.failed > 0 ? '✗' : tally.passed > 0 ? '✓' : '-'
  console.log(`${mark} ${name.padEnd(12)} ${seconds.toFixed(1).padStart(6)} s`)
  if (shown !== '') console.log(shown.trimEnd())
}

const tests = runTests()
const outcomes: Outcome[] = []
for (const step of STEPS) {
  const outcome = await runStep(step)
  print(outcome)
  outcomes.push(outcome)
}
outcomes.push(await tests)
print(await tests)

const total = sum(outcomes.map(({ tally }) => tally))
console.log(`\n${printTally(total)}`)
if (total.failed > 0) process.exitCode = 1
