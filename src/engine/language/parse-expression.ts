// Expressions, by recursive descent over the grammar of docs/model-language.md.
import {
  type Cursor,
  DEEPEST,
  describe,
  fail,
  helpFor,
  is,
  next,
  peek,
  stretch,
  take,
  takeUnit,
  want,
  wantCount,
} from './cursor.ts'
import { type BinaryOperator, type Expression, type Index, operandsOf } from './tree.ts'

/** Words that cannot be names, because they have a meaning inside expressions or right before one. */
export const RESERVED: ReadonlySet<string> = new Set(['if', 'then', 'else', 'and', 'or', 'not', 'in', 'time', 'steady'])

/** The largest array: enough for any chain of transit compartments, small enough to unroll. */
export const LARGEST_ARRAY = 200

/** How tall a tree may be, so that no later pass exhausts the stack: the checker, which takes most, reaches 1000. A chain of n terms is n tall. */
const TALLEST = 250

/** The most arguments of a call: each of `min` and `max` makes the checked tree taller by one. */
const MOST_ARGUMENTS = 100

/** Reads one expression as far as it goes. */
export function parseExpression(c: Cursor): Expression {
  const expression = parseNested(c)
  refuseTall(expression)
  return expression
}

function refuseTall(expression: Expression): void {
  const open = [{ part: expression, height: 1 }]
  for (let top = open.pop(); top !== undefined; top = open.pop()) {
    const height = top.height + 1
    if (top.height > TALLEST)
      fail(
        'too-deep',
        `The expression is more than ${TALLEST} operations deep; each term of a sum counts.`,
        expression.place,
        'name parts of it with "let"',
      )
    for (const part of operandsOf(top.part)) open.push({ part, height })
  }
}

const parseNested = (c: Cursor): Expression =>
  deeper(c, () => {
    const start = take(c, 'name', 'if')
    return start ? parseIf(c, start.place) : parseOr(c)
  })

function parseIf(c: Cursor, place: Expression['place']): Expression {
  const from = c.at - 1
  const test = parseNested(c)
  want(c, 'name', 'then', '"then"')
  const then = parseNested(c)
  want(c, 'name', 'else', '"else"', 'every "if" says what holds otherwise: if … then … else …')
  const otherwise = parseNested(c)
  return { kind: 'if', place: stretch(c, from, place), test, then, otherwise }
}

function parseChain(
  c: Cursor,
  kind: 'name' | 'mark',
  operators: readonly BinaryOperator[],
  operand: (c: Cursor) => Expression,
): Expression {
  const from = c.at
  let a = operand(c)
  for (;;) {
    const operator = operators.find((o) => is(c, kind, o))
    if (operator === undefined) return a
    const { place } = next(c)
    const b = operand(c)
    a = { kind: 'binary', operator, place: stretch(c, from, place), a, b }
  }
}

const parseOr = (c: Cursor): Expression => parseChain(c, 'name', ['or'], parseAnd)
const parseAnd = (c: Cursor): Expression => parseChain(c, 'name', ['and'], parseNot)
const parseSum = (c: Cursor): Expression => parseChain(c, 'mark', ['+', '-'], parseProduct)
const parseProduct = (c: Cursor): Expression => parseChain(c, 'mark', ['*', '/'], parseUnary)

function deeper(c: Cursor, read: (c: Cursor) => Expression): Expression {
  c.depth++
  if (c.depth > DEEPEST)
    fail(
      'too-deep',
      `The expression nests deeper than ${DEEPEST} levels.`,
      peek(c).place,
      'name parts of it with "let"',
    )
  const expression = read(c)
  c.depth--
  return expression
}

function parseNot(c: Cursor): Expression {
  const from = c.at
  const word = take(c, 'name', 'not')
  if (!word) return parseComparison(c)
  const a = deeper(c, parseNot)
  return { kind: 'not', place: stretch(c, from, word.place), a }
}

const COMPARISONS = ['<', '<=', '>', '>=', '==', '!='] as const

function parseComparison(c: Cursor): Expression {
  const from = c.at
  const a = parseQuantity(c)
  const operator = COMPARISONS.find((o) => is(c, 'mark', o))
  if (operator === undefined) return a
  const { place } = next(c)
  const b = parseQuantity(c)
  const chained = COMPARISONS.find((o) => is(c, 'mark', o))
  if (chained) fail('chained-comparison', 'Comparisons do not chain.', peek(c).place, 'write a < b and b < c')
  return { kind: 'binary', operator, place: stretch(c, from, place), a, b }
}

function parseQuantity(c: Cursor): Expression {
  const from = c.at
  const a = parseSum(c)
  const word = take(c, 'name', 'in')
  if (!word) return a
  const unit = takeUnit(c)
  if (!unit)
    fail(
      'syntax',
      `Expected a unit after "in", found ${describe(peek(c))}.`,
      peek(c).place,
      'for example: dose in [mg/L]',
    )
  return { kind: 'convert', place: stretch(c, from, word.place), a, unit }
}

function parseUnary(c: Cursor): Expression {
  const from = c.at
  const minus = take(c, 'mark', '-')
  if (!minus) return parsePower(c)
  const a = deeper(c, parseUnary)
  return { kind: 'negate', place: stretch(c, from, minus.place), a }
}

function parsePower(c: Cursor): Expression {
  const from = c.at
  const a = parseAtom(c)
  const operator = take(c, 'mark', '^')
  if (!operator) return a
  const b = deeper(c, parseUnary)
  return { kind: 'binary', operator: '^', place: stretch(c, from, operator.place), a, b }
}

function parseAtom(c: Cursor): Expression {
  const from = c.at
  const token = peek(c)
  if (token.kind === 'number') {
    next(c)
    const value = Number(token.text)
    if (!Number.isFinite(value))
      fail('number-too-large', `The number ${describe(token)} is too large: the largest is about 1.8e308.`, token.place)
    const unit = takeUnit(c)
    return { kind: 'number', place: stretch(c, from, token.place), value, ...(unit && { unit }) }
  }
  if (take(c, 'mark', '(')) {
    const inner = parseNested(c)
    want(c, 'mark', ')', '")"')
    return inner
  }
  if (token.kind === 'name' && (token.text === 'time' || !RESERVED.has(token.text))) {
    next(c)
    if (take(c, 'mark', '(')) {
      const args = parseArguments(c)
      return { kind: 'call', place: stretch(c, from, token.place), name: token.text, args }
    }
    if (is(c, 'index')) {
      const index = parseIndex(c)
      return { kind: 'element', place: stretch(c, from, token.place), name: token.text, index }
    }
    return { kind: 'name', place: token.place, name: token.text }
  }
  const help = token.kind === 'unit' ? 'a unit follows a number, or the whole expression' : helpFor(token)
  fail('syntax', `Expected a number, a name or "(", found ${describe(token)}.`, token.place, help)
}

function parseArguments(c: Cursor): Expression[] {
  const args: Expression[] = []
  do {
    if (args.length === MOST_ARGUMENTS)
      fail('too-many-arguments', `A call has at most ${MOST_ARGUMENTS} arguments.`, peek(c).place)
    args.push(parseNested(c))
  } while (take(c, 'mark', ','))
  want(c, 'mark', ')', '"," or ")"')
  return args
}

/** Reads `[3]`, `[i]`, `[i-1]` or `[i+1]`. */
export function parseIndex(c: Cursor): Index {
  want(c, 'index', undefined, 'an index')
  const counter = take(c, 'name')?.text
  if (counter === undefined) {
    const offset = wantCount(c, 'a whole number or a counter', 1, LARGEST_ARRAY)
    want(c, 'mark', ']', '"]"', 'a unit stands apart from the name before it: write a space before "["')
    return { offset }
  }
  const sign = take(c, 'mark', '-') ? -1 : take(c, 'mark', '+') ? 1 : 0
  const offset = sign === 0 ? 0 : sign * wantCount(c, 'a whole number', 1, LARGEST_ARRAY)
  want(c, 'mark', ']', '"]"', 'a unit stands apart from the name before it: write a space before "["')
  return { counter, offset }
}
