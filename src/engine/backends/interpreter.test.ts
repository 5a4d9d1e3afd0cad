import { describe, expect, test } from 'vitest'
import { nodes as n } from '../ir/build.ts'
import type { Kernel, Num, Statement, Target } from '../ir/nodes.ts'
import { interpret } from './interpreter.ts'

const SLOTS = 10
const slot = (base: number, index?: string, pointer?: Num): Target => {
  return { slot: { base, ...(index !== undefined && { index }), ...(pointer && { pointer }) } }
}
const assign = (...pairs: readonly [Target, Num][]): Statement => ({
  do: 'assign',
  pairs: pairs.map(([to, value]) => ({ to, value })),
})
const c = n.constant

/** Runs a routine of these statements, with parameters p and q, on a memory that holds 0, 1, 2, … */
function after(body: readonly Statement[], p = 0, q = 0): number[] {
  const kernel: Kernel = { routines: [{ name: 'main', params: ['p', 'q'], body, exported: true }], slots: SLOTS }
  const { memory, run } = interpret(kernel)
  memory.set(memory.map((_, position) => position))
  run('main', p, q)
  return Array.from(memory)
}

describe('the interpreter', () => {
  test('assigns simultaneously', () => {
    const swap = assign([slot(1), n.load(2)], [slot(2), n.load(1)])
    expect(after([swap]).slice(0, 4)).toEqual([0, 2, 1, 3])
    const swapLocals = assign([{ local: 'p' }, n.local('q')], [{ local: 'q' }, n.local('p')])
    const show = assign([slot(0), n.local('p')], [slot(1), n.local('q')])
    expect(after([swapLocals, show], 7, 8).slice(0, 2)).toEqual([8, 7])
  })

  test('writes in the order of the pairs, the last one staying', () => {
    expect(after([assign([slot(3), c(10)], [slot(3), c(20)])])[3]).toBe(20)
  })

  test('adds base, counter and the whole part of a pointer', () => {
    const body = assign([slot(1, 'i', c(2.9)), n.mul(c(10), n.load(0, 'i', c(1)))])
    expect(after([{ do: 'repeat', index: 'i', count: 3, body: [body] }])).toEqual([0, 1, 2, 10, 20, 100, 6, 7, 8, 9])
  })

  test.each([-1, -1e300, Number.NaN, 0.99, -Infinity])('takes the pointer %d for 0', (pointer) => {
    expect(after([assign([slot(0), n.load(4, undefined, c(pointer))])])[0]).toBe(4)
  })

  test.each([10, 1e9, 2 ** 29, 2 ** 32, Infinity])('throws when a pointer leads to slot %d', (pointer) => {
    expect(() => after([assign([slot(0), n.load(0, undefined, c(pointer))])])).toThrow('outside the memory')
    expect(() => after([assign([slot(0, undefined, c(pointer)), c(1)])])).toThrow('which holds 10')
  })

  test('chooses and loops', () => {
    const count = assign([slot(0), n.add(n.load(0), c(1))])
    const below = n.less(n.load(0), n.local('p'))
    expect(after([{ do: 'while', test: below, body: [count] }], 5)[0]).toBe(5)
    const choose: Statement = { do: 'if', test: n.not(below), then: [assign([slot(1), c(-1)])], else: [count] }
    expect(after([choose], 0).slice(0, 2)).toEqual([0, -1])
    expect(after([choose], 1).slice(0, 2)).toEqual([1, 1])
    expect(after([{ do: 'repeat', index: 'i', count: 0, body: [count] }])[0]).toBe(0)
  })

  test('starts locals at 0 on every run, and passes arguments', () => {
    const add = assign([{ local: 'sum' }, n.add(n.local('sum'), n.local('x'))], [slot(0), n.local('sum')])
    const shown = assign([slot(0), n.local('sum')])
    const twice: Statement[] = [0, 1].map(() => ({ do: 'run', routine: 'add', args: [n.load(5)] }))
    const kernel: Kernel = {
      routines: [
        { name: 'main', params: [], body: twice, exported: true },
        { name: 'add', params: ['x'], body: [add, shown], exported: false },
      ],
      slots: SLOTS,
    }
    const { memory, run } = interpret(kernel)
    memory[5] = 2.5
    run('main')
    expect(memory[0]).toBe(2.5)
  })

  test('keeps what is in memory when more is reserved', () => {
    const running = interpret({ routines: [], slots: 2 })
    running.memory.set([1, 2])
    running.reserve(4)
    expect(Array.from(running.memory)).toEqual([1, 2, 0, 0])
  })
})
