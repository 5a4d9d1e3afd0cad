// What units are for: an expression that is accepted means the same quantity whatever it is measured in. Random expressions are written twice, in mg and
// h and in ug and min; where the first is accepted the second is, and the two values are one quantity.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { conversionFactor } from '#base'
import { lowering, plain } from '../compile/lower.ts'
import { checkModel } from './check-model.ts'
import { parseModel } from './parse.ts'

const RUNS = 6000

/** A way of measuring: names of units, and how many of each make what is meant. */
interface Measure {
  readonly mass: readonly [unit: string, each: number]
  readonly time: readonly [unit: string, each: number]
}
const COARSE: Measure = { mass: ['mg', 1], time: ['h', 1] }
const FINE: Measure = { mass: ['ug', 1000], time: ['min', 60] }

type Writer = (measure: Measure) => string
type Part = 'number' | 'truth'

const { number } = fc.letrec<Record<Part, Writer>>((tie) => {
  const n = tie('number')
  const whole = fc.integer({ min: 1, max: 9 })
  const leaf = fc.oneof(
    fc.constantFrom<Writer>(
      () => 'm',
      () => 'm',
      () => 't',
      () => 'c',
      () => '0',
      () => 'time',
      () => 'A',
    ),
    whole.map(
      (x): Writer =>
        () =>
          String(x),
    ),
    fc.tuple(whole, fc.constantFrom('mass', 'time')).map(
      ([x, kind]): Writer =>
        (measure) =>
          `${x * measure[kind][1]} [${measure[kind][0]}]`,
    ),
    fc.constant<Writer>(({ mass, time }) => `${(12 * mass[1]) / time[1]} [${mass[0]}/${time[0]}]`),
  )
  const two = (f: (a: string, b: string) => string) =>
    fc.tuple(n, n).map(
      ([a, b]): Writer =>
        (measure) =>
          f(a(measure), b(measure)),
    )
  const one = (f: (a: string) => string) =>
    n.map(
      (a): Writer =>
        (measure) =>
          f(a(measure)),
    )
  return {
    number: fc.oneof(
      { maxDepth: 4, depthSize: 'small' },
      leaf,
      ...['+', '-', '*', '*', '/', '/'].map((operator) => two((a, b) => `(${a} ${operator} ${b})`)),
      two((a, b) => `min(${a}, ${b})`),
      two((a, b) => `max(${a}, ${b})`),
      two((a, b) => `(${a}^${b})`),
      two((a, b) => `f(${a}, ${b})`),
      ...['-', 'abs', 'sqrt', 'floor', 'exp', 'log', 'sin', 'g', 'T'].map((f) => one((a) => `(${f}(${a}))`)),
      ...['2', '-1', '0.5', '(1/4)', '0'].map((exponent) => one((a) => `((${a})^${exponent})`)),
      fc.tuple(tie('truth'), n, n).map(
        ([test, a, b]): Writer =>
          (measure) =>
            `(if ${test(measure)} then ${a(measure)} else ${b(measure)})`,
      ),
      one((a) => `(${a} in [g])`),
      one((a) => `(${a} in [1])`),
    ),
    truth: two((a, b) => `${a} < ${b}`),
  }
})

/** The value of an expression and its unit, if it is accepted. */
function measured(writer: Writer, measure: Measure) {
  const { mass, time } = measure
  const text = `model m
time [${time[0]}]
param m = ${7 * mass[1]} [${mass[0]}] "a mass" @assumed "seven"
param t = ${5 * time[1]} [${time[0]}] "a time" @assumed "five"
param c = 3 [1] "a number" @assumed "three"
function f(x, y) = x*y + x*x*y/x
function g(x [mg]) = if x > 0 then x*x else 0
table T(x [${time[0]}]) = (0, 1) (${4 * time[1]}, 2) [1] linear hold "a table" @assumed "made up"
state A = ${2 * mass[1]} [${mass[0]}]
der A = 0
let wanted = ${writer(measure)}
`
  // g says [mg] in both: in the second measure it is called with what is in ug, and refused
  const { value: file, problems } = parseModel('m.model', text.replace('[mg]) = if', `[${mass[0]}]) = if`))
  const { value: model } = checkModel([file])
  expect(problems).toEqual([])
  const wanted = model?.derived[0]
  if (!model || !wanted) return undefined
  const value = lowering(plain, model, {
    time: 6 * time[1],
    parameter: (i) => model.parameters[i]?.value ?? NaN,
    input: () => NaN,
    state: () => 2 * mass[1],
  })(wanted.value)
  return { value, unit: wanted.unit, text }
}

describe('an expression that is accepted', () => {
  test('is one quantity, whatever it is measured in', () => {
    let accepted = 0
    let withUnit = 0
    fc.assert(
      fc.property(number, (writer) => {
        const [coarse, fine] = [measured(writer, COARSE), measured(writer, FINE)]
        expect(fine === undefined).toBe(coarse === undefined)
        if (!coarse || !fine) return
        accepted++
        if (coarse.unit.atoms.length > 0) withUnit++
        const factor = conversionFactor(fine.unit, coarse.unit)
        if (factor === undefined) throw new Error(`[${fine.unit.text}] is no [${coarse.unit.text}]: ${coarse.text}`)
        const off = Math.abs(fine.value * factor - coarse.value) / Math.abs(coarse.value)
        const same = Object.is(fine.value * factor + 0, coarse.value + 0) || off < 1e-9
        if (!same) throw new Error(`${fine.value * factor} is not ${coarse.value}: ${coarse.text}`)
      }),
      { seed: 20261120, numRuns: RUNS },
    )
    expect(accepted).toBeGreaterThan(RUNS / 10)
    expect(withUnit).toBeGreaterThan(RUNS / 50)
  })
})
