// Checks what is done to a subject (doses, sets, resets) and puts it into the model's own units. What is given from outside is converted:
// a dose of 0.1 [g] into a state in [mg] is 100 mg; inside equations nothing is converted silently.
import { conversionFactor, describeMismatch, type Unit, unitOne } from '#base'
import { checkNumber, unitOfState } from './check-expression.ts'
import { type Deed, dependsOn, type Expectation, type Typed } from './model.ts'
import { roundTime } from './round-time.ts'
import { type Check, find, report, type Scope, unitOf } from './scope.ts'
import type { Action, Expression, Index, Limit, Name, Quantity } from './tree.ts'

/** A time in the model's unit; a bare number is in it already. */
export function checkTime(check: Check, q: Quantity, range: 'above 0' | 'at least 0'): number | undefined {
  const unit = q.unit ? unitOf(check, q.unit) : check.time
  if (!unit) return undefined
  const factor = conversionFactor(unit, check.time)
  if (factor === undefined)
    return report(
      check,
      'unit-mismatch',
      `[${unit.text}] is no unit of time: ${describeMismatch(unit, check.time)}.`,
      q.unit?.place ?? q.place,
    )
  const value = roundTime(q.value * factor)
  if ((value > 0 && value < Infinity) || (value === 0 && range === 'at least 0')) return value
  const wanted = value === Infinity ? 'finite' : range
  return report(check, 'bad-time', `The time must be ${wanted}, found ${q.value} [${unit.text}].`, q.place)
}

/** A limit in the unit of what it limits. */
export function checkLimit(check: Check, limit: Limit, unit: Unit): Expectation['limit'] | undefined {
  if (limit.kind === 'percent') return { kind: 'relative', size: limit.percent / 100 }
  const own = unitOf(check, limit.unit)
  const factor = own && conversionFactor(own, unit)
  if (own && factor === undefined)
    return report(
      check,
      'unit-mismatch',
      `The limit is in [${own.text}], the value in [${unit.text}].`,
      limit.unit.place,
      describeMismatch(own, unit),
    )
  return factor === undefined ? undefined : { kind: 'absolute', size: limit.value * factor }
}

/** Checks a list of actions; undefined if any has a problem. */
export function checkDeeds(check: Check, scope: Scope, actions: readonly Action[]): Deed[] | undefined {
  const deeds = actions.map((a) => checkDeed(check, scope, a))
  const good = deeds.filter((d) => d !== undefined)
  return good.length === deeds.length ? good : undefined
}

function checkDeed(check: Check, scope: Scope, a: Action): Deed | undefined {
  const { place } = a
  const at = a.at === undefined ? 0 : checkTime(check, a.at, 'at least 0')
  if (a.kind === 'set') return checkSet(check, scope, a, at)
  const name = a.kind === 'dose' ? a.into : a.name
  const state = checkTarget(check, scope, name, a.index)
  const value = state && checkGivenValue(check, scope, a.kind === 'dose' ? a.amount : a.value, state.unit)
  if (!state || !value || at === undefined) return undefined
  if (a.kind === 'reset') return { kind: 'reset', place, state: state.at, value, at }
  const every = a.every === undefined ? 0 : checkTime(check, a.every, 'above 0')
  const over = a.over === undefined ? 0 : checkTime(check, a.over, 'above 0')
  if (every === undefined || over === undefined) return undefined
  return { kind: 'dose', place, state: state.at, amount: value, at, every, times: a.times ?? 1, over }
}

function checkTarget(
  check: Check,
  scope: Scope,
  name: Name,
  index: Index | undefined,
): { at: number; unit: Unit } | undefined {
  const found = find(check, scope, { kind: 'name', name: name.text, place: name.place })
  if (!found || found.kind === 'broken') return undefined
  if (found.kind !== 'state')
    return report(
      check,
      'not-a-state',
      `"${name.text}" is no state: nothing can be given into it.`,
      name.place,
      `states: ${check.states.map((s) => s.name).join(' ')}`.slice(0, 200),
    )
  const unit = unitOfState(check, found, name.place)
  if (!unit) return undefined
  if (found.size === undefined && index === undefined) return { at: found.at, unit }
  if (found.size === undefined) return report(check, 'not-an-array', `"${name.text}" is no array.`, name.place)
  const offset = index?.counter === undefined ? index?.offset : undefined
  if (offset === undefined || offset > found.size)
    return report(
      check,
      'index-out-of-range',
      `"${name.text}" is an array of ${found.size}: say which element.`,
      name.place,
      `${name.text}[1]`,
    )
  return { at: found.at + offset - 1, unit }
}

/** Types a given value, converts it to the wanted unit, and sees that only params decide it. */
function checkGivenValue(check: Check, scope: Scope, e: Expression, wanted: Unit): Typed | undefined {
  const value = checkNumber(check, { scope }, e)
  if (!value) return undefined
  const moving = dependsOn(value, check.derived, ['state', 'time', 'input'])
  if (moving)
    return report(
      check,
      'given-moves',
      `What is given depends on ${moving === 'time' ? 'time' : `a ${moving}`}.`,
      e.place,
      'a dose or a setting is a number, or made of params',
    )
  if (isBare(value)) return { ...value, unit: wanted }
  const factor = conversionFactor(value.unit, wanted)
  if (factor === 1) return value
  if (factor !== undefined) return { kind: 'scale', a: value, factor, unit: wanted, place: e.place }
  return report(
    check,
    'unit-mismatch',
    `What is given is in [${value.unit.text}], what it is for in [${wanted.text}].`,
    e.place,
    describeMismatch(value.unit, wanted),
  )
}

/** A number without a unit: on the command line and in `set` it is in the unit of what it is for. */
const isBare = (e: Typed): boolean =>
  (e.kind === 'number' && e.unit === unitOne) || (e.kind === 'negate' && isBare(e.a))

function checkSet(check: Check, scope: Scope, a: Action & { kind: 'set' }, at: number | undefined): Deed | undefined {
  const { place, name } = a
  const found = find(check, scope, { kind: 'name', name: name.text, place: name.place })
  if (!found || found.kind === 'broken' || at === undefined) return undefined
  if (found.kind !== 'parameter' && found.kind !== 'input')
    return report(
      check,
      'not-settable',
      `"${name.text}" is a ${found.kind === 'definition' ? 'derived quantity' : found.kind}: only params and inputs can be set.`,
      name.place,
      found.kind === 'state' ? `reset ${name.text} = …` : undefined,
    )
  const target = (found.kind === 'parameter' ? check.parameters : check.inputs)[found.at]
  const value = target && checkGivenValue(check, scope, a.value, target.unit)
  if (!value) return undefined
  if (found.kind === 'input') return { kind: 'set-input', place, input: found.at, value, at }
  if (a.at)
    return report(
      check,
      'timed-param',
      `"${name.text}" is a param and holds for the whole run.`,
      a.at.place,
      'what changes in time is an input',
    )
  return { kind: 'set-parameter', place, parameter: found.at, value }
}
