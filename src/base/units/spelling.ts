// What people type for a unit and what they mean by it; and the scales that are no units, with the reason. Knows nothing of where the word stood.

import { didYouMean } from '../did-you-mean.ts'
import { SYMBOLS } from './symbols.ts'

/** The symbol that is meant, and the words people type for it. Looked up as written first (mM is no mm), then in lower case. */
const MEANT: Readonly<Record<string, string>> = {
  s: 'sec secs second seconds',
  min: 'mins minute minutes',
  h: 'hr hrs hour hours',
  d: 'day days',
  wk: 'wks week weeks',
  mo: 'mon mth mths month months',
  a: 'y yr yrs year years',
  g: 'gm gms gram grams',
  mg: 'milligram milligrams',
  ug: 'mcg microgram micrograms',
  ng: 'nanogram nanograms',
  kg: 'kgs kilogram kilograms',
  L: 'liter liters litre litres',
  mL: 'cc milliliter milliliters millilitre millilitres',
  uL: 'mcl microliter microliters microlitre microlitres',
  m: 'meter meters metre metres',
  um: 'micron microns',
  mol: 'mole moles',
  mmol: 'millimole millimoles',
  umol: 'mcmol micromole micromoles',
  cell: 'cells',
  IU: '[iu]',
  '%': 'percent pct',
  kDa: 'kd',
  'mol/L': 'M',
  'mmol/L': 'mM',
  'umol/L': 'uM',
  'nmol/L': 'nM',
  'pmol/L': 'pM',
}

const MEANT_BY: ReadonlyMap<string, string> = new Map(
  Object.entries(MEANT).flatMap(([symbol, words]) => words.split(' ').map((word): [string, string] => [word, symbol])),
)

/**
 * Suggests the symbol that was meant by a word that is none: first what people are known to type, then the nearest in spelling.
 * @returns a text that `readUnit` reads, or nothing
 */
export const suggestUnit = (word: string): string | undefined =>
  MEANT_BY.get(word) ?? MEANT_BY.get(word.toLowerCase()) ?? didYouMean(word, SYMBOLS.keys())

/** A scale that cannot be multiplied: why not, and what to write. */
export interface Refusal {
  readonly reason: string
  readonly help: string
}

const OFFSET: Refusal = {
  reason: 'counts from a zero of its own, so its values cannot be multiplied or divided',
  help: 'write temperatures in "K" (0 degrees Celsius are 273.15 K) and temperature differences in "K" too',
}

const LOGARITHM: Refusal = {
  reason: 'is a logarithm, so its values cannot be multiplied or divided',
  help: 'write the quantity itself, such as "mol/L", or "1" and say in the meaning that it is a logarithm',
}

const REFUSED: readonly (readonly [Refusal, string])[] = [
  [OFFSET, 'cel °c ℃ degc celsius °f ℉ degf [degf] fahrenheit'],
  [LOGARITHM, 'ph [ph] log ln lg db bel decibel np neper'],
]

const REFUSED_BY: ReadonlyMap<string, Refusal> = new Map(
  REFUSED.flatMap(([refusal, words]) => words.split(' ').map((word): [string, Refusal] => [word, refusal])),
)

/** Finds why a word, in whatever case, is refused as a unit although it names a scale. */
export const refusalOf = (word: string): Refusal | undefined => REFUSED_BY.get(word.toLowerCase())
