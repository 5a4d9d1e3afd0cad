// Checks params, inputs and tables: every number has a unit, a meaning and a source, and a prior that its value allows.
import { sameUnit, type Unit, unitOne } from '#base'
import { type Check, type Declared, type Of, report, type Scope, unitOf } from './scope.ts'
import type { Name, Source } from './tree.ts'

/** Checks a param or an input and adds it to the model. */
export function checkSourced(check: Check, scope: Scope, s: Of<'param' | 'input'>): Declared {
  const { name, value, prior, meaning, source } = s
  const what = `"${name.text}"`
  if (s.unit === undefined)
    report(
      check,
      'missing-unit',
      `${what} has no unit.`,
      name.place,
      'units stand in brackets after the number; [1] is a pure number',
    )
  checkMeaning(check, name, meaning)
  checkSource(check, name, source)
  const unit = s.unit && unitOf(check, s.unit)
  const allowed = prior === undefined || (unit !== undefined && checkPrior(check, s, unit))
  if (!unit || meaning === undefined || source === undefined || !allowed) return { kind: 'broken' }
  const shared = { name: scope.prefix + name.text, value, unit, meaning, source, place: name.place }
  if (s.kind === 'input') return { kind: 'input', at: check.inputs.push(shared) - 1 }
  return { kind: 'parameter', at: check.parameters.push({ ...shared, ...(prior && { prior }) }) - 1 }
}

/** Sees that what is declared says what it means. */
export function checkMeaning(check: Check, name: Name, meaning: string | undefined): void {
  if (meaning === undefined || meaning.trim() === '')
    report(
      check,
      'missing-meaning',
      `"${name.text}" does not say what it means.`,
      name.place,
      'put a few words in quotes after the unit: "rate of loss"',
    )
}

function checkSource(check: Check, { text, place }: Name, source: Source | undefined): void {
  if (source === undefined)
    report(
      check,
      'missing-source',
      `"${text}" has no source.`,
      place,
      'end the line with @key "where in it", or @assumed "why"',
    )
  else if (source.key === 'assumed' && !source.locator?.trim())
    report(check, 'missing-reason', `"${text}" is assumed without a reason.`, source.place, '@assumed "why this value"')
}

/** Checks a table and adds it to the model. */
export function checkTable(check: Check, scope: Scope, s: Of<'table'>): Declared {
  const { name, points, between, outside, meaning, source } = s
  const [arg, unit] = [unitOf(check, s.arg.unit), unitOf(check, s.unit)]
  checkMeaning(check, name, meaning)
  checkSource(check, name, source)
  const falling = points.findIndex(([x], i) => i > 0 && x <= (points[i - 1]?.[0] ?? 0))
  if (falling > 0)
    report(
      check,
      'table-order',
      `The arguments of "${name.text}" must rise: point ${falling + 1} does not.`,
      name.place,
      'put the points in order, each argument once',
    )
  if (!arg || !unit || !source || falling > 0) return { kind: 'broken' }
  const at =
    check.tables.push({ name: scope.prefix + name.text, points, between, outside, source, place: name.place }) - 1
  return { kind: 'table', at, arg, unit }
}

function checkPrior(check: Check, s: Of<'param' | 'input'>, unit: Unit): boolean {
  const { prior, value, name } = s
  if (prior === undefined) return true
  const bad = (message: string, help: string): false => {
    report(check, 'bad-prior', message, prior.place, help)
    return false
  }
  const what = `"${name.text}" = ${value}`
  if (prior.family === 'uniform') {
    if (!(prior.from < prior.to))
      return bad(`A uniform prior rises: from ${prior.from} to ${prior.to} does not.`, 'put the lower end first')
    return (
      (value >= prior.from && value <= prior.to) ||
      bad(`${what} lies outside its prior, ${prior.from} to ${prior.to}.`, 'the number is the typical value')
    )
  }
  const spread = prior.family === 'lognormal' && prior.cv !== undefined ? prior.cv : prior.sd
  if (spread === undefined || spread < 0)
    return bad(
      `The spread of a prior is at least 0, found ${spread}.`,
      'leave the prior out if the value does not vary',
    )
  if (prior.family === 'lognormal' && !(value > 0))
    return bad(`A lognormal prior needs a value above 0, found ${what}.`, 'use normal sd …')
  if (prior.family !== 'logitnormal') return true
  if (!sameUnit(unit, unitOne))
    return bad(`A logitnormal prior is for pure numbers [1], ${what} is in [${unit.text}].`, 'use lognormal cv …%')
  return (
    (value > 0 && value < 1) ||
    bad(`A logitnormal prior needs a value between 0 and 1, found ${what}.`, 'use lognormal cv …%')
  )
}
