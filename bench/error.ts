// How far off a solution is, and what it would have cost to be as exact as somebody else.

/** The largest |y - ref| / (|ref| + 1e-3) over subjects, times and states; Infinity where a row is missing or no number. */
export function largestError(rows: readonly Float64Array[], reference: readonly Float64Array[]): number {
  let worst = 0
  for (const [s, wanted] of reference.entries()) {
    const row = rows[s]
    if (row?.length !== wanted.length) return Infinity
    for (const [i, ref] of wanted.entries()) {
      const off = Math.abs((row[i] ?? NaN) - ref) / (Math.abs(ref) + 1e-3)
      if (Number.isNaN(off)) return Infinity
      worst = Math.max(worst, off)
    }
  }
  return worst
}

/** What one tolerance gave. */
export interface Point {
  readonly ms: number
  readonly maxError: number
}

/**
 * The time at an error between those of two neighbouring tolerances, as on a straight line of the logarithms; the least where several are.
 * @param points by falling tolerance
 * @returns undefined where the points do not reach from above that error to below it
 */
export function timeAtError(points: readonly Point[], error: number): number | undefined {
  const found = points.slice(1).flatMap((fine, i) => {
    const coarse = points[i] as Point
    if (!(coarse.maxError >= error && fine.maxError <= error)) return []
    const width = Math.log(coarse.maxError / fine.maxError)
    const share = width > 0 ? Math.log(coarse.maxError / error) / width : 1
    return [coarse.ms * (fine.ms / coarse.ms) ** share]
  })
  return found.length > 0 ? Math.min(...found) : undefined
}
