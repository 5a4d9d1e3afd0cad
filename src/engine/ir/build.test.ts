import { describe, expect, test } from 'vitest'
import { nodes, sharingBuilder } from './build.ts'
import type { Node } from './nodes.ts'
import { inOrder, operands } from './walk.ts'

describe('a sharing builder', () => {
  const n = sharingBuilder()
  test('returns one object for one value', () => {
    const make = (): Node[] => {
      const [x, y] = [n.load(1, 'i', n.local('p')), n.elementary('pow', n.constant(2), n.load(3))]
      const test = n.and(n.less(x, y), n.not(n.equal(x, y)))
      return [x, y, test, n.select(test, n.add(x, y), n.sqrt(x)), n.constant(Number.NaN)]
    }
    const [first, second] = [make(), make()]
    for (const [position, node] of first.entries()) expect(second[position]).toBe(node)
  })

  test('keeps apart what differs in anything', () => {
    const [x, y] = [n.local('x'), n.local('y')]
    const leaves = [x, y, n.constant(0), n.constant(-0), n.constant(1), n.local('1')]
    const loads = [n.load(0), n.load(1), n.load(1, 'i'), n.load(1, 'j'), n.load(1, 'i', x), n.load(1, undefined, x)]
    const operations = [n.sub(x, y), n.sub(y, x), n.div(x, y), n.neg(x), n.elementary('exp', x), n.elementary('log', x)]
    const [less, lessEqual] = [n.less(x, y), n.lessEqual(x, y)]
    const all = [leaves, loads, operations, [less, lessEqual, n.select(less, x, y), n.select(less, y, x)]].flat()
    expect(new Set(all).size).toBe(all.length)
  })
})

test('the plain builder makes a new node at every call and simplifies nothing', () => {
  const zero = nodes.constant(0)
  expect(nodes.constant(0)).not.toBe(zero)
  expect(nodes.add(zero, zero)).toEqual({ op: 'add', a: zero, b: zero })
  expect(nodes.load(3)).toEqual({ op: 'load', from: { base: 3 } })
})

test('nodes are walked operands first, each once', () => {
  const n = sharingBuilder()
  const [x, y] = [n.local('x'), n.local('y')]
  const sum = n.add(x, y)
  const root = n.mul(sum, n.sub(sum, x))
  const order = inOrder<Node>([root, sum], operands)
  expect(order).toEqual([x, y, sum, n.sub(sum, x), root])
})
