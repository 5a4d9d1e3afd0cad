// Inputs that a table gives at some times, between those times: held from the last value on (locf), taken from the next one (nocb), or along the
// straight line between the two. For the last, the equations read the line itself, so that nothing is cut into steps.
import type { Derived, Model, Typed } from '../language/model.ts'
import { partsOf } from '../language/model.ts'
import type { EventRecord } from './event-record.ts'
import type { Instant } from './schedule.ts'

export type Between = 'locf' | 'nocb' | 'linear'

/** What the table says, and how. `at` are numbers of inputs of the model. */
export interface MovingInputs {
  readonly at: readonly number[]
  readonly between: Between
  /** How many inputs the model has of its own: behind them come slope and origin of each moving one, if lines are drawn. */
  readonly own: number
}

/** 2^-52 */
const ROUNDING = 2.220446049250313e-16

/**
 * Gives every record a value of every moving input: its own, or by the neighbours that have one. Before the first and behind the last the nearest holds.
 * @returns one list per record
 */
export function fillInputs(records: readonly EventRecord[], { at, between }: MovingInputs): number[][] {
  const filled = records.map(({ inputs }) => [...inputs])
  for (const column of at.keys()) {
    const known = records.flatMap(({ inputs }, k) => (Number.isNaN(inputs[column] ?? NaN) ? [] : [k]))
    let next = 0
    for (const [k, row] of filled.entries()) {
      while ((known[next] ?? Infinity) < k) next++
      const [before, after] = [known[next] === k ? k : known[next - 1], known[next]]
      row[column] = valueBetween(records, column, k, before, after, between)
    }
  }
  return filled
}

function valueBetween(
  records: readonly EventRecord[],
  column: number,
  k: number,
  before: number | undefined,
  after: number | undefined,
  between: Between,
): number {
  const value = (i: number): number => records[i]?.inputs[column] ?? NaN
  if (before === undefined || after === undefined || before === after) return value(before ?? after ?? k)
  if (between === 'locf') return value(before)
  if (between === 'nocb') return value(after)
  const time = (i: number): number => records[i]?.time ?? NaN
  const span = time(after) - time(before)
  return span > 0 ? value(before) + ((time(k) - time(before)) / span) * (value(after) - value(before)) : value(after)
}

/**
 * Lists the changes of the moving inputs from record to record.
 * @param values as `fillInputs` gives them
 * @param rowsAfter whether a row at the time of a change shows what comes after it
 */
export function inputChanges(
  records: readonly EventRecord[],
  values: readonly (readonly number[])[],
  moving: MovingInputs,
  rowsAfter: boolean,
): Instant[] {
  const { at, between, own } = moving
  const changes: Instant[] = []
  const put = (time: number, input: number, value: number): void => {
    changes.push({ time, change: 'set', what: 'input', at: input, value })
  }
  for (const [k, { time }] of records.entries()) {
    const next = records[k + 1]
    for (const [column, input] of at.entries()) {
      const value = values[k]?.[column] ?? NaN
      const before = values[k - 1]?.[column]
      const after = values[k + 1]?.[column]
      if (between === 'locf' && k > 0 && value !== before) put(time, input, value)
      // the row at this time still shows its own value: the next one holds from just behind it on
      if (between === 'nocb' && after !== undefined && after !== value)
        put(rowsAfter ? justBehind(time) : time, input, after)
      if (between !== 'linear') continue
      const slope = next && after !== undefined && next.time > time ? (after - value) / (next.time - time) : 0
      put(time, input, value)
      put(time, own + 2 * column, slope)
      put(time, own + 2 * column + 1, time)
    }
  }
  return changes
}

const justBehind = (time: number): number => time + Math.max(time, 1) * ROUNDING

/**
 * Lets the equations read lines in place of fixed inputs: value + slope * (time - origin). Starts keep the value itself.
 * @param at which inputs
 */
export function withLines(model: Model, at: readonly number[]): Model {
  const { time: unit, inputs } = model
  const lines = new Map(at.map((input, k) => [input, inputs.length + 2 * k]))
  const added = at.flatMap((input) => {
    const own = inputs[input]
    if (!own) throw new Error(`The model has ${inputs.length} inputs, wanted number ${input}`)
    return [
      { ...own, name: `${own.name} slope`, value: 0 },
      { ...own, name: `${own.name} origin`, value: 0, unit },
    ]
  })
  const known = new Map<Typed, Typed>()
  const line = (e: Typed, slope: number): Typed => {
    const { place } = e
    const read = (input: number): Typed => ({ kind: 'input', at: input, unit: e.unit, place })
    const since: Typed = { kind: 'sub', a: { kind: 'time', unit, place }, b: read(slope + 1), unit, place }
    return {
      kind: 'add',
      a: e,
      b: { kind: 'mul', a: read(slope), b: since, unit: e.unit, place },
      unit: e.unit,
      place,
    }
  }
  const rewrite = (root: Typed): Typed => {
    const before = known.get(root)
    if (before) return before
    const slope = root.kind === 'input' ? lines.get(root.at) : undefined
    const made =
      root.kind === 'input' && slope !== undefined ? line(root, slope) : partsOf(root).length > 0 ? inside(root) : root
    known.set(root, made)
    return made
  }
  const inside = (e: Typed): Typed => ({
    ...e,
    ...('test' in e && { test: rewrite(e.test) }),
    ...('a' in e && { a: rewrite(e.a) }),
    ...('b' in e && { b: rewrite(e.b) }),
  })
  const derived = model.derived.map((d): Derived => ({ ...d, value: rewrite(d.value) }))
  return {
    ...model,
    inputs: [...inputs, ...added],
    derived,
    states: model.states.map((s) => ({ ...s, rate: rewrite(s.rate) })),
  }
}
