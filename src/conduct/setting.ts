// What every patient of a batch shares: the model made runnable, its luck, how looks are scored, and how charts are laid out.
import { type Scoring, scoring } from '#clinic'
import {
  type CompiledModel,
  findJumps,
  type Jump,
  type Model,
  type Named,
  type Output,
  type RunningKernel,
} from '#engine'
import type { Population } from '#patients'
import { type Chart, chartOf } from './chart.ts'
import type { Luck } from './luck.ts'

export interface Setting {
  readonly model: Model
  readonly population: Population
  readonly compiled: CompiledModel
  readonly kernel: RunningKernel
  readonly luck: Luck
  readonly scoring: Scoring
  readonly chart: Chart
  /** Inputs that are medicines, in the order of the chart. */
  readonly medicines: readonly number[]
  /** States that take doses, in the order of the chart's courses behind the medicines. */
  readonly dosed: readonly number[]
  /** Positions among the outputs. */
  readonly hazards: { readonly triggers: number; readonly death: number }
  readonly seed: number
  /** Of the model's equations in time. */
  readonly jumps: readonly Jump[]
}

/** What is asked of the model at every look: all that it provides. */
export const outputsOf = (model: Model): Output[] =>
  model.derived.flatMap(({ name, unit, meaning, place, provided }, at) =>
    provided ? [{ name, unit: unit.text, meaning, value: { kind: 'derived' as const, at, unit, place } }] : [],
  )

/** The last part of a joined name: what a prescription calls it. */
const shortName = (name: string): string => name.slice(name.lastIndexOf('.') + 1)
/** The file of a joined name: what a medicine with states of its own is called. */
const fileOf = (name: string): string => name.slice(0, Math.max(0, name.indexOf('.')))

/** The names that formulas may use in this model, and where they stand. */
export function layOutChart(model: Model, luck: Luck): Pick<Setting, 'chart' | 'medicines' | 'dosed' | 'scoring'> {
  const scores = scoring(outputsOf(model))
  const chance = new Set([...luck.weekly, ...luck.latent, ...luck.looks].map(({ input }) => input).concat(luck.rating))
  const medicines = model.inputs.flatMap((_, at) => (chance.has(at) ? [] : [at]))
  const dosed = model.states.flatMap(({ name }, at) => (name.endsWith('.amount') ? [at] : []))
  const named = (list: readonly { name: string; unit: { text: string }; meaning: string }[]): Named[] =>
    list.map(({ name, unit, meaning }) => ({ name, unit: unit.text, meaning }))
  const doses = named(medicines.flatMap((at) => model.inputs[at] ?? [])).map((d) => ({ ...d, name: shortName(d.name) }))
  const courses = [...doses.map(({ name }) => name), ...dosed.map((at) => fileOf(model.states[at]?.name ?? ''))]
  return {
    scoring: scores,
    medicines,
    dosed,
    chart: chartOf({ seen: scores.names, doses, courses, parameters: named(model.parameters) }),
  }
}

/** Makes a setting from a model that has been compiled for `outputsOf` it. */
export function openSetting(
  model: Model,
  population: Population,
  luck: Luck,
  running: { readonly compiled: CompiledModel; readonly kernel: RunningKernel },
  seed: number,
): Setting {
  const position = (name: string): number => running.compiled.outputs.findIndex((o) => o.name === name)
  return {
    model,
    population,
    luck,
    ...running,
    ...layOutChart(model, luck),
    hazards: { triggers: position(luck.triggers.rate), death: position(luck.death) },
    seed,
    jumps: findJumps(model),
  }
}
