// A forest plot: a row per study with its interval and a square as large as its weight, a diamond for what they come to, a bar for a new study.
// Readable without colour: studies are squares, the pooled estimate a diamond, the prediction a bar between ticks; an interval that leaves the axis ends in an arrow.

import { type Child, type Element, el } from '../element.ts'
import { formatCoordinate, formatFixed } from '../format-number.ts'
import type { Frame } from './axes.ts'
import { shorten } from './draw-intervals.ts'
import { type EffectAxis, effectAxis, effectText } from './effect-axis.ts'
import { rangeOf } from './upright-scale.ts'

interface Interval {
  readonly lo: number
  readonly hi: number
}

/** An effect with its interval, on the scale that it was pooled on. */
export interface ForestRow extends Interval {
  readonly label: string
  readonly estimate: number
  /** Percent; left out where none is to be shown. */
  readonly weight?: number
}

export interface Forest {
  readonly rows: readonly ForestRow[]
  readonly pooled: ForestRow
  /** Of the true effect in a new study. */
  readonly prediction: Interval | null
}

export interface ForestOptions {
  /** Distinguishes the figure on its page. */
  readonly id: string
  readonly title: string
  /** What the axis measures. */
  readonly axis: string
  /** Whether effects are logarithms of ratios. */
  readonly ratio: boolean
  readonly width: number
}

const SIGN = 6.1 // width of a sign of 11 units, at most
const MOST_LABEL = 34
const TOP = 46
const BOTTOM = 42
const ROW = 22
const LARGEST_SQUARE = 7 // half a side, of the study with the largest weight
const LEAST_SQUARE = 1.5
const DIAMOND = 6

/** Draws a forest plot. @returns an `svg` whose title and description speak for it */
export function drawForest(forest: Forest, { id, title, axis, ratio, width }: ForestOptions): Element {
  const { rows, pooled, prediction } = forest
  const labels = [...rows, pooled].map(({ label }) => shorten(label, MOST_LABEL))
  const notes = [...rows, pooled].map((row) => noteOf(row, ratio))
  const room = (texts: readonly string[]): number => Math.max(0, ...texts.map((text) => text.length)) * SIGN
  const lines = rows.length + 1 + (prediction ? 1 : 0)
  const frame: Frame = {
    left: room(labels) + 20,
    right: width - room(notes) - 20,
    top: TOP,
    bottom: TOP + lines * ROW + 8,
  }
  const across = effectAxis(frame, spanOf(forest), ratio)
  const c = formatCoordinate
  const at = (i: number): number => TOP + (i + 0.5) * ROW + (i >= rows.length ? 6 : 0)
  const largest = Math.max(...rows.map(({ weight = 0 }) => weight), Number.MIN_VALUE)
  const words = (i: number, name: string): Child => [
    el('text', { class: name, x: c(frame.left - 10), y: c(at(i) + 4), 'text-anchor': 'end' }, labels[i]),
    el('text', { class: name === 'name' ? 'tick' : name, x: c(frame.right + 10), y: c(at(i) + 4) }, notes[i]),
  ]
  return el(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      class: 'courses forest',
      viewBox: `0 0 ${width} ${c(frame.bottom + BOTTOM)}`,
      role: 'img',
      'aria-labelledby': `${id}-title ${id}-text`,
    },
    el('title', { id: `${id}-title` }, title),
    el('desc', { id: `${id}-text` }, describeForest(forest, ratio)),
    el('text', { class: 'name strong', x: '0', y: '13' }, shorten(title, Math.floor(width / SIGN))),
    el('text', { class: 'tick', x: c(frame.right + 10), y: c(TOP - 8) }, 'effect (interval), weight'),
    across.draw(axis),
    el('path', { class: 'middle', d: `M${c(across.x(pooled.estimate))},${c(TOP - 4)}V${c(frame.bottom)}` }),
    rows.map((row, i) => [drawStudy(row, at(i), across, largest), words(i, 'name')]),
    drawDiamond(pooled, at(rows.length), across),
    words(rows.length, 'name strong'),
    prediction ? drawPrediction(prediction, at(rows.length + 1), across, frame, ratio) : undefined,
  )
}

function noteOf(row: ForestRow, ratio: boolean): string {
  const weight = row.weight === undefined ? '' : `, ${formatFixed(row.weight, 1)}\u00A0%`
  return effectText(row.estimate, row, ratio) + weight
}

/** All estimates, and intervals as far as they leave the estimates room: one wide interval must not flatten the others. */
function spanOf({ rows, pooled, prediction }: Forest): [number, number] {
  const whole = prediction ? [prediction.lo, prediction.hi] : []
  const [low, high] = rangeOf([rows.map(({ estimate }) => estimate), [pooled.lo, pooled.hi], whole])
  const widths = rows.map(({ lo, hi }) => hi - lo).toSorted((a, b) => a - b)
  const slack = Math.max(high - low, widths[Math.floor((widths.length - 1) / 2)] ?? 0)
  const [least, most] = rangeOf([rows.flatMap(({ lo, hi }) => [lo, hi]), [low, high]])
  const from = Math.max(least, low - slack)
  const to = Math.min(most, high + slack)
  return from < to ? [from, to] : [from - 1, to + 1]
}

function drawStudy(
  { estimate, lo, hi, weight }: ForestRow,
  y: number,
  { x, beyond }: EffectAxis,
  largest: number,
): Child {
  const c = formatCoordinate
  const half = Math.max(LEAST_SQUARE, LARGEST_SQUARE * Math.sqrt((weight ?? largest) / largest))
  const end = (value: number, side: -1 | 1): string =>
    beyond(value) === side ? `M${c(x(value) - 5 * side)},${c(y - 3.5)}l${c(5 * side)},3.5l${c(-5 * side)},3.5` : ''
  return [
    el('path', { class: 'whisker', d: `M${c(x(lo))},${c(y)}H${c(x(hi))}${end(lo, -1)}${end(hi, 1)}` }),
    el('path', {
      class: 'study',
      d: `M${c(x(estimate) - half)},${c(y - half)}h${c(2 * half)}v${c(2 * half)}h${c(-2 * half)}Z`,
    }),
  ]
}

function drawDiamond({ estimate, lo, hi }: ForestRow, y: number, { x }: EffectAxis): Element {
  const c = formatCoordinate
  return el('path', {
    class: 'diamond',
    d: `M${c(x(lo))},${c(y)}L${c(x(estimate))},${c(y - DIAMOND)}L${c(x(hi))},${c(y)}L${c(x(estimate))},${c(y + DIAMOND)}Z`,
  })
}

function drawPrediction(
  { lo, hi }: Interval,
  y: number,
  { x }: EffectAxis,
  { left, right }: Frame,
  ratio: boolean,
): Child {
  const c = formatCoordinate
  const text = effectText(lo, { lo, hi }, ratio).replace(/^.*\(/, '(')
  return [
    el('path', {
      class: 'prediction',
      d: `M${c(x(lo))},${c(y - 4)}v8M${c(x(lo))},${c(y)}H${c(x(hi))}M${c(x(hi))},${c(y - 4)}v8`,
    }),
    el('text', { class: 'name', x: c(left - 10), y: c(y + 4), 'text-anchor': 'end' }, 'a new study'),
    el('text', { class: 'tick', x: c(right + 10), y: c(y + 4) }, text),
  ]
}

/** The figure in words, for those who cannot see it. */
function describeForest({ rows, pooled, prediction }: Forest, ratio: boolean): string {
  const low = rows.reduce((least, row) => (row.estimate < least.estimate ? row : least), rows[0] ?? pooled)
  const high = rows.reduce((most, row) => (row.estimate > most.estimate ? row : most), rows[0] ?? pooled)
  const sentences = [
    `${rows.length} studies, pooled ${effectText(pooled.estimate, pooled, ratio)}.`,
    `The lowest effect is that of ${low.label}, ${effectText(low.estimate, low, ratio)}; the highest that of ${high.label}, ${effectText(high.estimate, high, ratio)}.`,
  ]
  if (prediction)
    sentences.push(
      `In a new study the true effect is expected within ${effectText(prediction.lo, prediction, ratio).replace(/^.*\((.*)\)$/, '$1')}.`,
    )
  return sentences.join(' ')
}
