// Egger's test: whether small studies show other effects than large ones, which the asymmetry of a funnel hints at.
import { studentLaw } from '../distributions/student-t.ts'
import type { Refused } from './pool-effects.ts'
import { fitWeighted } from './weighted-fit.ts'

export interface EggerTest {
  readonly status: 'tested'
  /** Change of the effect per unit of standard error: 0 without asymmetry. */
  readonly slope: number
  readonly se: number
  readonly t: number
  readonly df: number
  readonly p: number
  /** The effect that the line gives a study without any error. */
  readonly limit: number
}

/**
 * Regresses effects on their standard errors, with weights 1 / vi and a free residual variance.
 * @source Egger M et al. BMJ 1997;315:629-634; Sterne JAC, Egger M. In: Publication Bias in Meta-Analysis, 2005, chapter 6
 */
export function eggerTest(yi: readonly number[], vi: readonly number[]): EggerTest | Refused {
  const df = yi.length - 2
  if (df < 1)
    return { status: 'refused', code: 'too-few-studies', reason: "Egger's test needs at least three studies." }
  const fit = fitWeighted(
    yi,
    [
      { name: 'constant', values: yi.map(() => 1) },
      { name: 'standard error', values: vi.map(Math.sqrt) },
    ],
    vi.map((v) => 1 / v),
  )
  if ('collinear' in fit)
    return { status: 'refused', code: 'collinear', reason: 'All studies have the same standard error.' }
  const [limit = 0, slope = 0] = fit.coefficients
  const se = Math.sqrt(((fit.covariance[1]?.[1] ?? 0) * fit.rss) / df)
  if (!(se > 0))
    return {
      status: 'refused',
      code: 'zero-variance',
      reason: 'The effects lie exactly on a line: there is no error to test against.',
    }
  const t = slope / se
  return { status: 'tested', slope, se, t, df, p: Math.min(1, 2 * studentLaw(df).survival(Math.abs(t))), limit }
}
