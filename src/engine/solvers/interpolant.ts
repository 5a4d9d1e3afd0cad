// Values inside a step, from the stage vectors of any method.
import type { Layout } from '../compile/layout.ts'
import type { Builder } from '../ir/build.ts'
import type { Num, Statement } from '../ir/nodes.ts'
import { repeat, set, store } from '../ir/statements.ts'

export interface Interpolant {
  /** Dense output: K_d = sum_j dense[d][j] U_j, y(theta) = (1-theta) y + theta (y1 + (1-theta) (K_0 + theta (K_1 + theta K_2))). */
  readonly dense: readonly (readonly number[])[]
}

/** Prepares interpolation inside the step just accepted. */
export function denseCoefficients(b: Builder, { dense }: Interpolant, l: Layout, n: number): Statement[] {
  return dense.map((weights, d) => {
    let value: Num | undefined
    for (const [j, weight] of weights.entries()) {
      if (weight === 0) continue
      const term = b.mul(b.constant(weight), b.load(l.stages + j * n, 'i'))
      value = value ? b.add(value, term) : term
    }
    return repeat('i', n, store({ base: l.dense + d * n, index: 'i' }, value ?? b.constant(0)))
  })
}

/** Puts the state at share control.theta of the step into `stage`. */
export function interpolate(b: Builder, { dense }: Interpolant, l: Layout, n: number): Statement[] {
  const theta = b.load(l.control.theta)
  const rest = b.local('rest')
  const k = (d: number): Num => b.load(l.dense + d * n, 'i')
  let inner = k(dense.length - 1)
  for (let d = dense.length - 2; d >= 0; d--) inner = b.add(k(d), b.mul(theta, inner))
  const value = b.add(
    b.mul(rest, b.load(l.subject.state, 'i')),
    b.mul(theta, b.add(b.load(l.next, 'i'), b.mul(rest, inner))),
  )
  return [set('rest', b.sub(b.constant(1), theta)), repeat('i', n, store({ base: l.stage, index: 'i' }, value))]
}
