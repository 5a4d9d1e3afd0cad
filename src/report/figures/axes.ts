// The frame of a figure: hairlines at the ticks of the upright axis, a time axis below, titles with units. No box, no arrow.

import { type Child, el } from '../element.ts'
import { formatCoordinate } from '../format-number.ts'
import type { Scale } from '../scale.ts'

/** Where the data are drawn, in units of the drawing; y grows downwards. */
export interface Frame {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

const TICK = 4
const TEXT = 11 // size of labels, in units of the drawing

/** How much room labels need to the left of the frame: a figure is at most six tenths as wide as its type is high. */
export const labelRoom = (scale: Scale): number =>
  Math.max(...scale.ticks.map(({ label }) => label.length), 1) * TEXT * 0.6 + 10

export const toX = (frame: Frame, scale: Scale, value: number): number =>
  frame.left + scale.share(value) * (frame.right - frame.left)

export const toY = (frame: Frame, scale: Scale, value: number): number =>
  frame.bottom - scale.share(value) * (frame.bottom - frame.top)

/** What axes are called; without an upright title the figure stands beside one that has the same axis, and only its hairlines go on. */
export interface AxisTitles {
  readonly across: string
  readonly upright?: string
}

/** Draws both axes. Titles name quantity and unit; the upright one stands above its axis, so that nobody turns their head. */
export function drawAxes(frame: Frame, across: Scale, upright: Scale, titles: AxisTitles): Child {
  const c = formatCoordinate
  const { left, right, top, bottom } = frame
  const label = (x: number, y: number, anchor: string, text: string, name = 'tick'): Child =>
    el('text', { class: name, x: c(x), y: c(y), 'text-anchor': anchor }, text)
  return [
    el(
      'g',
      { class: 'axis' },
      upright.ticks.map(({ value, label: text }) => {
        const y = toY(frame, upright, value)
        return [
          el('line', { class: 'hair', x1: c(left), x2: c(right), y1: c(y), y2: c(y) }),
          titles.upright === undefined ? undefined : label(left - 8, y + TEXT * 0.35, 'end', text),
        ]
      }),
      titles.upright === undefined ? undefined : label(0, top - 16, 'start', titles.upright, 'name'),
    ),
    el(
      'g',
      { class: 'axis' },
      el('line', { class: 'base', x1: c(left), x2: c(right), y1: c(bottom), y2: c(bottom) }),
      across.ticks.map(({ value, label: text }) => {
        const x = toX(frame, across, value)
        return [
          el('line', { class: 'base', x1: c(x), x2: c(x), y1: c(bottom), y2: c(bottom + TICK) }),
          label(x, bottom + TICK + TEXT + 3, 'middle', text),
        ]
      }),
      label(right, bottom + 2 * TEXT + 15, 'end', titles.across, 'name'),
    ),
  ]
}
