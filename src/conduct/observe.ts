// Looks again at patients as they stood at their visits, with other luck of observation: what another clinic, another laboratory, another day would
// have measured of the same truth.
import { DEFAULT_SETTINGS, openBatch, type Subject } from '#engine'
import type { Member } from './enter.ts'
import type { CourseRecord, TrialDays } from './follow.ts'
import { carryProcess, type Whose } from './luck.ts'
import type { Setting } from './setting.ts'

/** One patient's course to look at again, and the number of the luck to look with. */
export interface Seen {
  readonly member: Member
  readonly record: CourseRecord
  readonly replicate: number
}

/** Luck of latent states from screening on: what was latent at screening fades; or `fresh`, as of somebody chosen without looking. */
export type LatentLuck = 'from screening' | 'fresh'

/**
 * Looks at each patient at some visits, each with luck of its own.
 * @param visits which visits, as positions in `days.visits`
 * @param ratingShift shift of what raters see, after baseline
 * @returns measured values, patients times visits times `chart.width`; NaN where the patient was gone
 */
export function observe(
  setting: Setting,
  patients: readonly Seen[],
  days: TrialDays,
  visits: readonly number[],
  luck: { readonly latent: LatentLuck; readonly ratingShift: number },
): Float64Array {
  const { compiled, chart, kernel, scoring } = setting
  const states = compiled.states.length
  const subjects: Subject[] = []
  const slots: number[] = []
  for (const [p, { member, record, replicate }] of patients.entries()) {
    const whose = { ...member.standing.whose, replicate }
    const latent = latentAt(setting, member, whose, days, visits, luck.latent)
    for (const [k, visit] of visits.entries()) {
      const state = record.states.subarray(visit * states, (visit + 1) * states)
      if (Number.isNaN(state[0] ?? NaN)) continue
      const inputs = record.inputs.slice(visit * compiled.inputs, (visit + 1) * compiled.inputs)
      setLuck(setting, inputs, member, whose, days, visit, luck.ratingShift, latent[k] ?? [])
      subjects.push({ parameters: member.standing.parameters, inputs, instants: [], from: { time: 0, state } })
      slots.push(p * visits.length + k)
    }
  }
  const seen = new Float64Array(patients.length * visits.length * chart.width).fill(NaN)
  if (subjects.length === 0) return seen
  const batch = openBatch(kernel, compiled, subjects, { ...DEFAULT_SETTINGS, times: [] })
  batch.look()
  for (const [i, slot] of slots.entries())
    scoring.score(batch.seen(i), seen.subarray(slot * chart.width, (slot + 1) * chart.width))
  return seen
}

// weeks since screening at a visit
const weekOf = (days: TrialDays, visit: number): number =>
  days.baselineAfterWeeks + Math.floor((days.visits[visit] ?? NaN) / 7)

/** Values of the latent processes at each visit, carried from one to the next. */
function latentAt(
  { luck: processes }: Setting,
  member: Member,
  whose: Whose,
  days: TrialDays,
  visits: readonly number[],
  latent: LatentLuck,
): number[][] {
  let before: readonly number[] | undefined = latent === 'fresh' ? undefined : [...(member.standing.latent ?? [])]
  let last = 0
  return visits.map((visit) => {
    const week = weekOf(days, visit)
    const now = processes.latent.map(({ name, days: constant }, k) =>
      carryProcess(before?.[k], week - last, constant, name, whose, member.standing.week + week),
    )
    ;[before, last] = [now, week]
    return now
  })
}

function setLuck(
  { luck: found }: Setting,
  inputs: Float64Array,
  member: Member,
  whose: Whose,
  days: TrialDays,
  visit: number,
  ratingShift: number,
  latent: readonly number[],
): void {
  const day = 7 * (member.standing.week + days.baselineAfterWeeks) + (days.visits[visit] ?? NaN)
  for (const [k, { input }] of found.latent.entries()) inputs[input] = latent[k] ?? NaN
  for (const { name, input } of found.looks) inputs[input] = carryProcess(undefined, 0, 1, name, whose, day)
  inputs[found.rating] = visit > 0 ? ratingShift : 0
}

/** Replicates of observation from here on serve expectations, never a replicate of a trial. */
const EXPECTATION = 4_200_000_000

/**
 * Computes the score that each patient would show on average at a visit, over all luck of observation and not only that which screening left behind.
 * @param score position of the score among the measured values
 * @returns one mean per patient; NaN where the patient was gone
 */
export function expectScore(
  setting: Setting,
  patients: readonly Omit<Seen, 'replicate'>[],
  days: TrialDays,
  visit: number,
  score: number,
  draws: number,
): Float64Array {
  const sums = new Float64Array(patients.length)
  for (let k = 0; k < draws; k++) {
    const anew = patients.map((p): Seen => ({ ...p, replicate: EXPECTATION + k }))
    const seen = observe(setting, anew, days, [visit], { latent: 'fresh', ratingShift: 0 })
    for (let i = 0; i < patients.length; i++) sums[i] = (sums[i] ?? 0) + (seen[i * setting.chart.width + score] ?? NaN)
  }
  return sums.map((sum) => sum / draws)
}
