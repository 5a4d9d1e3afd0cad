// Patients of the lupus model for tests: followed from the start, with medicines, doses and luck as each test asks.
import { normal } from '#base'
import {
  compileModel,
  compileWasm,
  DEFAULT_SETTINGS,
  type Instant,
  instantiate,
  openBatch,
  type Subject,
} from '#engine'
import { drawParameters, typicalParameters } from '#patients'
import { libraryModel } from '../models.ts'

export const lupus = await libraryModel('lupus/lupus.model')
const compiled = compileModel(lupus)
const kernel = instantiate(await compileWasm(compiled.kernel))

/** Settings that bring back the plan's first form, before the changes that helped. */
export const FIRST_FORM: Readonly<Record<string, number>> = {
  'antigen.release': 0.5,
  'cytokines.from_interferon': 0.5,
  't_cells.interferon_free': 0.55,
  'b_cells.interferon_free': 0.6,
  'organs.memory_share': 0,
  'kidney.memory_share': 0,
  'kidney.steroid_emax': 0.6,
  'kidney.mycophenolate_emax': 0,
  'kidney.repair_half_life': 50,
  'lymphocytes.withdrawn': 0,
}

/** Settings under which nothing ages and no nephron is lost, so that there are steady states to reach. */
export const TIMELESS: Readonly<Record<string, number>> = {
  'lymphocytes.thymic_waning': 0,
  'kidney.nephron_loss': 0,
  'kidney.nephron_loss_inflamed': 0,
  'kidney.nephron_loss_proteinuric': 0,
}

export interface Patient {
  readonly parameters: readonly number[]
  readonly inputs?: Readonly<Record<string, number>>
  /** State, amount, day. */
  readonly doses?: readonly (readonly [state: string, amount: number, day: number])[]
  /** States to go on from, in place of the model's own start. */
  readonly from?: readonly number[]
}

/** The typical patient, but for some parameters. */
export function typical(set: Readonly<Record<string, number>> = {}): number[] {
  const parameters = [...typicalParameters(lupus)]
  for (const [name, value] of Object.entries(set)) parameters[indexOf(lupus.parameters, name)] = value
  return parameters
}

/** A patient drawn from the priors of the model. */
export const drawn = (subject: number): number[] => [...drawParameters(lupus, 2026, subject)]

export function indexOf(list: readonly { readonly name: string }[], name: string): number {
  const at = list.findIndex((one) => one.name === name)
  if (at < 0) throw new Error(`The lupus model has no "${name}"`)
  return at
}

/** What became of a patient: one value per time of each output asked for, and all states at the end. */
export interface Course {
  readonly status: string
  values(output: string): number[]
  readonly end: readonly number[]
}

/** Follows patients to the last of the times, each week with its own luck where `luck` says so. */
export function follow(patients: readonly Patient[], times: readonly number[], luck = false): Course[] {
  const subjects = patients.map(subjectOf)
  const batch = openBatch(kernel, compiled, subjects, { ...DEFAULT_SETTINGS, times })
  const until = times.at(-1) ?? 0
  const noisy = lupus.inputs.flatMap(({ name }, at) => (name.endsWith('_noise') ? [{ name, at }] : []))
  for (let week = 0; 7 * week < until; week++) {
    if (!luck) break
    for (const subject of subjects.keys())
      for (const { name, at } of noisy) {
        const value = normal({ seed: 2026, subject, replicate: 0, purpose: name, index: week })
        batch.change(subject, { what: 'input', change: 'set', at, value })
      }
    batch.advance(Math.min(7 * (week + 1), until))
  }
  batch.advance(until)
  return subjects.map((_, i) => {
    const flat = Array.from(batch.rows(i))
    const width = compiled.outputs.length
    return {
      status: batch.progress(i).status,
      values: (output) => {
        const column = indexOf(compiled.outputs, output)
        return times.map((__, row) => flat[row * width + column] ?? NaN)
      },
      end: Array.from(batch.state(i)),
    }
  })
}

/** Follows one patient. */
export function followOne(patient: Patient, times: readonly number[]): Course {
  const [course] = follow([patient], times)
  if (!course) throw new Error('One patient has one course')
  return course
}

/** Days from 0 on. */
export const days = (until: number, every = 1): number[] =>
  Array.from({ length: Math.round(until / every) + 1 }, (_, k) => k * every)

export const last = (values: readonly number[] | undefined): number => values?.at(-1) ?? NaN

function subjectOf({ parameters, inputs = {}, doses = [], from }: Patient): Subject {
  const given = lupus.inputs.map(({ name, value }) => inputs[name] ?? value)
  for (const name of Object.keys(inputs)) indexOf(lupus.inputs, name)
  const instants = doses.map(
    ([state, value, time]): Instant => ({
      time,
      change: 'add',
      what: 'state',
      at: indexOf(lupus.states, state),
      value,
    }),
  )
  const sorted = instants.toSorted((a, b) => a.time - b.time)
  return { parameters, inputs: given, instants: sorted, ...(from && { from: { time: 0, state: from } }) }
}
