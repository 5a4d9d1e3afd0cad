// Fills a report's data from a simulation. What the report looks like is the report's own affair.
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { describePrior } from '#patients'
import type { Mark, SimulationSummary } from '#report'
import type { Model } from '#engine'
import type { Simulation } from './simulate.ts'
import { courseOf, quantileError, spreadOf } from './summary.ts'

const MOST_STATES = 12 // named in the description
const MOST_MARKS = 60 // more of them make a texture

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
  /** What kind of model it is, and what follows from that for its use; nothing is said if absent. */
  readonly kind?: { readonly word: string; readonly caution: string }
}

/** Gathers what a report shows of a simulation. */
export function reportOf(simulation: Simulation, how: Provenance): SimulationSummary {
  const { model, subjects, times, outputs } = simulation
  const ids = simulation.courses.map((_, i) => i)
  const orNull = (list: readonly (number | undefined)[]): (number | null)[] => list.map((v) => v ?? null)
  const spread = spreadOf(simulation)
  return {
    title: model.title,
    ...(how.kind && { kind: how.kind.word }),
    description: describeModel(model),
    modelFile: how.file,
    timeUnit: model.time.text,
    seed: how.seed,
    subjects,
    failed: simulation.failures,
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
    given: model.run?.words ?? [],
    marks: marksOf(simulation),
    provenance: [
      { label: 'Model file, SHA-256', value: hashText(how.text) },
      { label: 'Seed', value: how.drawn ? String(how.seed) : 'none: one typical subject' },
      { label: 'Method', value: 'Rodas5P, order 5' },
      { label: 'Relative tolerance', value: String(how.relativeTolerance) },
      { label: 'Backend', value: how.backend },
      ...(how.drawn ? [{ label: 'Quantiles', value: describeError(quantileError(simulation)) }] : []),
      { label: 'Imago', value: how.version },
    ],
    command: how.command,
    cautions: [...CAUTIONS, ...(how.kind ? [how.kind.caution] : [])],
  }
}

const describeError = (error: number): string =>
  error === 0 ? 'exact' : `right to ${Number((100 * error).toPrecision(2))} % of their value, or better`

function describeModel({ states, parameters }: Model): string {
  const meanings = states.map(({ meaning, name }) => meaning || name)
  const shown = [...new Set(meanings)].slice(0, MOST_STATES)
  const more = meanings.length > shown.length && shown.length === MOST_STATES ? ' and more' : ''
  return `What changes in time: ${shown.join(', ')}${more}. ${parameters.length} parameter${parameters.length === 1 ? '' : 's'} decide how.`
}

/** When the typical subject is given something: the start of each dose, and each reset. */
function marksOf({ model }: Simulation): Mark[] {
  const deeds = model.run?.given ?? []
  const doses = deeds.flatMap((d) =>
    d.kind === 'dose'
      ? Array.from({ length: Math.min(d.times, MOST_MARKS) }, (_, k) => ({ time: d.at + k * d.every, label: 'dose' }))
      : [],
  )
  const resets = deeds.flatMap((d) => (d.kind === 'reset' ? [{ time: d.at, label: 'reset' }] : []))
  return [...doses, ...resets].toSorted((a, b) => a.time - b.time).slice(0, MOST_MARKS)
}

const CAUTIONS = [
  'Research software. Nothing here is medical advice, and no number here may decide how anybody is treated.',
  'The spread shows how subjects differ under the priors of the file. It does not show how wrong the model may be.',
]

/** The SHA-256 of a text, in hexadecimal. */
export const hashText = (text: string): string => bytesToHex(sha256(utf8ToBytes(text)))
