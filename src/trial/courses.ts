// How an endpoint goes on in each arm: bands over all patients of all replicates, and a dozen single ones.
import { intervalOf } from './interval-of.ts'
import { type ArmReplicate, endpointAt, readColumn, valueAt } from './replicate.ts'
import type { CourseBand, Interval } from './result.ts'
import type { Trial, ValueEndpoint } from './trial.ts'

const SINGLES = 12

/** Draws up the courses of the endpoints that have a value; a change is left out where the value that changes is there itself. */
export function drawCourses(trial: Trial, replicates: readonly (readonly ArmReplicate[])[]): CourseBand[] {
  const values = trial.endpoints.filter((endpoint) => endpoint.kind === 'value')
  const texts = values.map(({ value }) => value.text.trim())
  return values
    .filter(({ value }) => !texts.includes(levelOf(value.text)))
    .map((endpoint) => drawCourse(trial, endpoint, replicates))
}

/** What changes, in a text such as "protein - baseline.protein". */
function levelOf(text: string): string {
  const [, level = '', entry] = /^\s*(\S+)\s*-\s*baseline\.(\S+)\s*$/.exec(text) ?? []
  return level === entry ? level : ''
}

function drawCourse(
  trial: Trial,
  { id, label, unit }: ValueEndpoint,
  replicates: readonly (readonly ArmReplicate[])[],
): CourseBand {
  const at = endpointAt(trial, id)
  const arms = trial.arms.map(({ name }, i) => {
    const arm = replicates.flatMap((replicate) => replicate[i] ?? [])
    const bands = trial.visits.map((_, visit) =>
      intervalOf(arm.flatMap((one) => Array.from(readColumn(trial, one, at, visit)))),
    )
    const known = cut(bands, (band): band is Interval => band !== null)
    const days = trial.visits.slice(0, known.length).map(({ day }) => day)
    return { name, days, bands: known, singles: pickSingles(trial, arm, at, known.length) }
  })
  return { endpoint: id, label, unit, arms }
}

/** The first patients of the replicates, then the second ones … each up to its first missing value. */
function pickSingles(trial: Trial, arm: readonly ArmReplicate[], endpoint: number, visits: number): number[][] {
  const size = arm[0]?.members.length ?? 0
  const picked: number[][] = []
  for (let patient = 0; patient < size; patient++)
    for (const one of arm) {
      if (picked.length === SINGLES) return picked
      const course = Array.from({ length: visits }, (_, visit) => valueAt(trial, one, patient, endpoint, visit))
      picked.push(cut(course, (value): value is number => !Number.isNaN(value)))
    }
  return picked
}

/** What comes before the first that fails. */
function cut<T, U extends T>(list: readonly T[], passes: (one: T) => one is U): U[] {
  const end = list.findIndex((one) => !passes(one))
  return list.slice(0, end < 0 ? list.length : end).filter(passes)
}
