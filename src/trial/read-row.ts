// From the keys of a printed row to the one kind of row they make.
import type { Place, Problem, Reading } from '#base'
import { fault } from './fault.ts'
import type { AbsentRow, DifferenceRow, DirectionRow, MeanRow, PublishedRow, ShareRow } from './published.ts'
import type { PublishedFile } from './schema.ts'

type Raw = PublishedFile['rows'][number]
type PlaceOf = (...path: readonly (string | number)[]) => Place

/** Reads one row. `placeOf` is given the path inside it. */
export function readRow(raw: Raw, placeOf: PlaceOf): Reading<PublishedRow> {
  const problems = checkNumbers(raw, placeOf)
  const row = raw.not_modelled === undefined ? readModelled(raw, placeOf, problems) : readAbsent(raw, placeOf)
  return problems.length > 0 ? { value: undefined, problems } : { value: row, problems }
}

function checkNumbers({ events, n, sd, interval, difference }: Raw, placeOf: PlaceOf): Problem[] {
  const problems: Problem[] = []
  const say = (message: string, key: string, help?: string) =>
    problems.push(fault('printed-number', message, placeOf(key), help))
  if (sd !== undefined && sd < 0) say('An SD cannot be below 0.', 'sd')
  if (n !== undefined && !(Number.isInteger(n) && n >= 1))
    say(`A row cannot be of ${n} patients.`, 'n', 'write a whole number, 1 or more')
  if (events !== undefined && !(Number.isInteger(events) && events >= 0))
    say(`There cannot be ${events} events.`, 'events')
  if (events !== undefined && n !== undefined && events > n)
    say(`There are ${events} events in ${n} patients.`, 'events')
  const [lo, hi] = interval ?? []
  if (lo !== undefined && hi !== undefined && difference !== undefined && !(lo <= difference && difference <= hi))
    say(`The interval ${lo} to ${hi} does not hold the difference ${difference}.`, 'interval')
  return problems
}

const kindOf = (raw: Raw): readonly ('mean' | 'share' | 'difference' | 'direction')[] => [
  ...(raw.mean === undefined ? [] : (['mean'] as const)),
  ...(raw.events === undefined ? [] : (['share'] as const)),
  ...(raw.difference === undefined ? [] : (['difference'] as const)),
  ...(raw.direction === undefined && raw.significant === undefined ? [] : (['direction'] as const)),
]

function readModelled(raw: Raw, placeOf: PlaceOf, problems: Problem[]): PublishedRow | undefined {
  const say = (code: string, message: string, key: string, help: string): undefined => {
    problems.push(fault(code, message, placeOf(key), help))
  }
  const [kind, second] = kindOf(raw)
  if (kind === undefined || second !== undefined)
    return say(
      'row-kind',
      `The row "${raw.id}" prints ${kind ? `a ${kind} and a ${second}` : 'nothing'}.`,
      'id',
      'write one of mean, events, difference, direction',
    )
  const { endpoint, month } = raw
  if (endpoint === undefined || month === undefined)
    return say(
      'row-parts',
      `The row "${raw.id}" names no ${endpoint === undefined ? 'endpoint' : 'month'}.`,
      'id',
      'or say why it is not_modelled',
    )
  const asked = { ...shared(raw, placeOf), label: raw.label, endpoint, month }
  if (kind === 'difference') {
    const [a, b] = raw.arms ?? []
    if (a === undefined || b === undefined)
      return say('row-parts', 'A difference is between two arms.', 'difference', 'write: arms: [msc, placebo]')
    const [lo, hi] = raw.interval ?? []
    const interval = lo === undefined || hi === undefined ? undefined : ([lo, hi] as const)
    return { ...asked, kind, arms: [a, b], difference: raw.difference ?? NaN, interval } satisfies DifferenceRow
  }
  const { arm, n } = raw
  if (arm === undefined) return say('row-parts', `The row "${raw.id}" names no arm.`, 'id', 'write: arm: …')
  if (kind === 'direction')
    return { ...asked, kind, arm, direction: raw.direction, significant: raw.significant } satisfies DirectionRow
  if (kind === 'mean') return { ...asked, kind, arm, mean: raw.mean ?? NaN, sd: raw.sd, n } satisfies MeanRow
  if (n === undefined) return say('row-parts', 'Events are of how many patients?', 'events', 'write n')
  return { ...asked, kind, arm, events: raw.events ?? NaN, n } satisfies ShareRow
}

const shared = (raw: Raw, placeOf: PlaceOf) => ({
  id: raw.id,
  use: raw.use,
  locator: raw.locator,
  derived: raw.derived ?? false,
  printed: printRow(raw),
  n: raw.n,
  places: {
    id: placeOf('id'),
    endpoint: placeOf('endpoint'),
    month: placeOf('month'),
    arms: raw.arms ? raw.arms.map((_, i) => placeOf('arms', i)) : [placeOf('arm')],
  },
})

const readAbsent = (raw: Raw, placeOf: PlaceOf): AbsentRow => ({
  ...shared(raw, placeOf),
  kind: 'absent',
  arm: raw.arm ?? raw.arms?.join(' - ') ?? '',
  month: raw.month,
  label: raw.label ?? raw.id,
  unit: raw.unit ?? '',
  value: raw.mean ?? raw.difference ?? (raw.events === undefined || raw.n === undefined ? null : raw.events / raw.n),
  notModelled: raw.not_modelled ?? '',
})

/** Says what was printed, in the words of a table. */
function printRow(raw: Raw): string {
  const parts: string[] = []
  if (raw.mean !== undefined) parts.push(`${raw.mean}${raw.sd === undefined ? '' : ` (SD ${raw.sd})`}`)
  if (raw.events !== undefined) parts.push(`${raw.events}${raw.n === undefined ? '' : `/${raw.n}`}`)
  if (raw.difference !== undefined)
    parts.push(`${raw.difference}${raw.interval === undefined ? '' : ` (95 %: ${raw.interval.join(' to ')})`}`)
  if (raw.direction !== undefined) parts.push(raw.direction)
  if (raw.significant !== undefined) parts.push(raw.significant ? 'p < 0.05' : 'p not below 0.05')
  if (raw.derived) parts.push('derived')
  return parts.join(', ')
}
