// A funnel plot: each study's effect against its standard error, the most precise on top, and where studies would lie if sampling alone made them differ.
// Readable without colour: studies are full dots; mirror images of trim and fill are open diamonds.

import { type Child, type Element, el } from '../element.ts'
import { formatCoordinate, formatNumber } from '../format-number.ts'
import { linearScale } from '../scale.ts'
import type { Frame } from './axes.ts'
import { drawMark, shorten } from './draw-intervals.ts'
import { type EffectAxis, effectAxis } from './effect-axis.ts'
import { rangeOf } from './upright-scale.ts'

/** An effect on the scale that it was pooled on. */
export interface FunnelPoint {
  readonly effect: number
  readonly se: number
}

export interface Funnel {
  readonly points: readonly FunnelPoint[]
  /** Mirror images of studies that seem to be missing. */
  readonly filled: readonly FunnelPoint[]
  readonly pooled: number
  /** How many standard errors the sides lie from the middle, such as 1.96. */
  readonly reach: number
  /** Percent of studies that the sides would hold. */
  readonly percent: number
}

export interface FunnelOptions {
  /** Distinguishes the figure on its page. */
  readonly id: string
  readonly title: string
  /** What the axis measures. */
  readonly axis: string
  /** Whether effects are logarithms of ratios. */
  readonly ratio: boolean
  readonly width: number
  readonly height: number
}

const TOP = 54
const BOTTOM = 42
const SIGN = 6.1
const LABELS = 54

/** Draws a funnel plot. @returns an `svg` whose title and description speak for it */
export function drawFunnel(funnel: Funnel, { id, title, axis, ratio, width, height }: FunnelOptions): Element {
  const { points, filled, pooled, reach, percent } = funnel
  const frame: Frame = { left: LABELS, right: width - 16, top: TOP, bottom: height - BOTTOM }
  const all = [...points, ...filled]
  const errors = linearScale(0, Math.max(...all.map(({ se }) => se)))
  const base = errors.high * reach
  const [low, high] = rangeOf([all.map(({ effect }) => effect), [pooled - base, pooled + base]])
  const across = effectAxis(frame, [low, high], ratio)
  const c = formatCoordinate
  const y = (se: number): number => frame.top + errors.share(se) * (frame.bottom - frame.top)
  return el(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      class: 'courses funnel',
      viewBox: `0 0 ${width} ${c(height)}`,
      role: 'img',
      'aria-labelledby': `${id}-title ${id}-text`,
    },
    el('title', { id: `${id}-title` }, title),
    el('desc', { id: `${id}-text` }, describeFunnel(funnel)),
    el('text', { class: 'name strong', x: '0', y: '13' }, shorten(title, Math.floor(width / SIGN))),
    el(
      'text',
      { class: 'name', x: '0', y: c(TOP - 16) },
      `standard error; within the lines ${formatNumber(percent)}\u00A0% of studies, did they not differ`,
    ),
    across.draw(axis),
    errors.ticks.map(({ value, label }) => [
      el('line', { class: 'hair', x1: c(frame.left), x2: c(frame.right), y1: c(y(value)), y2: c(y(value)) }),
      el('text', { class: 'tick', x: c(frame.left - 8), y: c(y(value) + 4), 'text-anchor': 'end' }, label),
    ]),
    drawSides(funnel, across, frame, base),
    points.map(({ effect, se }) => drawMark(across.x(effect), y(se), true)),
    filled.map(({ effect, se }) => drawMark(across.x(effect), y(se), false)),
  )
}

function drawSides({ pooled }: Funnel, { x }: EffectAxis, { top, bottom }: Frame, base: number): Child {
  const c = formatCoordinate
  return [
    el('path', { class: 'middle', d: `M${c(x(pooled))},${c(top)}V${c(bottom)}` }),
    el('path', {
      class: 'side',
      d: `M${c(x(pooled - base))},${c(bottom)}L${c(x(pooled))},${c(top)}L${c(x(pooled + base))},${c(bottom)}`,
    }),
  ]
}

/** The figure in words, for those who cannot see it. */
function describeFunnel({ points, filled, pooled, reach, percent }: Funnel): string {
  const inside = points.filter(({ effect, se }) => Math.abs(effect - pooled) <= reach * se).length
  const left = points.filter(({ effect }) => effect < pooled).length
  const sentences = [
    `${inside} of ${points.length} studies lie within the lines that would hold ${formatNumber(percent)} % of them; ${left} lie left of the pooled effect, ${points.length - left} right of it.`,
  ]
  if (filled.length > 0) sentences.push(`${filled.length} open diamonds are mirror images that trim and fill adds.`)
  return sentences.join(' ')
}
