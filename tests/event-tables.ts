// Event tables for tests: rows written briefly, planned and carried.
import {
  type Between,
  compileModel,
  compileWasm,
  DEFAULT_SETTINGS,
  doseTerms,
  type EventPlan,
  type EventRecord,
  findJumps,
  instantiate,
  lookAt,
  type Model,
  openBatch,
  planEvents,
  type Progress,
  steadyFinder,
  withLines,
} from '#engine'

export type Row = Partial<EventRecord> & Pick<EventRecord, 'time' | 'kind'>

export const recordOf = (row: Row): EventRecord => ({ ...lookAt(row.time, []), state: 0, ...row })

export interface Followed {
  readonly plan: EventPlan
  readonly progress: Progress
  /** One list of states per look. */
  readonly rows: readonly (readonly number[])[]
}

export interface Follow {
  readonly relativeTolerance?: number
  readonly atDose?: 'before' | 'after'
  readonly between?: Between
  /** Numbers of the inputs that rows give. */
  readonly inputs?: readonly number[]
}

/** Carries the typical subject of a model through a table. */
export const follow = async (model: Model, rows: readonly Row[], how: Follow = {}): Promise<Followed> =>
  (await follower(model, how))(rows)

/** Compiles a model once, to be carried through many tables. */
export async function follower(model: Model, how: Follow = {}): Promise<(rows: readonly Row[]) => Followed> {
  const { relativeTolerance = 1e-9, atDose = 'after', between = 'locf', inputs = [] } = how
  const terms = doseTerms(model)
  const known = terms.value
  if (!known) throw new Error(terms.problems.map(({ message }) => message).join('\n'))
  const carried = between === 'linear' ? withLines(model, inputs) : model
  const compiled = compileModel(carried)
  const kernel = instantiate(await compileWasm(compiled.kernel))
  const settings = { ...DEFAULT_SETTINGS, relativeTolerance, atDose }
  const moving = { at: inputs, between, own: model.inputs.length }
  const parameters = model.parameters.map(({ value }) => value)
  const find = steadyFinder(kernel, compiled, settings)
  return (rows) => {
    const records = rows.map(recordOf)
    const plan = planEvents({ model, terms: known, moving, jumps: findJumps(model), atDose }, records, parameters, find)
    const batch = openBatch(kernel, compiled, [plan.subject], { ...settings, times: plan.looks })
    batch.advance(records.at(-1)?.time ?? 0)
    const flat = Array.from(batch.rows(0))
    const width = compiled.outputs.length
    const progress = batch.progress(0)
    const lines = Array.from({ length: progress.rows }, (_, k) => flat.slice(k * width, (k + 1) * width))
    return { plan, progress, rows: lines }
  }
}
