// Reads NAME.trial.yaml: shape by schema.ts, then what the parts must mean together. Regimens, the population and formulas are only named here; who
// knows them reads them, with the places kept.
import { type Located, type Problem, type Reading, readYaml } from '#base'
import { doubled, fault, unknownName } from './fault.ts'
import { readEndpoint } from './read-endpoint.ts'
import { type TrialFile, trialFile } from './schema.ts'
import type { Endpoint, Trial, Visit, Written } from './trial.ts'
import { findVisit, LONGEST, noVisit, readDuration, readVisits } from './visit-days.ts'

/** Patients in an arm, far above any trial: replicates address their luck by place in the arm. */
const MOST_PATIENTS = 10_000

/**
 * Reads a trial.
 * @param file its name, for places
 * @returns no value when there is any error
 */
export function readTrial(file: string, text: string): Reading<Trial> {
  const { value: written, problems: found } = readYaml(file, text, trialFile)
  if (!written) return { value: undefined, problems: found }
  const problems = [...found]
  const take = <T>({ value, problems: more }: Reading<T>): T | undefined => {
    problems.push(...more)
    return value
  }
  const { value: raw, place } = written
  const visits = take(readVisits(raw.visits.unit, raw.visits.at, (i) => place('visits', 'at', i)))
  const screening = take(readScreening(written))
  const endpoints = visits && take(readEndpoints(written, visits))
  problems.push(...checkNames(written), ...checkNumbers(written))
  const split = visits && endpoints && take(readSplit(written, visits, endpoints))
  if (!visits || !screening || !endpoints || !split || problems.some(({ level }) => level === 'error'))
    return { value: undefined, problems }
  return { value: { ...describe(file, written), visits, screening, endpoints, split }, problems }
}

type File = Located<TrialFile>

/** Whatever needs no further reading. */
function describe(file: string, { value: raw, place }: File) {
  const at = (text: string, ...path: readonly (string | number)[]): Written => ({ text, place: place(...path) })
  const list = (names: readonly string[], ...path: readonly (string | number)[]): Written[] =>
    names.map((name, i) => at(name, ...path, i))
  const { weights, background, rating_shift: shift } = raw
  return {
    file,
    name: raw.trial,
    title: raw.title,
    question: raw.question,
    registration: raw.registration ?? '',
    source: raw.source,
    use: raw.use,
    blinded: raw.blinded,
    population: {
      from: at(raw.population.from, 'population', 'from'),
      correct: (raw.population.correct ?? []).map(({ name, value, prior, ...sourced }, i) => ({
        ...sourced,
        ...(value !== undefined && { value }),
        name: at(name, 'population', 'correct', i, 'name'),
        ...(prior !== undefined && { prior: at(prior, 'population', 'correct', i, 'prior') }),
      })),
    },
    effect: raw.effect === undefined ? undefined : at(raw.effect, 'effect'),
    eligibility: raw.eligibility.map((one, i) => ({ ...one, when: at(one.when, 'eligibility', i, 'when') })),
    weights: weights && {
      table: weights.table.map((one, i) => ({ ...one, name: at(one.name, 'weights', 'table', i, 'name') })),
      note: weights.note ?? '',
    },
    backgrounds: [
      { name: 'main', regimens: list(background.main, 'background', 'main') },
      ...(background.alternatives ?? []).map(({ name, regimens }, i) => ({
        name,
        regimens: list(regimens, 'background', 'alternatives', i, 'regimens'),
      })),
    ],
    arms: raw.arms.map(({ name, n, label, regimens }, i) => ({
      name,
      n,
      label: label ?? name,
      regimens: list(regimens, 'arms', i, 'regimens'),
    })),
    ratingShift: shift ?? { sd: 0, source: '@assumed', locator: 'no shift is given' },
    dropoutPerYear: raw.dropout?.per_year ?? 0,
  }
}

function readScreening({ value: raw, place }: File): Reading<Trial['screening']> {
  const every = readDuration(raw.screening.every, place('screening', 'every'))
  const after = readDuration(raw.screening.baseline_after, place('screening', 'baseline_after'))
  const problems = [...every.problems, ...after.problems]
  const { most } = raw.screening
  const days = (every.value ?? 0) * most
  if (!(Number.isInteger(most) && most >= 1 && days <= LONGEST))
    problems.push(
      fault(
        'screening-count',
        `Nobody can be screened ${most} times.`,
        place('screening', 'most'),
        'write a whole number, 1 or more, and no more than 20 years in all',
      ),
    )
  if (every.value === undefined || after.value === undefined || problems.length > 0)
    return { value: undefined, problems }
  return { value: { everyDays: every.value, most, baselineAfterDays: after.value }, problems }
}

function readEndpoints({ value: raw, place }: File, visits: readonly Visit[]): Reading<Endpoint[]> {
  const readings = raw.endpoints.map((one, i) => readEndpoint(one, visits, (...path) => place('endpoints', i, ...path)))
  const problems = readings.flatMap((reading) => reading.problems)
  if (raw.endpoints.length === 0)
    problems.push(fault('no-endpoints', 'A trial without endpoints has no result.', place('endpoints')))
  return { value: problems.length > 0 ? undefined : readings.flatMap(({ value }) => value ?? []), problems }
}

function readSplit(
  { value: raw, place }: File,
  visits: readonly Visit[],
  endpoints: readonly Endpoint[],
): Reading<Trial['split']> {
  const { endpoint, month, arm } = raw.split
  const problems: Problem[] = []
  const values = endpoints.filter(({ kind }) => kind === 'value').map(({ id }) => id)
  if (!values.includes(endpoint)) problems.push(unknownName('endpoint', endpoint, values, place('split', 'endpoint')))
  const arms = raw.arms.map(({ name }) => name)
  if (!arms.includes(arm)) problems.push(unknownName('arm', arm, arms, place('split', 'arm')))
  const visit = visits[findVisit(visits, month) ?? -1]
  if (!visit || visit.day === 0) problems.push(noVisit(month, visits.slice(1), place('split', 'month')))
  if (!visit || problems.length > 0) return { value: undefined, problems }
  return { value: { endpoint, month, day: visit.day, arm }, problems }
}

function checkNames({ value: raw, place }: File): Problem[] {
  const backgrounds = ['main', ...(raw.background.alternatives ?? []).map(({ name }) => name)]
  return [
    ...doubled(
      'arm',
      raw.arms.map(({ name }) => name),
      (i) => place('arms', i, 'name'),
    ),
    ...doubled(
      'endpoint',
      raw.endpoints.map(({ id }) => id),
      (i) => place('endpoints', i, 'id'),
    ),
    ...doubled(
      'criterion',
      raw.eligibility.map(({ name }) => name),
      (i) => place('eligibility', i, 'name'),
    ),
    ...doubled(
      'target',
      (raw.weights?.table ?? []).map(({ name }) => name),
      (i) => place('weights', 'table', i, 'name'),
    ),
    ...doubled('background', backgrounds, (i) => place('background', 'alternatives', i - 1, 'name')),
  ]
}

function checkNumbers({ value: raw, place }: File): Problem[] {
  const problems: Problem[] = []
  if (raw.arms.length === 0) problems.push(fault('no-arms', 'A trial needs at least one arm.', place('arms')))
  for (const [i, { name, n }] of raw.arms.entries())
    if (!(Number.isInteger(n) && n >= 1 && n <= MOST_PATIENTS))
      problems.push(
        fault(
          'no-patients',
          `The arm "${name}" has ${n} patients.`,
          place('arms', i, 'n'),
          `write a whole number from 1 to ${MOST_PATIENTS}`,
        ),
      )
  const notBelow = (value: number | undefined, what: string, ...path: readonly (string | number)[]) => {
    if (value !== undefined && value < 0) problems.push(fault('negative', `${what} cannot be below 0.`, place(...path)))
  }
  notBelow(raw.rating_shift?.sd, 'An SD', 'rating_shift', 'sd')
  notBelow(raw.dropout?.per_year, 'A rate', 'dropout', 'per_year')
  for (const [i, { sd }] of (raw.weights?.table ?? []).entries())
    if (sd !== undefined && sd <= 0)
      problems.push(
        fault(
          'negative',
          'An SD must be above 0.',
          place('weights', 'table', i, 'sd'),
          'leave it out if it is not known',
        ),
      )
  return problems
}
