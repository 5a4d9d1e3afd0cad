// Where each printed number fell within its own prediction: all rows on one scale, on which the median is 0 and the bounds of 90 % are -1 and 1.
// Dots that would cover each other are stacked.

import type { Compared } from '#trial'
import { type Child, type Element, el } from '../element.ts'
import { finite, formatCoordinate } from '../format-number.ts'
import { linearScale } from '../scale.ts'
import { isEstimable } from '../trial/interval-text.ts'
import type { Frame } from './axes.ts'
import { drawAcross } from './draw-across.ts'
import { drawMark } from './draw-intervals.ts'

/** A row on the common scale. */
export interface Position {
  readonly row: Compared
  /** 0 at the predicted median, -1 and 1 at the bounds of 90 %. */
  readonly at: number
}

/** Finds where rows fell; those without a number or without a spread of the prediction are left out. */
export function positionsOf(rows: readonly Compared[]): Position[] {
  return rows.flatMap((row) => {
    const { predicted, observed } = row
    const value = finite(observed.value)
    if (value === undefined || !isEstimable(predicted)) return []
    const off = value - predicted.median
    const half = off < 0 ? predicted.median - predicted.lo90 : predicted.hi90 - predicted.median
    if (off === 0) return { row, at: 0 }
    return half > 0 ? { row, at: off / half } : []
  })
}

const WIDTH = 720
const LEFT = 40
const TOP = 34
const BOTTOM = 44
const STEP = 11 // between stacked dots
const BIN = 2 / 21 // the bounds of 90 % lie between two piles
const INSIDE = 10 // the outermost pile that is inside
const EDGE = 2.5 // what lies beyond is drawn here

/** Draws the rows as a pile of dots. */
export function drawPositions(positions: readonly Position[], id: string, description: string): Element {
  const scale = linearScale(-EDGE, EDGE, 5, 'at-data')
  const piles = new Map<number, Position[]>()
  for (const position of positions) {
    const bin = binOf(position)
    piles.set(bin, [...(piles.get(bin) ?? []), position])
  }
  const highest = Math.max(3, ...[...piles.values()].map((pile) => pile.length))
  const bottom = TOP + highest * STEP + 8
  const frame: Frame = { left: LEFT, right: WIDTH - LEFT, top: TOP, bottom }
  const c = formatCoordinate
  const x = (value: number): number => frame.left + scale.share(value) * (frame.right - frame.left)
  const title = 'Where each printed number fell within its own prediction'
  return el(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      class: 'courses positions',
      viewBox: `0 0 ${WIDTH} ${c(bottom + BOTTOM)}`,
      role: 'img',
      'aria-labelledby': `${id}-title ${id}-text`,
    },
    el('title', { id: `${id}-title` }, title),
    el('desc', { id: `${id}-text` }, description),
    el('path', { class: 'outer band', d: `M${c(x(-1))},${c(TOP)}H${c(x(1))}V${c(bottom)}H${c(x(-1))}Z` }),
    el('path', { class: 'rim', d: `M${c(x(-1))},${c(TOP)}V${c(bottom)}M${c(x(1))},${c(TOP)}V${c(bottom)}` }),
    el('text', { class: 'tick', x: c(x(0)), y: c(TOP - 10), 'text-anchor': 'middle' }, 'predicted 90\u00A0%'),
    el('text', { class: 'tick', x: c(x(-1) - 8), y: c(TOP - 10), 'text-anchor': 'end' }, 'observed lower'),
    el('text', { class: 'tick', x: c(x(1) + 8), y: c(TOP - 10) }, 'observed higher'),
    drawAcross(
      frame,
      scale,
      'observed minus predicted median, in units of the distance to the bound of 90\u00A0%',
      true,
    ),
    [...piles].map(
      ([bin, pile]): Child =>
        pile
          .toSorted((a, b) => Number(b.row.inside50) - Number(a.row.inside50))
          .map(({ row }, i) => drawMarkOf(row, x(bin * BIN), bottom - 8 - i * STEP)),
    ),
  )
}

/** Rows inside and outside never share a pile. */
function binOf({ row, at }: Position): number {
  const bin = Math.floor(Math.min(EDGE, Math.abs(at)) / BIN + 0.5)
  return (at < 0 ? -1 : 1) * (row.inside90 ? Math.min(INSIDE, bin) : Math.max(INSIDE + 1, bin))
}

/** Full within 50 %, a ring within 90 %, an open diamond outside. */
function drawMarkOf({ inside50, inside90 }: Compared, x: number, y: number): Element {
  const mark = drawMark(x, y, inside90)
  return inside90 && !inside50 ? { ...mark, attributes: { ...mark.attributes, class: 'ring' } } : mark
}
