// Fills a report's data from a simulation. What the report looks like is the report's own affair.
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { describePrior } from '#patients'
import type { SimulationSummary } from '#report'
import type { Simulation } from './simulate.ts'
import { courseOf, failuresOf, spreadOf } from './summary.ts'

const COURSES = 12 // single subjects drawn in each figure

/** How a simulation came about, as the report prints it. */
export interface Provenance {
  readonly file: string
  readonly text: string
  readonly seed: number
  readonly drawn: boolean
  readonly backend: string
  readonly relativeTolerance: number
  readonly version: string
  readonly command: string
  readonly given?: readonly string[]
}

/** Gathers what a report shows of a simulation. */
export function reportOf(simulation: Simulation, how: Provenance): SimulationSummary {
  const { model, subjects, times, outputs } = simulation
  const ids = Array.from({ length: Math.min(COURSES, subjects) }, (_, i) => i)
  const orNull = (list: readonly (number | undefined)[]): (number | null)[] => list.map((v) => v ?? null)
  const spread = spreadOf(simulation)
  return {
    title: model.title,
    description: `${model.states.length} states, ${model.parameters.length} parameters; time in ${model.time.text}.`,
    modelFile: how.file,
    timeUnit: model.time.text,
    seed: how.seed,
    subjects,
    failed: failuresOf(simulation),
    outputs: outputs.map(({ name, unit, meaning }, i) => {
      const [p05, p25, p50, p75, p95] = (spread[i]?.quantiles ?? []).map(orNull)
      return {
        name,
        unit,
        meaning,
        times: [...times],
        quantiles: { p05: p05 ?? [], p25: p25 ?? [], p50: p50 ?? [], p75: p75 ?? [], p95: p95 ?? [] },
        courses: ids.map((id) => ({ id: id + 1, values: orNull(courseOf(simulation, id, i)) })),
      }
    }),
    parameters: model.parameters.map(({ name, value, unit, prior, meaning, source }) => ({
      name,
      value,
      unit: unit.text,
      prior: how.drawn ? describePrior(prior) : 'fixed',
      meaning,
      source: source.key,
      locator: source.locator ?? '',
      assumed: source.key === 'assumed',
    })),
    given: how.given ?? [],
    provenance: [
      { label: 'Model file, SHA-256', value: hashText(how.text) },
      { label: 'Seed', value: how.drawn ? String(how.seed) : 'none: one typical subject' },
      { label: 'Method', value: 'Rodas5P, order 5' },
      { label: 'Relative tolerance', value: String(how.relativeTolerance) },
      { label: 'Backend', value: how.backend },
      { label: 'Imago', value: how.version },
    ],
    command: how.command,
    cautions: CAUTIONS,
  }
}

const CAUTIONS = [
  'Research software. Nothing here is medical advice, and no number here may decide how anybody is treated.',
  'The spread shows how subjects differ under the priors of the file. It does not show how wrong the model may be.',
]

/** The SHA-256 of a text, in hexadecimal. */
export const hashText = (text: string): string => bytesToHex(sha256(utf8ToBytes(text)))
