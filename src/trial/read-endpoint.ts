// From the keys of an endpoint, as written, to the one kind of endpoint they make.
import { type Place, type Problem, type Reading, readUnit } from '#base'
import { fault } from './fault.ts'
import type { TrialFile } from './schema.ts'
import type { Endpoint, Visit } from './trial.ts'
import { findVisit, noVisit } from './visit-days.ts'

type Raw = TrialFile['endpoints'][number]

const KINDS = ['value', 'when', 'first', 'after'] as const
type Kind = (typeof KINDS)[number]

const ALSO: Readonly<Record<Kind, readonly string[]>> = {
  value: ['unit'],
  when: ['missing'],
  first: ['unit'],
  after: ['event', 'by'],
}

/** Reads one endpoint. `placeOf` is given the path inside it. */
export function readEndpoint(
  raw: Raw,
  visits: readonly Visit[],
  placeOf: (...path: readonly string[]) => Place,
): Reading<Endpoint> {
  const kinds = KINDS.filter((kind) => raw[kind] !== undefined)
  const [kind] = kinds
  if (kind === undefined || kinds.length > 1) {
    const said = kind === undefined ? 'nothing that is counted' : kinds.map((k) => `"${k}"`).join(' and ')
    return fail(
      fault(
        'endpoint-kind',
        `The endpoint "${raw.id}" has ${said}.`,
        placeOf(kinds[1] ?? 'id'),
        'write one of value, when, first, after',
      ),
    )
  }
  const allowed: readonly string[] = ['id', 'label', kind, ...ALSO[kind]]
  const stray = Object.keys(raw).filter((key) => !allowed.includes(key))
  const problems = stray.map((key) =>
    fault('stray-key', `"${key}" means nothing beside "${kind}".`, placeOf(key), `beside it: ${ALSO[kind].join(', ')}`),
  )
  problems.push(...checkUnit(raw, kind, placeOf))
  const endpoint = settle(raw, visits, placeOf, problems)
  return problems.length > 0 ? { value: undefined, problems } : { value: endpoint, problems }
}

function checkUnit({ unit }: Raw, kind: Kind, placeOf: (...path: readonly string[]) => Place): Problem[] {
  if (unit === undefined)
    return kind === 'first' ? [fault('no-unit', 'A time needs a unit.', placeOf('first'), 'write: unit: wk')] : []
  const reading = readUnit(unit)
  if (!('unit' in reading))
    return [
      fault('unit', `Cannot read the unit "${unit}". ${reading.fault.message}.`, placeOf('unit'), reading.fault.help),
    ]
  const time = Object.entries(reading.unit.dimension).every(([base, power]) => power === (base === 's' ? 1 : 0))
  return kind === 'first' && !time ? [fault('unit-mismatch', `"${unit}" is not a unit of time.`, placeOf('unit'))] : []
}

function settle(
  raw: Raw,
  visits: readonly Visit[],
  placeOf: (...path: readonly string[]) => Place,
  problems: Problem[],
): Endpoint | undefined {
  const { id, label, unit = '1' } = raw
  const written = (text: string, ...path: readonly string[]) => ({ text, place: placeOf(...path) })
  if (raw.value !== undefined) return { id, label, kind: 'value', unit, value: written(raw.value, 'value') }
  if (raw.when !== undefined)
    return { id, label, kind: 'when', when: written(raw.when, 'when'), missing: raw.missing ?? 'omit' }
  if (raw.first !== undefined) return { id, label, kind: 'first', unit, first: written(raw.first, 'first') }
  if (raw.after === undefined) return undefined
  if (raw.event === undefined) {
    problems.push(
      fault(
        'no-event',
        `The endpoint "${id}" says after what, but not which event.`,
        placeOf('after'),
        'write: event: "…"',
      ),
    )
    return undefined
  }
  const visit = visits[findVisit(visits, raw.after.month) ?? -1]
  if (!visit) {
    problems.push(noVisit(raw.after.month, visits, placeOf('after', 'month')))
    return undefined
  }
  const after = written(raw.after.when, 'after', 'when')
  return { id, label, kind: 'after', after, day: visit.day, event: written(raw.event, 'event') }
}

const fail = (problem: Problem): Reading<Endpoint> => ({ value: undefined, problems: [problem] })
