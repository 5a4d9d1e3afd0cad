// Compares units by what they measure and by size, and tells an author in one line how two of them differ. Sizes are compared through the symbols,
// not through two rounded factors, so that mg/L against g/L is exactly 0.001.

import { divideUnits } from './algebra.ts'
import { scaleOf } from './scale.ts'
import { BASES, type Dimension } from './symbols.ts'
import { printAtoms, scalesOf, type Unit } from './unit.ts'

const SAME = 1e-12 // relative: above the few roundings of a product of factors, far below any two units that differ

/** Tells whether two units measure the same kind of thing, at whatever scale. */
export const sameDimension = (a: Unit, b: Unit): boolean =>
  BASES.every((base) => a.dimension[base] === b.dimension[base])

/** Tells whether two units are one: same dimension and, within 1e-12, same size. Annotations do not count. */
export function sameUnit(a: Unit, b: Unit): boolean {
  const factor = conversionFactor(a, b)
  return factor !== undefined && Math.abs(factor - 1) <= SAME
}

/**
 * Finds the number that turns values in one unit into another: exact for powers of ten up to 10^22 and for whole ratios.
 * @returns what to multiply a value in `from` by to have it in `to`, or nothing when they measure different things
 * @example conversionFactor(d, h) // 24
 */
export function conversionFactor(from: Unit, to: Unit): number | undefined {
  return sameDimension(from, to) ? scaleOf(scalesOf(divideUnits(from, to).atoms)) : undefined
}

/**
 * Says in one line how two units differ, for a compiler's note.
 * @example describeMismatch(gPerL, mgPerL) // '[g/L] is 1000 × [mg/L]'
 */
export function describeMismatch(a: Unit, b: Unit): string {
  const factor = conversionFactor(a, b)
  if (factor === undefined) return `[${a.text}] is ${kindOf(a.dimension)}, [${b.text}] is ${kindOf(b.dimension)}`
  if (sameUnit(a, b)) return `[${a.text}] and [${b.text}] are the same unit`
  if (factor < 1) return describeMismatch(b, a)
  return `[${a.text}] is ${Number(factor.toPrecision(6))} × [${b.text}]`
}

/** Names of common dimensions, by the dimension as printed in base units. */
const KINDS: ReadonlyMap<string, string> = new Map([
  ['1', 'a plain number'],
  ['g', 'a mass'],
  ['mol', 'an amount of substance'],
  ['cell', 'a number of cells'],
  ['IU', 'a biological activity'],
  ['U', 'an enzyme activity'],
  ['m', 'a length'],
  ['m2', 'an area'],
  ['m3', 'a volume'],
  ['K', 'a temperature'],
  ['s', 'a time'],
  ['1/s', 'a rate'],
  ['1/m3', 'a number per volume'],
  ['g/m3', 'a mass concentration'],
  ['mol/m3', 'a molar concentration'],
  ['cell/m3', 'a cell concentration'],
  ['IU/m3', 'an activity concentration'],
  ['U/m3', 'an enzyme concentration'],
  ['g/mol', 'a molar mass'],
  ['g/m2', 'a mass per area'],
  ['cell/g', 'a number of cells per mass'],
  ['m3/g', 'a volume per mass'],
  ['m3/s', 'a flow or clearance'],
  ['m3/g/s', 'a flow or clearance per mass'],
  ['g/s', 'a mass per time'],
  ['mol/s', 'an amount of substance per time'],
  ['cell/s', 'a number of cells per time'],
  ['g/m3/s', 'a mass concentration per time'],
  ['mol/m3/s', 'a molar concentration per time'],
  ['cell/m3/s', 'a cell concentration per time'],
  ['g*s/m3', 'an exposure (concentration × time)'],
  ['mol*s/m3', 'an exposure (concentration × time)'],
])

function kindOf(dimension: Dimension): string {
  const text = printAtoms(BASES.map((symbol) => ({ symbol, exponent: dimension[symbol], note: '' })))
  return KINDS.get(text) ?? `of dimension ${text}`
}
