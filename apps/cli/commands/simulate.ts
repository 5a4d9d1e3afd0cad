// imago simulate: a model file to rows, on the terminal, in a file, or in a report.
import { availableParallelism } from 'node:os'
import path from 'node:path'
import { Command } from '@commander-js/extra-typings'
import type { Problem, Reading } from '#base'
import { DEFAULT_SETTINGS, defaultOutputs, findOutputs, type Model, type Sensitive, withSensitivities } from '#engine'
import {
  holesOf,
  MOST_CELLS,
  MOST_SUBJECTS,
  numbersEach,
  readReduction,
  type Reduction,
  reportOf,
  type Simulation,
  simulate,
  Stopped,
  summaryCsv,
  summaryJson,
} from '#lab'
import { renderSimulations } from '#report'
import { version } from '../about.ts'
import { FAILURES } from '../failures.ts'
import { ReaderGone, writeWhole } from '../files.ts'
import { eventOptionProblems, runEvents } from '../run-events.ts'
import { loadModel } from '../load-model.ts'
import { nodeHost } from '../node-host.ts'
import { readCount, readPositive, readWord } from '../options.ts'
import { optionProblem, showProblems, type Texts } from '../problems.ts'
import { defaultStyle, type ProgressStyle, showProgress } from '../progress.ts'
import { quoteWord } from '../quote-word.ts'
import { openRows, type RowsSink } from '../rows-sink.ts'
import { summaryText } from '../summary-text.ts'
import { stopSignal } from '../stop-signal.ts'

const EXAMPLES = `
Times after --until and --every may be written "10 [d]", "10 d" or, in the model's own unit, "10"; within actions, units stand in brackets.
Without --subjects the one typical subject runs; with it, each is drawn from the priors of the file.
--dose and --reset replace what the file's "run" line gives; --set keeps it. Without --out, a terminal shows a summary and a pipe gets CSV.

Examples:
  imago simulate library/models/basics/friberg.model --subjects 100 --seed 1 --out neutrophils.csv
  imago simulate library/models/basics/two-compartment.model --dose "10*70 [mg] into central every 28 [d] times 6" --until "168 d"
  imago simulate library/models/basics/two-compartment.model --set "CL = 0.1 [L/d]" --outputs concentration --report exposure.html
  imago simulate library/models/basics/decay.model --until "2 d" --every "30 min" | head
  imago simulate library/models/basics/decay.model --subjects 1000000 --summary decay.csv --reduce "q05, q50, q95, auc, first A < 50 [mg]"
  imago simulate library/models/basics/two-compartment.model --events trial.csv --drawn --out rows.csv

An event table (--events) has the columns ID and TIME, and EVID, AMT, CMT, RATE, II, ADDL, SS, LAG, F, DUR, MDV and inputs of the model as it needs:
  ID,TIME,EVID,AMT,CMT,II,ADDL
  1,0,1,200,depot,7,3
  1,28,0,,,,`

const collect = (value: string, before: string[]): string[] => [...before, value]

export const simulateCommand = new Command('simulate')
  .description('run a model: one typical subject, or many drawn ones')
  .argument('<file>', 'a .model file')
  .option('--subjects <n>', 'how many subjects to draw from the priors')
  .option('--seed <n>', 'which draws', '1')
  .option('--until <time>', 'how long to run')
  .option('--every <time>', 'how often to write a row')
  .option('--dose <action>', 'AMOUNT into STATE [at T] [every T times N] [over T]; repeatable', collect, [])
  .option('--set <setting>', 'NAME = VALUE [at T]: a parameter, or an input from T on; repeatable', collect, [])
  .option('--reset <setting>', 'STATE = VALUE [at T]; repeatable', collect, [])
  .option('--at-dose <side>', 'what a row at the time of a dose shows: before or after it', 'after')
  .option('--outputs <names>', 'columns, separated by commas; all states and what is provided if not said')
  .option('--sensitivity <params>', 'adds, for each output and parameter, d(output)/d(parameter) and dln/dln')
  .option('--tolerance <x>', 'relative error allowed per step', String(DEFAULT_SETTINGS.relativeTolerance))
  .option('--max-steps <n>', 'steps after which a subject is given up', String(DEFAULT_SETTINGS.mostSteps))
  .option('--workers <n>', 'threads', String(availableParallelism()))
  .option('--backend <name>', 'wasm, or the interpreter that it is checked against', 'wasm')
  .option('--events <file>', 'subjects, doses, covariates and times from an event table in .csv (docs/events.md)')
  .option('--covariates <how>', 'between rows of the table: locf, nocb or linear; locf if not said')
  .option('--drawn', 'with --events: parameters drawn for each subject, instead of the typical ones')
  .option('--out <file>', 'write rows to a .csv or .parquet file')
  .option('--report <file>', 'write a report to an .html file')
  .option('--summary <file>', 'write the population, not its rows, to a .csv or .json file')
  .option('--reduce <list>', 'what --summary tells: mean, sd, q05 …, auc, cmax, tmax, first CONDITION')
  .option('--progress <style>', 'bar, json (one object a line, on stderr) or none')
  .addHelpText('after', EXAMPLES)
  .action(async (file, spoken, command) => {
    process.exitCode = await runSimulate(file, spoken, command.parent?.args ?? [])
  })

export type Spoken = ReturnType<typeof simulateCommand.opts>

function readOptions(spoken: Spoken, problems: Problem[]) {
  const out = spoken.out === undefined ? undefined : path.extname(spoken.out)
  if (out !== undefined && out !== '.csv' && out !== '.parquet')
    problems.push(
      optionProblem('unknown-format', `--out writes .csv or .parquet, not "${spoken.out}".`, 'name it rows.csv, say'),
    )
  if (spoken.report !== undefined && path.extname(spoken.report) !== '.html')
    problems.push(optionProblem('unknown-format', `--report writes .html, not "${spoken.report}".`))
  const summary = spoken.summary === undefined ? undefined : path.extname(spoken.summary)
  if (summary !== undefined && summary !== '.csv' && summary !== '.json')
    problems.push(optionProblem('unknown-format', `--summary writes .csv or .json, not "${spoken.summary}".`))
  if (spoken.reduce !== undefined && spoken.summary === undefined)
    problems.push(
      optionProblem('bad-option', '--reduce says what --summary writes, and there is none.', 'add --summary FILE.csv'),
    )
  return {
    subjects:
      spoken.subjects === undefined ? undefined : readCount('--subjects', spoken.subjects, 1, MOST_SUBJECTS, problems),
    seed: readCount('--seed', spoken.seed, 0, Number.MAX_SAFE_INTEGER, problems),
    workers: readCount('--workers', spoken.workers, 1, 256, problems),
    mostSteps: readCount('--max-steps', spoken.maxSteps, 1, 1e9, problems),
    relativeTolerance: readPositive('--tolerance', spoken.tolerance, 1e-12, 0.1, problems),
    atDose: readWord('--at-dose', spoken.atDose, ['before', 'after'] as const, problems),
    backend: readWord('--backend', spoken.backend, ['wasm', 'interpreter'] as const, problems),
    style:
      spoken.progress === undefined
        ? defaultStyle()
        : readWord<ProgressStyle>('--progress', spoken.progress, ['bar', 'json', 'none'], problems),
  }
}

const namesIn = (list: string): string[] => list.split(',').map((name) => name.trim())

/** The columns that are asked for, and the model that has them all. */
function findShown(model: Model, spoken: Spoken): Reading<Sensitive> {
  const outputs =
    spoken.outputs === undefined
      ? { value: defaultOutputs(model), problems: [] }
      : findOutputs(model, namesIn(spoken.outputs))
  if (!outputs.value || spoken.sensitivity === undefined)
    return { value: outputs.value && { model, outputs: outputs.value }, problems: outputs.problems }
  return withSensitivities(model, outputs.value, namesIn(spoken.sensitivity))
}

async function runSimulate(file: string, spoken: Spoken, words: readonly string[]): Promise<number> {
  const problems: Problem[] = []
  const options = readOptions(spoken, problems)
  const { value: loaded, problems: found, texts, spokenDeeds } = await loadModel(file, spoken)
  const shown = loaded && findShown(loaded, spoken)
  const reduction = shown?.value && readReduction(spoken.reduce ?? '', '--reduce', shown.value.outputs)
  problems.push(...found, ...eventOptionProblems(spoken), ...(shown?.problems ?? []), ...(reduction?.problems ?? []))
  const told = new Map([...texts, ['--reduce', spoken.reduce ?? '']])
  if (showProblems(problems, told) === 1 || !shown?.value || !reduction?.value) return 1
  const { model, outputs } = shown.value
  if (spoken.events !== undefined)
    return runEvents(spoken.events, model, outputs, spoken, { ...options, set: spokenDeeds() })
  const { seed, workers, mostSteps, relativeTolerance, atDose, backend, style, subjects } = options
  const signal = stopSignal()
  const progress = showProgress(model.name, () => 'subjects', style)
  const fits = numbersEach(model, outputs) <= MOST_CELLS
  const summarised = spoken.report !== undefined || spoken.summary !== undefined || (process.stdout.isTTY && fits)
  const toOut = !process.stdout.isTTY && spoken.report === undefined && spoken.summary === undefined
  let rows: RowsSink | undefined
  try {
    if (spoken.out !== undefined || toOut) rows = openRows(spoken.out, { outputs, timeUnit: model.time.text })
    const request = {
      model,
      outputs,
      seed,
      workers,
      backend,
      settings: { mostSteps, relativeTolerance, atDose },
      measures: reduction.value.measures,
      summarised,
      ...(subjects !== undefined && { subjects }),
    }
    const running = { signal, onProgress: progress.step }
    const { value: simulation, problems: refused } = await simulate(nodeHost, request, running, rows?.take)
    progress.done()
    if (showProblems(refused, texts) === 1 || !simulation) return 1
    await rows?.finish()
    if (spoken.out !== undefined) process.stderr.write(`wrote ${spoken.out}\n`)
    await deliver(
      simulation,
      spoken,
      reduction.value,
      { file, seed, drawn: subjects !== undefined, backend, relativeTolerance, words, texts },
      signal,
    )
    return showFailures(simulation)
  } catch (error) {
    progress.done()
    if (error instanceof ReaderGone) return 0
    if (!(error instanceof Stopped) && !signal.aborted) throw error
    process.stderr.write('stopped; nothing was written\n')
    return 130
  } finally {
    await rows?.drop()
  }
}

interface How {
  readonly file: string
  readonly seed: number
  readonly drawn: boolean
  readonly backend: string
  readonly relativeTolerance: number
  readonly words: readonly string[]
  /** Every text that the model was made from. */
  readonly texts: Texts
}

async function deliver(
  simulation: Simulation,
  spoken: Spoken,
  { statistics }: Reduction,
  how: How,
  signal: AbortSignal,
): Promise<void> {
  if (spoken.summary !== undefined) {
    const write = spoken.summary.endsWith('.json') ? summaryJson : summaryCsv
    await writeWhole(spoken.summary, write(simulation, statistics), signal)
    process.stderr.write(`wrote ${spoken.summary}\n`)
  }
  if (spoken.report !== undefined) {
    const text = [...how.texts.values()].join('\n')
    const summary = reportOf(simulation, {
      ...how,
      text,
      version,
      command: ['imago', ...how.words.map(quoteWord)].join(' '),
    })
    await writeWhole(spoken.report, renderSimulations(simulation.model.title, [summary]), signal)
    process.stderr.write(`wrote ${spoken.report}\n`)
  }
  if (process.stdout.isTTY && simulation.cells) process.stdout.write(`${summaryText(simulation)}\n`)
  else if (process.stdout.isTTY) process.stderr.write('too many times and columns for a summary here\n')
}

/** Failed subjects and values that are not finite are told, whatever else went well. */
function showFailures(simulation: Simulation): 0 | 1 {
  const unit = simulation.model.time.text
  const failures = simulation.failures.map(({ status, count, firstTime }) =>
    optionProblem(
      FAILURES[status].code,
      `${count} of ${simulation.subjects} subjects stopped, the first at ${Number(firstTime.toPrecision(6))} [${unit}]: ${FAILURES[status].reason}.`,
      FAILURES[status].help,
    ),
  )
  const holes = holesOf(simulation).map(({ name, count }) =>
    optionProblem(
      'not-finite',
      `"${name}" is not finite in ${count} of the rows; these cells are left empty.`,
      'look for a division by zero, a strict table that is left, or a logarithm or root of a negative number',
    ),
  )
  return showProblems([...failures, ...holes])
}
