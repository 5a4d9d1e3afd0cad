export { areaUnder, peakOf } from './course.ts'
export { betaLaw } from './distributions/beta.ts'
export { binomialLaw } from './distributions/binomial.ts'
export { chiSquareLaw } from './distributions/chi-square.ts'
export { fisherLaw } from './distributions/fisher.ts'
export { gammaLaw } from './distributions/gamma.ts'
export type { Law } from './distributions/law.ts'
export { negativeBinomialLaw } from './distributions/negative-binomial.ts'
export { noncentralChiSquareLaw } from './distributions/noncentral-chi-square.ts'
export { noncentralTLaw } from './distributions/noncentral-t.ts'
export { normalLaw } from './distributions/normal.ts'
export { poissonLaw } from './distributions/poisson.ts'
export { studentCdf, studentLaw, studentQuantile, studentTwoSided } from './distributions/student-t.ts'
export { type Balance, type BalanceTarget, balance, effectiveSize } from './entropy-balancing.ts'
export { betaQuantile, incompleteBeta } from './incomplete-beta.ts'
export { isotonic } from './isotonic.ts'
export { logBeta, logGamma } from './log-gamma.ts'
export { type Moments, momentsOf } from './moments.ts'
export { quantile } from './quantile.ts'
export {
  EMPTY_SKETCH,
  joinSketches,
  type QuantileSketch,
  sketchError,
  sketchOf,
  sketchQuantile,
} from './quantile-sketch.ts'
export { patientsPerArm } from './sample-size.ts'
export { brierScore, intervalScore } from './scores.ts'
export { type Bounds, clopperPearson, wilson } from './share-interval.ts'
export { sampleSystematically } from './systematic-sample.ts'
export { EMPTY_TALLY, joinTallies, momentsOfTally, type Tally, tallyOf } from './tally.ts'
export { oneSampleT, type TTest, welchError, welchT } from './t-test.ts'
export {
  poolEffects,
  type Coefficient,
  type Pooled,
  type PoolMethod,
  type PoolNote,
  type PoolOptions,
  type PoolTest,
  type Refused,
} from './meta/pool-effects.ts'
export { fisherZ, rawCorrelation } from './meta/correlation-effects.ts'
export { type Effect, effectOf, type NoEffect } from './meta/effect.ts'
export { type Group, meanDifference, standardisedDifference } from './meta/mean-effects.ts'
export { arcsineProportion, freemanTukey, logitProportion } from './meta/proportion-effects.ts'
export { type Exposure, logRate, logRateRatio, rateDifference } from './meta/rate-effects.ts'
export { type FourCells, logOddsRatio, logRiskRatio, riskDifference } from './meta/two-by-two-effects.ts'
export type { Column } from './meta/weighted-fit.ts'
export { type EggerTest, eggerTest } from './meta/egger.ts'
export { cumulate, leaveOneOut } from './meta/leave-out.ts'
export { mantelHaenszel, petoEffect, type RareMeasure, silence } from './meta/rare-events.ts'
export { poolSubgroups, type Subgroups } from './meta/subgroups.ts'
export { type TrimAndFill, trimAndFill } from './meta/trim-and-fill.ts'
