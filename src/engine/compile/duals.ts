// Dual numbers: a value and how fast it changes. They differentiate without symbols, so they judge the symbolic derivatives, and they tell whether a
// quantity declared as conserved is.
import { numbers } from '#base'
import { ELEMENTARY } from '../ir/elementary.ts'
import type { ElementaryName } from '../ir/nodes.ts'
import type { Meaning } from './lower.ts'

export interface Dual {
  readonly value: number
  readonly slope: number
}

export const dual = (value: number, slope = 0): Dual => ({ value, slope })

const NO_SLOPE = 0

function elementary(name: ElementaryName, x: Dual = dual(NaN), y: Dual = dual(NaN)): Dual {
  const plain = (f: ElementaryName, a: number, b: number): number => ELEMENTARY[f].plain(a, b)
  const value = plain(name, x.value, y.value)
  switch (name) {
    case 'exp':
      return dual(value, value * x.slope)
    case 'log':
      return dual(value, x.slope / x.value)
    case 'sin':
      return dual(value, plain('cos', x.value, NaN) * x.slope)
    case 'cos':
      return dual(value, -plain('sin', x.value, NaN) * x.slope)
    case 'pow': {
      const byBase = x.slope === 0 ? 0 : y.value * plain('pow', x.value, y.value - 1) * x.slope
      return dual(value, byBase + (y.slope === 0 ? 0 : value * plain('log', x.value, NaN) * y.slope))
    }
  }
}

/** The arithmetic of dual numbers. Steps have slope 0; at a kink the slope is that of the branch taken. */
export const duals: Meaning<Dual, boolean> = {
  constant: (value) => dual(value),
  add: (a, b) => dual(a.value + b.value, a.slope + b.slope),
  sub: (a, b) => dual(a.value - b.value, a.slope - b.slope),
  mul: (a, b) => dual(a.value * b.value, a.slope * b.value + a.value * b.slope),
  div: (a, b) => dual(a.value / b.value, (a.slope - (a.value / b.value) * b.slope) / b.value),
  min: (a, b) => (b.value < a.value ? b : a),
  max: (a, b) => (a.value < b.value ? b : a),
  neg: (a) => dual(-a.value, -a.slope),
  abs: (a) => (a.value < 0 ? dual(-a.value, -a.slope) : a),
  sqrt: (a) => dual(Math.sqrt(a.value), a.slope === 0 ? 0 : a.slope / (2 * Math.sqrt(a.value))),
  floor: (a) => dual(Math.floor(a.value), NO_SLOPE),
  powerOfTwo: (a) => dual(numbers.powerOfTwo(a.value), NO_SLOPE),
  exponentOf: (a) => dual(numbers.exponentOf(a.value), NO_SLOPE),
  significandOf: (a) => dual(numbers.significandOf(a.value), NO_SLOPE),
  less: (a, b) => a.value < b.value,
  lessEqual: (a, b) => a.value <= b.value,
  equal: (a, b) => a.value === b.value,
  and: (a, b) => a && b,
  or: (a, b) => a || b,
  not: (a) => !a,
  select: (test, a, b) => (test ? a : b),
  elementary,
}
