// Gives each expression its meaning and its unit, or says in the author's words why it has none.
import { conversionFactor, describeMismatch, type Place, type Unit, unitOne } from '#base'
import {
  BUILT_IN,
  checkBuiltIn,
  combine,
  isTruth,
  LONGEST,
  oneArgument,
  quote,
  scaleHelp,
  settleUnit,
  unify,
} from './check-operation.ts'
import { partsOf, type Typed } from './model.ts'
import {
  type Check,
  type Declared,
  type DeclaredState,
  type Definition,
  find,
  lookUp,
  report,
  type Scope,
  suggest,
  unitOf,
} from './scope.ts'
import type { Expression } from './tree.ts'

/** What an expression may refer to besides the names of its file. */
export interface Surroundings {
  readonly scope: Scope
  readonly args?: ReadonlyMap<string, Typed>
  readonly counter?: { readonly name: string; readonly value: number }
}

/** How deep checks may nest and how tall a checked expression may be. Each function that is called adds its body; the stack, 1 MB in Node, holds 1000. */
const DEEPEST_CHECK = 400

/** The most expressions in one model, with functions and arrays written out: what doubles with every line cannot eat the memory. */
const MOST_PARTS = 200_000

/** Types an expression; undefined once a problem has been reported inside it. */
export function checkExpression(check: Check, at: Surroundings, e: Expression): Typed | undefined {
  if (check.depth >= DEEPEST_CHECK) return reportDepth(check, e)
  if (++check.parts > MOST_PARTS) return reportSize(check, e)
  check.depth++
  const typed = checkParts(check, at, e)
  check.depth--
  return typed && heightOf(check, typed) > DEEPEST_CHECK ? reportDepth(check, e) : typed
}

const reportDepth = (check: Check, { place }: Expression): undefined =>
  report(
    check,
    'too-deep',
    `With what it calls and refers to, the expression is more than ${DEEPEST_CHECK} operations deep.`,
    place,
    'name parts of it with "let", and define them before they are used',
  )

function reportSize(check: Check, { place }: Expression): undefined {
  if (check.parts === MOST_PARTS + 1)
    report(
      check,
      'too-large',
      `The model has more than ${MOST_PARTS} operations once functions and arrays are written out.`,
      place,
      'name the results of functions with "let"',
    )
}

/** Parts are measured before what they make up, so this goes no deeper than the longest `sum` or `min`. */
function heightOf(check: Check, e: Typed): number {
  const known = check.heights.get(e)
  if (known !== undefined) return known
  const height = 1 + Math.max(0, ...partsOf(e).map((part) => heightOf(check, part)))
  check.heights.set(e, height)
  return height
}

function checkParts(check: Check, at: Surroundings, e: Expression): Typed | undefined {
  const { place } = e
  switch (e.kind) {
    case 'number': {
      if (e.unit === undefined)
        return { kind: 'number', value: e.value, unit: unitOne, place, ...(e.value === 0 && { free: true }) }
      const unit = unitOf(check, e.unit)
      return unit && { kind: 'number', value: e.value, unit, place }
    }
    case 'name':
      return checkName(check, at, e)
    case 'element':
      return checkElement(check, at, e)
    case 'call':
      return checkCall(check, at, e)
    case 'negate': {
      const a = checkNumber(check, at, e.a)
      return a && { kind: 'negate', a, unit: a.unit, place }
    }
    case 'not': {
      const a = checkTruth(check, at, e.a)
      return a && { kind: 'not', a, unit: unitOne, place }
    }
    case 'binary':
      return checkBinary(check, at, e)
    case 'if': {
      const test = checkTruth(check, at, e.test)
      const a = checkExpression(check, at, e.then)
      const b = checkExpression(check, at, e.otherwise)
      if (!test || !a || !b) return undefined
      if (isTruth(a) !== isTruth(b))
        return report(check, 'mixed-truth', 'One branch of "if" is a truth value, the other a number.', place)
      const pair = unify(a, b)
      if (pair) return { kind: 'if', test, ...pair, unit: pair.a.unit, place }
      return report(
        check,
        'unit-mismatch',
        `The branches of "if" differ: ${quote(e.then)} is [${a.unit.text}], ${quote(e.otherwise)} is [${b.unit.text}].`,
        place,
        scaleHelp(e.otherwise, b.unit, a.unit),
      )
    }
    case 'convert': {
      const a = checkNumber(check, at, e.a)
      const unit = unitOf(check, e.unit)
      if (!a || !unit) return undefined
      const factor = conversionFactor(a.unit, unit)
      if (factor !== undefined && factor > 0 && factor < Infinity) return { kind: 'scale', a, factor, unit, place }
      return report(
        check,
        'unit-mismatch',
        `Cannot convert ${quote(e.a)} [${a.unit.text}] to [${unit.text}]: ${describeMismatch(a.unit, unit)}.`,
        place,
      )
    }
  }
}

/** Types an expression that must be a number, not a truth value. */
export function checkNumber(check: Check, at: Surroundings, e: Expression): Typed | undefined {
  const typed = checkExpression(check, at, e)
  if (typed && isTruth(typed))
    return report(
      check,
      'not-a-number',
      `${quote(e)} is a truth value where a number is needed.`,
      e.place,
      'write: if … then 1 else 0',
    )
  return typed
}

function checkTruth(check: Check, at: Surroundings, e: Expression): Typed | undefined {
  const typed = checkExpression(check, at, e)
  if (typed && !isTruth(typed))
    return report(
      check,
      'not-a-truth',
      `${quote(e)} is a number where a condition is needed.`,
      e.place,
      'compare it: … > 0',
    )
  return typed
}

function checkName(check: Check, at: Surroundings, e: Expression & { kind: 'name' }): Typed | undefined {
  const { place } = e
  if (e.name === 'time') return { kind: 'time', unit: check.time, place }
  const arg = at.args?.get(e.name)
  if (arg) return arg
  if (at.counter?.name === e.name)
    return report(check, 'counter-as-number', `The counter "${e.name}" counts elements and is not a quantity.`, place)
  const found = BUILT_IN.includes(e.name) && !at.scope.names.has(e.name) ? undefined : find(check, at.scope, e)
  if (BUILT_IN.includes(e.name) && !found)
    return report(check, 'not-a-quantity', `"${e.name}" is a function and needs arguments in parentheses.`, place)
  if (!found || found.kind === 'broken') return undefined
  switch (found.kind) {
    case 'parameter': {
      const parameter = check.parameters[found.at]
      check.used.add(`parameter ${found.at}`)
      return parameter && { kind: 'parameter', at: found.at, unit: parameter.unit, place }
    }
    case 'input': {
      const input = check.inputs[found.at]
      check.used.add(`input ${found.at}`)
      return input && { kind: 'input', at: found.at, unit: input.unit, place }
    }
    case 'state':
      if (found.size !== undefined)
        return report(
          check,
          'array-as-number',
          `"${e.name}" is an array of ${found.size}: say which element.`,
          place,
          `${e.name}[1], or sum(${e.name})`,
        )
      return stateAt(check, found, 0, place)
    case 'definition': {
      const resolved = resolveDefinition(check, found.definition, e)
      return resolved && { kind: 'derived', at: resolved.at, unit: resolved.unit, place }
    }
    default:
      return report(
        check,
        'not-a-quantity',
        `"${e.name}" is a ${found.kind} and needs an argument in parentheses.`,
        place,
      )
  }
}

/** Resolves a `let` or `provides` when it is first asked for; a cycle is reported with its path. */
export function resolveDefinition(
  check: Check,
  definition: Definition,
  asked: { place: Expression['place'] },
): { at: number; unit: Unit } | undefined {
  const { statement, scope } = definition
  const name = scope.prefix + statement.name.text
  if (typeof definition.state === 'object') {
    const done = check.derived[definition.state.at]
    return done && { at: definition.state.at, unit: done.unit }
  }
  if (definition.state === 'failed') return undefined
  if (definition.state === 'open') {
    const path = [...check.open.slice(check.open.indexOf(name)), name].join(' -> ')
    return report(
      check,
      'cyclic-definition',
      `"${name}" is defined by itself: ${path}.`,
      asked.place,
      'a quantity that feeds back on itself must be a state',
    )
  }
  definition.state = 'open'
  check.open.push(name)
  const value = checkNumber(check, { scope }, statement.value)
  check.open.pop()
  const declared = statement.unit && unitOf(check, statement.unit)
  const unit = value && settleUnit(check, statement.value, value, declared)
  if (!value || !unit || (statement.unit && !declared)) {
    definition.state = 'failed'
    return undefined
  }
  const at = check.derived.length
  const provided = statement.kind === 'provides'
  check.derived.push({
    name: provided ? statement.name.text : name,
    unit,
    value,
    provided,
    meaning: statement.meaning ?? '',
    place: statement.name.place,
  })
  definition.state = { at }
  return { at, unit }
}

/** An element of a state; undefined, with a problem, if its unit cannot be found. */
function stateAt(check: Check, declared: DeclaredState, offset: number, place: Place): Typed | undefined {
  const unit = unitOfState(check, declared, place)
  return unit && { kind: 'state', at: declared.at + offset, unit, place }
}

/** The unit of a state: declared, or that of its start. Checks the start on the way. */
export function unitOfState(check: Check, declared: DeclaredState, asked: Place): Unit | undefined {
  const { scope, statement, at, size } = declared
  if (typeof declared.settled === 'object') return declared.settled.unit
  if (declared.settled === 'failed') return undefined
  if (declared.settled === 'open')
    return report(
      check,
      'start-moves',
      `The start of "${statement.name.text}" depends on itself.`,
      asked,
      'a start is made of params and inputs',
    )
  declared.settled = 'open'
  check.open.push(`start of ${scope.prefix}${statement.name.text}`)
  const start = checkNumber(check, { scope }, statement.start)
  check.open.pop()
  const wanted = statement.unit && unitOf(check, statement.unit)
  const unit = start && (statement.unit && !wanted ? undefined : settleUnit(check, statement.start, start, wanted))
  declared.settled = start && unit ? { unit } : 'failed'
  if (!start || !unit) return undefined
  for (let i = at; i < at + (size ?? 1); i++) Object.assign(check.states[i] ?? {}, { start, unit })
  return unit
}

function checkElement(check: Check, at: Surroundings, e: Expression & { kind: 'element' }): Typed | undefined {
  const found = find(check, at.scope, e)
  if (!found || found.kind === 'broken') return undefined
  if (found.kind !== 'state' || found.size === undefined)
    return report(
      check,
      'not-an-array',
      `"${e.name}" is no array.`,
      e.place,
      'a unit stands apart from the name before it: write a space before "["',
    )
  const { counter, offset } = e.index
  if (counter !== undefined && counter !== at.counter?.name)
    return report(
      check,
      'unknown-counter',
      `The counter "${counter}" is not known here.`,
      e.place,
      `der ${e.name}[${counter}=1..${found.size}] = …`,
    )
  const index = offset + (counter === undefined ? 0 : (at.counter?.value ?? 0))
  if (index < 1 || index > found.size)
    return report(check, 'index-out-of-range', `"${e.name}" has elements 1 to ${found.size}, not ${index}.`, e.place)
  return stateAt(check, found, index - 1, e.place)
}

function checkCall(check: Check, at: Surroundings, e: Expression & { kind: 'call' }): Typed | undefined {
  const { place } = e
  if (e.name === 'sum' && !at.scope.names.has('sum')) return checkSum(check, at, e)
  const args = e.args.map((arg) => checkNumber(check, at, arg))
  const typed = args.filter((a) => a !== undefined)
  if (typed.length < args.length) return undefined
  const declared = lookUp(check, at.scope, e.name)
  if (declared === undefined && BUILT_IN.includes(e.name)) return checkBuiltIn(check, e, typed)
  if (declared?.kind === 'function') return checkFunction(check, declared, e, typed)
  if (declared?.kind === 'table') {
    check.used.add(`table ${declared.at}`)
    const arg = oneArgument(check, e, typed)
    if (!arg || !settleUnit(check, e.args[0] ?? e, arg, declared.arg, 'wanted in')) return undefined
    return { kind: 'lookup', table: declared.at, a: arg, unit: declared.unit, place }
  }
  if (declared?.kind === 'broken') return undefined
  if (declared)
    return report(
      check,
      'not-a-function',
      `"${e.name}" is a ${declared.kind === 'definition' ? 'quantity' : declared.kind}, not a function.`,
      place,
      'multiplication is written with "*"',
    )
  const guess = suggest(check, e.name, () => [...BUILT_IN, ...at.scope.names.keys()])
  return report(
    check,
    'unknown-function',
    `No function is called "${e.name.slice(0, LONGEST)}".`,
    place,
    guess ? `did you mean "${guess}"?` : `built in: ${BUILT_IN.join(' ')}`,
  )
}

function checkSum(check: Check, at: Surroundings, e: Expression & { kind: 'call' }): Typed | undefined {
  const [arg] = e.args
  const found = arg?.kind === 'name' ? find(check, at.scope, arg) : undefined
  if (arg?.kind === 'name' && (!found || found.kind === 'broken')) return undefined
  if (e.args.length !== 1 || found?.kind !== 'state' || found.size === undefined)
    return report(check, 'wrong-arguments', '"sum" takes the name of one array.', e.place, 'sum(transit)')
  check.parts += found.size
  const elements = Array.from({ length: found.size }, (_, i) => stateAt(check, found, i, e.place))
  return elements.reduce(
    (total, element) => total && element && { kind: 'add', a: total, b: element, unit: element.unit, place: e.place },
  )
}

function checkFunction(
  check: Check,
  { scope, statement: f }: Declared & { kind: 'function' },
  e: Expression & { kind: 'call' },
  args: readonly Typed[],
): Typed | undefined {
  const name = `${scope.prefix}${f.name.text}()`
  check.used.add(`function ${name}`)
  if (args.length !== f.args.length)
    return report(
      check,
      'wrong-arguments',
      `"${e.name}" takes ${f.args.length} argument${f.args.length === 1 ? '' : 's'}, found ${args.length}.`,
      e.place,
    )
  if (check.open.includes(name))
    return report(
      check,
      'cyclic-definition',
      `The function "${e.name}" calls itself: ${[...check.open.slice(check.open.indexOf(name)), name].join(' -> ')}.`,
      e.place,
      'functions are inlined and cannot recur',
    )
  const bound = new Map<string, Typed>()
  for (const [i, arg] of f.args.entries()) {
    const value = args[i]
    const wanted = arg.unit && unitOf(check, arg.unit)
    if (!value || (arg.unit && !wanted)) return undefined
    const unit = settleUnit(check, e.args[i] ?? e, value, wanted, 'wanted in')
    if (!unit) return undefined
    bound.set(arg.name.text, value.kind === 'number' && wanted ? { ...value, unit, free: false } : value)
  }
  const before = check.problems.length
  check.open.push(name)
  const value = checkNumber(check, { scope, args: bound }, f.value)
  check.open.pop()
  noteCall(check, before, e)
  return value
}

/** Tells of problems inside a function where it was called: they may lie with the arguments. */
function noteCall({ problems }: Check, before: number, { name, place }: Expression & { kind: 'call' }): void {
  const note = `in "${name}", called at ${place.file}:${place.line}:${place.column}`
  problems.push(...problems.splice(before).map((p) => ({ ...p, notes: [...(p.notes ?? []), note] })))
}

function checkBinary(check: Check, at: Surroundings, e: Expression & { kind: 'binary' }): Typed | undefined {
  const { place, operator } = e
  if (operator === 'and' || operator === 'or') {
    const [a, b] = [checkTruth(check, at, e.a), checkTruth(check, at, e.b)]
    return a && b && { kind: operator, a, b, unit: unitOne, place }
  }
  const [a, b] = [checkNumber(check, at, e.a), checkNumber(check, at, e.b)]
  if (!a || !b) return undefined
  return combine(check, at.scope, { ...e, operator }, a, b)
}
