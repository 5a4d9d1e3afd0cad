export { areaUnder, peakOf } from './course.ts'
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
export { studentCdf, studentQuantile, studentTwoSided } from './student-t.ts'
export { EMPTY_TALLY, joinTallies, momentsOfTally, type Tally, tallyOf } from './tally.ts'
export { oneSampleT, type TTest, welchError, welchT } from './t-test.ts'
