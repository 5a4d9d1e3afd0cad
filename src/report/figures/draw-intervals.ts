// Distributions as rows over one axis: a bar of 90 %, a darker one of 50 %, a tick at the median; below it, where there is one, what was observed.
// Nothing is told by colour alone: inside is a full dot, outside an open diamond, and the word stands beside it.

import type { Interval } from '#trial'
import { type Child, type Element, el } from '../element.ts'
import { finite, formatCoordinate } from '../format-number.ts'
import { linearScale, type Scale } from '../scale.ts'
import { isEstimable, NOT_ESTIMABLE } from '../trial/interval-text.ts'
import type { Frame } from './axes.ts'
import { drawAcross } from './draw-across.ts'
import { rangeOf } from './upright-scale.ts'

/** What stands below a distribution. */
export interface Observed {
  readonly value: number | null
  readonly lo?: number | undefined
  readonly hi?: number | undefined
  /** null where it is not to be judged. */
  readonly inside: boolean | null
}

export interface IntervalRow {
  readonly label: string
  readonly interval: Interval | null
  readonly observed?: Observed
  /** Said at the right. */
  readonly note: string
  readonly strong?: boolean
}

export interface IntervalsOptions {
  /** Distinguishes the figure on its page. */
  readonly id: string
  readonly title: string
  readonly description: string
  /** What the axis measures, with its unit. */
  readonly axis: string
  /** Draws a line at zero and has it in range. */
  readonly zero?: boolean
  /** What the axis holds at least. */
  readonly range?: readonly [number, number]
  readonly width: number
}

const SIGN = 6.1 // width of a sign of 11 units, at most
const MOST_LABEL = 30
const TOP = 30
const BOTTOM = 42
const PLAIN_ROW = 26
const OBSERVED_ROW = 38
const BELOW = 14 // from a bar down to what was observed
const BAR = 5 // half the height of a bar
const MARK = 4.2

/** Draws rows of distributions. @returns an `svg` whose title and description speak for it */
export function drawIntervals(rows: readonly IntervalRow[], options: IntervalsOptions): Element {
  const { id, title, description, axis, zero = false, width } = options
  const scale = scaleOf(rows, options)
  const labels = rows.map(({ label }) => shorten(label, MOST_LABEL))
  const heights = rows.map(({ observed }) => (observed ? OBSERVED_ROW : PLAIN_ROW))
  const starts = heights.map((_, i) => TOP + heights.slice(0, i).reduce((sum, height) => sum + height, 0))
  const bottom = TOP + heights.reduce((sum, height) => sum + height, 0)
  const frame: Frame = {
    left: roomFor(labels) + 14,
    right: width - roomFor(rows.map(({ note }) => note)) - 14,
    top: TOP,
    bottom,
  }
  const height = bottom + BOTTOM
  const c = formatCoordinate
  return el(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      class: 'courses intervals',
      viewBox: `0 0 ${width} ${c(height)}`,
      role: 'img',
      'aria-labelledby': `${id}-title ${id}-text`,
    },
    el('title', { id: `${id}-title` }, title),
    el('desc', { id: `${id}-text` }, description),
    el('text', { class: 'name strong', x: '0', y: '13' }, shorten(title, Math.floor(width / SIGN))),
    drawAcross(frame, scale, axis, zero),
    rows.map((row, i) => drawRow(row, labels[i] ?? '', (starts[i] ?? TOP) + PLAIN_ROW / 2, { frame, scale, width })),
  )
}

/** The room that texts need. */
const roomFor = (texts: readonly string[]): number => Math.max(0, ...texts.map((text) => text.length)) * SIGN

/** Cuts a text that no figure has room for; whole it stands in description and table. */
export const shorten = (text: string, most: number): string => {
  const signs = [...text]
  return signs.length <= most ? text : `${signs.slice(0, Math.max(1, most - 1)).join('')}…`
}

function scaleOf(rows: readonly IntervalRow[], { zero, range, width }: IntervalsOptions): Scale {
  const values = rows.flatMap(({ interval, observed }) => [
    ...(isEstimable(interval) ? [interval.lo90, interval.hi90] : []),
    ...(finite(observed?.value) === undefined
      ? []
      : [observed?.value ?? null, observed?.lo ?? null, observed?.hi ?? null]),
  ])
  const [low, high] = rangeOf([values, range ?? [], zero ? [0] : []])
  return linearScale(low, high, Math.max(5, Math.floor(width / 100)))
}

interface Place {
  readonly frame: Frame
  readonly scale: Scale
  readonly width: number
}

function drawRow(
  { interval, observed, note, strong }: IntervalRow,
  label: string,
  y: number,
  { frame, scale }: Place,
): Child {
  const c = formatCoordinate
  const x = (value: number): number => frame.left + scale.share(value) * (frame.right - frame.left)
  const name = strong ? 'name strong' : 'name'
  const outside = observed?.inside === false
  return [
    el('text', { class: name, x: c(frame.left - 10), y: c(y + 4), 'text-anchor': 'end' }, label),
    isEstimable(interval)
      ? drawInterval(interval, x, y)
      : el('text', { class: 'tick', x: c(frame.left + 4), y: c(y + 4) }, NOT_ESTIMABLE),
    observed ? drawObserved(observed, x, y + BELOW) : undefined,
    el('text', { class: outside ? 'name strong' : 'tick', x: c(frame.right + 10), y: c(y + 4) }, note),
  ]
}

function drawInterval({ median, lo50, hi50, lo90, hi90 }: Interval, x: (value: number) => number, y: number): Child {
  const c = formatCoordinate
  const box = (low: number, high: number): string =>
    `M${c(x(low))},${c(y - BAR)}H${c(x(high))}V${c(y + BAR)}H${c(x(low))}Z`
  return [
    el('path', { class: 'outer band', d: box(lo90, hi90) }),
    el('path', { class: 'rim', d: box(lo90, hi90) }),
    el('path', { class: 'inner band', d: box(lo50, hi50) }),
    el('path', { class: 'rim', d: box(lo50, hi50) }),
    el('path', { class: 'median', d: `M${c(x(median))},${c(y - BAR - 2)}V${c(y + BAR + 2)}` }),
  ]
}

function drawObserved({ value, lo, hi, inside }: Observed, x: (value: number) => number, y: number): Child {
  const at = finite(value)
  if (at === undefined) return undefined
  const c = formatCoordinate
  const [low, high] = [finite(lo), finite(hi)]
  return [
    low === undefined || high === undefined
      ? undefined
      : el('path', {
          class: 'whisker',
          d: `M${c(x(low))},${c(y - 3)}v6M${c(x(low))},${c(y)}H${c(x(high))}M${c(x(high))},${c(y - 3)}v6`,
        }),
    drawMark(x(at), y, inside),
  ]
}

/** A full dot where it lies inside or is not judged, an open diamond where it lies outside. */
export function drawMark(x: number, y: number, inside: boolean | null): Element {
  const c = formatCoordinate
  if (inside !== false) return el('circle', { class: 'seen', cx: c(x), cy: c(y), r: c(MARK) })
  const r = MARK * 1.5
  return el('path', { class: 'missed', d: `M${c(x)},${c(y - r)}l${c(r)},${c(r)}l${c(-r)},${c(r)}l${c(-r)},${c(-r)}Z` })
}
