// Text to syntax tree, by the grammar of docs/model-language.md. Each statement is read on its own, so one mistake hides no other.
import { didYouMean, type Place, type Problem, type Reading } from '#base'
import {
  type Cursor,
  describe,
  Failure,
  fail,
  is,
  peek,
  take,
  takeText,
  takeUnit,
  want,
  wantCount,
  wantName,
  wantNumber,
} from './cursor.ts'
import { LARGEST_ARRAY, parseExpression, parseIndex, RESERVED } from './parse-expression.ts'
import { readTokens, type Token } from './tokens.ts'
import type { Action, Limit, ModelFile, Name, Prior, Quantity, Range, Source, Statement, UnitText } from './tree.ts'

type Bare = Statement extends infer S ? (S extends Statement ? Omit<S, 'place' | 'gap'> : never) : never

const STATEMENTS: Readonly<Record<string, (c: Cursor) => Bare>> = {
  model: (c) => ({ kind: 'model', name: wantName(c, 'the name of the model'), ...optional('title', takeText(c)) }),
  time: (c) => ({ kind: 'time', unit: wantUnit(c, 'the unit of time, such as [h] or [d]') }),
  use: (c) => ({ kind: 'use', names: parseNames(c) }),
  needs: parseNeeds,
  input: (c) => parseSourced(c, 'input'),
  param: (c) => parseSourced(c, 'param'),
  let: (c) => parseDefinition(c, 'let'),
  provides: (c) => parseDefinition(c, 'provides'),
  conserved: (c) => parseDefinition(c, 'conserved'),
  function: parseFunction,
  table: parseTable,
  state: parseState,
  der: parseDer,
  run: parseRun,
  expect: parseExpect,
}

/** Reads a model file. The tree holds every statement that could be read; there is a problem for each that could not. */
export function parseModel(file: string, text: string): Reading<ModelFile> & { readonly value: ModelFile } {
  const problems: Problem[] = []
  const statements: Statement[] = []
  for (const group of splitStatements(readTokens(file, text))) {
    try {
      statements.push(...parseStatement(group))
    } catch (error) {
      if (!(error instanceof Failure)) throw error
      problems.push(error.problem)
    }
  }
  return { value: { file, statements }, problems }
}

/** Reads doses, sets and resets as `given` takes them, for the command line and for regimens. */
export const parseActions = (file: string, text: string): Reading<readonly Action[]> =>
  parseAlone(file, text, parseActionList)

/** Reads a quantity such as `10 [d]`, for the command line; the brackets may be left out. */
export function parseQuantity(file: string, text: string): Reading<Quantity> {
  const bracketed = text.replace(/^(\s*-?[\d.]+(?:[eE][+-]?\d+)?)(?![eE\d.])\s*([^\s[].*?)\s*$/, '$1 [$2]')
  return parseAlone(file, bracketed, (c) => wantQuantity(c, 'a number with its unit'))
}

function parseAlone<T>(file: string, text: string, read: (c: Cursor) => T): Reading<T> {
  const tokens = readTokens(file, text).filter((t) => t.kind !== 'comment')
  try {
    const c: Cursor = { tokens, at: 0, depth: 0 }
    const value = read(c)
    wantEnd(c)
    return { value, problems: [] }
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    return { value: undefined, problems: [error.problem] }
  }
}

function splitStatements(tokens: readonly Token[]): Token[][] {
  const groups: Token[][] = []
  for (const token of tokens) {
    if (token.kind === 'end') break
    if (token.first || groups.length === 0) groups.push([token])
    else groups.at(-1)?.push(token)
  }
  return groups
}

// Comments inside a statement are kept as statements before it: none is lost, and the layout is canonical.
function parseStatement(group: readonly Token[]): Statement[] {
  const first = group[0]
  const last = group.at(-1)
  if (first === undefined || last === undefined) return []
  const comments: Statement[] = group
    .filter((t) => t.kind === 'comment')
    .map((t, i) => ({ kind: 'comment', text: t.text.trimEnd(), place: t.place, gap: first.gap && i === 0 }))
  if (first.kind === 'comment') {
    const stray = group.find((t) => t.kind !== 'comment')
    if (stray)
      fail(
        'indented',
        `The indented ${describe(stray)} continues a comment, not a statement.`,
        stray.place,
        'start the statement in column 1',
      )
    return comments
  }
  if (!first.first)
    fail(
      'indented',
      `The indented ${describe(first)} continues no statement.`,
      first.place,
      'start the statement in column 1',
    )
  const place: Place = { ...last.place, column: last.place.column + last.place.length, length: 1 }
  const c: Cursor = {
    tokens: [...group.filter((t) => t.kind !== 'comment'), { kind: 'end', text: '', place, first: false, gap: false }],
    at: 1,
    depth: 0,
  }
  const read = first.kind === 'name' && Object.hasOwn(STATEMENTS, first.text) ? STATEMENTS[first.text] : undefined
  if (read === undefined) failKeyword(first, c)
  const bare = read(c)
  wantEnd(c)
  return [...comments, { ...bare, place: first.place, gap: first.gap && comments.length === 0 }]
}

function failKeyword(first: Token, c: Cursor): never {
  const guess = first.kind === 'name' ? didYouMean(first.text, Object.keys(STATEMENTS)) : undefined
  const definition =
    first.kind === 'name' && is(c, 'mark', '=')
      ? `a derived quantity is written: let ${first.text.slice(0, 40)} = …`
      : undefined
  const words = `a statement starts with one of ${Object.keys(STATEMENTS).join(' ')}; further lines of it are indented`
  fail(
    'unknown-statement',
    `No statement starts with ${describe(first)}.`,
    first.place,
    guess ? `did you mean "${guess}"?` : (definition ?? words),
  )
}

function wantEnd(c: Cursor): void {
  const token = peek(c)
  if (token.kind === 'end') return
  const afterComma =
    is(c, 'unit') || is(c, 'index') ? 'a unit stands once, after the number or the expression' : undefined
  fail('syntax', `Expected the end of the statement, found ${describe(token)}.`, token.place, afterComma)
}

const optional = <K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } =>
  (value === undefined ? {} : { [key]: value }) as { [P in K]?: V }

function wantFreeName(c: Cursor, wanted: string): Name {
  const name = wantName(c, wanted)
  if (name.text.includes('.'))
    fail(
      'dotted-name',
      `A dot joins a file and a name of it: "${name.text}" cannot be ${wanted}.`,
      name.place,
      'join words with "_"',
    )
  if (RESERVED.has(name.text))
    fail('reserved-name', `"${name.text}" has a meaning in expressions and cannot be ${wanted}.`, name.place)
  return name
}

function wantUnit(c: Cursor, wanted: string): UnitText {
  return (
    takeUnit(c) ??
    fail(
      'missing-unit',
      `Expected ${wanted}, found ${describe(peek(c))}.`,
      peek(c).place,
      'units stand in brackets; [1] is a pure number',
    )
  )
}

function wantQuantity(c: Cursor, wanted: string): Quantity {
  const { value, place } = wantNumber(c, wanted)
  return { value, place, ...optional('unit', takeUnit(c)) }
}

const wantEquals = (c: Cursor): void => void want(c, 'mark', '=', '"="')

function parseNames(c: Cursor): Name[] {
  const names: Name[] = []
  do names.push(wantName(c, 'the name of a model'))
  while (take(c, 'mark', ','))
  return names
}

function parseNeeds(c: Cursor): Bare {
  const name = wantFreeName(c, 'the needed name')
  const alone = take(c, 'mark', '=') ? wantNumber(c, 'the value that serves the file alone').value : undefined
  return {
    kind: 'needs',
    name,
    ...optional('alone', alone),
    unit: wantUnit(c, 'the unit of what is needed'),
    ...optional('meaning', takeText(c)),
  }
}

function parseSourced(c: Cursor, kind: 'input' | 'param'): Bare {
  const name = wantFreeName(c, `the name of the ${kind}`)
  wantEquals(c)
  const { value } = wantNumber(c, 'a number')
  const unit = takeUnit(c)
  const prior = kind === 'param' ? parsePrior(c) : undefined
  const meaning = takeText(c)
  return {
    kind,
    name,
    value,
    ...optional('unit', unit),
    ...optional('prior', prior),
    ...optional('meaning', meaning),
    ...optional('source', parseSource(c)),
  }
}

function parseSource(c: Cursor): Source | undefined {
  const key = take(c, 'key')
  return key && { key: key.text, place: key.place, ...optional('locator', takeText(c)) }
}

const FAMILIES = ['lognormal', 'logitnormal', 'normal', 'uniform'] as const

function parsePrior(c: Cursor): Prior | undefined {
  const word = take(c, 'name')
  if (!word) return undefined
  const { place } = word
  const family = FAMILIES.find((f) => f === word.text)
  if (family === undefined) {
    const guess = didYouMean(word.text, FAMILIES)
    fail(
      'unknown-prior',
      `No prior is called "${word.text.slice(0, 40)}".`,
      place,
      guess ? `did you mean "${guess}"?` : `priors: ${FAMILIES.join(', ')}`,
    )
  }
  if (family === 'uniform') {
    want(c, 'name', 'from', '"from"', 'uniform from 0.2 to 0.7')
    const from = wantNumber(c, 'the lower end').value
    want(c, 'name', 'to', '"to"', 'uniform from 0.2 to 0.7')
    return { family, place, from, to: wantNumber(c, 'the upper end').value }
  }
  if (family === 'lognormal' && take(c, 'name', 'cv')) {
    const cv = wantNumber(c, 'the coefficient of variation in percent').value
    want(c, 'mark', '%', '"%"')
    return { family, place, cv }
  }
  want(c, 'name', 'sd', '"sd"', family === 'lognormal' ? 'lognormal cv 30%, or lognormal sd 0.3' : `${family} sd 0.5`)
  return { family, place, sd: wantNumber(c, 'the standard deviation').value }
}

function parseDefinition(c: Cursor, kind: 'let' | 'provides' | 'conserved'): Bare {
  const name = wantFreeName(c, 'the name')
  wantEquals(c)
  const value = parseExpression(c)
  return { kind, name, value, ...optional('unit', takeUnit(c)), ...optional('meaning', takeText(c)) }
}

function parseFunction(c: Cursor): Bare {
  const name = wantFreeName(c, 'the name of the function')
  want(c, 'mark', '(', '"("')
  const args: { name: Name; unit?: UnitText }[] = []
  do args.push({ name: wantFreeName(c, 'an argument'), ...optional('unit', takeUnit(c)) })
  while (take(c, 'mark', ','))
  want(c, 'mark', ')', '"," or ")"')
  wantEquals(c)
  return { kind: 'function', name, args, value: parseExpression(c) }
}

function parseTable(c: Cursor): Bare {
  const name = wantFreeName(c, 'the name of the table')
  want(c, 'mark', '(', '"("')
  const arg = { name: wantFreeName(c, 'the argument'), unit: wantUnit(c, 'the unit of the argument') }
  want(c, 'mark', ')', '")"')
  wantEquals(c)
  const points: (readonly [number, number])[] = []
  while (take(c, 'mark', '(')) {
    const x = wantNumber(c, 'the argument').value
    want(c, 'mark', ',', '","')
    points.push([x, wantNumber(c, 'the value').value])
    want(c, 'mark', ')', '")"')
  }
  if (points.length < 2)
    fail(
      'table-too-short',
      `A table needs at least two points, "${name.text}" has ${points.length}.`,
      name.place,
      '(0, 1) (10, 3)',
    )
  const unit = wantUnit(c, 'the unit of the values')
  const between = wantWord(c, ['linear', 'step'], 'how to read between the points')
  const outside = wantWord(c, ['hold', 'strict'], 'what holds outside the table')
  const meaning = takeText(c)
  return {
    kind: 'table',
    name,
    arg,
    points,
    unit,
    between,
    outside,
    ...optional('meaning', meaning),
    ...optional('source', parseSource(c)),
  }
}

function wantWord<W extends string>(c: Cursor, words: readonly W[], wanted: string): W {
  const token = take(c, 'name')
  const word = words.find((w) => w === token?.text)
  if (word !== undefined) return word
  const found = token ?? peek(c)
  fail(
    'syntax',
    `Expected ${wanted}: ${words.map((w) => `"${w}"`).join(' or ')}, found ${describe(found)}.`,
    found.place,
  )
}

function parseState(c: Cursor): Bare {
  const name = wantFreeName(c, 'the name of the state')
  let size: number | undefined
  if (take(c, 'index')) {
    wantCount(c, '1', 1, 1)
    want(c, 'mark', '..', '".."', 'an array is written: state transit[1..3] = …')
    size = wantCount(c, 'the size of the array', 1, LARGEST_ARRAY)
    want(c, 'mark', ']', '"]"')
  }
  wantEquals(c)
  const start = parseExpression(c)
  const unit = takeUnit(c)
  const tolerance = take(c, 'name', 'tolerance') ? wantNumber(c, 'the absolute tolerance') : undefined
  if (tolerance && !(tolerance.value > 0))
    fail('bad-tolerance', `A tolerance is above 0, found ${tolerance.value}.`, tolerance.place)
  return {
    kind: 'state',
    name,
    ...optional('size', size),
    start,
    ...optional('unit', unit),
    ...optional('tolerance', tolerance?.value),
    ...optional('meaning', takeText(c)),
  }
}

function parseDer(c: Cursor): Bare {
  const name = wantName(c, 'the name of a state')
  const range = is(c, 'index') ? parseRange(c) : undefined
  wantEquals(c)
  return { kind: 'der', name, ...optional('range', range), value: parseExpression(c) }
}

function parseRange(c: Cursor): Range {
  want(c, 'index', undefined, 'an index')
  const counter = is(c, 'name') ? wantFreeName(c, 'a counter').text : undefined
  if (counter === undefined) {
    const index = wantCount(c, 'a whole number or a counter', 1, LARGEST_ARRAY)
    want(c, 'mark', ']', '"]"')
    return { index }
  }
  want(c, 'mark', '=', '"="', 'der transit[i=2..3] = …')
  const from = wantCount(c, 'the first element', 1, LARGEST_ARRAY)
  want(c, 'mark', '..', '".."', 'der transit[i=2..3] = …')
  const to = wantCount(c, 'the last element', from, LARGEST_ARRAY)
  want(c, 'mark', ']', '"]"')
  return { counter, from, to }
}

function parseRun(c: Cursor): Bare {
  const until = wantQuantity(c, 'how long to run')
  want(c, 'name', 'every', '"every"', 'run 10 [d] every 1 [h]')
  return { kind: 'run', until, every: wantQuantity(c, 'how often to show'), given: parseGiven(c) }
}

function parseExpect(c: Cursor): Bare {
  const steady = take(c, 'name', 'steady')
  const value = parseExpression(c)
  if (!steady)
    want(c, 'name', 'at', '"at" and a time', 'expect X at 10 [h] = … within 1%, or: expect steady X = … within 1%')
  const at = steady ? undefined : wantQuantity(c, 'a time')
  wantEquals(c)
  const equals = parseExpression(c)
  want(c, 'name', 'within', '"within" and a limit', 'within 1%, or within 0.01 [mg/L]')
  return { kind: 'expect', value, ...optional('at', at), equals, limit: parseLimit(c), given: parseGiven(c) }
}

function parseLimit(c: Cursor): Limit {
  const { value, place } = wantNumber(c, 'a limit')
  if (!(value > 0)) fail('bad-limit', `A limit is above 0, found ${value}.`, place)
  if (take(c, 'mark', '%')) return { kind: 'percent', percent: value, place }
  return { kind: 'absolute', value, place, unit: wantUnit(c, '"%" or a unit after the limit') }
}

const parseGiven = (c: Cursor): Action[] => (take(c, 'name', 'given') ? parseActionList(c) : [])

function parseActionList(c: Cursor): Action[] {
  const actions: Action[] = []
  do actions.push(parseAction(c))
  while (take(c, 'mark', ','))
  return actions
}

function parseAction(c: Cursor): Action {
  const { place } = peek(c)
  const word = wantWord(c, ['dose', 'set', 'reset'], 'an action')
  if (word === 'dose') return parseDose(c, place)
  const name = wantName(c, `the name to ${word}`)
  const index = word === 'reset' && is(c, 'index') ? parseIndex(c) : undefined
  wantEquals(c)
  const value = parseExpression(c)
  return {
    kind: word,
    place,
    name,
    ...optional('index', index),
    value,
    ...optional('at', parseTimed(c, 'at')),
  }
}

const parseTimed = (c: Cursor, word: string): Quantity | undefined =>
  take(c, 'name', word) ? wantQuantity(c, `a time after "${word}"`) : undefined

function parseDose(c: Cursor, place: Place): Action {
  const amount = parseExpression(c)
  want(c, 'name', 'into', '"into" and a state', 'dose 100 [mg] into central at 0 [h]')
  const into = wantName(c, 'the name of a state')
  const index = is(c, 'index') ? parseIndex(c) : undefined
  const at = parseTimed(c, 'at')
  const every = parseTimed(c, 'every')
  if (every) want(c, 'name', 'times', '"times" and a count', 'every 24 [h] times 5 means five doses in all')
  const times = every ? wantCount(c, 'a number of doses', 1, 1_000_000) : undefined
  const over = parseTimed(c, 'over')
  return {
    kind: 'dose',
    place,
    amount,
    into,
    ...optional('index', index),
    ...optional('at', at),
    ...optional('every', every),
    ...optional('times', times),
    ...optional('over', over),
  }
}
