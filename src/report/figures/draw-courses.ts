// A figure of courses over time: the median, the bands of the middle half and of 90 %, a few single subjects, and marks on the time axis.
// Readable without colour: bands differ in shade and are edged by different dashes, the median in weight; labels stand at the lines themselves.

import { type Child, type Element, el } from '../element.ts'
import { finite, formatCoordinate } from '../format-number.ts'
import {
  hasValue,
  mainLine,
  type OutputCourses,
  SHARES,
  type Share,
  shownCourses,
  titleOf,
  type Values,
} from '../output-courses.ts'
import { linearScale, type Scale } from '../scale.ts'
import { typesetLabel } from '../typeset.ts'
import { drawAxes, type Frame, labelRoom, toX, toY } from './axes.ts'
import { describeCourses } from './describe-courses.ts'
import { bandPath, linePath, type Point } from './path.ts'
import { placeLabels } from './place-labels.ts'
import { differ, rangeOf, uprightScale } from './upright-scale.ts'

/** An instant to mark under the courses, such as a dose. */
export interface Mark {
  readonly time: number
  readonly label: string
}

export interface CoursesOptions {
  /** Distinguishes the figure on its page: letters, digits and "-". */
  readonly id: string
  readonly timeUnit: string
  readonly marks?: readonly Mark[]
}

const WIDTH = 560
const HEIGHT = 300
const TOP = 30
const RIGHT = 60
const BOTTOM = 44
const LABEL_GAP = 13

/**
 * Draws one output over time. Where subjects do not differ, only a single course is drawn; where there is no value at all, the figure says so.
 * @returns an `svg` whose title and description speak for it
 */
export function drawCourses(output: OutputCourses, { id, timeUnit, marks = [] }: CoursesOptions): Element {
  const across = linearScale(...rangeOf([output.times]), 7, 'at-data')
  const upright = uprightScale(output)
  const frame = { left: labelRoom(upright), right: WIDTH - RIGHT, top: TOP, bottom: HEIGHT - BOTTOM }
  const plane: Plane = { frame, across, upright, times: output.times }
  return el(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      class: 'courses',
      viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
      role: 'img',
      'aria-labelledby': `${id}-title ${id}-text`,
    },
    el('title', { id: `${id}-title` }, titleOf(output)),
    el('desc', { id: `${id}-text` }, describeCourses(output, timeUnit)),
    drawAxes(frame, across, upright, {
      across: typesetLabel('time', timeUnit),
      upright: typesetLabel(output.name, output.unit),
    }),
    drawLines(output, plane),
    drawMarks(marks, plane),
  )
}

/** Where courses are drawn: a frame, its two scales, and the times of the values. */
export interface Plane {
  readonly frame: Frame
  readonly across: Scale
  readonly upright: Scale
  readonly times: readonly number[]
}

function pointsOf(values: Values, { frame, across, upright, times }: Plane): (Point | undefined)[] {
  return times.map((time, k) => {
    const [t, value] = [finite(time), finite(values[k])]
    if (t === undefined || value === undefined) return undefined
    const point = { x: toX(frame, across, t), y: toY(frame, upright, value) }
    return Number.isFinite(point.y) ? point : undefined // a logarithmic axis has no place for zero and below
  })
}

const line = (name: string, values: Values, plane: Plane): Element =>
  el('path', { class: name, d: linePath(pointsOf(values, plane)) })

/** Draws bands, single courses, the median and their labels; of subjects who do not differ, one line. */
export const drawLines = (output: OutputCourses, plane: Plane): Child =>
  differ(output) ? drawSpread(output, plane) : drawLine(mainLine(output), plane)

function drawLine(values: Values, plane: Plane): Child {
  if (hasValue(values)) return line('median', values, plane)
  const { left, right, top, bottom } = plane.frame
  const [x, y] = [formatCoordinate((left + right) / 2), formatCoordinate((top + bottom) / 2)]
  return el('text', { class: 'name', x, y, 'text-anchor': 'middle' }, 'no values')
}

function drawSpread(output: OutputCourses, plane: Plane): Child {
  const points = (share: Share): (Point | undefined)[] => pointsOf(output.quantiles[share], plane)
  const band = (name: string, low: Share, high: Share): Child => [
    el('path', { class: `${name} band`, d: bandPath(points(low), points(high)) }),
    el('path', { class: `${name} edge`, d: linePath(points(low)) + linePath(points(high)) }),
  ]
  return [
    band('outer', 'p05', 'p95'),
    band('inner', 'p25', 'p75'),
    el(
      'g',
      {},
      shownCourses(output).map(({ values }) => line('single', values, plane)),
    ),
    line('median', output.quantiles.p50, plane),
    drawLabels(output, plane),
  ]
}

/** Labels each quantile where it ends, on the right. */
function drawLabels({ quantiles }: OutputCourses, plane: Plane): Child {
  const lines = SHARES.toReversed().map(({ share, label }) => ({ label, points: pointsOf(quantiles[share], plane) }))
  const last = plane.times.findLastIndex((_, k) => lines.every(({ points }) => points[k]))
  const ends = lines.flatMap(({ label, points }) => {
    const end = points[last]
    return end ? [{ label, end }] : []
  })
  const { top, bottom, right } = plane.frame
  const heights = placeLabels(
    ends.map(({ end }) => end.y),
    LABEL_GAP,
    [top, bottom],
  )
  const c = formatCoordinate
  return el(
    'g',
    { class: 'labels' },
    ends.map(({ label, end }, i) => {
      const y = heights[i] ?? end.y
      return [
        el('path', { class: 'leader', d: `M${c(end.x + 2)},${c(end.y)}L${c(right + 12)},${c(y)}` }),
        el('text', { class: label === 'median' ? 'label strong' : 'label', x: c(right + 15), y: c(y + 4) }, label),
      ]
    }),
  )
}

/** Draws a small triangle on the time axis for each mark that lies within it. */
function drawMarks(marks: readonly Mark[], { frame, across }: Plane): Child {
  const within = marks.filter(({ time }) => time >= across.low && time <= across.high)
  const c = formatCoordinate
  return within.map(({ time }) => {
    const x = toX(frame, across, time)
    return el('path', { class: 'mark', d: `M${c(x)},${c(frame.bottom - 8)}l4,8h-8Z` })
  })
}
