// tau2, the variance of true effects between studies, by eight methods; for a regression, the variance that moderators leave.
import { log } from '#base'
import {
  type Collinear,
  type Column,
  fitWeighted,
  traceOfP,
  traceOfSquaredP,
  type WeightedFit,
} from './weighted-fit.ts'

/** DerSimonian-Laird, Hedges, restricted and full maximum likelihood, Paule-Mandel, Sidik-Jonkman, Hunter-Schmidt, empirical Bayes. */
export type TauMethod = 'DL' | 'HE' | 'REML' | 'ML' | 'PM' | 'SJ' | 'HS' | 'EB'

/** Studies as their effects, sampling variances (above 0) and design (the constant first). */
export interface Effects {
  readonly yi: readonly number[]
  readonly vi: readonly number[]
  readonly design: readonly Column[]
}

export interface BetweenVariance {
  readonly tau2: number
  readonly converged: boolean
}

/** Fits with the weights 1 / (vi + tau2). @throws where the design is collinear: ask `isCollinear` first */
export function fitAt({ yi, vi, design }: Effects, tau2: number): Weighing {
  const weights = vi.map((v) => 1 / (v + tau2))
  const fit = fitWeighted(yi, design, weights)
  if ('collinear' in fit) throw new Error(`The design is collinear in ${fit.collinear}`)
  return { fit, weights }
}

interface Weighing {
  readonly fit: WeightedFit
  readonly weights: readonly number[]
}

/** Names the column that the others make up, if there is one. */
export function findCollinear({ yi, vi, design }: Effects): Collinear | undefined {
  const fit = fitWeighted(
    yi,
    design,
    vi.map((v) => 1 / v),
  )
  return 'collinear' in fit ? fit : undefined
}

/**
 * Estimates tau2; never below 0.
 * @param effects more studies than columns
 * @source Viechtbauer W. J Educ Behav Stat 2005;30:261-293, and DerSimonian R, Kacker R. Contemp Clin Trials 2007;28:105-114
 */
export function estimateTau2(effects: Effects, method: TauMethod): BetweenVariance {
  const { yi, design } = effects
  const df = yi.length - design.length
  switch (method) {
    case 'DL':
      return closed(momentEstimate(fitAt(effects, 0), df))
    case 'HS':
      return closed(hunterSchmidt(fitAt(effects, 0), yi.length))
    case 'HE':
      return closed(hedges(effects, df))
    case 'SJ':
      return closed(sidikJonkman(effects, df))
    case 'PM':
    case 'EB': // Morris's empirical Bayes equation has the same root
      return solveGeneralisedQ(effects, df)
    case 'ML':
      return maximise(effects, false)
    case 'REML':
      return maximise(effects, true)
  }
}

const closed = (tau2: number): BetweenVariance => ({ tau2: Math.max(0, tau2), converged: true })

const momentEstimate = ({ fit, weights }: Weighing, df: number): number => (fit.rss - df) / traceOfP(fit, weights)

const hunterSchmidt = ({ fit, weights }: Weighing, k: number): number =>
  (fit.rss - k) / weights.reduce((sum, weight) => sum + weight, 0)

/** From unweighted squares, less what sampling adds to them. */
function hedges({ yi, vi, design }: Effects, df: number): number {
  const { fit } = fitAt({ yi, vi: vi.map(() => 1), design }, 0)
  return (fit.rss - traceOfP(fit, vi)) / df
}

/** One step of a moment estimate that starts from the variance of the effects, so that it is above 0. */
function sidikJonkman(effects: Effects, df: number): number {
  const { yi } = effects
  const mean = yi.reduce((sum, y) => sum + y, 0) / yi.length
  const start = yi.reduce((sum, y) => sum + (y - mean) * (y - mean), 0) / yi.length
  return start === 0 ? 0 : (start * fitAt(effects, start).fit.rss) / df
}

const MOST_STEPS = 1000
const SAME = 1e-14 // of a step beside tau2

/**
 * Finds the tau2 at which the generalised Q statistic, the weighted squares about the fit, has a wanted value; 0 where it lies below it from the start.
 * Q falls and is convex in tau2, so Newton's steps from 0 rise to the root and never pass it.
 */
export function solveGeneralisedQ(effects: Effects, wanted: number): BetweenVariance {
  let tau2 = 0
  for (let i = 0; i < MOST_STEPS; i++) {
    const { fit, weights } = fitAt(effects, tau2)
    const slope = squaredScores(fit, weights)
    const step = slope > 0 ? (fit.rss - wanted) / slope : 0
    if (!(step > SAME * tau2)) return { tau2, converged: true }
    tau2 += step
  }
  return { tau2, converged: false }
}

/** Sum of (w r)²: y'PPy, and minus the slope of Q in tau2. */
function squaredScores({ residuals }: WeightedFit, weights: readonly number[]): number {
  return weights.reduce((sum, weight, i) => {
    const score = weight * (residuals[i] as number)
    return sum + score * score
  }, 0)
}

const CLOSE = 1e-13 // of a step beside tau2 and the least sampling variance
const HALVINGS = 50

/** Newton's steps from Hedges' estimate; a step that would lower the likelihood is halved. */
function maximise(effects: Effects, restricted: boolean): BetweenVariance {
  const at = (tau2: number): Place => {
    const weighing = fitAt(effects, tau2)
    return { tau2, weighing, height: logLikelihood(weighing, restricted) }
  }
  const scale = effects.vi.reduce((least, v) => Math.min(least, v), Infinity)
  let now = at(Math.max(0, hedges(effects, effects.yi.length - effects.design.length)))
  let converged = false
  for (let i = 0; i < MOST_STEPS && !converged; i++) {
    let step = uphill(now.weighing, restricted)
    let next = at(Math.max(0, now.tau2 + step))
    for (let halving = 0; halving < HALVINGS && next.height < now.height - 1e-13 * Math.abs(now.height); halving++) {
      step /= 2
      next = at(Math.max(0, now.tau2 + step))
    }
    converged = Math.abs(next.tau2 - now.tau2) <= CLOSE * (now.tau2 + scale)
    now = next
  }
  // the top may lie at the edge although the way up led to a lower one
  return { tau2: at(0).height > now.height ? 0 : now.tau2, converged }
}

interface Place {
  readonly tau2: number
  readonly weighing: Weighing
  readonly height: number
}

/** Score over observed information, both of tau2; over expected information where the observed one is too small to be trusted. */
function uphill({ fit, weights }: Weighing, restricted: boolean): number {
  const first = restricted ? traceOfP(fit, weights) : weights.reduce((sum, weight) => sum + weight, 0)
  const expected = restricted
    ? traceOfSquaredP(fit, weights)
    : weights.reduce((sum, weight) => sum + weight * weight, 0)
  const observed = 2 * cubedP(fit, weights) - expected
  const information = observed > 0.5 * expected ? observed : expected
  return information > 0 ? (squaredScores(fit, weights) - first) / information : 0
}

/** y'PPPy: with u = Py, what a fit of u by the same columns and weights leaves of it. */
function cubedP({ residuals, basis }: WeightedFit, weights: readonly number[]): number {
  let sum = 0
  const along = basis.map(() => 0)
  for (const [i, weight] of weights.entries()) {
    const u = Math.sqrt(weight) * weight * (residuals[i] as number)
    sum += u * u
    for (const [j, one] of basis.entries()) along[j] = (along[j] as number) + u * (one[i] as number)
  }
  return along.reduce((rest, share) => rest - share * share, sum)
}

/** Up to a constant; the sum of logs is that of minus log weights. */
function logLikelihood({ fit, weights }: Weighing, restricted: boolean): number {
  const logs = weights.reduce((sum, weight) => sum + log(weight), 0)
  return 0.5 * (logs - fit.rss - (restricted ? fit.logDeterminant : 0))
}
