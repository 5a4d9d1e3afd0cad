// An explicit Runge-Kutta method as data: coefficients, order and paper. One generic stepper runs them all.
import type { Interpolant } from './interpolant.ts'

/** Stages U_i = h f(t + c_i h, y + sum_j a_ij U_j); the last one stands at the new state. */
export interface ExplicitMethod extends Interpolant {
  readonly kind: 'explicit'
  readonly name: string
  readonly label: string
  readonly order: number
  readonly stages: number
  readonly a: readonly (readonly number[])[]
  /** Where in the step each stage stands, as a share of h. */
  readonly time: readonly number[]
  /** The error is sum_j error[j] U_j. */
  readonly error: readonly number[]
  readonly source: string
  readonly whenNotToUse: string
}
