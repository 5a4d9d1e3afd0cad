// imago run: a trial file to a table of predicted against published, and a report.
import { availableParallelism } from 'node:os'
import path from 'node:path'
import { Command } from '@commander-js/extra-typings'
import type { Problem } from '#base'
import { trialText } from '#report'
import { columns } from '../columns.ts'
import { writeOut } from '../files.ts'
import { readCount, readWord } from '../options.ts'
import { optionProblem, showProblems } from '../problems.ts'
import { defaultStyle, type ProgressStyle } from '../progress.ts'
import { quoteWord } from '../quote-word.ts'
import { type Order, REPORT, runIntoFolder } from '../run-folder.ts'
import { stopSignal } from '../stop-signal.ts'

const EXAMPLES = `
Draws, pool and replicates: what is uncertain about all patients at once is drawn --draws times; for each draw, patients who qualify
are found and carried through every arm, --pool of them in all; then --replicates trials of the real size are drawn from them.
Ctrl-C keeps what is finished: the same command goes on from there, and ends with the same bytes. The number of workers changes nothing.
The run folder holds report.html, result.json and spec.json. Pools are kept and reused, in runs/.pool (with --out, in FOLDER/chunks).

Examples:
  imago run library/trials/deng-2017-uc-msc.trial.yaml
  imago run library/trials/deng-2017-uc-msc.trial.yaml --pool 100 --draws 5 --replicates 100 --no-elasticities    a quick look
  imago run library/trials/wang-2014-uc-msc.trial.yaml --out wang --json > wang.json
  imago run library/trials/deng-2017-uc-msc.trial.yaml --patients 60    the same trial, had it been larger`

const MOST_POOL = 1_000_000
const MOST_DRAWS = 10_000
const MOST_REPLICATES = 200_000
const MOST_PATIENTS = 10_000

export const runCommand = new Command('run')
  .description('replay a trial on virtual patients: predicted against published, and a report')
  .argument('<file>', 'a .trial.yaml file')
  .option('--pool <n>', 'virtual patients who qualify, over all draws', '2000')
  .option('--draws <n>', 'draws of what is uncertain about all patients at once', '40')
  .option('--replicates <n>', 'trials drawn from the pool', '1000')
  .option('--patients <n>', "patients in each arm, in place of the trial's own numbers")
  .option('--seed <n>', 'which draws', '1')
  .option('--workers <n>', 'threads', String(availableParallelism()))
  .option('--out <folder>', 'the run folder; runs/TRIAL-HASH if not said')
  .option('--no-elasticities', 'leave out which assumptions matter most: less work')
  .option('--json', 'print the result as one JSON document, and nothing else')
  .option('--quiet', 'print no table and no progress')
  .option('--progress <style>', 'bar, json (one object a line, on stderr) or none')
  .addHelpText('after', EXAMPLES)
  .action(async (file, spoken, command) => {
    process.exitCode = await run(file, spoken, command.parent?.args ?? [])
  })

type Spoken = ReturnType<typeof runCommand.opts>

async function run(file: string, spoken: Spoken, words: readonly string[]): Promise<number> {
  const problems: Problem[] = []
  const order = readOrder(file, spoken, problems)
  if (showProblems(problems) === 1) return 1
  const finished = await runIntoFolder(order, stopSignal(), ['imago', ...words].map(quoteWord).join(' '))
  if (typeof finished === 'number') return finished
  const { result, document, folder } = finished
  if (spoken.json) await writeOut([document])
  else if (!spoken.quiet) process.stdout.write(`${trialText(result, columns())}\n\n`)
  if (!spoken.json) process.stdout.write(`report  ${path.join(folder, REPORT)}\n`)
  return 0
}

function readOrder(file: string, spoken: Spoken, problems: Problem[]): Order {
  const count = (option: string, text: string, least: number, most: number): number =>
    readCount(option, text, least, most, problems)
  if (!file.endsWith('.trial.yaml'))
    problems.push(
      optionProblem(
        'unknown-format',
        `A trial is a .trial.yaml file, and "${file}" is none.`,
        file.endsWith('.model') ? 'imago simulate runs a model' : 'those of the library are in library/trials',
      ),
    )
  const style = spoken.progress
  return {
    file,
    pool: count('--pool', spoken.pool, 1, MOST_POOL),
    draws: count('--draws', spoken.draws, 1, MOST_DRAWS),
    replicates: count('--replicates', spoken.replicates, 1, MOST_REPLICATES),
    ...(spoken.patients !== undefined && { patients: count('--patients', spoken.patients, 1, MOST_PATIENTS) }),
    seed: count('--seed', spoken.seed, 0, Number.MAX_SAFE_INTEGER),
    workers: count('--workers', spoken.workers, 1, 256),
    elasticities: spoken.elasticities,
    ...(spoken.out !== undefined && { out: spoken.out }),
    style:
      style !== undefined
        ? readWord<ProgressStyle>('--progress', style, ['bar', 'json', 'none'], problems)
        : spoken.quiet
          ? 'none'
          : defaultStyle(),
  }
}
