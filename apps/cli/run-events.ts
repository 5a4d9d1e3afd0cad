// imago simulate --events: a model and a table to rows in the table's own convention. The file is read as it comes, never whole.
import { createReadStream } from 'node:fs'
import path from 'node:path'
import { type Problem, printProblem } from '#base'
import type { Between, Deed, Model, Output, Settings } from '#engine'
import {
  type Backend,
  eventCsvOf,
  eventParquetOf,
  eventReader,
  type EventSimulation,
  type EventTable,
  outcomeWord,
  simulateEvents,
  Stopped,
} from '#lab'
import type { Spoken } from './commands/simulate.ts'
import { FAILURES } from './failures.ts'
import { writeOut, writeWhole } from './files.ts'
import { nodeHost } from './node-host.ts'
import { readWord } from './options.ts'
import { optionProblem, showProblems } from './problems.ts'
import { type ProgressStyle, showProgress } from './progress.ts'
import { stopSignal } from './stop-signal.ts'

export interface EventOptions extends Omit<Settings, 'times'> {
  readonly seed: number
  readonly workers: number
  readonly backend: Backend
  readonly style: ProgressStyle
  /** What --set says. */
  readonly set: readonly Deed[]
}

const BETWEEN = ['locf', 'nocb', 'linear'] as const
/** Options that say what the table says. */
const TABLE_SAYS = {
  subjects: 'its IDs are the subjects; --drawn draws their parameters',
  dose: 'write a row with EVID 1',
  reset: 'write a row with EVID 3',
}

/** Options that want the same times, or the same doses, for all. */
const NOT_OF_TABLES = {
  sensitivity: 'say what is given with --dose',
  summary: 'write rows: --out rows.csv',
}

/** Finds what cannot be said together with an event table, or without one. */
export function eventOptionProblems(spoken: Spoken): Problem[] {
  if (spoken.events === undefined)
    return (['covariates', 'drawn'] as const)
      .filter((name) => spoken[name] !== undefined)
      .map((name) =>
        optionProblem('without-events', `--${name} speaks of an event table.`, 'name one: --events FILE.csv'),
      )
  const options = { ...TABLE_SAYS, ...NOT_OF_TABLES }
  const said = Object.entries(options).filter(([name]) => {
    const value = spoken[name as keyof typeof options]
    return value !== undefined && value.length > 0
  })
  const problems = said.map(([name, help]) =>
    optionProblem('not-with-events', `--${name} cannot be said with --events.`, help),
  )
  if (spoken.report !== undefined)
    problems.push(
      optionProblem(
        'not-with-events',
        'No report is made of an event table: its subjects have times of their own.',
        'write rows: --out rows.csv',
      ),
    )
  return problems
}

/** Simulates a model by an event table and delivers its rows. */
export async function runEvents(
  file: string,
  model: Model,
  outputs: readonly Output[],
  spoken: Spoken,
  options: EventOptions,
): Promise<number> {
  const { seed, workers, backend, style, set, ...settings } = options
  const problems: Problem[] = []
  const between: Between =
    spoken.covariates === undefined ? 'locf' : readWord('--covariates', spoken.covariates, BETWEEN, problems)
  if (path.extname(file) !== '.csv')
    problems.push(optionProblem('unknown-format', `--events reads .csv, not "${file}".`))
  problems.push(
    ...set
      .filter(({ kind }) => kind === 'set-input')
      .map(
        ({ place }): Problem => ({
          code: 'not-with-events',
          level: 'error',
          message: 'An input is set by the table.',
          place,
          help: 'give it a column',
        }),
      ),
  )
  if (showProblems(problems) === 1) return 1
  const read = await readTable(file, model)
  const table = read.value
  const shownGrid = spoken.until !== undefined || spoken.every !== undefined
  const refused = table && shownGrid && table.subjects.some(({ looks }) => looks > 0) ? [gridProblem] : []
  const wrong = showProblems([...read.problems, ...refused])
  if (!table || refused.length > 0) return 1
  const signal = stopSignal()
  const progress = showProgress(model.name, () => 'subjects', style)
  try {
    const { run } = model
    const request = {
      model,
      outputs,
      table,
      between,
      set,
      drawn: spoken.drawn === true,
      seed,
      workers,
      backend,
      settings,
      ...(run && { grid: run }),
    }
    const { value: simulation, problems: found } = await simulateEvents(nodeHost, request, {
      signal,
      onProgress: progress.step,
    })
    progress.done()
    if (showProblems(found) === 1 || !simulation) return 1
    await deliver(simulation, spoken.out, signal)
    return showOutcomes(file, simulation) === 1 ? 1 : wrong
  } catch (error) {
    progress.done()
    if (!(error instanceof Stopped) && !signal.aborted) throw error
    process.stderr.write('stopped; nothing was written\n')
    return 130
  }
}

const gridProblem = optionProblem(
  'not-with-events',
  '--until and --every say when rows are shown, and so does the table.',
  'leave them out, or take the rows with EVID 0 out of the table',
)

async function readTable(
  file: string,
  model: Model,
): Promise<{ value: EventTable | undefined; problems: readonly Problem[] }> {
  const reader = eventReader(file, model)
  try {
    for await (const piece of createReadStream(file, 'utf8')) reader.push(String(piece))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    return { value: undefined, problems: [optionProblem('missing-file', `There is no file "${file}".`)] }
  }
  return reader.end()
}

async function deliver(simulation: EventSimulation, out: string | undefined, signal: AbortSignal): Promise<void> {
  if (out === undefined) return writeOut(eventCsvOf(simulation))
  await writeWhole(out, out.endsWith('.parquet') ? eventParquetOf(simulation) : eventCsvOf(simulation), signal)
  process.stderr.write(`wrote ${out}\n`)
}

const MOST_SHOWN = 50

/** Tells which subjects went no further, and why; undefined values are told as well. */
function showOutcomes(file: string, simulation: EventSimulation): 0 | 1 {
  const { outcomes, outputs, rows, model } = simulation
  const problems = outcomes.flatMap(({ subject, progress, fault }): Problem[] => {
    if (fault) {
      const place = { file, line: fault.line, column: 1, length: 1 }
      return [
        {
          code: fault.reason,
          level: 'error',
          message: `Subject ${subject.id} stops here: ${fault.message}.`,
          place,
          help: HELP[fault.reason],
        },
      ]
    }
    if (!progress || progress.status === 'ok' || progress.status === 'stopped') return []
    const { code, reason, help } = FAILURES[progress.status]
    const place = { file, line: subject.line, column: 1, length: 1 }
    return [
      {
        code,
        level: 'error',
        message: `Subject ${subject.id} stopped at ${Number(progress.time.toPrecision(6))} [${model.time.text}]: ${reason}.`,
        place,
        help,
      },
    ]
  })
  const holes = outputs.flatMap(({ name }, i) => {
    let count = 0
    for (let at = i; at < rows.length; at += outputs.length) if (!Number.isFinite(rows[at])) count++
    return count > 0
      ? [optionProblem('not-finite', `"${name}" is not finite in ${count} of the rows; these cells are left empty.`)]
      : []
  })
  const shown = showProblems([...problems.slice(0, MOST_SHOWN), ...holes])
  const bad = outcomes.filter((outcome) => outcomeWord(outcome) !== 'ok').length
  if (bad === 0) return shown
  process.stderr.write(
    `${printProblem(optionProblem('incomplete', `${bad} of ${outcomes.length} subjects are refused or incomplete; the column STATUS says which.`))}\n`,
  )
  return 1
}

const HELP = {
  'bad-dose': 'look at what the model, or the row, says of doses into this state',
  'not-steady':
    'look for a state that only grows, such as an area under a curve, or for doses faster than they can leave; or give the doses one by one: ADDL',
  'too-many-instants': 'give fewer doses, or simulate less long',
} as const
