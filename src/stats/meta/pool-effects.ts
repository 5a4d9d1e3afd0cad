// Meta-analysis and meta-regression of given effects: one estimate of many studies, or coefficients of moderators, and how far studies differ.
import { chiSquareLaw } from '../distributions/chi-square.ts'
import { fisherLaw } from '../distributions/fisher.ts'
import type { Law } from '../distributions/law.ts'
import { normalLaw } from '../distributions/normal.ts'
import { studentLaw } from '../distributions/student-t.ts'
import type { Bounds } from '../share-interval.ts'
import { solvePositive } from '../solve.ts'
import {
  type Effects,
  estimateTau2,
  findCollinear,
  fitAt,
  solveGeneralisedQ,
  type TauMethod,
} from './between-variance.ts'
import { type Column, traceOfP, type WeightedFit } from './weighted-fit.ts'

/** FE: a common effect, tau2 being 0. */
export type PoolMethod = 'FE' | TauMethod

/** z: normal; knha: Knapp and Hartung's variance and t; adhoc: the same, guarded so that it never makes the variance smaller. */
export type PoolTest = 'z' | 'knha' | 'adhoc'

export interface PoolOptions {
  readonly method: PoolMethod
  readonly test: PoolTest
  /** Of intervals, such as 0.95. */
  readonly level: number
  /** One value per study each. */
  readonly moderators?: readonly Column[]
}

export interface Coefficient {
  readonly name: string
  readonly estimate: number
  readonly se: number
  /** null where no degrees of freedom are left. */
  readonly ci: Bounds | null
  readonly statistic: number | null
  readonly p: number | null
}

/** What could not be told of these data, and why. */
export interface PoolNote {
  readonly code: 'one-study' | 'no-degrees-of-freedom' | 'no-spread' | 'empty-tau2-interval' | 'no-convergence'
  readonly reason: string
}

export interface Pooled {
  readonly status: 'pooled'
  readonly k: number
  readonly method: PoolMethod | 'MH' | 'PETO'
  readonly test: PoolTest
  readonly level: number
  /** The constant first, then a coefficient per moderator. */
  readonly coefficients: readonly [Coefficient, ...Coefficient[]]
  readonly covariance: readonly (readonly number[])[]
  /** Of the true effect in a new study; null with moderators, a common effect, or where it is not to be told. */
  readonly pi: Bounds | null
  readonly tau2: number | null
  readonly tau2Ci: Bounds | null
  /** Percent of the variance that lies between studies. */
  readonly I2: number | null
  readonly H2: number | null
  readonly Q: number | null
  readonly Qdf: number
  readonly Qp: number | null
  /** Of all moderators together: chi-square with z, else F. */
  readonly moderatorTest: { readonly statistic: number; readonly df: number; readonly p: number } | null
  /** Percent of each study in a pooled estimate. */
  readonly weights: readonly number[]
  readonly notes: readonly PoolNote[]
}

export interface Refused {
  readonly status: 'refused'
  readonly code: 'no-studies' | 'not-finite' | 'zero-variance' | 'too-few-studies' | 'collinear'
  readonly reason: string
}

/**
 * Pools effects of studies.
 * @param yi effects
 * @param vi their sampling variances
 * @returns a refusal with its reason where there is nothing to compute, and notes on what could not be told
 * @source Hartung J, Knapp G. Stat Med 2001;20:3875-3889; Viechtbauer W. Stat Med 2007;26:37-52 (Q profile); Higgins JPT, Thompson SG. Stat Med 2002;21:1539-1558 (I2, H2)
 */
export function poolEffects(yi: readonly number[], vi: readonly number[], options: PoolOptions): Pooled | Refused {
  const design = [{ name: 'intercept', values: yi.map(() => 1) }, ...(options.moderators ?? [])]
  const effects: Effects = { yi, vi, design }
  const refusal = refuse(effects)
  if (refusal) return refusal
  const df = yi.length - design.length
  const notes: PoolNote[] = []
  const between = betweenOf(effects, options.method, df, notes)
  const { fit, weights } = fitAt(effects, between ?? 0)
  const law = testLaw(options.test, df)
  if (!law)
    notes.push({
      code: 'no-degrees-of-freedom',
      reason: `${yi.length} studies leave no degree of freedom for a t interval; use z.`,
    })
  const factor = varianceFactor(fit, options.test, df, notes)
  const covariance = fit.covariance.map((row) => row.map((value) => value * factor))
  const coefficients = design.map(({ name }, j) =>
    coefficientOf(name, fit.coefficients[j] as number, Math.sqrt(covariance[j]?.[j] as number), law, options.level),
  ) as [Coefficient, ...Coefficient[]]
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return {
    status: 'pooled',
    k: yi.length,
    method: options.method,
    test: options.test,
    level: options.level,
    coefficients,
    covariance,
    pi: predictionOf(coefficients, between, law, options),
    tau2: between,
    tau2Ci: profileOf(effects, df, options, notes),
    ...heterogeneityOf(effects, df, between, options.method),
    moderatorTest: testModerators(fit, factor, df, options.test),
    weights: weights.map((weight) => (100 * weight) / total),
    notes,
  }
}

const FURTHEST = 1e50 // the cube of a weight times the square of an effect must stay a number

function refuse(effects: Effects): Refused | undefined {
  const { yi, vi, design } = effects
  const no = (code: Refused['code'], reason: string): Refused => ({ status: 'refused', code, reason })
  const k = yi.length
  if (k === 0) return no('no-studies', 'There is no study.')
  const lists = [yi, vi, ...design.map(({ values }) => Array.from(values))]
  if (lists.some((values) => values.length !== k || !values.every(Number.isFinite)))
    return no('not-finite', 'Every study needs a finite effect, variance and value of each moderator.')
  if (
    vi.some((v) => v > FURTHEST || (v > 0 && v < 1 / FURTHEST)) ||
    lists.some((values) => values.some((x) => Math.abs(x) > FURTHEST))
  )
    return no('not-finite', 'Numbers so large or so small leave the range of sums of squares: change the unit.')
  if (!vi.every((v) => v > 0))
    return no('zero-variance', 'Every sampling variance must be above 0: its inverse is the weight.')
  if (k < design.length) return no('too-few-studies', `${k} studies cannot tell ${design.length} coefficients.`)
  const dependent = findCollinear(effects)
  if (dependent)
    return no(
      'collinear',
      `"${dependent.collinear}" is constant over the studies, or the moderators before it make it up.`,
    )
  return undefined
}

/** tau2; null where studies are too few to tell it. */
function betweenOf(effects: Effects, method: PoolMethod, df: number, notes: PoolNote[]): number | null {
  if (method === 'FE') return 0
  if (df === 0) {
    notes.push({
      code: 'one-study',
      reason:
        effects.yi.length === 1
          ? 'One study cannot tell how far studies differ: its own estimate is shown.'
          : 'As many coefficients as studies leave nothing to tell how far studies differ.',
    })
    return null
  }
  const { tau2, converged } = estimateTau2(effects, method)
  if (!converged)
    notes.push({ code: 'no-convergence', reason: `${method} did not settle: tau2 is where its search ended.` })
  return tau2
}

const testLaw = (test: PoolTest, df: number): Law | undefined =>
  test === 'z' ? normalLaw() : df > 0 ? studentLaw(df) : undefined

/** What Knapp and Hartung multiply the variance of coefficients with. */
function varianceFactor(fit: WeightedFit, test: PoolTest, df: number, notes: PoolNote[]): number {
  if (test === 'z' || df === 0) return 1
  const factor = fit.rss / df
  if (test === 'adhoc') return Math.max(1, factor)
  if (factor === 0) {
    notes.push({
      code: 'no-spread',
      reason: "The effects lie exactly on the fit, so that Knapp and Hartung's variance is 0; use z or adhoc.",
    })
  }
  return factor
}

function coefficientOf(name: string, estimate: number, se: number, law: Law | undefined, level: number): Coefficient {
  if (!law || !(se > 0)) return { name, estimate, se, ci: null, statistic: null, p: null }
  const statistic = estimate / se
  const half = law.upperQuantile((1 - level) / 2) * se
  return {
    name,
    estimate,
    se,
    ci: { lo: estimate - half, hi: estimate + half },
    statistic,
    p: Math.min(1, 2 * law.survival(Math.abs(statistic))),
  }
}

function predictionOf(
  [first, ...others]: readonly Coefficient[],
  tau2: number | null,
  law: Law | undefined,
  { method, level }: PoolOptions,
): Bounds | null {
  if (!first || others.length > 0 || tau2 === null || method === 'FE' || !law) return null
  const half = law.upperQuantile((1 - level) / 2) * Math.sqrt(first.se * first.se + tau2)
  return { lo: first.estimate - half, hi: first.estimate + half }
}

/** All tau2 at which the generalised Q would not surprise. */
function profileOf(effects: Effects, df: number, { method, level }: PoolOptions, notes: PoolNote[]): Bounds | null {
  if (method === 'FE' || df === 0) return null
  const law = chiSquareLaw(df)
  const outside = (1 - level) / 2
  const hi = solveGeneralisedQ(effects, law.quantile(outside)).tau2
  if (hi === 0)
    notes.push({
      code: 'empty-tau2-interval',
      reason: 'The studies differ less than sampling alone would have it: no tau2 fits, the interval is shown as 0.',
    })
  return { lo: solveGeneralisedQ(effects, law.upperQuantile(outside)).tau2, hi }
}

function heterogeneityOf(effects: Effects, df: number, tau2: number | null, method: PoolMethod) {
  if (df === 0 || tau2 === null) return { Q: null, Qdf: df, Qp: null, I2: null, H2: null }
  const { fit, weights } = fitAt(effects, 0)
  const Q = fit.rss
  const typical = df / traceOfP(fit, weights)
  return {
    Q,
    Qdf: df,
    Qp: chiSquareLaw(df).survival(Q),
    I2: method === 'FE' ? (Q > df ? (100 * (Q - df)) / Q : 0) : (100 * tau2) / (typical + tau2),
    H2: method === 'FE' ? Q / df : tau2 / typical + 1,
  }
}

/** Wald's test of all coefficients but the constant: the squares that the fit gains by them. */
function testModerators(
  { coefficients, covariance }: WeightedFit,
  factor: number,
  df: number,
  test: PoolTest,
): Pooled['moderatorTest'] {
  const m = coefficients.length - 1
  if (m === 0 || df === 0 || !(factor > 0)) return null
  const gain =
    quadraticInverse(
      covariance.slice(1).map((row) => row.slice(1)),
      coefficients.slice(1),
    ) / factor
  if (test === 'z') return { statistic: gain, df: m, p: chiSquareLaw(m).survival(gain) }
  return { statistic: gain / m, df: m, p: fisherLaw(m, df).survival(gain / m) }
}

/** b' A^-1 b of a positive definite A, by solving with its Cholesky factor. */
function quadraticInverse(matrix: readonly (readonly number[])[], b: readonly number[]): number {
  const flat = Float64Array.from(matrix.flat())
  const solved = solvePositive(flat, b)
  if (!solved) throw new Error('The covariance of coefficients is not positive definite')
  return b.reduce((sum, value, i) => sum + value * (solved[i] as number), 0)
}
