// SVG path data of lines and bands with holes. A missing point breaks a line; a point alone between holes is drawn as a dot.
// Keeps true: where there are more points than a screen has columns, the extremes of each column stay.

import { formatCoordinate } from '../format-number.ts'

export interface Point {
  readonly x: number
  readonly y: number
}

/** Draws a line through points, broken where one is missing. */
export const linePath = (points: readonly (Point | undefined)[]): string =>
  runsOf(points)
    .map((run) => (run.length === 1 ? `${pathOf(run)}h0` : pathOf(thin(run)))) // round caps make a dot of a line without length
    .join('')

/** Draws the area between two lines over the same columns, broken where either is missing. A lone column becomes a narrow bar. */
export function bandPath(lower: readonly (Point | undefined)[], upper: readonly (Point | undefined)[]): string {
  const pairs = lower.map((low, i) => {
    const high = upper[i]
    return low && high ? { low, high } : undefined
  })
  return runsOf(pairs)
    .map((run) => {
      const edge = (side: 'low' | 'high'): Point[] => run.map((pair) => pair[side])
      const [only] = run
      if (run.length === 1 && only) return barPath(only.low, only.high)
      return `${pathOf([...thin(edge('high')), ...thin(edge('low')).toReversed()])}Z`
    })
    .join('')
}

const BAR = 3 // half the width of a band over one column

const barPath = (low: Point, high: Point): string =>
  `${pathOf([
    { x: high.x - BAR, y: high.y },
    { x: high.x + BAR, y: high.y },
    { x: low.x + BAR, y: low.y },
    { x: low.x - BAR, y: low.y },
  ])}Z`

function runsOf<T>(items: readonly (T | undefined)[]): T[][] {
  const runs: T[][] = []
  let run: T[] = []
  for (const item of [...items, undefined]) {
    if (item !== undefined) run.push(item)
    else if (run.length > 0) {
      runs.push(run)
      run = []
    }
  }
  return runs
}

const pathOf = (points: readonly Point[]): string =>
  `M${points.map(({ x, y }) => `${formatCoordinate(x)},${formatCoordinate(y)}`).join('L')}`

const FEW = 1000 // points that are drawn as they are
const COLUMN = 2 // units of the drawing

/** Keeps of each column its first, lowest, highest and last point. */
function thin(points: readonly Point[]): readonly Point[] {
  if (points.length <= FEW) return points
  const columns = new Map<number, { point: Point; at: number }[]>()
  points.forEach((point, at) => {
    const column = Math.floor(point.x / COLUMN)
    const [first, low, high] = columns.get(column) ?? []
    const here = { point, at }
    columns.set(column, [
      first ?? here,
      low && low.point.y <= point.y ? low : here,
      high && high.point.y >= point.y ? high : here,
      here,
    ])
  })
  return [...columns.values()].flatMap((kept) =>
    [...new Map(kept.map((entry) => [entry.at, entry.point]))].toSorted(([a], [b]) => a - b).map(([, point]) => point),
  )
}
