// Tests of means: one sample (or paired differences) against 0, and two samples without equal variances.
import type { Moments } from './moments.ts'
import { studentTwoSided } from './distributions/student-t.ts'

export interface TTest {
  readonly t: number
  readonly df: number
  /** Two-sided; 1 where neither mean nor spread tells anything, NaN with too few values. */
  readonly p: number
}

/** Tests whether a mean is 0; of paired samples, give the moments of the differences. */
export function oneSampleT({ n, mean, sd }: Moments): TTest {
  return settle(mean, (sd * sd) / n, n - 1)
}

/**
 * Tests whether two means are equal, each sample with its own variance.
 * @source Welch BL. Biometrika 1947;34:28-35
 */
export function welchT(a: Moments, b: Moments): TTest {
  const { square, df } = welchError(a.sd * a.sd, a.n, b.sd * b.sd, b.n)
  return settle(a.mean - b.mean, square, df)
}

/** Computes the squared standard error of a difference of means, and its degrees of freedom by Welch and Satterthwaite. */
export function welchError(
  varianceA: number,
  nA: number,
  varianceB: number,
  nB: number,
): { readonly square: number; readonly df: number } {
  const a = varianceA / nA
  const b = varianceB / nB
  return { square: a + b, df: ((a + b) * (a + b)) / ((a * a) / (nA - 1) + (b * b) / (nB - 1)) }
}

function settle(difference: number, squareError: number, df: number): TTest {
  if (squareError === 0) {
    const t = difference === 0 ? 0 : Math.sign(difference) * Infinity
    return { t, df, p: difference === 0 ? 1 : 0 }
  }
  const t = difference / Math.sqrt(squareError)
  return { t, df, p: studentTwoSided(t, df) }
}
