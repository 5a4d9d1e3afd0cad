// Symbolic derivatives against dual numbers, which know no symbols; and both against differences.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { normal } from '#base'
import { evaluate } from '../../../tests/evaluate.ts'
import { libraryModels } from '../../../tests/models.ts'
import { compute, operations } from '../../../tests/random-expressions.ts'
import { type Builder, sharingBuilder } from '../ir/build.ts'
import type { Num } from '../ir/nodes.ts'
import type { Model } from '../language/model.ts'
import { derive } from './derive.ts'
import { type Dual, dual, duals } from './duals.ts'
import { lowering, type Meaning, plain } from './lower.ts'

const LEAVES = 3
const values = fc.array(fc.double({ min: 0.2, max: 3, noNaN: true }), { minLength: LEAVES, maxLength: LEAVES })

const deriveOne = (b: Builder, of: Num, by: Num): Num | undefined => derive(b, [of], [by])[0]?.[0]

/** Dual numbers that call `edge` where a function is near the end of its domain and its slope may be infinite. */
const watched = (edge: () => void): Meaning<Dual, boolean> => {
  const safe = <T>(x: Dual, result: T): T => {
    if (Math.abs(x.value) < 1e-3) edge()
    return result
  }
  return {
    ...duals,
    div: (a, b) => safe(b, duals.div(a, b)),
    sqrt: (a) => safe(a, duals.sqrt(a)),
    elementary: (name, x = dual(NaN), y = dual(NaN)) =>
      name === 'pow' || name === 'log' ? safe(x, duals.elementary(name, x, y)) : duals.elementary(name, x),
  }
}

describe('the symbolic derivative', () => {
  test('is that of dual numbers on random expressions', () => {
    let judged = 0
    const law = fc.property(operations(12), values, fc.nat({ max: LEAVES - 1 }), (list, at, by) => {
      let edge = false
      const meaning = watched(() => {
        edge = true
      })
      const leaves = at.map((value, i) => dual(value, i === by ? 1 : 0))
      const all = compute(meaning, list, leaves)
      const size = Math.max(1, ...all.flatMap(({ value, slope }) => [Math.abs(value), Math.abs(slope)]))
      fc.pre(!edge && size < 1e6) // where rounding alone decides, nothing is said
      const b = sharingBuilder()
      const slots = at.map((_, i) => b.load(i))
      const found = deriveOne(b, compute(b, list, slots).at(-1) as Num, slots[by] as Num)
      const [value = NaN] = found ? evaluate([found], at) : [0]
      const wanted = all.at(-1)?.slope ?? NaN
      if (wanted !== 0) judged++
      // both sum products of two numbers below `size`, each in its own order
      expect(Math.abs(value - wanted)).toBeLessThanOrEqual(1e-14 * size * size)
    })
    fc.assert(law, { seed: 3, numRuns: 4000 })
    expect(judged).toBeGreaterThan(1000) // enough of them must depend on the leaf
  })

  // x and y stand where nothing is flat, so that a wrong sign or a lost factor shows
  const [x, y] = [1.3, 0.7]
  test.each(['add', 'sub', 'mul', 'div', 'min', 'max', 'pow'] as const)('of %s agrees with differences', (op) => {
    const both = <N, B>(m: Meaning<N, B>, a: N, b: N): N =>
      op === 'pow' ? m.elementary(op, m.mul(a, b), m.add(a, b)) : m[op](m.mul(a, b), m.add(m.mul(a, a), b))
    checkDifference(both, x, y)
  })
  test.each(['neg', 'abs', 'sqrt', 'exp', 'log', 'sin', 'cos'] as const)('of %s agrees with differences', (op) => {
    const one = <N, B>(m: Meaning<N, B>, a: N, b: N): N => {
      const product = m.mul(m.mul(a, a), b)
      return op === 'neg' || op === 'abs' || op === 'sqrt' ? m[op](product) : m.elementary(op, product)
    }
    checkDifference(one, x, y)
    if (op === 'abs') checkDifference(one, x, -y)
  })
  test('of a choice is that of the branch taken', () => {
    const choice = <N, B>(m: Meaning<N, B>, a: N, b: N): N => m.select(m.less(a, b), m.mul(a, b), m.div(a, b))
    checkDifference(choice, x, y)
    checkDifference(choice, y, x)
  })
  test('is missing where nothing depends on the leaf, and where all is flat', () => {
    const b = sharingBuilder()
    const [one, other] = [b.load(0), b.load(1)]
    expect(deriveOne(b, b.mul(one, b.elementary('exp', one)), other)).toBeUndefined()
    expect(deriveOne(b, b.floor(other), other)).toBeUndefined()
  })
})

/** Checks both derivatives by the first operand against central differences, which are good to about 1e-9 here. */
function checkDifference(f: <N, B>(m: Meaning<N, B>, a: N, b: N) => N, x: number, y: number): void {
  const step = 1e-5
  const difference = (f(plain, x + step, y) - f(plain, x - step, y)) / (2 * step)
  const b = sharingBuilder()
  const [one, other] = [b.load(0), b.load(1)]
  const symbolic = deriveOne(b, f(b, one, other), one)
  const [value = NaN] = symbolic ? evaluate([symbolic], [x, y]) : []
  expect(Math.abs(value - difference)).toBeLessThan(1e-8 * Math.abs(difference))
  expect(Math.abs(f(duals, dual(x, 1), dual(y)).slope - value)).toBeLessThan(1e-14 * Math.abs(value))
}

// ---- Jacobians of the library

const POINTS = 20
const models = await libraryModels()

test.each(models.map((model) => [model.name, model] as const))('the Jacobian of %s at drawn points', (_, model) => {
  for (let point = 0; point < POINTS; point++) checkJacobian(model, point)
})

function checkJacobian(model: Model, point: number): void {
  const draw = (purpose: string, spread = 0.5): number =>
    Math.exp(spread * normal({ seed: 1, subject: point, replicate: 0, purpose, index: 0 }))
  // near their values: a share of 0.9 must stay one
  const parameters = model.parameters.map((p) => p.value * draw(p.name, 0.02))
  const inputs = model.inputs.map((i) => i.value * draw(i.name))
  const states = model.states.map((s) => draw(s.name))
  const slots = [draw('time'), ...parameters, ...inputs, ...states]
  const b = sharingBuilder()
  const stateAt = 1 + parameters.length + inputs.length
  const lower = lowering(b, model, {
    time: b.load(0),
    parameter: (i) => b.load(1 + i),
    input: (i) => b.load(1 + parameters.length + i),
    state: (i) => b.load(stateAt + i),
  })
  // by time first, then by each state
  const leaves = [0, ...states.map((_, i) => stateAt + i)]
  const pairs = model.states.flatMap(({ rate }) => leaves.map((slot) => ({ rate, slot })))
  const found = evaluate(
    pairs.map(({ rate, slot }) => deriveOne(b, lower(rate), b.load(slot)) ?? b.constant(0)),
    slots,
  )
  const wanted = leaves.map((slot) => slopesOf(model, slots, slot))
  for (const [row] of model.states.entries()) {
    const size = Math.max(...wanted.map((slopes) => Math.abs(slopes[row] ?? NaN)))
    expect(Number.isFinite(size)).toBe(true)
    for (const [column, slopes] of wanted.entries())
      expect(Math.abs((found[row * leaves.length + column] ?? NaN) - (slopes[row] ?? NaN))).toBeLessThanOrEqual(
        1e-13 * size,
      )
  }
}

/** The slopes of all rates by what stands in a slot, by dual numbers. */
function slopesOf(model: Model, slots: readonly number[], by: number): number[] {
  const at = (slot: number): Dual => dual(slots[slot] ?? NaN, slot === by ? 1 : 0)
  const inputsAt = 1 + model.parameters.length
  const lower = lowering(duals, model, {
    time: at(0),
    parameter: (i) => at(1 + i),
    input: (i) => at(inputsAt + i),
    state: (i) => at(inputsAt + model.inputs.length + i),
  })
  return model.states.map(({ rate }) => lower(rate).slope)
}
