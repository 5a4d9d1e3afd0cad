// What an instrument reads of a patient: columns of a table, each a yes or no, a number with a unit and bounds, or one of a few words.
import { ANALYTES } from '../lab-units/analytes.ts'

interface Named {
  readonly name: string
  readonly meaning: string
  /** Other names that a table may give it. */
  readonly aliases: readonly string[]
}

export interface TruthColumn extends Named {
  readonly kind: 'truth'
}

export interface NumberColumn extends Named {
  readonly kind: 'number'
  /** "1" for plain numbers, which need no unit in a table. */
  readonly unit: string
  /** Numbers without a unit are in this one, since the name of the column says so. */
  readonly bare?: true
  readonly molarMass?: number
  /** Values outside are slips, not measurements. */
  readonly least: number
  readonly most: number
  readonly whole: boolean
}

export interface WordColumn extends Named {
  readonly kind: 'word'
  readonly words: readonly string[]
  /** Other spellings of the words, in small letters. */
  readonly spelt: Readonly<Record<string, string>>
}

export type Column = TruthColumn | NumberColumn | WordColumn

/** What a row says under the names of columns, in their units. What it does not say is not there, or undefined. */
export type Findings = Readonly<Record<string, boolean | number | string | undefined>>

/** A yes or no. */
export const yesNo = (name: string, meaning: string, ...aliases: readonly string[]): TruthColumn => ({
  kind: 'truth',
  name,
  meaning,
  aliases,
})

/** A plain number within bounds. */
export const plain = (
  name: string,
  meaning: string,
  [least, most]: readonly [number, number],
  ...aliases: readonly string[]
): NumberColumn => ({ kind: 'number', name, meaning, unit: '1', least, most, whole: false, aliases })

/** A whole number within bounds. */
export const count = (
  name: string,
  meaning: string,
  bounds: readonly [number, number],
  ...aliases: readonly string[]
): NumberColumn => ({ ...plain(name, meaning, bounds, ...aliases), whole: true })

/**
 * An analyte of ours.
 * @param analyte its name in the table of lab units
 * @param name another name for it here, such as its value at an earlier visit
 */
export function measured(analyte: string, name = analyte, meaning?: string): NumberColumn {
  const found = ANALYTES.get(analyte)
  if (!found) throw new Error(`There is no analyte "${analyte}"`)
  const { unit, molarMass, least, most, label, loinc, aliases } = found
  return {
    kind: 'number',
    name,
    meaning: meaning ?? label,
    unit,
    ...(molarMass !== undefined && { molarMass }),
    least,
    most,
    whole: false,
    aliases: name === analyte ? [...aliases, ...loinc] : [],
  }
}

/** One of some words. */
export const oneOf = (
  name: string,
  meaning: string,
  words: readonly string[],
  spelt: Readonly<Record<string, string>> = {},
): WordColumn => ({ kind: 'word', name, meaning, words, spelt, aliases: [] })
