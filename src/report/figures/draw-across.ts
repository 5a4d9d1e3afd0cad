// The axis of figures whose rows lie side by side: hairlines at the ticks, numbers and a title below, and a line at zero where zero means something.

import { type Child, el } from '../element.ts'
import { formatCoordinate } from '../format-number.ts'
import type { Scale } from '../scale.ts'
import type { Frame } from './axes.ts'

/** Draws the axis below a frame. @param zero whether zero gets a line of its own */
export function drawAcross({ left, right, top, bottom }: Frame, scale: Scale, title: string, zero: boolean): Child {
  const c = formatCoordinate
  const x = (value: number): number => left + scale.share(value) * (right - left)
  const upright = (name: string, value: number): Child =>
    el('line', { class: name, x1: c(x(value)), x2: c(x(value)), y1: c(top - 4), y2: c(bottom) })
  return el(
    'g',
    { class: 'axis' },
    scale.ticks.map(({ value, label }) => [
      upright('hair', value),
      el('text', { class: 'tick', x: c(x(value)), y: c(bottom + 15), 'text-anchor': 'middle' }, label),
    ]),
    zero && scale.low <= 0 && scale.high >= 0 ? upright('base', 0) : undefined,
    title === ''
      ? undefined
      : el('text', { class: 'tick', x: c((left + right) / 2), y: c(bottom + 32), 'text-anchor': 'middle' }, title),
  )
}
