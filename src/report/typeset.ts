// From text that machines read to text as a journal prints it: a true minus, powers of ten and of units raised. For pages, not for files.

import { finite, formatNumber, MISSING } from './format-number.ts'

const RAISED: Readonly<Record<string, string>> = {
  '0': '⁰',
  '1': '¹',
  '2': '²',
  '3': '³',
  '4': '⁴',
  '5': '⁵',
  '6': '⁶',
  '7': '⁷',
  '8': '⁸',
  '9': '⁹',
  '-': '⁻',
}

const raise = (digits: string): string => [...digits].map((sign) => RAISED[sign] ?? '').join('')

/**
 * Formats a number for a page: "−0.35", "1.2×10⁻⁷", "10⁶".
 * @param digits significant ones, and `zeros` at the end, as in `formatNumber`
 */
export const typesetNumber = (value: number | null | undefined, digits = 4, zeros: 'drop' | 'keep' = 'drop'): string =>
  setNumber(formatNumber(value, digits, zeros))

/** Sets a number that is text already, such as "-1.2e-7". */
export function setNumber(text: string): string {
  const [mantissa = '', power] = text.split('e')
  const shown = mantissa.replace('-', '−')
  if (power === undefined) return shown
  return `${shown === '1' ? '' : `${shown}×`}10${raise(power)}`
}

/**
 * Sets a unit for a page: "10*9/L" as "10⁹/L", "mg/m2" as "mg/m²", "uL" as "µL", "mg*h/L" as "mg·h/L". The number one, "1", is no unit and gives "".
 * Annotations in braces stay as they are. A unit that is written otherwise comes out as it went in.
 */
export function typesetUnit(unit: string): string {
  if (unit === '1') return ''
  return unit
    .split(/(\{[^}]*\})/)
    .map((part) => (part.startsWith('{') ? part : typesetFactors(part)))
    .join('')
}

const typesetFactors = (text: string): string =>
  text
    .replace(/10[*^](-?\d+)/g, (_, power: string) => `10${raise(power)}`)
    .replace(/(?<=[A-Za-zµ%\]])\^?(-?\d+)(?![\d.])/g, (_, power: string) => raise(power))
    .replace(/(?<![A-Za-z])u(?=[A-Za-z])/g, 'µ')
    .replace(/\*|\.(?=[A-Za-z])/g, '·')

/** Writes a quantity with its unit behind it, with a space that does not break. */
export function typesetQuantity(value: number | null | undefined, unit: string, digits = 4): string {
  const number = typesetNumber(value, digits)
  const set = typesetUnit(unit)
  return number === MISSING || set === '' ? number : `${number}\u00A0${set}`
}

/** Names what is measured with its unit behind it: "CL (L/d)"; a plain number has none. */
export function typesetLabel(name: string, unit: string): string {
  const set = typesetUnit(unit)
  return set === '' ? name : `${name} (${set})`
}

/** Sets the numbers within a sentence: a true minus, and no break between a number and its "%". Hyphens of words and names stay. */
export const typesetProse = (text: string): string =>
  text.replace(/(?<![\w.])-(?=\d)/g, '−').replace(/(?<=\d) %/g, '\u00A0%')

/** Writes a count, every digit of it. */
export const typesetCount = (count: number): string => (finite(count) === undefined ? MISSING : String(count))

/** Writes a share as a percentage of two digits: 1 of 3 is "33 %". Of nothing there is no share. */
export const typesetShare = (part: number, whole: number): string =>
  whole > 0 ? `${typesetNumber((100 * part) / whole, 2)}\u00A0%` : MISSING
