// The courses of a trial: the endpoint that the fall is split by, large, and the others smaller, each arm beside the other.

import type { CourseBand, TrialResult } from '#trial'
import { type Element, el } from '../element.ts'
import { drawArms, toMonths } from '../figures/draw-arms.ts'
import { typesetQuantity, typesetUnit } from '../typeset.ts'
import { decimalsOf, isEstimable, writeMedian } from './interval-text.ts'
import { drawFigure, drawFinding, listWords, type Section } from './page-parts.ts'

/** Draws the section of courses. */
export function coursesSection({ trial, courses }: TrialResult): Section {
  const nameOf = (name: string): string => {
    const arm = trial.arms.find((one) => one.name === name)
    return arm ? `${arm.label || name}, n = ${arm.n}` : name
  }
  const shown = courses.filter(({ arms }) => arms.some(({ bands }) => bands.some(isEstimable)))
  const [main, ...others] = headlineFirst(shown)
  const title = 'Courses by arm'
  if (!main) return { id: 'courses', title, body: el('p', {}, 'No course was kept: nobody could be followed.') }
  const width = trial.arms.length === 1 ? 640 : 1040
  const draw = (course: CourseBand, i: number, size: { width: number; height: number }): Element =>
    drawArms(course, { id: `course-${i}`, description: describeCourse(course), nameOf, ...size })
  return {
    id: 'courses',
    title,
    body: [
      drawFinding(tellEnds(main)),
      drawFigure(draw(main, 0, { width, height: 360 }), READING, trial.arms.length === 1 ? 'medium' : 'large'),
      others.length === 0
        ? undefined
        : el(
            'div',
            { class: 'figures' },
            others.map((course, i) => drawFigure(draw(course, i + 1, { width: 460, height: 240 }), tellEnds(course))),
          ),
    ],
  }
}

const READING =
  'Heavy line: median of the virtual patients. Inner band: their middle half. Outer band: 90\u00A0% of them. Thin lines: single patients, each up to death or loss. ' +
  'These bands are about patients; the intervals of the next section are about means of a whole trial and so are narrower.'

/** SLEDAI is what trials of lupus are judged by; where a trial has none, its first course leads. */
function headlineFirst(courses: readonly CourseBand[]): readonly CourseBand[] {
  const main = courses.find(({ endpoint }) => endpoint.startsWith('sledai')) ?? courses[0]
  return main ? [main, ...courses.filter((course) => course !== main)] : []
}

/** Says where each arm starts and ends: "SLEDAI-2K, median: placebo 16 to 10, msc 16 to 8.9 by month 6". */
export function tellEnds({ label, unit, arms }: CourseBand): string {
  const ends = arms.flatMap(({ name, bands, days }) => {
    const known = bands.flatMap((band, k) => (isEstimable(band) ? [{ band, month: toMonths(days[k] ?? 0) }] : []))
    const [start, end] = [known[0], known.at(-1)]
    if (!start || !end) return []
    const verb =
      Math.abs(end.band.median - start.band.median) < 1e-9
        ? 'stays at'
        : end.band.median < start.band.median
          ? 'falls from'
          : 'rises from'
    const from = verb === 'stays at' ? '' : ` ${writeMedian(start.band)} to`
    return [{ text: `${name} ${verb}${from} ${writeMedian(end.band)}`, month: end.month }]
  })
  if (ends.length === 0) return `${label}: no value.`
  const set = typesetUnit(unit)
  return `${label}${set === '' ? '' : ` (${set})`}, median patient: ${listWords(ends.map(({ text }) => text))} by month ${Math.max(...ends.map(({ month }) => month))}.`
}

function describeCourse(course: CourseBand): string {
  const spreads = course.arms.flatMap(({ name, bands }) => {
    const end = bands.findLast(isEstimable)
    if (!end) return []
    const digits = decimalsOf(end) + 2
    return [
      `with ${name} between ${typesetQuantity(end.lo90, course.unit, digits)} and ${typesetQuantity(end.hi90, course.unit, digits)}`,
    ]
  })
  return spreads.length === 0
    ? tellEnds(course)
    : `${tellEnds(course)} In the end 90\u00A0% of the patients lie ${listWords(spreads)}.`
}
