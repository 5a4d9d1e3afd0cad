// What operators and built-in functions make of operands whose units are known: the unit of the result, or a problem that names both units and helps.
import {
  describeMismatch,
  divideUnits,
  multiplyUnits,
  raiseUnit,
  sameDimension,
  sameUnit,
  type Unit,
  unitOne,
} from '#base'
import type { Typed } from './model.ts'
import { printExpression } from './print.ts'
import { type Check, MOST_GUESSES, report, type Scope } from './scope.ts'
import type { BinaryOperator, Expression } from './tree.ts'

/** Characters of a name or an expression quoted in a message. */
export const LONGEST = 60
const TRUTHS = new Set(['not', 'and', 'or', 'less', 'lessEqual', 'equal'])
const PURE = ['exp', 'log', 'sin', 'cos', 'floor'] as const // the whole part of a length depends on what it is measured in
export const BUILT_IN: readonly string[] = [...PURE, 'abs', 'sqrt', 'min', 'max', 'sum']

/** Tells whether an expression is a truth value rather than a number. */
export const isTruth = (e: Typed): boolean => TRUTHS.has(e.kind) || (e.kind === 'if' && isTruth(e.a))

/** Quotes an expression in a message, shortened. */
export function quote(e: Expression): string {
  const text = printExpression(e)
  return text.length > LONGEST ? `"${text.slice(0, LONGEST)}…"` : `"${text}"`
}

/** Brings a bare 0 to the other side's unit; undefined if the units differ. */
export function unify(a: Typed, b: Typed): { a: Typed; b: Typed } | undefined {
  if (a.kind === 'number' && a.free)
    return { a: b.kind === 'number' && b.free ? a : { ...a, unit: b.unit, free: false }, b }
  if (b.kind === 'number' && b.free) return { a, b: { ...b, unit: a.unit, free: false } }
  return sameUnit(a.unit, b.unit) ? { a, b } : undefined
}

/** Says how to bring a value to another scale, or why it cannot be. */
export const scaleHelp = (e: Expression, from: Unit, to: Unit): string =>
  sameDimension(from, to)
    ? `${describeMismatch(from, to)}; write (${quote(e).slice(1, -1)} in [${to.text}])`
    : describeMismatch(from, to)

/**
 * Holds an expression to a unit: the unit it then has, or undefined with a problem.
 * @param wanted where the unit comes from, for the message: its author declared it, or its place asks for it
 */
export function settleUnit(
  check: Check,
  e: Expression,
  value: Typed,
  declared: Unit | undefined,
  wanted: 'declared as' | 'wanted in' = 'declared as',
): Unit | undefined {
  if (declared === undefined) return value.unit
  if ((value.kind === 'number' && value.free) || sameUnit(value.unit, declared)) return declared
  return report(
    check,
    'unit-mismatch',
    `${quote(e)} is [${value.unit.text}], ${wanted} [${declared.text}].`,
    e.place,
    scaleHelp(e, value.unit, declared),
  )
}

/** The only argument of a call, or a problem. */
export function oneArgument(check: Check, e: Expression & { kind: 'call' }, args: readonly Typed[]): Typed | undefined {
  if (args.length === 1) return args[0]
  return report(check, 'wrong-arguments', `"${e.name}" takes one argument, found ${args.length}.`, e.place)
}

/** Applies a built-in function to typed numbers. */
export function checkBuiltIn(
  check: Check,
  e: Expression & { kind: 'call' },
  args: readonly Typed[],
): Typed | undefined {
  const { place, name } = e
  if (name === 'min' || name === 'max') {
    if (args.length < 2)
      return report(check, 'wrong-arguments', `"${name}" takes two or more arguments, found ${args.length}.`, place)
    return args.reduce<Typed | undefined>((a, b, i) => {
      if (!a || i === 0) return i === 0 ? b : undefined
      const pair = unify(a, b)
      if (pair) return { kind: name, ...pair, unit: pair.a.unit, place }
      return report(
        check,
        'unit-mismatch',
        `The arguments of "${name}" differ: [${a.unit.text}] and [${b.unit.text}].`,
        place,
        describeMismatch(b.unit, a.unit),
      )
    }, undefined)
  }
  const a = oneArgument(check, e, args)
  if (!a) return undefined
  if (name === 'sqrt') return raised(check, e, a, 0.5, (unit) => ({ kind: 'sqrt', a, unit, place }))
  if (name === 'abs') return { kind: 'abs', a, unit: a.unit, place }
  const pure = PURE.find((p) => p === name)
  if (!pure) throw new Error(`Cannot check the built-in "${name}": it is listed and not handled`)
  if (sameUnit(a.unit, unitOne)) return { kind: pure, a, unit: unitOne, place }
  return report(
    check,
    'unit-mismatch',
    `"${name}" wants a pure number [1], ${quote(e.args[0] ?? e)} is [${a.unit.text}].`,
    place,
    pureHelp(a.unit),
  )
}

const pureHelp = (unit: Unit): string =>
  sameDimension(unit, unitOne) ? 'write (… in [1])' : `divide by a reference value in [${unit.text}]`

const COMPARE = {
  '<': 'less',
  '<=': 'lessEqual',
  '>': 'less',
  '>=': 'lessEqual',
  '==': 'equal',
  '!=': 'equal',
} as const
const ADD = { '+': ['add', 'Cannot add'], '-': ['sub', 'Cannot subtract'] } as const

/** Applies an arithmetic operator or a comparison to two typed numbers. */
export function combine(
  check: Check,
  scope: Scope,
  e: Expression & { kind: 'binary'; operator: Exclude<BinaryOperator, 'and' | 'or'> },
  a: Typed,
  b: Typed,
): Typed | undefined {
  const { place, operator } = e
  if (operator === '*') return legible(check, e, { kind: 'mul', a, b, unit: multiplyUnits(a.unit, b.unit), place })
  if (operator === '/') {
    if (b.kind === 'number' && b.value === 0)
      return report(check, 'division-by-zero', `${quote(e)} divides by zero.`, place)
    return legible(check, e, { kind: 'div', a, b, unit: divideUnits(a.unit, b.unit), place })
  }
  if (operator === '^') return checkPower(check, e, a, b)
  const pair = unify(a, b)
  if (!pair) return reportSides(check, scope, e, a, b)
  if (operator === '+' || operator === '-') return { kind: ADD[operator][0], ...pair, unit: pair.a.unit, place }
  const flipped = operator === '>' || operator === '>='
  const compared: Typed = {
    kind: COMPARE[operator],
    a: flipped ? pair.b : pair.a,
    b: flipped ? pair.a : pair.b,
    unit: unitOne,
    place,
  }
  return operator === '!=' ? { kind: 'not', a: compared, unit: unitOne, place } : compared
}

const MOST_SYMBOLS = 40
const LARGEST_EXPONENT = 100

/** Refuses a unit that no quantity has, before products of products make it endless. */
function legible(check: Check, e: Expression, typed: Typed): Typed | undefined {
  const { atoms, factor } = typed.unit
  const fits = atoms.length <= MOST_SYMBOLS && atoms.every(({ exponent }) => Math.abs(exponent) <= LARGEST_EXPONENT)
  if (fits && factor > 0 && factor < Infinity) return typed
  return report(
    check,
    'unit-power',
    `The unit of ${quote(e)} is out of hand: at most ${MOST_SYMBOLS} symbols, exponents up to ${LARGEST_EXPONENT}, a size within the range of numbers.`,
    e.place,
    'divide by reference values',
  )
}

function reportSides(
  check: Check,
  scope: Scope,
  e: Expression & { kind: 'binary'; operator: BinaryOperator },
  a: Typed,
  b: Typed,
): undefined {
  const [left, right] = [`${quote(e.a)} [${a.unit.text}]`, `${quote(e.b)} [${b.unit.text}]`]
  const both = `both sides of "${e.operator}" need one unit`
  const message =
    e.operator === '+'
      ? `Cannot add ${right} to ${left}: ${both}.`
      : e.operator === '-'
        ? `Cannot subtract ${right} from ${left}: ${both}.`
        : `Cannot compare ${left} with ${right}: ${both}.`
  return report(
    check,
    'unit-mismatch',
    message,
    e.place,
    literalHelp(e.b, a.unit) ?? factorHelp(check, scope, e.b, b.unit, a.unit) ?? scaleHelp(e.b, b.unit, a.unit),
  )
}

/** A number without a unit next to one that has one. */
const literalHelp = (e: Expression, to: Unit): string | undefined =>
  e.kind === 'number' && !e.unit ? `give the number its unit: ${e.value} [${to.text}]` : undefined

/** Suggests the state that would mend the unit as a factor: "did you mean loss*B?". */
function factorHelp(check: Check, scope: Scope, e: Expression, from: Unit, to: Unit): string | undefined {
  if (sameDimension(from, to) || check.problems.length >= MOST_GUESSES) return undefined
  for (const [name, declared] of scope.names)
    if (
      declared.kind === 'state' &&
      declared.size === undefined &&
      typeof declared.settled === 'object' &&
      sameUnit(multiplyUnits(from, declared.settled.unit), to)
    )
      return `did you mean ${quote(e).slice(1, -1)}*${name}?`
  return undefined
}

function checkPower(check: Check, e: Expression & { kind: 'binary' }, a: Typed, b: Typed): Typed | undefined {
  const { place } = e
  if (!sameUnit(b.unit, unitOne))
    return report(
      check,
      'unit-mismatch',
      `An exponent is a pure number [1], ${quote(e.b)} is [${b.unit.text}].`,
      place,
      pureHelp(b.unit),
    )
  const exponent = constantOf(b)
  const constant: Typed | undefined =
    exponent === undefined ? undefined : { kind: 'number', value: exponent, unit: unitOne, place: b.place }
  if (constant && exponent !== undefined && !sameUnit(a.unit, unitOne))
    return raised(check, e, a, exponent, (unit) => ({ kind: 'power', a, b: constant, unit, place }))
  if (constant) return { kind: 'power', a, b: constant, unit: unitOne, place }
  if (sameUnit(a.unit, unitOne)) return { kind: 'power', a, b, unit: unitOne, place }
  return report(
    check,
    'unit-mismatch',
    `With a variable exponent the base is a pure number [1], ${quote(e.a)} is [${a.unit.text}].`,
    place,
    `divide by a reference value: (${quote(e.a).slice(1, -1)}/…)^…`,
  )
}

// Roots of units go down to quarters: [mg^0.3] means nothing to anyone.
function raised(
  check: Check,
  e: Expression,
  a: Typed,
  exponent: number,
  make: (unit: Unit) => Typed,
): Typed | undefined {
  const unit = raiseUnit(a.unit, exponent)
  if (unit) return legible(check, e, make(unit))
  return report(
    check,
    'unit-power',
    `[${a.unit.text}] cannot be raised to ${exponent} in ${quote(e)}.`,
    e.place,
    `divide by a reference value in [${a.unit.text}] first`,
  )
}

/** The value of an expression made of bare numbers only, as exponents such as 1/2 are. Shared parts are looked at once: there may be 2^n ways to them. */
function constantOf(e: Typed, known = new Map<Typed, number | undefined>()): number | undefined {
  if (!known.has(e))
    known.set(
      e,
      findConstant(e, (part) => constantOf(part, known)),
    )
  return known.get(e)
}

function findConstant(e: Typed, of: (part: Typed) => number | undefined): number | undefined {
  if (e.kind === 'number') return e.value
  if (e.kind === 'negate') {
    const a = of(e.a)
    return a === undefined ? undefined : -a
  }
  if (e.kind !== 'add' && e.kind !== 'sub' && e.kind !== 'mul' && e.kind !== 'div') return undefined
  const [a, b] = [of(e.a), of(e.b)]
  if (a === undefined || b === undefined) return undefined
  if (e.kind === 'add') return a + b
  if (e.kind === 'sub') return a - b
  return e.kind === 'mul' ? a * b : a / b
}
