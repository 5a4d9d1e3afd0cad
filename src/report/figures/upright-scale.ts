// The upright axis of a figure of courses, and with it whether the spread between subjects can be seen at all.

import { finite } from '../format-number.ts'
import { type OutputCourses, SHARES, shownCourses, type Values } from '../output-courses.ts'
import { linearScale, logScale, type Scale } from '../scale.ts'

/** Makes the axis over all that is drawn: linear unless the output asks for a logarithm and has a positive value. */
export function uprightScale(output: OutputCourses): Scale {
  const quantiles = SHARES.map(({ share }) => output.quantiles[share])
  const shown = [...quantiles, ...shownCourses(output).map(({ values }) => values)]
  if (output.scale === 'log') {
    const positive = shown.map((values) => values.filter((value) => value !== null && value > 0))
    const [least, most] = rangeOf(positive)
    if (least > 0) return logScale(least, most)
  }
  const [low, high] = rangeOf(shown)
  const withZero = low > 0 && low <= high - low // zero is shown where it costs less than half the height
  return linearScale(withZero ? 0 : low, high)
}

/** The least and the largest finite value; 0 and 1 where there is none. */
export function rangeOf(lists: readonly Values[]): [number, number] {
  let [low, high] = [Infinity, -Infinity]
  for (const values of lists)
    for (const value of values) {
      const number = finite(value)
      if (number === undefined) continue
      low = Math.min(low, number)
      high = Math.max(high, number)
    }
  return low <= high ? [low, high] : [0, 1]
}

const VISIBLE = 0.001 // of the height: less than half the width of the median's line, and more than the error of a solver

/** Tells whether subjects differ at any time by more than a line's width. Where not, the quantiles say no more than one course. */
export function differ(output: OutputCourses): boolean {
  const { share } = uprightScale(output)
  const { p05, p95 } = output.quantiles
  return output.times.some((_, k) => {
    const [low, high] = [finite(p05[k]), finite(p95[k])]
    return low !== undefined && high !== undefined && share(high) - share(low) > VISIBLE
  })
}
