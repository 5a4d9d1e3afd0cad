// One piece of the pool: the patients of one population draw who qualified for a trial, each carried through it on every course. The slow part of a
// run, kept between runs.
import type { BoundRegimen } from '#clinic'
import {
  type Course,
  type CourseRecord,
  enter,
  expectScore,
  follow,
  type Funnel,
  type Member,
  type Setting,
  type TrialDays,
} from '#conduct'
import { uniform } from '#base'
import { drawTypical, scaleAt, sliceScore } from '#patients'
import type { TrialSpec } from './gather-trial.ts'

/** Usual care before screening begins. */
const RUN_IN_WEEKS = 156
/** The rise that "entered in flare" means. */
const RISE = { score: 'sledai', points: 4, withinWeeks: 12 } as const // design: SLEDAI up by 4 or more within 12 weeks, as flare indices count
/** Candidates tried for each patient wanted before a draw gives up. */
const MOST_CANDIDATES_EACH = 40
/** Candidates carried at once. */
const AT_ONCE = 48
/** Draws of observation behind an expected score. */
const EXPECTED_OVER = 32

export interface PieceJob {
  readonly draw: number
  readonly draws: number
  /** Qualifying patients wanted. */
  readonly quota: number
}

export interface PoolPiece {
  readonly draw: number
  /** Share of candidates that could enter only on a rise. */
  readonly onFlare: number
  /** Scale of the effect in this draw, and whether its prior reached beyond the curve. */
  readonly scale: number
  readonly beyond: boolean
  readonly members: readonly Member[]
  /** records[member][course], in the order of `coursesOf`. */
  readonly records: readonly (readonly CourseRecord[])[]
  /** Expected score of the split: at baseline, and at the month of the split on each course. */
  readonly expectedAtBaseline: Float64Array
  /** members x courses */
  readonly expectedAtSplit: Float64Array
  readonly funnel: Funnel
  readonly patientYears: number
}

/** Courses that each patient is carried through: the old regimen frozen, each background alone, each arm on each background. */
export function coursesOf(spec: TrialSpec): Course[] {
  const { backgrounds, arms } = spec.trial
  const bound = (names: readonly { readonly text: string }[]): BoundRegimen[] =>
    names.flatMap(({ text }) => spec.regimens.get(text) ?? [])
  return [
    { name: 'frozen', regimens: [] },
    ...backgrounds.flatMap((b) => [
      { name: b.name, regimens: bound(b.regimens) },
      ...arms
        .filter((a) => a.regimens.length > 0)
        .map((a) => ({ name: `${b.name}/${a.name}`, regimens: [...bound(b.regimens), ...bound(a.regimens)] })),
    ]),
  ]
}

/** Position of the course of an arm on a background; an arm that adds nothing is on the background's own course. */
export function courseOf(spec: TrialSpec, background: string, arm?: string): number {
  const courses = coursesOf(spec)
  const own = courses.findIndex(({ name }) => name === `${background}/${arm}`)
  return own >= 0 ? own : courses.findIndex(({ name }, i) => i > 0 && name === background)
}

export function daysOf({ trial, care }: TrialSpec): TrialDays {
  return {
    baselineAfterWeeks: trial.screening.baselineAfterDays / 7,
    visits: trial.visits.map(({ day }) => day),
    dropoutPerYear: trial.dropoutPerYear,
    care,
  }
}

/** Typical values of a draw, the effect's scale among them. */
export function typicalOf(
  spec: TrialSpec,
  seed: number,
  draw: number,
  draws: number,
): { typical: Float64Array; scale: number; beyond: boolean } {
  const typical = drawTypical(spec.population, seed, draw, draws)
  const { effect } = spec
  if (!effect?.curve) return { typical, scale: NaN, beyond: false }
  const points = effect.prior.mean + effect.prior.sd * sliceScore(seed, 'effect', draw, draws)
  const { scale, beyond } = scaleAt(effect.curve, points)
  typical[effect.parameter] = scale
  return { typical, scale, beyond }
}

/** Fills one draw's share of the pool. */
export function makePiece(spec: TrialSpec, setting: Setting, { draw, draws, quota }: PieceJob): PoolPiece {
  const { trial, population } = spec
  const { seed } = setting
  const { typical, scale, beyond } = typicalOf(spec, seed, draw, draws)
  const { from, to } = population.entryOnFlare
  const share = from + (to - from) * uniform({ seed, subject: draw, replicate: 0, purpose: 'share on flare', index: 0 })
  const rules = {
    criteria: spec.criteria,
    care: spec.care,
    runInWeeks: RUN_IN_WEEKS,
    screeningEveryWeeks: trial.screening.everyDays / 7,
    mostScreenings: trial.screening.most,
    rise: RISE,
    onFlare: share,
  }
  const members: Member[] = []
  let funnel: Funnel = { candidates: 0, qualified: 0, reasons: {} }
  let patientDays = 0
  for (let first = 0; members.length < quota && first < quota * MOST_CANDIDATES_EACH; first += AT_ONCE) {
    const found = enter(setting, rules, typical, draw, first, AT_ONCE)
    members.push(...found.members.flatMap((m) => m ?? []))
    funnel = joinFunnels(funnel, found.funnel)
    patientDays += found.patientDays
  }
  members.splice(quota)
  const days = daysOf(spec)
  const courses = coursesOf(spec)
  const records = follow(setting, members, courses, days)
  const visit = trial.visits.findIndex(({ day }) => day === trial.split.day)
  const seenOn = (course: number) =>
    members.flatMap((member, i) => {
      const record = records[i]?.[course]
      return record ? [{ member, record }] : []
    })
  const expected = (course: number, at: number): Float64Array =>
    expectScore(setting, seenOn(course), days, at, spec.score, EXPECTED_OVER)
  const atSplit = courses.map((_, c) => expected(c, visit))
  for (const each of records)
    for (const { lostDay } of each)
      patientDays += 7 * days.baselineAfterWeeks + Math.min(lostDay, days.visits.at(-1) ?? 0)
  return {
    draw,
    onFlare: share,
    scale,
    beyond,
    members,
    records,
    expectedAtBaseline: expected(0, 0),
    expectedAtSplit: Float64Array.from({ length: members.length * courses.length }, (_, i) => {
      const [member, course] = [Math.floor(i / courses.length), i % courses.length]
      return atSplit[course]?.[member] ?? NaN
    }),
    funnel,
    patientYears: patientDays / 365.25,
  }
}

export function joinFunnels(a: Funnel, b: Funnel): Funnel {
  const reasons: Record<string, number> = { ...a.reasons }
  for (const [why, count] of Object.entries(b.reasons)) reasons[why] = (reasons[why] ?? 0) + count
  return { candidates: a.candidates + b.candidates, qualified: a.qualified + b.qualified, reasons }
}
