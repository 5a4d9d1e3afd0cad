// What is computed beforehand has the bits it would have had in place.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { evaluate } from '../../../tests/evaluate.ts'
import { compute, operations } from '../../../tests/random-expressions.ts'
import { sharingBuilder } from '../ir/build.ts'
import type { Node, Num } from '../ir/nodes.ts'
import { inOrder, operands } from '../ir/walk.ts'
import { hoist } from './hoist.ts'

const LEAVES = 6
const anything = fc.oneof(
  fc.double({ min: -3, max: 3 }),
  fc.constantFrom(0, -0, Infinity, -Infinity, NaN, 5e-324, 1.797e308),
)
const values = fc.array(anything, { minLength: LEAVES, maxLength: LEAVES })

test('hoisting changes no bit', () => {
  let [hoisted, moved] = [0, 0]
  const law = fc.property(operations(25), values, fc.nat({ max: LEAVES }), (list, at, constants) => {
    const b = sharingBuilder()
    const roots = compute(
      b,
      list,
      at.map((_, slot) => b.load(slot)),
    )
    const before = hoist(b, roots, LEAVES, (slot) => slot < constants)
    const rewritten = roots.map(before.rewrite)
    const slots = [...at, ...evaluate(before.values, at)]
    const [found, wanted] = [evaluate(rewritten, slots), evaluate(roots, at)]
    expect(found.findIndex((value, k) => !Object.is(value, wanted[k]))).toBe(-1)
    hoisted += before.values.length
    if (rewritten.some((root, k) => root !== roots[k])) moved++
    expect(stillReads(rewritten, constants)).toEqual([])
  })
  fc.assert(law, { seed: 6, numRuns: 1000 })
  expect(hoisted).toBeGreaterThan(1000)
  expect(moved).toBeGreaterThan(500)
})

/** Lists operations that are left and yet stand on constant slots alone. */
function stillReads(roots: readonly Num[], constants: number): Node[] {
  const still = new Set<Node>()
  return inOrder<Node>(roots, operands).filter((node) => {
    const parts = operands(node)
    const isLeaf = node.op === 'constant' || (node.op === 'load' && node.from.base < constants)
    if (isLeaf || (parts.length > 0 && parts.every((part) => still.has(part)))) still.add(node)
    return still.has(node) && !isLeaf && !['less', 'lessEqual', 'equal', 'and', 'or', 'not'].includes(node.op)
  })
}

test('what varies, and plain constants, stay where they are', () => {
  const b = sharingBuilder()
  const [constant, state] = [b.load(0), b.load(1)]
  const { values: none, rewrite } = hoist(b, [state, constant, b.mul(state, constant)], 9, (slot) => slot === 0)
  expect([rewrite(state), rewrite(constant), rewrite(b.mul(state, constant))]).toEqual([
    state,
    constant,
    b.mul(state, constant),
  ])
  expect(none).toEqual([])
})

test('a part used in two places is computed beforehand once', () => {
  const b = sharingBuilder()
  const part = b.sqrt(b.load(0))
  const state = b.load(1)
  const { values: beforehand, rewrite } = hoist(b, [b.mul(part, state), b.add(part, state)], 9, (slot) => slot === 0)
  expect(beforehand).toEqual([part])
  expect(rewrite(b.mul(part, state))).toBe(b.mul(b.load(9), state))
})
