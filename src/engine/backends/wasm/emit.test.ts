// What the code looks like where speed or size depend on it; that it computes the right thing is for the laws to say.

import { expect, test } from 'vitest'
import wabt from 'wabt'
import { nodes, sharingBuilder } from '../../ir/build.ts'
import type { Kernel, Num } from '../../ir/nodes.ts'
import { emitWasm } from './emit.ts'
import { instantiate } from './run.ts'

const { readWasm } = await wabt()
const n = sharingBuilder()

const kernelOf = (params: readonly string[], ...values: readonly Num[]): Kernel => {
  const pairs = values.map((value, base) => ({ to: { slot: { base } }, value }))
  return { routines: [{ name: 'main', params, body: [{ do: 'assign', pairs }], exported: true }], slots: 100 }
}

/** Writes the module in the text format. */
const textOf = (kernel: Kernel): string => readWasm(emitWasm(kernel), {}).toText({})
const occurrences = (text: string, word: string): number => text.split(word).length - 1

test('a value that is used often is computed once', () => {
  const root = n.sqrt(n.load(50))
  expect(occurrences(textOf(kernelOf([], n.add(root, root), n.neg(root))), 'f64.sqrt')).toBe(1)
})

test('a pointer is converted once in a statement, a parameter that nothing assigns once in a run', () => {
  const conversion = 'i32.trunc_sat_f64_u'
  const pointed = [50, 51, 52].map((base) => n.load(base, undefined, n.load(60)))
  expect(occurrences(textOf(kernelOf([], ...pointed)), conversion)).toBe(1)
  const byParameter = [50, 51, 52].map((base) => n.load(base, undefined, n.local('p')))
  const twice = kernelOf(['p'], ...byParameter).routines.map((main) => ({
    ...main,
    body: [...main.body, ...main.body],
  }))
  expect(occurrences(textOf({ routines: twice, slots: 100 }), conversion)).toBe(1)
})

test('a local serves again when its value is used up', () => {
  let value = n.load(50)
  for (let step = 0; step < 1000; step++) value = n.add(value, n.mul(value, n.constant(step)))
  const declared = /\(local ([^)]*)\)/.exec(textOf(kernelOf([], value)))?.[1] ?? ''
  expect(occurrences(declared, 'f64')).toBeLessThan(5)
})

test('300,000 operands that wait for each other do not pile up on the stack', () => {
  let value = n.load(50)
  for (let step = 0; step < 300_000; step++) value = n.sub(nodes.load(step % 2), value)
  const { memory, run } = instantiate(new WebAssembly.Module(emitWasm(kernelOf([], value))))
  memory.set([3, 2])
  run('main')
  expect(memory[0]).toBe(-150_000) // 2 - (3 - …): each pair of steps subtracts 1
})
