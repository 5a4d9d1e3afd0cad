// The data path of a simulation by an event table: settle, compile, plan and carry in chunks, join. Chunks depend on the table alone.
import { hasErrors, type Problem, type Reading } from '#base'
import {
  type Between,
  type CompiledModel,
  compileWasm,
  type Deed,
  hiddenJumps,
  type Model,
  type Output,
  type Progress,
  roundTime,
  type Settings,
  settle,
  withLines,
} from '#engine'
import type { Backend } from './chunk.ts'
import {
  compileForEvents,
  type EventChunk,
  type EventChunkResult,
  type EventOpening,
  type LinedFault,
} from './event-chunk.ts'
import { type EventSubject, recordsOf } from './event-subject.ts'
import type { Host, Running } from './host.ts'
import { runPool } from './pool.ts'
import type { EventTable } from './read-events.ts'
import { doubledNames, MOST_NUMBERS, refuse, rowCount, tooLarge } from './simulate.ts'

export interface EventRequest {
  readonly model: Model
  readonly outputs: readonly Output[]
  readonly table: EventTable
  readonly between: Between
  /** Settings of params. */
  readonly set: readonly Deed[]
  /** Where rows are shown if no row of the table asks for any. */
  readonly grid?: { readonly until: number; readonly every: number }
  /** Whether each subject has parameters of its own, drawn from the priors; otherwise all have the typical ones. */
  readonly drawn: boolean
  readonly seed: number
  readonly workers: number
  readonly backend: Backend
  readonly settings: Omit<Settings, 'times'>
}

/** What became of one subject; `progress` is absent if the table refused it. */
export interface EventOutcome {
  readonly subject: EventSubject
  readonly progress?: Progress
  readonly fault?: LinedFault
}

export interface EventSimulation {
  readonly model: Model
  readonly outputs: CompiledModel['outputs']
  readonly outcomes: readonly EventOutcome[]
  readonly inputs: number
  readonly grid: readonly number[]
  /** Rows of all subjects in the order of the outcomes, width outputs.length. */
  readonly rows: Float64Array
}

const LARGEST_CHUNK = 64 // subjects
const CHUNK_ROWS = 20_000

/** Simulates a model by an event table. The problems tell what cannot be run; the numbers' misfortunes are in the outcomes. */
export async function simulateEvents(
  host: Host,
  request: EventRequest,
  running: Running = {},
): Promise<Reading<EventSimulation>> {
  const { model, outputs, table, between, seed, drawn, backend, workers, settings } = request
  const settled = settle(model, request.set, drawn)
  const grid = table.subjects.every(({ looks }) => looks === 0) ? gridOf(request) : []
  if (!grid)
    return refuse(
      'no-looks',
      'No row of the table shows a subject.',
      'write rows with EVID 0 at the times to show, or say --until "10 d" --every "1 h"',
    )
  const problems = [...settled.problems, ...limits(request, grid), ...missedJumps(model, table.inputs, between)]
  if (!settled.value || hasErrors(problems)) return { value: undefined, problems }
  const compiled = compileForEvents(settled.value, outputs, table.inputs, between)
  const module =
    backend === 'wasm' ? await compileWasm(compiled.kernel).catch((error: unknown) => tooLarge(error)) : undefined
  if (module && 'code' in module) return { value: undefined, problems: [...problems, module] }
  const { kernel: _kernel, ...plan } = compiled
  const opening: EventOpening = {
    events: 'opening',
    model: settled.value,
    outputs,
    settings,
    inputs: table.inputs,
    between,
    grid,
    seed,
    drawn,
    ...(module && { compiled: { module, model: { ...plan, kernel: { routines: [], slots: compiled.kernel.slots } } } }),
  }
  const results = await runPool<EventChunk, EventChunkResult>(
    host,
    workers,
    opening,
    chunksOf(table.subjects, grid.length),
    (chunk) => chunk.subjects.length,
    running,
  )
  return { value: join(settled.value, compiled, table, grid, results), problems }
}

const gridOf = ({ grid }: EventRequest): number[] | undefined =>
  grid && Array.from({ length: rowCount(grid.until, grid.every) }, (_, k) => roundTime(k * grid.every))

function limits({ table, outputs }: EventRequest, grid: readonly number[]): Problem[] {
  const problems: Problem[] = []
  const add = (code: string, message: string, help: string): number =>
    problems.push({ code, level: 'error', message, help })
  const rows = table.subjects.reduce((sum, { looks }) => sum + looks + grid.length, 0)
  if (rows * outputs.length > MOST_NUMBERS)
    add(
      'too-large',
      `The results would be ${rows * outputs.length} numbers; at most ${MOST_NUMBERS} fit.`,
      'ask for fewer columns (--outputs), or simulate the table in parts',
    )
  for (const name of doubledNames(outputs))
    add('doubled-output', `The output "${name}" is asked for twice.`, 'name each once')
  if (outputs.length === 0) add('no-outputs', 'No output is asked for.', 'name at least one: --outputs A')
  return problems
}

/** A comparison that an input moves through along a line is found by the solver's error alone. */
function missedJumps(model: Model, inputs: readonly number[], between: Between): Problem[] {
  if (between !== 'linear' || hiddenJumps(withLines(model, inputs)).length === hiddenJumps(model).length) return []
  return [
    {
      code: 'hidden-jump',
      level: 'warning',
      message: 'The model compares what moves along straight lines, and the time of the jump is not known beforehand.',
      help: 'use --covariates locf, or a smooth change in place of the comparison',
    },
  ]
}

function chunksOf(subjects: readonly EventSubject[], grid: number): EventChunk[] {
  const chunks: EventSubject[][] = []
  let rows = 0
  for (const subject of subjects) {
    if (!subject.rows) continue
    const last = chunks.at(-1)
    rows += subject.looks + grid
    if (last && last.length < LARGEST_CHUNK && rows <= CHUNK_ROWS) last.push(subject)
    else {
      chunks.push([subject])
      rows = subject.looks + grid
    }
  }
  return chunks.map((list) => ({ events: 'chunk', subjects: list }))
}

function join(
  model: Model,
  compiled: CompiledModel,
  { subjects, inputs }: EventTable,
  grid: readonly number[],
  results: readonly EventChunkResult[],
): EventSimulation {
  const [progress, faults] = [results.flatMap((r) => r.progress), results.flatMap((r) => r.faults)]
  let next = 0
  const outcomes = subjects.map((subject): EventOutcome => {
    if (!subject.rows) return { subject }
    const [own, fault] = [progress[next], faults[next]]
    next++
    return { subject, ...(own && { progress: own }), ...(fault && { fault }) }
  })
  const rows = new Float64Array(results.reduce((sum, r) => sum + r.rows.length, 0))
  let at = 0
  for (const result of results) {
    rows.set(result.rows, at)
    at += result.rows.length
  }
  return { model, outputs: compiled.outputs, outcomes, inputs: inputs.length, grid, rows }
}

/** The looks of a subject: when, and of which kind its rows are. */
export const looksOf = (simulation: EventSimulation, subject: EventSubject): { time: number; kind: number }[] =>
  recordsOf(subject, simulation.inputs, simulation.grid).flatMap(({ record }) =>
    record.kind === 0 || record.kind === 2 ? [{ time: record.time, kind: record.kind }] : [],
  )
