// The elementary functions of kernels. Each has one definition in #base, which the interpreter runs on numbers and the
// WASM backend runs on nodes, so both compute the same bits. A new function is one line here and its name in nodes.ts.

import { type Arithmetic, cos, cosOn, exp, expOn, log, logOn, pow, powOn, sin, sinOn } from '#base'
import type { ElementaryName } from './nodes.ts'

export interface Elementary {
  readonly arity: 1 | 2
  readonly plain: (a: number, b: number) => number
  /** The same function on any arithmetic. */
  readonly on: <N, B>(arithmetic: Arithmetic<N, B>, a: N, b: N) => N
}

export const ELEMENTARY: Readonly<Record<ElementaryName, Elementary>> = {
  exp: { arity: 1, plain: exp, on: expOn },
  log: { arity: 1, plain: log, on: logOn },
  sin: { arity: 1, plain: sin, on: sinOn },
  cos: { arity: 1, plain: cos, on: cosOn },
  pow: { arity: 2, plain: pow, on: powOn },
}
