// A kernel as the bytes of one WASM module without imports: the elementary functions in use, the routines, the memory.

import { checkKernel } from '../../ir/check.ts'
import { type ElementaryName, type Kernel, MAX_SLOTS, type Node } from '../../ir/nodes.ts'
import { everyStatement, expressionsOf, inOrder, operands } from '../../ir/walk.ts'
import { type Bytes, wasmModule } from './encoder.ts'
import { elementaryFunction, routineFunction } from './routine.ts'

/** Slots in a page, the unit in which WASM memory grows. */
export const PAGE_SLOTS = 8192

/**
 * Compiles a kernel to a WASM module that exports its memory as "memory" and its exported routines under their names.
 * @throws Error when the kernel is malformed, which is our bug
 */
export function emitWasm(kernel: Kernel): Bytes {
  checkKernel(kernel)
  const used = elementaryIn(kernel)
  const functions = {
    elementary: new Map(used.map((name, index) => [name, index])),
    routines: new Map(kernel.routines.map(({ name }, position) => [name, used.length + position])),
  }
  const written = [
    ...used.map(elementaryFunction),
    ...kernel.routines.map((routine) => routineFunction(routine, functions)),
  ]
  return wasmModule(written, { initial: Math.ceil(kernel.slots / PAGE_SLOTS), maximum: MAX_SLOTS / PAGE_SLOTS })
}

function elementaryIn({ routines }: Kernel): ElementaryName[] {
  const statements = routines.flatMap(({ body }) => everyStatement(body))
  const nodes = inOrder<Node>(statements.flatMap(expressionsOf), operands)
  return [...new Set(nodes.flatMap((node) => (node.op === 'elementary' ? [node.name] : [])))]
}
