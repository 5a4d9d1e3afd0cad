// Reads a unit as authors write it: "mg/L", "10*9/L", "cell/uL", "(10*9/L)/d", "mL/min/{1.73_m2}", "/d". UCUM's grammar, with "*" beside ".", "^" before
// an exponent and spaces around operators. Never throws, whatever the text: the first thing that cannot be read is a UnitFault.

import { isInRange, isQuarters } from './algebra.ts'
import { refusalOf, suggestUnit } from './spelling.ts'
import { SYMBOLS } from './symbols.ts'
import { type Atom, printAtoms, type Unit, unitOf } from './unit.ts'

/** What cannot be read in a unit's text, and where: `at` counts UTF-16 units from 0 and may be the text's end; `length` is at least 1. */
export interface UnitFault {
  readonly message: string
  readonly help?: string
  readonly at: number
  readonly length: number
}

export type UnitReading = { readonly unit: Unit } | { readonly fault: UnitFault }

const LONGEST = 1000 // characters of a unit; a longer text is a bracket that was never closed

/**
 * Reads a unit. "a/b/c" is (a/b)/c, "10*9" and "10^9" are 10⁹, µ is u, and an annotation in braces is 1 but stays in the text.
 * @param text what stands between the brackets, of any length
 * @returns the unit, its text the author's with one spelling for each sign and divisors last; or the first fault
 * @example readUnit('mg/L') // {unit: {text: 'mg/L', factor: 1, …}}
 */
export function readUnit(text: string): UnitReading {
  if (text.length > LONGEST) {
    return fault(0, 1, `Cannot read a unit of ${text.length} characters: want at most ${LONGEST}`)
  }
  const tokens = split(text)
  if ('fault' in tokens) return tokens
  const arranged = arrange(tokens.tokens, text.length)
  if ('fault' in arranged) return arranged
  const unit = unitOf(arranged.atoms)
  if (!isInRange(unit)) return fault(0, text.length, 'Cannot use a unit beyond the range of numbers, 1e-308 to 1e308')
  return { unit: { ...unit, text: printAtoms(arranged.atoms) } }
}

type Faulty = { readonly fault: UnitFault }

const fault = (at: number, length: number, message: string, help?: string): Faulty => ({
  fault: { message, ...(help === undefined ? {} : { help }), at, length },
})

/** An operator, a parenthesis or, with `atom`, a symbol with its exponent and annotation. */
interface Token {
  readonly at: number
  readonly text: string
  readonly atom?: Atom
}

// A symbol is a power of ten, 1, an annotation or any run of other characters. A decimal exponent needs "^": "m2.10*3" is m2 times 10*3.
const NOTE = String.raw`\{[^{}]+\}`
const SYMBOL = String.raw`10\*(?=[+-]?\d)|10(?=\^)|1(?!\d)|${NOTE}|[^\d\s*./·^+\-(){}]+`
const EXPONENT = String.raw`\^(?<decimal>[+-]?\d+(?:\.\d+)?)|(?<whole>[+-]?\d+)`
const TOKEN = new RegExp(`[*./·()]|(?<symbol>${SYMBOL})(?:${EXPONENT})?(?<note>${NOTE})?`, 'y')

function split(text: string): { readonly tokens: readonly Token[] } | Faulty {
  const tokens: Token[] = []
  for (let at = skipSpace(text, 0); at < text.length; ) {
    TOKEN.lastIndex = at
    const match = TOKEN.exec(text)
    if (match === null) return unreadable(text, at)
    const { symbol, decimal, whole, note = '' } = match.groups ?? {}
    const token = { at, text: match[0] }
    if (symbol === undefined) tokens.push(token)
    else {
      const atom = readAtom(token, symbol, Number(decimal ?? whole ?? 1), note)
      if ('fault' in atom) return atom
      tokens.push({ ...token, atom })
    }
    at = skipSpace(text, at + match[0].length)
  }
  return { tokens }
}

function skipSpace(text: string, from: number): number {
  let at = from
  while (at < text.length && text.charAt(at).trim() === '') at++
  return at
}

function readAtom({ at, text }: Token, written: string, exponent: number, note: string): Atom | Faulty {
  if (!isQuarters(exponent)) {
    return fault(at, text.length, `Cannot read the exponent of ${quote(text)}: want a multiple of 0.25`)
  }
  if (written === '1') return note === '' ? { symbol: '1', exponent: 0, note } : { symbol: note, exponent, note: '' }
  if (written.startsWith('{')) return { symbol: written, exponent, note }
  const symbol = written === '10' ? '10*' : written.replaceAll(/[µμ]/g, 'u') // micro sign U+00B5 and Greek mu U+03BC
  if (SYMBOLS.has(symbol)) return { symbol, exponent, note }
  const refusal = refusalOf(written)
  if (refusal) return fault(at, written.length, `${quote(written)} ${refusal.reason}`, refusal.help)
  const meant = suggestUnit(symbol)
  const help = meant === undefined ? 'write what counts as 1 in braces: {point}' : `did you mean "${meant}"?`
  return fault(at, written.length, `${quote(written)} is not a unit`, help)
}

function unreadable(text: string, at: number): Faulty {
  const number = /^\d+(?:\.\d+)?/.exec(text.slice(at))?.[0]
  if (number === undefined) {
    const sign = String.fromCodePoint(text.codePointAt(at) as number)
    return fault(at, sign.length, `Cannot read "${sign}" here`, 'write exponents as m2 or 1/d, annotations as {text}')
  }
  const help = /^10+$/.test(number)
    ? `write powers of ten as "10*${number.length - 1}"`
    : 'a number belongs before the brackets; a unit holds only 1 and powers of ten such as "10*9"'
  return fault(at, number.length, `${quote(number)} is not a unit`, help)
}

/** Turns tokens into symbols to signed powers: "/" turns the sign of the one symbol or group behind it. */
function arrange(tokens: readonly Token[], end: number): { readonly atoms: readonly Atom[] } | Faulty {
  const atoms: Atom[] = []
  const groups: { readonly at: number; readonly outer: number }[] = []
  let outer = 1 // sign of the group we are in
  let sign = 1 // sign of the next symbol or group
  let before: 'nothing' | 'operator' | 'unit' = 'nothing'
  for (const { at, text, atom } of tokens) {
    const starts = atom !== undefined || text === '('
    if (starts && before === 'unit') {
      return fault(at, text.length, `Cannot join ${quote(text)} to what stands before it`, 'put "*" or "/" between')
    }
    if (!starts && before !== 'unit' && !(text === '/' && before === 'nothing')) {
      return fault(at, 1, `Cannot read "${text}" here: want a unit before it`)
    }
    if (atom) {
      atoms.push({ ...atom, exponent: atom.exponent * sign })
      before = 'unit'
    } else if (text === '(') {
      groups.push({ at, outer })
      outer = sign
      before = 'nothing'
    } else if (text === ')') {
      const group = groups.pop()
      if (!group) return fault(at, 1, 'Cannot close a parenthesis that is not open')
      outer = group.outer
      before = 'unit'
    } else {
      sign = text === '/' ? -outer : outer
      before = 'operator'
    }
  }
  const open = groups.at(-1)
  if (open) return fault(open.at, 1, 'Cannot find the ")" that closes this parenthesis')
  if (before === 'unit') return { atoms }
  return before === 'nothing'
    ? fault(0, Math.max(1, end), 'Cannot read an empty unit', 'write "1" for a plain number')
    : fault(end, 1, 'Cannot end a unit with an operator: want a unit after it')
}

/** Quotes what was written, shortened: a word may be a thousand characters long. */
const quote = (written: string): string => `"${written.length <= 40 ? written : `${written.slice(0, 40)}…`}"`
