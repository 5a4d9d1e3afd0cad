// Follows patients from the screening that they qualified at through a trial, each on several courses at once: the same luck, other regimens.
import type { BoundRegimen } from '#clinic'
import type { Member } from './enter.ts'
import type { Setting } from './setting.ts'
import { isThere, type Loss, setOut, travel } from './travel.ts'

/**
 * What is given from baseline on, on top of what was taken before, which goes on unless a regimen changes it: daily medicines at their dose, courses of
 * pulses by the rule that runs them.
 */
export interface Course {
  readonly name: string
  readonly regimens: readonly BoundRegimen[]
}

export interface TrialDays {
  /** From the qualifying screening to baseline; whole weeks, so that rules fall on weeks. */
  readonly baselineAfterWeeks: number
  /** Days since baseline, rising, the first 0. */
  readonly visits: readonly number[]
  readonly dropoutPerYear: number
  /** The care before the trial: what of it goes on is `underWay`. */
  readonly care: BoundRegimen
}

/** One patient on one course, as it stood at each visit. Rows of visits that were not reached are NaN. */
export interface CourseRecord {
  /** Visits times states, inputs and measured values. */
  readonly states: Float64Array
  readonly inputs: Float64Array
  readonly seen: Float64Array
  /** Day since baseline from which on the patient is gone; Infinity if never. */
  readonly lostDay: number
  readonly why?: Loss
}

/**
 * Finds what of a regimen goes on when nothing new is decided: the rules that only give doses, such as further pulses of a course that has begun. What
 * sets a medicine anew, or begins a course together with it, is a decision and does not happen.
 */
export const underWay = (care: BoundRegimen): BoundRegimen => ({
  ...care,
  deeds: [],
  rules: care.rules.filter((rule) => rule.do.every(({ what, change }) => what === 'state' && change === 'add')),
})

/** Patients carried at once. */
const AT_ONCE = 64

/**
 * Follows each member on each course.
 * @returns records[member][course]
 */
export function follow(
  setting: Setting,
  members: readonly Member[],
  courses: readonly Course[],
  days: TrialDays,
): CourseRecord[][] {
  const each = members.flatMap((member) => courses.map((course) => ({ member, course })))
  const records: CourseRecord[] = []
  for (let first = 0; first < each.length; first += AT_ONCE)
    records.push(...followSome(setting, each.slice(first, first + AT_ONCE), days))
  return members.map((_, i) => records.slice(i * courses.length, (i + 1) * courses.length))
}

function followSome(
  setting: Setting,
  each: readonly { readonly member: Member; readonly course: Course }[],
  { baselineAfterWeeks, visits, dropoutPerYear, care }: TrialDays,
): CourseRecord[] {
  const { chart, compiled } = setting
  const baseline = 7 * baselineAfterWeeks
  const goingOn = underWay(care)
  const journey = setOut(
    setting,
    each.map(({ member, course }) => ({
      standing: member.standing,
      plan: [
        [-7 * member.standing.week, goingOn] as const,
        ...course.regimens.map((regimen) => [baseline, regimen] as const),
      ],
    })),
  )
  const [states, inputs] = [compiled.states.length, compiled.inputs]
  const blank = (width: number): Float64Array => new Float64Array(visits.length * width).fill(NaN)
  const rows = each.map(() => ({ states: blank(states), inputs: blank(inputs), seen: blank(chart.width) }))
  const visitOf = new Map(visits.map((day, k) => [baseline + day, k]))
  travel(journey, {
    from: 0,
    to: baseline + (visits.at(-1) ?? 0),
    looks: [...visitOf.keys()],
    latentEvery: 1,
    dropoutPerYear,
    baseline,
    onLook: (t, i, day) => {
      const visit = visitOf.get(day)
      const row = rows[i]
      if (visit === undefined || !row) return
      t.chart[chart.visit] = visit
      if (visit === 0) t.chart.copyWithin(chart.baseline, 0, chart.width)
      row.states.set(journey.batch.state(i), visit * states)
      row.inputs.set(t.inputs, visit * inputs)
      row.seen.set(t.chart.subarray(0, chart.width), visit * chart.width)
    },
  })
  const end = baseline + (visits.at(-1) ?? 0)
  return rows.map((row, i): CourseRecord => {
    const t = journey.travellers[i]
    if (!t) throw new Error(`The journey lost sight of patient ${i}`)
    const lost = isThere(t, end) ? undefined : t.lost
    return { ...row, lostDay: lost ? lost.day - baseline : Infinity, ...(lost && { why: lost.why }) }
  })
}
