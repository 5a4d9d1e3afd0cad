// Runs of models for tests: subjects put into a kernel of either backend, carried to one time after another, and what came of them.
import {
  type CompiledModel,
  compileModel,
  compileWasm,
  DEFAULT_SETTINGS,
  instantiate,
  interpret,
  type Model,
  openBatch,
  type Progress,
  type RunningKernel,
  type Settings,
  schedule,
  type Subject,
} from '#engine'

export interface Outcome {
  readonly progress: Progress
  /** One list per row. */
  readonly rows: readonly (readonly number[])[]
  readonly state: readonly number[]
}

export const openers = {
  interpreter: async ({ kernel }: CompiledModel): Promise<RunningKernel> => interpret(kernel),
  wasm: async ({ kernel }: CompiledModel): Promise<RunningKernel> => instantiate(await compileWasm(kernel)),
}

/** Carries subjects to each of the stops in turn. */
export function carry(
  kernel: RunningKernel,
  compiled: CompiledModel,
  subjects: readonly Subject[],
  settings: Settings,
  stops: readonly number[],
): Outcome[] {
  const batch = openBatch(kernel, compiled, subjects, settings)
  for (const stop of stops) batch.advance(stop)
  const width = compiled.outputs.length
  return subjects.map((_, i) => {
    const progress = batch.progress(i)
    const flat = Array.from(batch.rows(i))
    const rows = Array.from({ length: progress.rows }, (__, row) => flat.slice(row * width, (row + 1) * width))
    return { progress, rows, state: Array.from(batch.state(i)) }
  })
}

/** The typical subject of a model, to whom is done what the model's run gives. */
export function typicalSubject(model: Model): Subject {
  const parameters = model.parameters.map(({ value }) => value)
  const instants = schedule(model, model.run?.given ?? [], parameters)
  return { parameters, inputs: model.inputs.map(({ value }) => value), instants }
}

/** Runs the typical subject in the interpreter, to the last of the times if no stops are given. */
export function runTypical(
  model: Model,
  times: readonly number[],
  settings: Partial<Settings> = {},
  stops = times.slice(-1),
): Outcome {
  const compiled = compileModel(model)
  const all = { ...DEFAULT_SETTINGS, ...settings, times }
  return carry(interpret(compiled.kernel), compiled, [typicalSubject(model)], all, stops)[0] as Outcome
}
