// Times of a trial in days. A month is a twelfth of the mean Julian year.
import { conversionFactor, type Place, type Problem, type Reading, readUnit } from '#base'
import { parseQuantity } from '#engine'
import { fault } from './fault.ts'
import type { Visit } from './trial.ts'

const YEAR = 365.25
const DAYS = { month: YEAR / 12, week: 7, day: 1 } as const
/** Days, beyond which no visit lies. */
export const LONGEST = 20 * YEAR
/** How far a published month may lie from a visit that was planned in weeks. */
const NEAR = 4

/** Turns a number of months into days, rounded to a whole one. */
export const dayOfMonth = (month: number): number => Math.floor(month * DAYS.month + 0.5)

/**
 * Reads the visits of a trial.
 * @param at in the unit, rising from 0
 * @param placeOf of each
 */
export function readVisits(
  unit: keyof typeof DAYS,
  at: readonly number[],
  placeOf: (index: number) => Place,
): Reading<Visit[]> {
  const problems: Problem[] = []
  const visits = at.map((time, i): Visit => {
    const day = unit === 'month' ? dayOfMonth(time) : Math.floor(time * DAYS[unit] + 0.5)
    const before = at[i - 1]
    const say = (message: string, help: string) => problems.push(fault('impossible-visit', message, placeOf(i), help))
    if (time < 0) say(`A visit at ${unit} ${time} lies before entry.`, 'what happens before entry is called screening')
    else if (i === 0 && time !== 0)
      say(`The first visit is at ${unit} ${time}.`, 'begin with 0: changes are from there')
    else if (before !== undefined && time <= before)
      say(`A visit at ${unit} ${time} comes after one at ${unit} ${before}.`, 'write the times rising, each once')
    if (day > LONGEST) say(`A visit at ${unit} ${time} lies beyond 20 years.`, 'is the unit right?')
    return { month: unit === 'month' ? time : Number((day / DAYS.month).toFixed(2)), day }
  })
  if (at.length < 2)
    problems.push(fault('impossible-visit', 'A trial needs a visit after entry.', placeOf(0), 'at: [0, 3, 6], say'))
  return { value: problems.length > 0 ? undefined : visits, problems }
}

/** Finds the visit of a month: the nearest, if one lies within 4 days. */
export function findVisit(visits: readonly Visit[], month: number): number | undefined {
  const day = dayOfMonth(month)
  const distance = (visit: Visit | undefined): number => (visit ? Math.abs(visit.day - day) : Infinity)
  let nearest = 0
  for (let i = 1; i < visits.length; i++) if (distance(visits[i]) < distance(visits[nearest])) nearest = i
  return distance(visits[nearest]) <= NEAR ? nearest : undefined
}

/** Says that a month has no visit. */
export const noVisit = (month: number, visits: readonly Visit[], place: Place): Problem =>
  fault(
    'unknown-visit',
    `There is no visit at month ${month}.`,
    place,
    `visits: ${visits.map((v) => v.month).join(', ')}`,
  )

/** Reads a duration such as "4 [wk]", in whole weeks, as days. */
export function readDuration(text: string, place: Place): Reading<number> {
  const { value: quantity, problems } = parseQuantity(place.file, text)
  if (!quantity) return { value: undefined, problems: problems.map((problem) => ({ ...problem, place })) }
  const reading = readUnit(quantity.unit?.text ?? '')
  const day = readUnit('d')
  const factor = 'unit' in reading && 'unit' in day ? conversionFactor(reading.unit, day.unit) : undefined
  if (factor === undefined)
    return fail(fault('unit-mismatch', `"${text}" is not a time.`, place, 'write a number with [d] or [wk]'))
  if (!(quantity.value * factor > 0)) return fail(fault('impossible-time', `"${text}" is not above 0.`, place))
  const days = quantity.value * factor
  if (days % 7 !== 0)
    return fail(
      fault(
        'impossible-time',
        `"${text}" is not a number of whole weeks.`,
        place,
        'patients are seen on days that are weeks apart: 4 [wk], say',
      ),
    )
  return { value: days, problems: [] }
}

const fail = (problem: Problem): Reading<number> => ({ value: undefined, problems: [problem] })
