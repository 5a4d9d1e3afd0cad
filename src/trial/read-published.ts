// Reads NAME.published.yaml: shape by schema.ts, then each row on its own (read-row.ts), then all of them against the trial they speak of.
import { type Place, type Problem, type Reading, readYaml } from '#base'
import { doubled, fault, unknownName } from './fault.ts'
import type { ModelledRow, Published } from './published.ts'
import { readRow } from './read-row.ts'
import { publishedFile } from './schema.ts'
import type { Endpoint, Trial } from './trial.ts'
import { findVisit, noVisit } from './visit-days.ts'

/**
 * Reads the printed rows of a trial. Whether its names fit the trial is checked by `checkPublished`.
 * @param file its name, for places
 * @returns no value when there is any error
 */
export function readPublished(file: string, text: string): Reading<Published> {
  const { value: written, problems: found } = readYaml(file, text, publishedFile)
  if (!written) return { value: undefined, problems: found }
  const { value: raw, place } = written
  const readings = raw.rows.map((row, i) => readRow(row, (...path) => place('rows', i, ...path)))
  const problems = [
    ...found,
    ...readings.flatMap((reading) => reading.problems),
    ...doubled(
      'row',
      raw.rows.map(({ id }) => id),
      (i) => place('rows', i, 'id'),
    ),
  ]
  if (problems.some(({ level }) => level === 'error')) return { value: undefined, problems }
  const rows = readings.flatMap(({ value }) => value ?? [])
  return { value: { file, name: raw.published, source: raw.source, rows, place: place('published') }, problems }
}

/** Checks that every row names an endpoint, arms and a visit of the trial, and a kind of number that the endpoint has. */
export function checkPublished(published: Published, trial: Trial): Problem[] {
  const named =
    published.name === trial.name
      ? []
      : [fault('other-trial', `These rows are of "${published.name}", the trial is "${trial.name}".`, published.place)]
  return [...named, ...published.rows.flatMap((row) => (row.kind === 'absent' ? [] : checkRow(row, trial)))]
}

function checkRow(row: ModelledRow, trial: Trial): Problem[] {
  const { places } = row
  const arms = trial.arms.map(({ name }) => name)
  const named = row.kind === 'difference' ? row.arms : [row.arm]
  const problems = named.flatMap((arm, i) =>
    arms.includes(arm) ? [] : [unknownName('arm', arm, arms, places.arms[i] ?? places.id)],
  )
  if (findVisit(trial.visits, row.month) === undefined) problems.push(noVisit(row.month, trial.visits, places.month))
  const endpoint = trial.endpoints.find(({ id }) => id === row.endpoint)
  const ids = trial.endpoints.map(({ id }) => id)
  if (!endpoint) return [...problems, unknownName('endpoint', row.endpoint, ids, places.endpoint)]
  return [...problems, ...checkKind(row, endpoint, places.endpoint)]
}

const GIVES: Readonly<Record<Endpoint['kind'], string>> = {
  value: 'a mean',
  first: 'a mean time',
  when: 'a share',
  after: 'a share',
}

function checkKind(row: ModelledRow, endpoint: Endpoint, place: Place): Problem[] {
  const refuse = (what: string, help: string) => [
    fault('row-kind', `"${endpoint.id}" gives ${GIVES[endpoint.kind]}, not ${what}.`, place, help),
  ]
  const share = endpoint.kind === 'when' || endpoint.kind === 'after'
  if (row.kind === 'mean' && share) return refuse('a mean', 'write events and n')
  if (row.kind === 'share' && !share) return refuse('events', 'write a mean')
  if (row.kind === 'direction' && endpoint.kind !== 'value')
    return refuse('a direction', 'name an endpoint with a value')
  return []
}
