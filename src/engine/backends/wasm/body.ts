// A function being written: its code so far, and its locals, which are taken when a value must be kept and given back
// after its last use, so that long functions stay small.

import { type Bytes, join, localDeclarations, OP, unsigned, type ValueType } from './encoder.ts'

export interface Body {
  readonly code: number[]
  /** Takes a local of this type, of any content. */
  take(type: ValueType): number
  /** Gives back a local taken before. */
  give(local: number): void
  get(local: number): void
  set(local: number): void
  tee(local: number): void
  /** Ends the function. @returns its whole body, local declarations first */
  finish(): Bytes
}

/** Begins a function, whose first locals are its parameters. */
export function beginBody(params: readonly ValueType[]): Body {
  const code: number[] = []
  const types = [...params]
  const free: Record<ValueType, number[]> = { i32: [], f64: [], v128: [] }
  return {
    code,
    take: (type) => free[type].pop() ?? types.push(type) - 1,
    give: (local) => void free[types[local] as ValueType].push(local),
    get: (local) => void code.push(OP.localGet, ...unsigned(local)),
    set: (local) => void code.push(OP.localSet, ...unsigned(local)),
    tee: (local) => void code.push(OP.localTee, ...unsigned(local)),
    finish: () => join([localDeclarations(types.slice(params.length)), code, [OP.end]]),
  }
}
