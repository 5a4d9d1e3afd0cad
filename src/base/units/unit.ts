// A unit as a value: the symbols its author wrote, with exponents, and what follows from them. mg stays mg: nothing is turned into base units, so
// texts stay short and conversions exact. `unitOf` alone makes units, so that text, factor and dimension agree with the atoms; `readUnit` then puts
// the author's own text, which reads back as the same unit (g/g, though its atoms cancel).

import { type Scale, scaleOf } from './scale.ts'
import { BASES, type Dimension, meaningOf } from './symbols.ts'

const TEN = '10*' // always printed with its exponent

/** One symbol to a power. `symbol` is a known one or an annotation in braces; `note` is the annotation behind it, braces included, or ''. */
export interface Atom {
  readonly symbol: string
  readonly exponent: number
  readonly note: string
}

/** A unit. `factor` says how many coherent base units (g, mol, cell, IU, U, m, K, s) it is; `text` reads back as this unit. */
export interface Unit {
  readonly text: string
  readonly factor: number
  readonly dimension: Dimension
  /** No symbol with the same note stands twice, no exponent is 0: a plain number has none. */
  readonly atoms: readonly Atom[]
}

/**
 * Makes a unit from symbols to powers: equal symbols are joined, those that cancel vanish, the rest keep their order.
 * `factor` overflows to Infinity or 0 beyond the range of a double; comparisons go by the atoms and do not.
 * @param factors exponents are multiples of 1/4
 * @throws on an unknown symbol, our bug: author's text comes in through `readUnit`
 */
export function unitOf(factors: readonly Atom[]): Unit {
  const atoms = join(factors)
  return { text: printAtoms(atoms), factor: scaleOf(scalesOf(atoms)), dimension: dimensionOf(atoms), atoms }
}

/**
 * Says in digits and powers of ten how large each atom is.
 * @throws on an unknown symbol, our bug
 */
export const scalesOf = (atoms: readonly Atom[]): Scale[] =>
  atoms.map(({ symbol, exponent }) => ({ ...knownMeaning(symbol), exponent }))

function join(factors: readonly Atom[]): Atom[] {
  const joined = new Map<string, Atom>()
  for (const factor of factors) {
    const key = `${factor.symbol} ${factor.note}`
    joined.set(key, { ...factor, exponent: factor.exponent + (joined.get(key)?.exponent ?? 0) })
  }
  return [...joined.values()].filter(({ exponent }) => exponent !== 0)
}

function dimensionOf(atoms: readonly Atom[]): Dimension {
  const dimension: Record<string, number> = Object.fromEntries(BASES.map((base) => [base, 0]))
  for (const { symbol, exponent } of atoms) {
    for (const [base, power] of Object.entries(knownMeaning(symbol).dimension)) {
      dimension[base] = (dimension[base] as number) + exponent * power
    }
  }
  return dimension as Dimension
}

function knownMeaning(symbol: string) {
  const meaning = meaningOf(symbol)
  if (meaning === undefined) throw new Error(`Cannot make a unit of "${symbol}": want a symbol of symbols.ts`)
  return meaning
}

/**
 * Prints symbols to powers as an author would write them: "mg*h/L", "10*9/L", "1/d", "10*-3", "m2", "mL/min/{1.73_m2}", "m^0.5"; none is "1".
 * Each "/" divides by the one symbol behind it, as in UCUM.
 */
export function printAtoms(atoms: readonly Atom[]): string {
  const top = atoms.some(({ exponent }) => exponent > 0) ? '' : TEN // with nothing else above the line, 10*-3 is better than 1/10*3
  const above = atoms.filter(({ symbol, exponent }) => exponent > 0 || (exponent < 0 && symbol === top))
  const below = atoms.filter(({ symbol, exponent }) => exponent < 0 && symbol !== top)
  const product = above.map((atom) => printPower(atom, atom.exponent)).join('*')
  return [product || '1', ...below.map((atom) => printPower(atom, -atom.exponent))].join('/')
}

function printPower({ symbol, note }: Atom, exponent: number): string {
  if (!Number.isInteger(exponent)) return `${symbol === TEN ? '10' : symbol}^${exponent}${note}`
  return `${symbol}${exponent === 1 && symbol !== TEN ? '' : exponent}${note}`
}
