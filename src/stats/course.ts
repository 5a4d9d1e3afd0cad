// What pharmacologists read off a course: the area under it, its peak, and when the peak is.

/**
 * Computes the area under a course by the linear trapezoidal rule.
 * @param times rising
 * @param values one per time, in the same order; NaN anywhere makes the area NaN
 * @returns in the unit of the values times that of the times
 * @source Gibaldi M, Perrier D. Pharmacokinetics, 2nd ed. 1982, appendix D
 */
export function areaUnder(times: ArrayLike<number>, values: ArrayLike<number>): number {
  let area = 0
  for (let k = 1; k < times.length; k++)
    area +=
      (((values[k - 1] as number) + (values[k] as number)) / 2) * ((times[k] as number) - (times[k - 1] as number))
  return area
}

/**
 * Finds the largest value of a course and the first time at which it is reached.
 * @returns NaN for both if there is no value, or if one is NaN
 */
export function peakOf(times: ArrayLike<number>, values: ArrayLike<number>): { value: number; time: number } {
  let peak = { value: -Infinity, time: NaN }
  for (let k = 0; k < times.length; k++) {
    const value = values[k] as number
    if (Number.isNaN(value)) return { value: NaN, time: NaN }
    if (value > peak.value) peak = { value, time: times[k] as number }
  }
  return Number.isNaN(peak.time) ? { value: NaN, time: NaN } : peak
}
