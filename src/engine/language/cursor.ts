// A cursor over the tokens of one statement, and the one way a parser gives up: `fail` ends the statement with a Problem, the next statement goes on.
// The exception never leaves this room: readers return problems.
import { didYouMean, type Place, type Problem } from '#base'
import type { Token, TokenKind } from './tokens.ts'
import type { Name, Quantity, UnitText } from './tree.ts'

/** The most problems that are told of one file, and of one model: nobody reads more, and a file may be a megabyte of noise. */
export const MOST_PROBLEMS = 1000

const LONGEST_MESSAGE = 500 // characters; a name or a number that it quotes may be a million long

/** Cuts a message that quotes something endless. */
export const brief = (text: string): string =>
  text.length <= LONGEST_MESSAGE ? text : `${text.slice(0, LONGEST_MESSAGE - 1)}…`

/** Carries the Problem of a statement out of the parser's recursion. */
export class Failure extends Error {
  readonly problem: Problem
  constructor(problem: Problem) {
    super(problem.message)
    this.problem = problem
  }
}

/** How deep expressions may nest: a parenthesis takes 14 calls, a stack of 1 MB, as in Node, holds 380 of them, a browser may hold half as many. */
export const DEEPEST = 100

export interface Cursor {
  readonly tokens: readonly Token[]
  at: number
  depth: number
}

export const peek = (c: Cursor): Token => {
  const token = c.tokens[Math.min(c.at, c.tokens.length - 1)]
  if (token === undefined) throw new Error('a cursor needs at least an end token')
  return token
}

export const next = (c: Cursor): Token => {
  const token = peek(c)
  if (token.kind !== 'end') c.at++
  return token
}

export const is = (c: Cursor, kind: TokenKind, text?: string): boolean => {
  const token = peek(c)
  return token.kind === kind && (text === undefined || token.text === text)
}

/** Takes the token if it is the wanted one. */
export const take = (c: Cursor, kind: TokenKind, text?: string): Token | undefined =>
  is(c, kind, text) ? next(c) : undefined

export function fail(code: string, message: string, place: Place, help?: string): never {
  throw new Failure({ code, level: 'error', message: brief(message), place, ...optional('help', help) })
}

/** Names a token for a message. */
export function describe(token: Token): string {
  const shown = token.text.length > 40 ? `${token.text.slice(0, 40)}…` : token.text
  switch (token.kind) {
    case 'end':
      return 'the end of the statement'
    case 'unit':
      return `the unit [${shown}]`
    case 'index':
      return 'an index "["'
    case 'string':
      return `the text "${shown}"`
    case 'key':
      return `the source @${shown}`
    case 'stray':
      return shown === '"' || shown === '[' ? `a ${shown} that nothing closes` : `"${shown}"`
    default:
      return `"${shown}"`
  }
}

/** Takes the wanted token or fails, saying what stands there instead. */
export function want(c: Cursor, kind: TokenKind, text: string | undefined, wanted: string, help?: string): Token {
  const token = take(c, kind, text)
  if (token) return token
  const found = peek(c)
  const guess = text !== undefined && found.kind === 'name' ? didYouMean(found.text, [text]) : undefined
  fail(
    'syntax',
    `Expected ${wanted}, found ${describe(found)}.`,
    found.place,
    guess ? `did you mean "${guess}"?` : (helpFor(found) ?? help),
  )
}

/** What to do about a token that stands nowhere. */
export function helpFor({ kind, text }: Token): string | undefined {
  if (kind === 'index') return 'a unit stands apart from the name before it: write a space before "["'
  if (kind !== 'stray') return undefined
  if (text === '"') return 'close the text with a second " on the same line'
  return text === '[' ? 'close the unit with "]" on the same line' : undefined
}

/** The stretch from a token to the last one taken, if both stand on one line; otherwise the place that stands for it. */
export function stretch(c: Cursor, from: number, otherwise: Place): Place {
  const [first, last] = [c.tokens[from]?.place, c.tokens[c.at - 1]?.place]
  if (!first || !last || first.line !== last.line) return otherwise
  return { ...first, length: last.column + last.length - first.column }
}

export function wantName(c: Cursor, wanted: string): Name {
  const token = want(c, 'name', undefined, wanted)
  return { text: token.text, place: token.place }
}

export function takeUnit(c: Cursor): UnitText | undefined {
  const token = take(c, 'unit')
  if (!token) return undefined
  const { text, place } = token
  const before = text.length - text.trimStart().length
  const length = text.trim().length + 2 // with a bracket, or the space before it, at each end: `unitOf` counts from there
  return { text: text.trim(), place: { ...place, column: place.column + before, length } }
}

export const takeText = (c: Cursor): string | undefined => take(c, 'string')?.text

/** Takes a number with an optional minus. */
export function wantNumber(c: Cursor, wanted: string): { value: number; place: Place } {
  const minus = take(c, 'mark', '-')
  const token = want(c, 'number', undefined, wanted)
  const value = Number(token.text)
  if (!Number.isFinite(value))
    fail('number-too-large', `The number ${describe(token)} is too large: the largest is about 1.8e308.`, token.place)
  return { value: minus && value !== 0 ? -value : value, place: minus?.place ?? token.place }
}

/** Takes a whole number from `least` to `most`. */
export function wantCount(c: Cursor, wanted: string, least: number, most: number): number {
  const { value, place } = wantNumber(c, wanted)
  if (!Number.isInteger(value) || value < least || value > most)
    fail(
      'not-a-count',
      `Expected ${wanted}${least === most ? '' : ` from ${least} to ${most}`}, found ${value}.`,
      place,
    )
  return value
}

/** Refuses whatever is left over. */
export function wantEnd(c: Cursor): void {
  const token = peek(c)
  if (token.kind === 'end') return
  const help = token.kind === 'unit' ? 'a unit stands once, after the number or the expression' : helpFor(token)
  fail('syntax', `Expected the end of the statement, found ${describe(token)}.`, token.place, help)
}

/** Takes a unit or fails. */
export function wantUnit(c: Cursor, wanted: string): UnitText {
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

/** Takes a number with an optional unit. */
export function wantQuantity(c: Cursor, wanted: string): Quantity {
  const { value, place } = wantNumber(c, wanted)
  return { value, place, ...optional('unit', takeUnit(c)) }
}

/** Takes one of some words. */
export function wantWord<W extends string>(c: Cursor, words: readonly W[], wanted: string): W {
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

/** A property, or none where there is no value. */
export const optional = <K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } =>
  (value === undefined ? {} : { [key]: value }) as { [P in K]?: V }
