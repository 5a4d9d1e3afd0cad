// Work against precision, a panel for each model: the lower a line, the faster; the further right, the more exact. Both axes are logarithmic.
import { type Child, el, FIGURE_STYLE, logScale, printHtml, type Scale } from '#report'
import { drawAxes, type Frame, toX, toY } from '../src/report/figures/axes.ts'
import { linePath } from '../src/report/figures/path.ts'
import type { Results, Row } from './results.ts'

const WIDTH = 860
const COLUMNS = 2
const HEIGHT = 250
const TOP = 50
const LEFT = 46
const GAP = 26

/** How the line of each peer looks: told apart by weight and dashes as well as by colour. */
const LOOKS: readonly (readonly [peer: string, look: string])[] = [
  ['imago', 'stroke:var(--line);stroke-width:2.6'],
  ['C, AVX-512', 'stroke:var(--edge);stroke-width:1.4'],
  ['CVODE, fast build', 'stroke:var(--mark);stroke-width:1.8'],
  ['CVODE, packaged', 'stroke:var(--mark);stroke-width:1.4;stroke-dasharray:1 4'],
  ['deSolve lsoda', 'stroke:var(--quiet);stroke-width:1.4;stroke-dasharray:6 3'],
  ['deSolve lsoda, Jacobian', 'stroke:var(--quiet);stroke-width:1.8'],
]

/** Draws all models of the results as one SVG file. */
export function drawWorkPrecision({ problems, rows, machine }: Results): string {
  const shown = LOOKS.filter(([peer]) => rows.some((row) => row.peer === peer))
  const drawn = rows.filter(({ peer, maxError }) => shown.some(([name]) => name === peer) && inside(maxError))
  const panelRows = Math.ceil(problems.length / COLUMNS)
  const height = TOP + panelRows * HEIGHT
  const width = (WIDTH - COLUMNS * (LEFT + GAP)) / COLUMNS
  const panels = problems.map(({ model, states }, i): Child => {
    const left = LEFT + (i % COLUMNS) * (width + LEFT + GAP)
    const top = TOP + 34 + Math.floor(i / COLUMNS) * HEIGHT
    const frame: Frame = { left, right: left + width, top, bottom: top + HEIGHT - 96 }
    return drawPanel(
      frame,
      `${model}, ${states} states`,
      drawn.filter((row) => row.model === model),
      shown,
    )
  })
  const svg = el(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      class: 'courses',
      viewBox: `0 0 ${WIDTH} ${height}`,
      role: 'img',
      'aria-labelledby': 'work-title work-text',
    },
    el('style', {}, FIGURE_STYLE),
    el('title', { id: 'work-title' }, 'Work and precision of the engine and its peers'),
    el(
      'desc',
      { id: 'work-text' },
      `Milliseconds for a patient-year on one core against the largest error, for ${problems.length} models. ${machine.text}`,
    ),
    shown.map(([peer, look], i) => {
      const [x, y] = [LEFT + (i % 3) * 260, 16 + Math.floor(i / 3) * 20]
      return [
        el('path', { d: `M${x},${y}h30`, style: look }),
        el('text', { class: 'name', x: String(x + 38), y: String(y + 4) }, peer),
      ]
    }),
    panels,
  )
  return `${printHtml(svg).trimStart()}\n`
}

const inside = (error: number): boolean => error > 0 && error < 1

/** A logarithmic scale from large to small: exactness grows to the right. */
function falling(low: number, high: number): Scale {
  const scale = logScale(low, high)
  return { ...scale, low: scale.high, high: scale.low, share: (value) => 1 - scale.share(value) }
}

function drawPanel(frame: Frame, title: string, rows: readonly Row[], shown: typeof LOOKS): Child {
  const range = (values: readonly number[]): [number, number] => [Math.min(...values), Math.max(...values)]
  const across = falling(...range(rows.map(({ maxError }) => maxError)))
  const upright = logScale(...range(rows.map(({ msPerPatientYear }) => msPerPatientYear)))
  return el(
    'g',
    {},
    drawAxes(frame, across, { ...upright, ticks: upright.ticks }, { across: 'largest error' }),
    upright.ticks.map(({ value, label }) =>
      el(
        'text',
        { class: 'tick', x: String(frame.left - 6), y: String(toY(frame, upright, value) + 4), 'text-anchor': 'end' },
        label,
      ),
    ),
    el(
      'text',
      { class: 'name strong', x: String(frame.left - 30), y: String(frame.top - 14) },
      `${title}: ms a patient-year`,
    ),
    shown.map(([peer, look]) => {
      const points = rows
        .filter((row) => row.peer === peer)
        .map(({ maxError, msPerPatientYear }) => ({
          x: toX(frame, across, maxError),
          y: toY(frame, upright, msPerPatientYear),
        }))
      return points.length === 0 ? undefined : el('path', { d: linePath(points), style: look })
    }),
  )
}
