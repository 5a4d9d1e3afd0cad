// From candidates to patients of a trial: years under usual care, then screening every few weeks until all criteria are met at one visit. Some may
// enter only on a recent rise of their score: who enters, and when, decides more of a later fall than the noise does.
import type { BoundRegimen } from '#clinic'
import type { Formula } from '#engine'
import { uniform } from '#base'
import { drawPerson, subjectOf } from '#patients'
import type { Setting } from './setting.ts'
import { isThere, setOut, type Standing, standingOf, travel, type Traveller } from './travel.ts'

export interface EntryRules {
  readonly criteria: readonly { readonly name: string; readonly formula: Formula }[]
  /** Regimen of the years before. */
  readonly care: BoundRegimen
  readonly runInWeeks: number
  readonly screeningEveryWeeks: number
  readonly mostScreenings: number
  /** A rise of the named score by so much within so many weeks. */
  readonly rise: { readonly score: string; readonly points: number; readonly withinWeeks: number }
  /** Share of candidates that may enter only on such a rise. */
  readonly onFlare: number
}

/** One who qualified. */
export interface Member {
  /** As it stood at the screening that it qualified at. */
  readonly standing: Standing
  readonly onFlare: boolean
}

/** Candidates, and why those who never qualified did not: the criteria that they met at no visit. */
export interface Funnel {
  readonly candidates: number
  readonly qualified: number
  readonly reasons: Readonly<Record<string, number>>
}

export const NO_RISE = 'a recent rise of the score'
export const NOT_AT_ONCE = 'all criteria at one visit'
export const LEFT_BEFORE = 'alive and computable until screening'

/**
 * Carries candidates of one draw through run-in and screening.
 * @param typical typical values of the draw
 * @param first index of the first candidate
 */
export function enter(
  setting: Setting,
  rules: EntryRules,
  typical: ArrayLike<number>,
  draw: number,
  first: number,
  count: number,
): { readonly members: readonly (Member | undefined)[]; readonly funnel: Funnel; readonly patientDays: number } {
  const { seed, population, chart } = setting
  const candidates = Array.from({ length: count }, (_, i) => {
    const subject = subjectOf(draw, first + i)
    const parameters = drawPerson(population, typical, seed, subject)
    return {
      whose: { seed, subject, replicate: 0 },
      parameters,
      onFlare: uniform({ seed, subject, replicate: 0, purpose: 'enters on a flare', index: 0 }) < rules.onFlare,
      scores: [] as { day: number; score: number }[],
      met: new Set<string>(),
    }
  })
  const journey = setOut(
    setting,
    candidates.map(({ whose, parameters }) => ({ standing: { whose, parameters, week: 0 }, plan: [[0, rules.care]] })),
  )
  const members: (Member | undefined)[] = candidates.map(() => undefined)
  const score = chart.names.findIndex(({ name }) => name === rules.rise.score)
  const runIn = 7 * rules.runInWeeks
  const to = runIn + 7 * rules.screeningEveryWeeks * (rules.mostScreenings - 1)
  const onLook = (t: Traveller, i: number, day: number): void => {
    const c = candidates[i]
    if (!c || members[i]) return
    c.scores.push({ day, score: t.chart[score] ?? NaN })
    if (day < runIn || (day - runIn) % (7 * rules.screeningEveryWeeks) !== 0) return
    const rose = !c.onFlare || hasRisen(c.scores, rules.rise, day)
    const met = rules.criteria.filter(({ formula }) => formula.evaluate(t.chart) === 1)
    for (const { name } of met) c.met.add(name)
    if (rose) c.met.add(NO_RISE)
    if (!rose || met.length < rules.criteria.length) return
    t.chart.copyWithin(chart.screening, 0, chart.width)
    members[i] = { standing: standingOf(journey, i, day), onFlare: c.onFlare }
    t.lost = { day, why: 'entered' }
  }
  const firstLook =
    runIn - 7 * rules.screeningEveryWeeks * Math.ceil(rules.rise.withinWeeks / rules.screeningEveryWeeks)
  const looks: number[] = []
  for (let day = Math.max(0, firstLook); day <= to; day += 7 * rules.screeningEveryWeeks) looks.push(day)
  travel(journey, {
    from: 0,
    to,
    looks,
    latentEvery: rules.screeningEveryWeeks,
    dropoutPerYear: 0,
    baseline: to,
    onLook,
  })
  const reasons: Record<string, number> = {}
  for (const [i, c] of candidates.entries()) {
    const t = journey.travellers[i]
    if (members[i] || !t) continue
    const missing = [...rules.criteria.map(({ name }) => name), NO_RISE].filter((name) => !c.met.has(name))
    const why = isThere(t, to) ? (missing.length > 0 ? missing : [NOT_AT_ONCE]) : [LEFT_BEFORE]
    for (const name of why) reasons[name] = (reasons[name] ?? 0) + 1
  }
  const patientDays = journey.travellers.reduce((sum, t) => sum + Math.min(t.lost?.day ?? to, to), 0)
  return { members, funnel: { candidates: count, qualified: members.filter((m) => m).length, reasons }, patientDays }
}

function hasRisen(
  scores: readonly { readonly day: number; readonly score: number }[],
  { points, withinWeeks }: EntryRules['rise'],
  day: number,
): boolean {
  const now = scores.at(-1)?.score ?? NaN
  return scores.some((s) => s.day < day && day - s.day <= 7 * withinWeeks && now - s.score >= points)
}
