// One cell of a table to a value in the unit of its column; or what is wrong with it. Nothing is guessed: what could mean two things is refused.
import { type Cell, didYouMean, type Problem } from '#base'
import { fault } from './fault.ts'
import type { NumberColumn, WordColumn } from './instruments/column.ts'
import { type Conversion, conversionOf } from './lab-units/convert.ts'

/** What stands in a cell that says nothing. */
const NOTHING = /^(|na|n\/a|#n\/a|nan|null|none|\.|\?|nd|not done|unknown|missing)$/i

export const saysNothing = (text: string): boolean => NOTHING.test(text)

const STYLES: readonly (readonly [style: string, yes: readonly string[], no: readonly string[]])[] = [
  ['1 and 0', ['1'], ['0']],
  ['yes and no', ['yes', 'y'], ['no', 'n']],
  ['true and false', ['true', 't'], ['false', 'f']],
  ['present and absent', ['present'], ['absent']],
]

/** Reads a yes or no, and tells in which of several styles it is written. */
export function readTruth(text: string): { readonly value: boolean; readonly style: string } | undefined {
  const word = text.toLowerCase()
  for (const [style, yes, no] of STYLES) {
    if (yes.includes(word)) return { value: true, style }
    if (no.includes(word)) return { value: false, style }
  }
  return undefined
}

const NUMBER = /^([+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)\s*(.*)$/
const DATE =
  /^(\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}|\d{1,2}[- ]?[A-Za-z]{3,9}([- ]?\d{2,4})?)([ T].*)?$/
const MONTH = /jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec/i

/** Splits a number from the unit behind it; undefined where there is no number. */
export function splitNumber(text: string): { readonly value: number; readonly unit: string } | undefined {
  const [, digits = '', unit = ''] = NUMBER.exec(text) ?? []
  if (digits === '' || !Number.isFinite(Number(digits)) || /^[\d.,:-]/.test(unit) || isDate(text)) return undefined
  return { value: Number(digits), unit: unit.replace(/^\[(?!iu\])(.*)\]$/i, '$1') }
}

const isDate = (text: string): boolean => DATE.test(text) && (/^\d+[-/.]\d+[-/.]\d/.test(text) || MONTH.test(text))

/** Says what is wrong with a cell that should hold a number. */
export function noNumber({ text, place }: Cell, name: string): Problem {
  if (isDate(text))
    return fault(
      'date-in-number',
      `"${text}" is a date, and ${name} wants a number.`,
      place,
      'spreadsheets turn some numbers into dates: format the column as text, and enter it again',
    )
  if (/^[+-]?\d+,\d+$/.test(text))
    return fault(
      'comma-in-number',
      `"${text}" could be a decimal or a thousand.`,
      place,
      `write ${text.replace(',', '.')} or ${text.replace(',', '')}`,
    )
  if (/^[<>≤≥~]/.test(text))
    return fault(
      'bound-for-number',
      `"${text}" is a bound, and ${name} wants a number.`,
      place,
      'enter the value to be used, or leave the cell empty',
    )
  return fault(
    'no-number',
    `"${text}" is no number, as ${name} wants.`,
    place,
    'an empty cell says that it is not known',
  )
}

/** Checks a number that is in the column's unit already. */
export function checkNumber(value: number, column: NumberColumn, { text, place }: Cell): Problem | undefined {
  const { name, unit, least, most, whole } = column
  const measure = unit === '1' ? '' : ` ${unit}`
  if (value < least || value > most)
    return fault(
      'impossible-value',
      `${name} ${text} is out of the possible: ${least} to ${most}${measure}.`,
      place,
      unit === '1' ? 'is it the right column?' : 'is it the right unit?',
    )
  if (whole && !Number.isInteger(value))
    return fault('no-whole-number', `${name} wants a whole number, and finds ${text}.`, place)
  return undefined
}

/** Finds one of a column's words. */
export function readWord({ text, place }: Cell, { name, words, spelt }: WordColumn): string | Problem {
  const word = words.find((one) => one.toLowerCase() === text.toLowerCase()) ?? spelt[text.toLowerCase()]
  if (word !== undefined) return word
  const guess = didYouMean(text, words)
  return fault(
    'unknown-word',
    `${name} wants ${words.join(', ')}, and finds "${text}".`,
    place,
    guess && `did you mean ${guess}?`,
  )
}

/** How to bring numbers of a column into its unit. */
export const conversionFor = ({ unit, molarMass }: NumberColumn, written: string): Conversion =>
  conversionOf({ unit, ...(molarMass !== undefined && { molarMass }) }, written)
