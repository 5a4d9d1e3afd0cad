// Numbers as bars from zero, each with its name at the left and its number at the right. A full bar and an open, dashed one tell two kinds apart; a dark one is what they come to.

import { type Child, type Element, el } from '../element.ts'
import { finite, formatCoordinate } from '../format-number.ts'
import { linearScale } from '../scale.ts'
import type { Frame } from './axes.ts'
import { drawAcross } from './draw-across.ts'
import { shorten } from './draw-intervals.ts'
import { rangeOf } from './upright-scale.ts'

export interface BarRow {
  readonly label: string
  readonly value: number
  /** Two kinds that are told apart, and what they come to. */
  readonly kind: 'full' | 'open' | 'total'
  readonly note: string
}

export interface BarsOptions {
  /** Distinguishes the figure on its page. */
  readonly id: string
  readonly title: string
  readonly description: string
  /** What the axis measures, with its unit. */
  readonly axis: string
  readonly width: number
}

const SIGN = 6.1
const MOST_LABEL = 44
const MOST_NOTE = 30
const TOP = 30
const BOTTOM = 42
const ROW = 23
const BAR = 6

/** Draws a row per bar. @returns an `svg` whose title and description speak for it */
export function drawBars(rows: readonly BarRow[], { id, title, description, axis, width }: BarsOptions): Element {
  const scale = linearScale(...rangeOf([[0, ...rows.map(({ value }) => value)]]), 5)
  const labels = rows.map(({ label }) => shorten(label, MOST_LABEL))
  const notes = rows.map(({ note }) => shorten(note, MOST_NOTE))
  const room = (texts: readonly string[]): number => Math.max(0, ...texts.map((text) => text.length)) * SIGN
  const bottom = TOP + rows.length * ROW
  const frame: Frame = { left: room(labels) + 14, right: width - room(notes) - 14, top: TOP, bottom }
  const c = formatCoordinate
  const x = (value: number): number => frame.left + scale.share(value) * (frame.right - frame.left)
  const drawBar = ({ value, kind }: BarRow, y: number): Child => {
    const end = finite(value)
    if (end === undefined) return undefined
    return el('path', {
      class: `${kind} bar`,
      d: `M${c(x(0))},${c(y - BAR)}H${c(x(end))}V${c(y + BAR)}H${c(x(0))}Z`,
    })
  }
  return el(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      class: 'courses bars',
      viewBox: `0 0 ${width} ${c(bottom + BOTTOM)}`,
      role: 'img',
      'aria-labelledby': `${id}-title ${id}-text`,
    },
    el('title', { id: `${id}-title` }, title),
    el('desc', { id: `${id}-text` }, description),
    el('text', { class: 'name strong', x: '0', y: '13' }, shorten(title, Math.floor(width / SIGN))),
    drawAcross(frame, scale, axis, true),
    rows.map((row, i) => {
      const y = TOP + (i + 0.5) * ROW
      return [
        drawBar(row, y),
        el('text', { class: 'name', x: c(frame.left - 10), y: c(y + 4), 'text-anchor': 'end' }, labels[i]),
        el('text', { class: 'tick', x: c(frame.right + 10), y: c(y + 4) }, notes[i]),
      ]
    }),
  )
}
