// What is given to a subject, and limits: the phrases that model files and the command line share.
import type { Place } from '#base'
import {
  type Cursor,
  fail,
  is,
  optional,
  peek,
  take,
  want,
  wantCount,
  wantName,
  wantNumber,
  wantQuantity,
  wantUnit,
  wantWord,
} from './cursor.ts'
import { parseExpression, parseIndex } from './parse-expression.ts'
import type { Action, Limit, Quantity } from './tree.ts'

/** Reads what follows `within`. */
export function parseLimit(c: Cursor): Limit {
  const { value, place } = wantNumber(c, 'a limit')
  if (!(value > 0)) fail('bad-limit', `A limit is above 0, found ${value}.`, place)
  if (take(c, 'mark', '%')) return { kind: 'percent', percent: value, place }
  return { kind: 'absolute', value, place, unit: wantUnit(c, '"%" or a unit after the limit') }
}

/** Reads `given …`, or nothing. */
export const parseGiven = (c: Cursor): Action[] => (take(c, 'name', 'given') ? parseActionList(c) : [])

/** Reads actions separated by commas. */
export function parseActionList(c: Cursor): Action[] {
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
  want(c, 'mark', '=', '"="')
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
