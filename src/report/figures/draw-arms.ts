// Courses of one endpoint, an arm beside the other over the same axes: bands over patients, single patients, the median.

import type { CourseBand, Interval } from '#trial'
import { type Child, type Element, el } from '../element.ts'
import { formatCoordinate } from '../format-number.ts'
import type { OutputCourses } from '../output-courses.ts'
import { linearScale } from '../scale.ts'
import { typesetLabel } from '../typeset.ts'
import { drawAxes, labelRoom } from './axes.ts'
import { drawLines } from './draw-courses.ts'
import { shorten } from './draw-intervals.ts'
import { rangeOf, uprightScale } from './upright-scale.ts'

const TOP = 58
const BOTTOM = 44
const GAP = 62 // between panels: room for the labels at the end of lines
const MOST_COLUMNS = 3

export interface ArmsOptions {
  /** Distinguishes the figure on its page. */
  readonly id: string
  readonly description: string
  readonly width: number
  /** Of one panel. */
  readonly height: number
  /** What an arm is called above its panel. */
  readonly nameOf: (arm: string) => string
}

/** Draws one endpoint in every arm. @returns an `svg` whose title and description speak for it */
export function drawArms(course: CourseBand, { id, description, width, height, nameOf }: ArmsOptions): Element {
  const outputs = course.arms.map((arm) => toOutput(course, arm))
  const upright = uprightScale(joined(outputs))
  const across = linearScale(...rangeOf(outputs.map(({ times }) => times)), course.arms.length > 2 ? 4 : 6, 'at-data')
  const columns = Math.max(1, Math.min(MOST_COLUMNS, outputs.length))
  const rows = Math.max(1, Math.ceil(outputs.length / columns))
  const left = labelRoom(upright)
  const panel = (width - left - columns * GAP) / columns
  const c = formatCoordinate
  const drawPanel = (output: OutputCourses, i: number): Child => {
    const from = left + (i % columns) * (panel + GAP)
    const top = TOP + Math.floor(i / columns) * height
    const frame = { left: from, right: from + panel, top, bottom: top + height - TOP - BOTTOM }
    const first = i % columns === 0
    return el(
      'g',
      {},
      drawAxes(frame, across, upright, {
        across: 'months since entry',
        ...(first && { upright: shorten(typesetLabel(course.label, course.unit), Math.floor(width / 7)) }),
      }),
      el(
        'text',
        { class: 'name strong', x: c(from), y: c(top - 34) },
        shorten(output.name, Math.floor((panel + GAP) / 7)),
      ),
      drawLines(output, { frame, across, upright, times: output.times }),
    )
  }
  return el(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      class: 'courses',
      viewBox: `0 0 ${width} ${c(rows * height)}`,
      role: 'img',
      'aria-labelledby': `${id}-title ${id}-text`,
    },
    el('title', { id: `${id}-title` }, `${typesetLabel(course.label, course.unit)} by arm`),
    el('desc', { id: `${id}-text` }, description),
    outputs.map((output, i) => drawPanel({ ...output, name: nameOf(output.name) }, i)),
  )
}

const DAYS_PER_MONTH = 365.25 / 12

/** Months of a day; a visit is on a whole day, so that of month 12 lies a little beside 12. */
export function toMonths(day: number): number {
  const months = day / DAYS_PER_MONTH
  const whole = Math.floor(months + 0.5)
  return Math.abs(months - whole) * DAYS_PER_MONTH <= 0.5 ? whole : months
}

function toOutput({ label, unit }: CourseBand, arm: CourseBand['arms'][number]): OutputCourses {
  const side = (name: keyof Interval): number[] => arm.bands.map((band) => band[name])
  return {
    name: arm.name,
    unit,
    meaning: label,
    times: arm.days.map(toMonths),
    quantiles: { p05: side('lo90'), p25: side('lo50'), p50: side('median'), p75: side('hi50'), p95: side('hi90') },
    courses: arm.singles.map((values, id) => ({ id, values })),
  }
}

/** All arms as one output, for a scale that holds them all. */
function joined(outputs: readonly OutputCourses[]): OutputCourses {
  const all = (share: keyof OutputCourses['quantiles']) => outputs.flatMap(({ quantiles }) => quantiles[share])
  return {
    name: '',
    unit: '',
    meaning: '',
    times: [],
    quantiles: { p05: all('p05'), p25: all('p25'), p50: all('p50'), p75: all('p75'), p95: all('p95') },
    courses: [
      { id: 0, values: outputs.flatMap(({ courses }) => courses.slice(0, 12).flatMap(({ values }) => values)) },
    ],
  }
}
