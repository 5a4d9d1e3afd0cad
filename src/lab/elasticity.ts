// Which assumptions matter most: each parameter is moved alone, for a few patients of the pool, from the screening that they qualified at. Who
// qualifies is not asked anew, so this tells how the trial answers and not how its patients are chosen.
import { expectScore, follow, type Member, type Setting } from '#conduct'
import type { Prior } from '#engine'
import { scaleAt, valueAt } from '#patients'
import type { TrialSpec } from './gather-trial.ts'
import { coursesOf, courseOf, daysOf } from './pool-piece.ts'

/** Draws of observation behind an expected score. */
const EXPECTED_OVER = 8

export interface ElasticityJob {
  readonly members: readonly Member[]
  /** Positions of the parameters to move, one after the other; -1 moves none. */
  readonly parameters: readonly number[]
}

/** What comes of one move: the mean score in the arm of the split, and what the arm's own regimens take from it. */
export interface Moved {
  readonly parameter: number
  readonly score: number
  readonly net: number
}

/** Moves parameters one at a time. */
export function moveParameters(spec: TrialSpec, setting: Setting, { members, parameters }: ElasticityJob): Moved[] {
  const { trial } = spec
  const { arm, day } = trial.split
  const all = coursesOf(spec)
  const courses = [courseOf(spec, 'main'), courseOf(spec, 'main', arm)].flatMap((at) => all[at] ?? [])
  const days = { ...daysOf(spec), visits: [0, day] }
  return parameters.map((parameter): Moved => {
    const moved = members.map((m): Member => ({ ...m, standing: moveOne(spec, setting, m.standing, parameter) }))
    const records = follow(setting, moved, courses, days)
    const [background, treated] = courses.map((_, c) => {
      const seen = moved.flatMap((member, i) => {
        const record = records[i]?.[c]
        return record ? [{ member, record }] : []
      })
      return expectScore(setting, seen, days, 1, spec.score, EXPECTED_OVER)
    })
    return {
      parameter,
      score: meanOf(treated ?? []),
      net: meanOf(Float64Array.from(treated ?? [], (value, i) => value - (background?.[i] ?? NaN))),
    }
  })
}

/**
 * Lists what is moved: the size of the effect, what is uncertain about all patients, what differs between them. A constant is not: nobody knows how far.
 * @returns positions of parameters
 */
export function movableOf({ model, population, effect }: TrialSpec): number[] {
  const uncertain = new Set(population.uncertain.map(({ parameter }) => parameter))
  return model.parameters.flatMap(({ prior }, at) =>
    prior || uncertain.has(at) || at === effect?.parameter ? [at] : [],
  )
}

/** One step of a parameter: a standard deviation of what is uncertain about it; of its spread between patients where that is all that is known. */
function moveOne(spec: TrialSpec, setting: Setting, standing: Member['standing'], at: number): Member['standing'] {
  const parameter = setting.model.parameters[at]
  if (!parameter) return standing
  const parameters = standing.parameters.slice()
  parameters[at] = stepOf(spec, at, parameters[at] ?? NaN, parameter.prior)
  const chart = standing.chart?.slice()
  chart?.set(parameters, setting.chart.parameters)
  return { ...standing, parameters, ...(chart && { chart }) }
}

function stepOf({ population, effect }: TrialSpec, at: number, before: number, prior: Prior | undefined): number {
  // one SD of the effect's prior toward a larger effect, from its mean, whatever this patient's draw
  if (at === effect?.parameter && effect.curve) return scaleAt(effect.curve, effect.prior.mean - effect.prior.sd).scale
  const own = population.uncertain.find(({ parameter }) => parameter === at)?.prior ?? prior
  if (!own) return before
  if (own.family === 'uniform') return Math.min(before + (own.to - own.from) / Math.sqrt(12), own.to)
  return valueAt(before, own, 1)
}

/** The mean of what is there. */
function meanOf(values: ArrayLike<number>): number {
  let [sum, count] = [0, 0]
  for (const value of Array.from(values)) {
    if (Number.isNaN(value)) continue
    sum += value
    count++
  }
  return count === 0 ? NaN : sum / count
}
