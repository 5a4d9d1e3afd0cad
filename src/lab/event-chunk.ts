// One thread's share of a simulation by an event table: plan some subjects, carry them through, hand back the rows at their own times.
import {
  type Between,
  type CompiledModel,
  compileModel,
  doseTerms,
  type EventFault,
  type EventModel,
  type EventPlan,
  findJumps,
  instantiate,
  interpret,
  type Model,
  type Output,
  openBatch,
  planEvents,
  type Progress,
  type RunningKernel,
  type Settings,
  steadyFinder,
  withLines,
} from '#engine'
import { drawParameters, typicalParameters } from '#patients'
import { type EventSubject, recordsOf } from './event-subject.ts'

/** What a thread must know before its first chunk of subjects with events. */
export interface EventOpening {
  readonly events: 'opening'
  readonly model: Model
  readonly outputs: readonly Output[]
  readonly settings: Omit<Settings, 'times'>
  readonly inputs: readonly number[]
  readonly between: Between
  readonly grid: readonly number[]
  readonly seed: number
  /** False: every subject has the typical parameters. */
  readonly drawn: boolean
  /** Absent: interpret. */
  readonly compiled?: { readonly module: WebAssembly.Module; readonly model: CompiledModel }
}

export interface EventChunk {
  readonly events: 'chunk'
  /** None of them refused. */
  readonly subjects: readonly EventSubject[]
}

/** A subject that goes no further than a line of the table, and why. */
export interface LinedFault extends Omit<EventFault, 'record'> {
  readonly line: number
}

export interface EventChunkResult {
  readonly progress: readonly Progress[]
  readonly faults: readonly (LinedFault | undefined)[]
  /** Rows of all subjects, one after the other, each as long as its progress says. */
  readonly rows: Float64Array
}

/** Compiles a model as it is carried through an event table. */
export const compileForEvents = (
  model: Model,
  outputs: readonly Output[],
  inputs: readonly number[],
  between: Between,
): CompiledModel => compileModel(between === 'linear' ? withLines(model, inputs) : model, outputs)

/** Answers the messages of one thread: first an EventOpening, then EventChunks. */
export function answerEvents(): (message: EventOpening | EventChunk) => EventChunkResult | undefined {
  let run: ((chunk: EventChunk) => EventChunkResult) | undefined
  return (message) => {
    if (message.events === 'opening') {
      const { model, outputs, inputs, between } = message
      const compiled = message.compiled?.model ?? compileForEvents(model, outputs, inputs, between)
      const kernel = message.compiled ? instantiate(message.compiled.module) : interpret(compiled.kernel)
      run = chunkRunner(message, compiled, kernel)
      return undefined
    }
    if (!run) throw new Error('A chunk came before the opening')
    return run(message)
  }
}

function chunkRunner(
  opening: EventOpening,
  compiled: CompiledModel,
  kernel: RunningKernel,
): (chunk: EventChunk) => EventChunkResult {
  const { model, inputs, between, settings, grid, drawn, seed } = opening
  const terms = doseTerms(model).value
  if (!terms) throw new Error('What doses obey was checked before any chunk')
  const own = model.inputs.length
  const moving = { at: inputs, between, own }
  const events: EventModel = { model, terms, moving, jumps: findJumps(model), atDose: settings.atDose }
  const find = steadyFinder(kernel, compiled, settings)
  return ({ subjects }) => {
    const faults: (LinedFault | undefined)[] = []
    const plans = subjects.map((subject, i) => {
      const records = recordsOf(subject, inputs.length, grid)
      const parameters = drawn ? drawParameters(model, seed, subject.id - 1) : typicalParameters(model)
      const plan = planEvents(
        events,
        records.map(({ record }) => record),
        parameters,
        find,
      )
      const { fault } = plan
      if (fault)
        faults[i] = { line: records[fault.record]?.line ?? subject.line, reason: fault.reason, message: fault.message }
      return plan
    })
    const progress: Progress[] = []
    const pieces: Float64Array[] = []
    for (const group of alike(plans)) {
      const times = group[0]?.looks ?? []
      const batch = openBatch(
        kernel,
        compiled,
        group.map((plan) => plan.subject),
        { ...settings, times },
      )
      batch.advance(times.at(-1) ?? 0)
      for (let i = 0; i < group.length; i++) {
        progress.push(batch.progress(i))
        pieces.push(batch.rows(i).slice())
      }
    }
    const rows = new Float64Array(pieces.reduce((sum, piece) => sum + piece.length, 0))
    let at = 0
    for (const piece of pieces) {
      rows.set(piece, at)
      at += piece.length
    }
    return { progress, faults: plans.map((_, i) => faults[i]), rows }
  }
}

/** Neighbours that are looked at at the same times go together: a batch has one list of times. */
function alike(plans: readonly EventPlan[]): EventPlan[][] {
  const groups: EventPlan[][] = []
  for (const plan of plans) {
    const last = groups.at(-1)
    const times = last?.[0]?.looks
    if (last && times?.length === plan.looks.length && times.every((time, i) => time === plan.looks[i])) last.push(plan)
    else groups.push([plan])
  }
  return groups
}
