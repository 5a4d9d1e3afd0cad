// What the bench of the engine writes down.
import type { Machine } from './machine.ts'

export interface Row {
  readonly model: string
  readonly peer: string
  readonly relativeTolerance: number
  readonly threads: number
  /** Of one processor, or on the wall where there are several threads. */
  readonly msPerPatientYear: number
  readonly maxError: number
  /** How many times as long as Imago on one thread at the same error; null where Imago was never so inexact or so exact. */
  readonly ratioAtMatchedError: number | null
  readonly memoryBytes: number
  readonly moduleBytes: number
}

export interface Results {
  readonly machine: Machine
  readonly subjects: number
  readonly rounds: number
  readonly peers: readonly { readonly peer: string; readonly about: string }[]
  readonly skipped: readonly { readonly peer: string; readonly why: string }[]
  readonly problems: readonly { readonly model: string; readonly about: string; readonly states: number }[]
  readonly compile: readonly {
    readonly model: string
    readonly states: number
    readonly compileMs: number
    readonly moduleMs: number
  }[]
  readonly rows: readonly Row[]
}
