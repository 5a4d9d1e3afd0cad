// A Rosenbrock method as data: coefficients, order and paper. One generic stepper runs them all.
import type { Interpolant } from './interpolant.ts'

/**
 * A stiffly accurate Rosenbrock method in the transformed variables of Hairer and Wanner (Solving ODEs II, section IV.7):
 * (I/(h gamma) - J) U_i = f(t + c_i h, y + sum_j a_ij U_j) + sum_j C_ij U_j / h + h d_i df/dt. Rows of the last two stages of `a` are left out:
 * they add the stage before, and the last stage is the error estimate.
 */
export interface RosenbrockMethod extends Interpolant {
  readonly kind: 'rosenbrock'
  readonly name: string
  readonly label: string
  readonly order: number
  readonly stages: number
  readonly gamma: number
  /** a[i][j], for the stages up to the second-last but one. */
  readonly a: readonly (readonly number[])[]
  readonly c: readonly (readonly number[])[]
  /** Where in the step each stage stands, as a share of h. */
  readonly time: readonly number[]
  /** Weight of df/dt in each stage, as a multiple of h. */
  readonly drift: readonly number[]
  readonly source: string
  readonly whenNotToUse: string
}
