// The algebra of units: an Abelian group under `multiplyUnits`, with powers in quarters. Only equal symbols cancel: mg/L times L is mg, but mg/g stays.

import { BASES } from './symbols.ts'
import { type Unit, unitOf } from './unit.ts'

/** The unit of plain numbers. */
export const unitOne: Unit = unitOf([])

/**
 * Multiplies two units.
 * @example multiplyUnits(mgPerL, L).text // 'mg'
 */
export const multiplyUnits = (a: Unit, b: Unit): Unit => unitOf([...a.atoms, ...b.atoms])

/**
 * Divides one unit by another.
 * @example divideUnits(mg, L).text // 'mg/L'
 */
export const divideUnits = (a: Unit, b: Unit): Unit => unitOf([...a.atoms, ...powers(b, -1)])

/**
 * Raises a unit to a power; 0.5 takes the square root. Plain numbers take any power, other units those that leave multiples of 1/4 as exponents:
 * enough for square roots and for allometric 0.75.
 * @param exponent any number
 * @returns nothing when the power has no unit of ours, or is beyond the range of a double
 * @example raiseUnit(m, 2)?.text // 'm2'
 */
export function raiseUnit(unit: Unit, exponent: number): Unit | undefined {
  const atoms = powers(unit, exponent)
  if (!atoms.every((atom) => isQuarters(atom.exponent))) return isPlain(unit) ? unitOne : undefined
  const raised = unitOf(atoms)
  return isInRange(raised) ? raised : undefined
}

/** Tells whether an exponent is a multiple of 1/4, small enough to be added up exactly. */
export const isQuarters = (exponent: number): boolean => Number.isSafeInteger(exponent * 4)

/** Tells whether a unit's factor is an ordinary double: neither overflowed nor vanished. */
export const isInRange = (unit: Unit): boolean => unit.factor > 0 && unit.factor < Infinity

/** 1 in other words too, such as cell/uL/(10*6*cell/L). */
const isPlain = (unit: Unit): boolean => unit.factor === 1 && BASES.every((base) => unit.dimension[base] === 0)

const powers = (unit: Unit, exponent: number) =>
  unit.atoms.map((atom) => ({ ...atom, exponent: atom.exponent * exponent }))
