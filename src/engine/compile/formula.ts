// Formulas outside of model files: conditions and amounts, in the language of the equations, over names that somebody else gives values to.
// Same words, same units, same bits as in a model.
import { conversionFactor, describeMismatch, type Place, type Reading, readUnit, type Unit } from '#base'
import { checkExpression } from '../language/check-expression.ts'
import { isTruth, quote } from '../language/check-operation.ts'
import { partsOf, type Typed } from '../language/model.ts'
import { parseFormula } from '../language/parse.ts'
import { type Check, newCheck, report, type Scope } from '../language/scope.ts'
import type { Expression } from '../language/tree.ts'
import { lowering, type Meaning, plain } from './lower.ts'

/** A name that formulas may use. Dots are part of it: `baseline.weight`. */
export interface Named {
  readonly name: string
  readonly unit: string
  readonly meaning: string
}

/** What a formula is for: a condition, or a number; converted to a unit if one is asked for. */
export type FormulaKind = { readonly as: 'condition' } | { readonly as: 'number'; readonly unit?: string }

export interface Formula {
  readonly text: string
  readonly unit: string
  /** The names that it reads. */
  readonly uses: readonly string[]
  /**
   * Computes the formula. A condition gives 1 or 0; whatever reads a value that is NaN gives NaN.
   * @param values in the order of the names
   */
  evaluate(values: ArrayLike<number>): number
}

/**
 * Reads a formula.
 * @param asked its text, and where that stands in its file: problems point there
 */
export function readFormula(
  names: readonly Named[],
  asked: FormulaKind & { readonly text: string; readonly place: Place },
): Reading<Formula> {
  const { text, place } = asked
  const above = '\n'.repeat(place.line - 1) + ' '.repeat(place.column - 1) // so that places come out right
  const { value, problems } = parseFormula(place.file, above + text)
  return value ? checkFormula(names, value, asked) : { value: undefined, problems }
}

/** Checks a formula that has been read already, as the values of actions have. */
export function checkFormula(names: readonly Named[], expression: Expression, kind: FormulaKind): Reading<Formula> {
  const { check, scope } = checkOver(names)
  const typed = checkExpression(check, { scope }, expression)
  const value = typed && settle(check, expression, typed, kind)
  if (!value) return { value: undefined, problems: check.problems }
  const read = [...inputsOf(value)].toSorted((a, b) => a - b)
  let given: ArrayLike<number> = []
  const compute = lowering(
    later,
    { derived: [], tables: [] },
    {
      time: () => NaN,
      parameter: () => () => NaN,
      input: (at) => () => given[at] ?? NaN,
      state: () => () => NaN,
    },
  )(value)
  const formula: Formula = {
    text: quote(expression).slice(1, -1),
    unit: value.unit.text,
    uses: read.map((at) => names[at]?.name ?? ''),
    evaluate: (values) => {
      for (const at of read) if (Number.isNaN(values[at] ?? NaN)) return NaN
      given = values
      return compute()
    },
  }
  return { value: formula, problems: check.problems }
}

// The names as inputs of a model that has nothing else; what stands before a dot is a scope, as a joined file is.
function checkOver(names: readonly Named[]): { check: Check; scope: Scope } {
  const check = newCheck()
  const place: Place = { file: '', line: 1, column: 1, length: 1 }
  const scopeOf = (prefix: string): Scope => {
    const old = check.scopes.get(prefix)
    if (old) return old
    const made = { file: { file: '', statements: [] }, prefix: prefix && `${prefix}.`, names: new Map() }
    check.scopes.set(prefix, made)
    return made
  }
  const scope = scopeOf('')
  for (const { name, unit, meaning } of names) {
    const reading = readUnit(unit)
    if (!('unit' in reading)) throw new Error(`The name "${name}" has the unit "${unit}": ${reading.fault.message}`)
    const dot = name.indexOf('.')
    const at = check.inputs.push({ name, value: NaN, unit: reading.unit, meaning, place }) - 1
    scopeOf(name.slice(0, Math.max(0, dot))).names.set(name.slice(dot + 1), { kind: 'input', at })
  }
  return { check, scope }
}

function settle(check: Check, e: Expression, typed: Typed, kind: FormulaKind): Typed | undefined {
  const { place } = e
  if ([...nodesOf(typed)].some((node) => node.kind === 'time'))
    return report(
      check,
      'no-time',
      'A formula has no "time" of its own.',
      place,
      'use one of the names that it is over',
    )
  if (kind.as === 'condition') {
    if (!isTruth(typed))
      return report(
        check,
        'not-a-truth',
        `${quote(e)} is a number where a condition is needed.`,
        place,
        'compare it: … > 0',
      )
    const one = (value: number): Typed => ({ kind: 'number', value, unit: typed.unit, place })
    return { kind: 'if', test: typed, a: one(1), b: one(0), unit: typed.unit, place }
  }
  if (isTruth(typed))
    return report(
      check,
      'not-a-number',
      `${quote(e)} is a truth value where a number is needed.`,
      place,
      'write: if … then 1 else 0',
    )
  return kind.unit === undefined ? typed : convert(check, e, typed, kind.unit)
}

function convert(check: Check, e: Expression, typed: Typed, text: string): Typed | undefined {
  const reading = readUnit(text)
  if (!('unit' in reading)) return report(check, 'bad-unit', reading.fault.message, e.place, reading.fault.help)
  const unit: Unit = reading.unit
  if (typed.kind === 'number' && typed.free) return { ...typed, unit }
  const factor = conversionFactor(typed.unit, unit)
  if (factor === 1) return typed
  if (factor !== undefined) return { kind: 'scale', a: typed, factor, unit, place: e.place }
  return report(
    check,
    'unit-mismatch',
    `${quote(e)} is [${typed.unit.text}], wanted in [${unit.text}].`,
    e.place,
    describeMismatch(typed.unit, unit),
  )
}

function nodesOf(value: Typed): Set<Typed> {
  const seen = new Set([value])
  for (const node of seen) for (const part of partsOf(node)) seen.add(part) // the set grows while it is gone through
  return seen
}

const inputsOf = (value: Typed): Set<number> =>
  new Set([...nodesOf(value)].flatMap((node) => (node.kind === 'input' ? [node.at] : [])))

type Later<T> = () => T

const one =
  (f: (a: number) => number) =>
  (a: Later<number>): Later<number> =>
  () =>
    f(a())
const two =
  <T, R>(f: (a: T, b: T) => R) =>
  (a: Later<T>, b: Later<T>): Later<R> =>
  () =>
    f(a(), b())

/** The arithmetic of computations to be done later, as often as wanted: an expression becomes a function. */
const later: Meaning<Later<number>, Later<boolean>> = {
  constant: (value) => () => value,
  add: two(plain.add),
  sub: two(plain.sub),
  mul: two(plain.mul),
  div: two(plain.div),
  min: two(plain.min),
  max: two(plain.max),
  neg: one(plain.neg),
  abs: one(plain.abs),
  sqrt: one(plain.sqrt),
  floor: one(plain.floor),
  powerOfTwo: one(plain.powerOfTwo),
  exponentOf: one(plain.exponentOf),
  significandOf: one(plain.significandOf),
  less: two(plain.less),
  lessEqual: two(plain.lessEqual),
  equal: two(plain.equal),
  and: two(plain.and),
  or: two(plain.or),
  not: (a) => () => !a(),
  select: (test, then, otherwise) => () => (test() ? then() : otherwise()),
  elementary: (name, ...args) => {
    const [a, b] = args
    return () => plain.elementary(name, a?.() ?? NaN, b?.() ?? NaN)
  },
}
