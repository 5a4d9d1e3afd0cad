import { expect, test } from 'vitest'
import { nodes as n } from './build.ts'
import { checkKernel } from './check.ts'
import type { Num, Routine, Statement, Sweep } from './nodes.ts'
import { oneByOne } from './sweep.ts'

const routine = (name: string, ...body: readonly Statement[]): Routine => ({ name, params: [], body, exported: true })
const store = (value: Num, base = 0): Statement => ({ do: 'assign', pairs: [{ to: { slot: { base } }, value }] })
const loop = (index: string, count: number, ...body: readonly Statement[]): Statement => {
  return { do: 'repeat', index, count, body }
}
const run = (name: string, ...args: readonly Num[]): Statement => ({ do: 'run', routine: name, args })
const one = n.constant(1)

test.each<[string, readonly Routine[]]>([
  ['Two routines have one name', [routine('a'), routine('a')]],
  ['A routine is named "memory"', [routine('memory')]],
  ['A routine is named "slots"', [routine('slots')]],
  ['Two parameters of routine "a"', [{ ...routine('a'), params: ['x', 'x'] }]],
  ['In routine "a": "x" is read', [routine('a', store(n.local('x')))]],
  ['a loop over "i" stands in another one', [routine('a', loop('i', 2, loop('i', 2)))]],
  ['the count of the loop over "i" is -1', [routine('a', loop('i', -1))]],
  ['the count of the loop over "i" is 1.5', [routine('a', loop('i', 1.5))]],
  ['the base of an address is NaN', [routine('a', store(one, Number.NaN))]],
  ['the base of an address is -8', [routine('a', store(n.load(-8)))]],
  ['an address uses the counter "i"', [routine('a', loop('i', 2), store(n.load(0, 'i')))]],
  ['"b" is run, but no routine has that name', [routine('a', run('b'))]],
  ['routine "b" got 1 arguments; it takes 0', [routine('b'), routine('a', run('b', one))]],
  ['pow got 1 arguments; it takes 2', [routine('a', store(n.elementary('pow', one)))]],
  ['Routine "a" leads back to itself', [routine('a', run('b')), routine('b', loop('i', 1, run('a')))]],
])('refuses: %s', (message, routines) => {
  expect(() => checkKernel({ routines, slots: 1 })).toThrow(message)
})

test.each([-1, 0.5, 2 ** 28])('refuses %d slots', (slots) => {
  expect(() => checkKernel({ routines: [], slots })).toThrow(`The number of slots of the kernel is ${slots}`)
})

test('accepts what is well formed, wherever a local is assigned', () => {
  const assign: Statement = { do: 'assign', pairs: [{ to: { local: 'x' }, value: one }] }
  const body = [store(n.local('x')), loop('i', 3, store(n.load(1, 'i')), run('b')), loop('i', 0, assign)]
  checkKernel({ routines: [routine('a', ...body), routine('b')], slots: 10 })
})

const item = (name: string, params = ['item']): Routine => ({ ...routine(name), params, exported: false })
const SWEEP: Sweep = {
  name: 'sweep',
  params: ['p'],
  enter: 'enter',
  test: n.less(n.load(2), one),
  turn: [],
  leave: 'leave',
}
const sweeping = (sweep: Sweep, ...more: readonly Routine[]): void =>
  checkKernel({
    routines: [item('enter', ['item', 'p']), item('leave'), ...more],
    slots: 10,
    own: 2,
    sweeps: [sweep],
  })

test.each<[string, Partial<Sweep>]>([
  ['"nothing" is run, but no routine has that name', { enter: 'nothing' }],
  ['routine "leave" got 2 arguments', { enter: 'leave' }],
  ['routine "enter" got 1 arguments', { leave: 'enter' }],
  ['"q" is read', { turn: [run('leave', n.local('q'))] }],
  ['a turn has a loop of its own', { turn: [loop('i', 2)] }],
  ["a turn writes to what is not the item's own", { turn: [store(one, 1)] }],
  ['a turn has a pointer', { turn: [store(n.load(2, undefined, one), 2)] }],
  ['a turn has a pointer', { test: n.less(n.load(2, undefined, one), one) }],
])('refuses a sweep: %s', (message, change) => {
  const sweep = { ...SWEEP, ...change }
  expect(() => sweeping(sweep, oneByOne(n, SWEEP))).toThrow(message)
})

test('refuses a sweep without its routine, and accepts one with it', () => {
  expect(() => sweeping(SWEEP)).toThrow('The sweep "sweep" says how to run a routine')
  sweeping(SWEEP, oneByOne(n, SWEEP))
})
