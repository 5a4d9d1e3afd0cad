// Evaluates expression nodes on numbers, through the interpreter.
import { interpret } from '../src/engine/backends/index.ts'
import type { Num } from '../src/engine/ir/nodes.ts'

/** Computes the values of nodes that read the given slots. */
export function evaluate(values: readonly Num[], slots: readonly number[]): number[] {
  const pairs = values.map((value, i) => ({ to: { slot: { base: slots.length + i } }, value }))
  const routine = { name: 'all', params: [], body: [{ do: 'assign', pairs } as const], exported: true }
  const { memory, run } = interpret({ routines: [routine], slots: slots.length + values.length })
  memory.set(slots)
  run('all')
  return Array.from(memory.subarray(slots.length))
}
