// Numbers as text, the same on every machine: significant digits, no locale, and never "NaN", "Infinity" or "-0".
// toExponential and toFixed are fixed to the last digit by ECMAScript.

/** What stands in place of a number that is missing or not finite. */
export const MISSING = '–'

/** A value that may be missing: `undefined` where it is null or not finite, so that a hole has one shape. */
export const finite = (value: number | null | undefined): number | undefined =>
  value !== null && value !== undefined && Number.isFinite(value) ? value : undefined

/**
 * Formats a number to some significant digits. From 0.0001 to below a million the number is written out, its
 * whole part never rounded away (123456.7 is "123457"); beyond, as in "1.2e-7".
 * @param digits from 1 to 17
 * @param zeros whether to keep zeros at the end: where numbers stand below each other they tell how many digits count
 * @returns "–" where the value is not a finite number
 */
export function formatNumber(value: number | null | undefined, digits = 4, zeros: 'drop' | 'keep' = 'drop'): string {
  const number = finite(value)
  if (number === undefined) return MISSING
  if (number === 0) return '0'
  const { mantissa, power } = splitPower(number, digits)
  const trim = zeros === 'drop' ? dropZeros : (text: string): string => text
  if (power < -4 || power >= 6) return `${trim(mantissa)}e${power}`
  return trim(number.toFixed(Math.max(0, digits - 1 - power)))
}

/** Formats a number to so many decimals, where numbers of one row belong together; "–" where it is not finite, never "-0". */
export function formatFixed(value: number | null | undefined, decimals: number): string {
  const number = finite(value)
  if (number === undefined) return MISSING
  if (Math.abs(number) >= 1e6) return formatNumber(number)
  const text = number.toFixed(decimals)
  return Number(text) === 0 ? text.replace('-', '') : text
}

/** Formats a finite number as a mantissa and a power of ten, whatever its size: "5e5", "1.5e6", "0". */
export function formatScientific(value: number, digits: number): string {
  const { mantissa, power } = splitPower(value, digits)
  return power === 0 ? dropZeros(mantissa) : `${dropZeros(mantissa)}e${power}`
}

/** Splits a finite number into a decimal mantissa as text and a power of ten, after rounding to so many digits (to all, if not said). */
export function splitPower(value: number, digits?: number): { mantissa: string; power: number } {
  const [mantissa = '', power = ''] = value.toExponential(digits === undefined ? undefined : digits - 1).split('e')
  return { mantissa, power: Number(power) }
}

const dropZeros = (text: string): string => (text.includes('.') ? text.replace(/\.?0+$/, '') : text)

/**
 * Formats a coordinate of a drawing: at most two decimals, which is finer than any screen or printer shows.
 * @throws where it is not finite: a figure must leave out what it cannot place
 */
export function formatCoordinate(value: number): string {
  if (!Number.isFinite(value) || Math.abs(value) >= 1e9)
    throw new Error(`Cannot draw at ${value}: want a finite coordinate below a billion`)
  const text = dropZeros(value.toFixed(2))
  return text === '-0' ? '0' : text
}
