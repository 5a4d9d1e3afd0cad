// The chart of a patient: what is known of one at one time, under the names that rules, criteria and endpoints use. It holds what was measured,
// never the truth of the model.
import type { Named } from '#engine'

/** Where the parts of a chart begin. */
export interface Chart {
  readonly names: readonly Named[]
  /** Measured values and scores, `width` of them; then the same at baseline and at screening. */
  readonly width: number
  readonly baseline: number
  readonly screening: number
  /** Present doses of medicines. */
  readonly doses: number
  /** Days on the present course of each medicine, 0 if off. */
  readonly courses: number
  readonly parameters: number
  readonly day: number
  readonly visit: number
}

/** What stands in a chart, apart from the time. */
export interface ChartParts {
  readonly seen: readonly Named[]
  readonly doses: readonly Named[]
  /** Names of medicines that come in courses. */
  readonly courses: readonly string[]
  readonly parameters: readonly Named[]
}

/** Lays out a chart. */
export function chartOf({ seen, doses, courses, parameters }: ChartParts): Chart {
  const at = (prefix: string, when: string): Named[] =>
    seen.map(({ name, unit, meaning }) => ({ name: `${prefix}.${name}`, unit, meaning: `${meaning}, ${when}` }))
  const course = courses.map((name): Named => ({ name: `course.${name}`, unit: 'd', meaning: `days on ${name}` }))
  const names: readonly Named[] = [
    ...seen,
    ...at('baseline', 'at baseline'),
    ...at('screening', 'at screening'),
    ...doses,
    ...course,
    ...parameters,
    { name: 'day', unit: 'd', meaning: 'days since baseline' },
    { name: 'visit', unit: '1', meaning: 'number of the visit, 0 at baseline' },
  ]
  const width = seen.length
  const dosesAt = 3 * width
  const coursesAt = dosesAt + doses.length
  const parametersAt = coursesAt + course.length
  const day = parametersAt + parameters.length
  return {
    names,
    width,
    baseline: width,
    screening: 2 * width,
    doses: dosesAt,
    courses: coursesAt,
    parameters: parametersAt,
    day,
    visit: day + 1,
  }
}

/** An empty chart: nothing measured, nothing known but the parameters. */
export function openChart(chart: Chart, parameters: ArrayLike<number>): Float64Array {
  const values = new Float64Array(chart.names.length).fill(NaN)
  values.fill(0, chart.doses, chart.parameters)
  values.set(parameters, chart.parameters)
  return values
}
