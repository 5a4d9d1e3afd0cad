// Kernels as the text of one C program: prelude, elementary functions in use, routines, and a list of all that can be called from outside. For tests,
// where it is one more opinion on what a kernel computes, and for the bench, where it is the limit of what a machine can do.

import { checkKernel } from '../../ir/check.ts'
import type { ElementaryName, Kernel, Node } from '../../ir/nodes.ts'
import { everyStatement, expressionsOf, inOrder, operands } from '../../ir/walk.ts'
import { PRELUDE } from './prelude.ts'
import { printFunctions } from './print.ts'
import { elementaryFunction, entryFunction, type Naming, routineFunction } from './routine.ts'

export interface COptions {
  /** Whose exp, log, pow, sin and cos: those of #base, with the same bits everywhere, or those of C's library, on one lane. */
  readonly elementary: 'own' | 'library'
}

/** A C program, and how to call it. */
export interface CProgram {
  readonly text: string
  /** The exported routines in the order of the array `entries` in the text. */
  readonly entries: readonly { readonly kernel: string; readonly routine: string; readonly arity: number }[]
}

/**
 * Compiles kernels to C.
 * @param kernels by their names, which are letters, digits and "_"
 * @throws Error when a kernel is malformed or a name is none in C, which is our bug
 */
export function emitC(kernels: Readonly<Record<string, Kernel>>, { elementary }: COptions): CProgram {
  const all = Object.entries(kernels).map(([kernelName, kernel]) => ({ kernelName, kernel }))
  for (const { kernel } of all) checkKernel(kernel)
  const own = elementary === 'own'
  const named = own ? (of: string) => `own_${of}` : (of: string) => of
  const namingOf = (kernelName: string): Naming => ({
    routine: (routine) => identifier(`${kernelName}_${routine}`),
    elementary: named,
  })
  const exported = all.flatMap(({ kernelName, kernel }) =>
    kernel.routines.filter((routine) => routine.exported).map((routine) => ({ kernelName, routine })),
  )
  const functions = [
    ...(own ? elementaryIn(all.map(({ kernel }) => kernel)).map((of) => elementaryFunction(of, named(of))) : []),
    ...all.flatMap(({ kernelName, kernel }) =>
      kernel.routines.map((routine) => routineFunction(routine, namingOf(kernelName))),
    ),
    ...exported.map(({ kernelName, routine }) =>
      entryFunction(routine, entryName(kernelName, routine.name), namingOf(kernelName)),
    ),
  ]
  const list = exported.map(({ kernelName, routine }) => `  ${entryName(kernelName, routine.name)},\n`).join('')
  return {
    text: `${PRELUDE}\n${printFunctions(functions)}\nstatic void (*const entries[])(real *, const double *) = {\n${list}};\n`,
    entries: exported.map(({ kernelName, routine }) => ({
      kernel: kernelName,
      routine: routine.name,
      arity: routine.params.length,
    })),
  }
}

const entryName = (kernelName: string, routine: string): string => identifier(`enter_${kernelName}_${routine}`)

function identifier(text: string): string {
  if (!/^[A-Za-z]\w*$/.test(text)) throw new Error(`"${text}" is no name in C`)
  return text
}

function elementaryIn(kernels: readonly Kernel[]): ElementaryName[] {
  const statements = kernels.flatMap(({ routines }) => routines.flatMap(({ body }) => everyStatement(body)))
  const nodes = inOrder<Node>(statements.flatMap(expressionsOf), operands)
  return [...new Set(nodes.flatMap((node) => (node.op === 'elementary' ? [node.name] : [])))]
}
