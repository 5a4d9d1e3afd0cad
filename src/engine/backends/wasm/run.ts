// Running a compiled kernel. The module alone says all that is needed, so that it can be posted to another thread.

import type { Kernel, RunningKernel } from '../../ir/nodes.ts'
import { checkReserve, checkRun } from '../running.ts'
import { emitWasm, PAGE_SLOTS } from './emit.ts'
import { join, localDeclarations, OP, V128, wasmModule } from './encoder.ts'
import type { Lanes } from './form.ts'

/**
 * Compiles a kernel for WebAssembly.
 * @param lanes how many items its sweeps work on at once; by default two where there is something to sweep over and the machine has vectors
 */
export const compileWasm = (kernel: Kernel, lanes = lanesFor(kernel)): Promise<WebAssembly.Module> =>
  WebAssembly.compile(emitWasm(kernel, lanes))

function lanesFor({ sweeps = [] }: Kernel): Lanes {
  return sweeps.length > 0 && WebAssembly.validate(VECTORS) ? 2 : 1
}

/**
 * Makes a module from compileWasm runnable, with a memory of its own. A slot outside the memory traps: the host throws
 * its own error.
 */
export function instantiate(module: WebAssembly.Module): RunningKernel {
  const { exports } = new WebAssembly.Instance(module)
  const memory = exports['memory'] as WebAssembly.Memory
  const routines = new Map(
    Object.entries(exports).filter((entry): entry is [string, Routine] => typeof entry[1] === 'function'),
  )
  let view = new Float64Array(memory.buffer)
  return {
    get memory() {
      return view
    },
    slots: (exports['slots'] as WebAssembly.Global).value,
    reserve(slots) {
      checkReserve(slots)
      if (slots <= view.length) return
      memory.grow(Math.ceil((slots - view.length) / PAGE_SLOTS))
      view = new Float64Array(memory.buffer)
    },
    run(routine, ...args) {
      const call = routines.get(routine)
      checkRun(routine, args.length, call?.length)
      call?.(...args)
    },
  }
}

type Routine = (...args: number[]) => void

/** The smallest module that needs vectors: a function that adds two. */
const VECTORS = wasmModule(
  [
    {
      params: ['v128', 'v128'],
      results: ['v128'],
      code: join([localDeclarations([]), [OP.localGet, 0, OP.localGet, 1], V128.add, [OP.end]]),
    },
  ],
  { pages: { initial: 0, maximum: 0 }, slots: 0 },
)
