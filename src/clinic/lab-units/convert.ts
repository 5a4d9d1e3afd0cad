// Values in the unit of a laboratory to values in ours: through the units of base, through a molar mass, or not at all. Nothing is guessed.
import { conversionFactor, describeMismatch, divideUnits, multiplyUnits, readUnit, type Unit } from '#base'
import type { Analyte } from './analytes.ts'

/** How to turn a value into our unit: value * factor + offset. Or why not, in words that end a message. */
export type Conversion =
  | { readonly factor: number; readonly offset: number }
  | { readonly refused: string; help?: string }

const DIGITS = 12 // significant: what is left of a value after a conversion, so that 500 mg/d is 0.5 g/d and not a hair above

/** Applies a conversion. */
export const convert = (value: number, by: { readonly factor: number; readonly offset: number }): number =>
  Number((value * by.factor + by.offset).toPrecision(DIGITS))

/**
 * Finds how to turn values of an analyte into its unit.
 * @param written a unit as laboratories write it: "10^9/L", "G/L", "/uL", "umol/l", "[IU]/mL", "g/24h", "°F"
 */
export function conversionOf(analyte: Pick<Analyte, 'unit' | 'molarMass'>, written: string): Conversion {
  if (analyte.unit === 'Cel') return temperature(written)
  const [from, to] = [readUnit(spell(written)), readUnit(analyte.unit)]
  if ('fault' in to) throw new Error(`The unit "${analyte.unit}" of an analyte cannot be read`)
  if ('fault' in from)
    return { refused: `"${written}" is no unit that is known here`, help: from.fault.help ?? `write ${analyte.unit}` }
  const factor = conversionFactor(from.unit, to.unit) ?? molarFactor(from.unit, to.unit, analyte.molarMass)
  return factor === undefined
    ? { refused: `${describeMismatch(from.unit, to.unit)}: they do not convert`, help: `write ${analyte.unit}` }
    : { factor, offset: 0 }
}

/** Grams for moles, above the line (umol/L of creatinine) or below it (mg of protein per mmol of creatinine). */
function molarFactor(from: Unit, to: Unit, molarMass: number | undefined): number | undefined {
  const perMole = readUnit('g/mol')
  if (molarMass === undefined || 'fault' in perMole) return undefined
  const above = conversionFactor(multiplyUnits(from, perMole.unit), to)
  if (above !== undefined) return above * molarMass
  const below = conversionFactor(divideUnits(from, perMole.unit), to)
  return below === undefined ? undefined : below / molarMass
}

const CELSIUS = /^(cel|c|°c|℃|degc|celsius)$/i
const FAHRENHEIT = /^(f|°f|℉|degf|\[degf\]|fahrenheit)$/i

function temperature(written: string): Conversion {
  if (CELSIUS.test(written)) return { factor: 1, offset: 0 }
  if (FAHRENHEIT.test(written)) return { factor: 5 / 9, offset: -160 / 9 }
  if (written === 'K') return { factor: 1, offset: -273.15 }
  return { refused: `"${written}" is no unit of temperature that is known here`, help: 'write Cel or [degF]' }
}

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹'

// What stands in reports of laboratories, and what our units call it. Each line is one habit.
const HABITS: readonly (readonly [RegExp, string])[] = [
  [/\s+/g, ''],
  [/^[x×*](?=10)/i, ''],
  [/\[iu\]/gi, 'IU'],
  [/^(G|Giga|giga)\/[Ll]$/, '10*9/L'],
  [/^(K|thou|thousand|tsd\.?)\/(u|µ|μ|mc)L$/i, '10*3/uL'],
  [/^(10(?:\^|\*)?\d+)?cells?(?=\/)/i, '$1'],
  [/^10(?:e|E)?(\d+)(?=\/)/, '10*$1'],
  [/\/\(?24\.?h(rs?|ours?)?\)?$/i, '/d'],
  [/\/day$/i, '/d'],
  [/\/(week|w)$/i, '/wk'],
  [/\/\{?1[.,]73_?m(2|\^2)\}?$/i, ''],
  [/^(y|yrs?|years?)$/i, 'a'],
  [/^(mths?|months?)$/i, 'mo'],
  [/\/c(u\.?)?mm$/i, '/mm3'],
  [/(?<=^|[/.]|[fpnumdµμ])l(?![a-z])/g, 'L'],
]

function spell(written: string): string {
  const plain = written.replace(
    /[⁰¹²³⁴⁵⁶⁷⁸⁹]+/g,
    (digits) => `^${[...digits].map((digit) => SUPERSCRIPTS.indexOf(digit)).join('')}`,
  )
  return HABITS.reduce((text, [habit, ours]) => text.replace(habit, ours), plain)
}
