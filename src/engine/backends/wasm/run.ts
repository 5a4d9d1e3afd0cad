// Running a compiled kernel. The module alone says all that is needed, so that it can be posted to another thread.

import type { Kernel, RunningKernel } from '../../ir/nodes.ts'
import { checkReserve, checkRun } from '../running.ts'
import { emitWasm, PAGE_SLOTS } from './emit.ts'

/** Compiles a kernel for WebAssembly. */
export const compileWasm = (kernel: Kernel): Promise<WebAssembly.Module> => WebAssembly.compile(emitWasm(kernel))

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
