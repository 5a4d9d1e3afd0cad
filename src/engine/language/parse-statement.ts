// The statements of a model file, one reader each, by the grammar of docs/model-language.md.
import { didYouMean } from '#base'
import {
  type Cursor,
  fail,
  is,
  optional,
  take,
  takeText,
  takeUnit,
  want,
  wantCount,
  wantName,
  wantNumber,
  wantQuantity,
  wantUnit,
  wantWord,
} from './cursor.ts'
import { LARGEST_ARRAY, parseExpression, RESERVED } from './parse-expression.ts'
import { parseGiven, parseLimit } from './parse-given.ts'
import type { Name, Prior, Range, Source, Statement, UnitText } from './tree.ts'

/** A statement without its place. */
export type Bare = Statement extends infer S ? (S extends Statement ? Omit<S, 'place' | 'gap'> : never) : never

/** Readers of statements, by the keyword that starts them; the keyword is taken already. */
export const STATEMENTS: Readonly<Record<string, (c: Cursor) => Bare>> = {
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

const wantEquals = (c: Cursor): void => void want(c, 'mark', '=', '"="')

function parseNames(c: Cursor): Name[] {
  const names: Name[] = []
  do {
    const name = wantName(c, 'the name of a model')
    if (name.text.includes('.'))
      fail('dotted-name', `"${name.text}" is the name of no model.`, name.place, 'without ".model", and "_" for "-"')
    names.push(name)
  } while (take(c, 'mark', ','))
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

/** Reads a prior, if one stands here. */
export function parsePrior(c: Cursor): Prior | undefined {
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

function parseState(c: Cursor): Bare {
  const name = wantFreeName(c, 'the name of the state')
  let size: number | undefined
  if (take(c, 'index')) {
    wantCount(c, 'the first index, 1', 1, 1)
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
