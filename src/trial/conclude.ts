// From the arrays that the simulation of a trial leaves behind to its result. Simulates nothing itself but trial sizes (power.ts).
import { type Findings, writeAnswer } from './answer.ts'
import { compareRow } from './compare.ts'
import { drawCourses } from './courses.ts'
import { intervalOf } from './interval-of.ts'
import { findPower } from './power.ts'
import type { Published } from './published.ts'
import { type ArmReplicate, armAt, endpointAt } from './replicate.ts'
import type { Compared, Split, TrialResult } from './result.ts'
import { meanChange } from './row-statistic.ts'
import { splitArm } from './split.ts'
import type { Arm, Trial } from './trial.ts'

/** The trial, replayed many times on one background. */
export interface BackgroundRun {
  /** As in trial.backgrounds, and in its order. */
  readonly name: string
  /** In each replicate the arms, in the trial's order. All backgrounds have the same members in the same places. */
  readonly replicates: readonly (readonly ArmReplicate[])[]
}

/** Scores of the whole pool, one per member; at the visit of the split where nothing else is said. NaN: dead, lost or failed by then. */
export interface PoolScores {
  /** One per member, toward the trial's entry table; all 1 where there is none. */
  readonly weights: Float64Array
  /** S, as observed at the baseline visit. */
  readonly observed: Float64Array
  /** L0, expected at the baseline visit, over all luck of measurement. */
  readonly expected: Float64Array
  /** C0, expected on the medicines before the study, frozen. */
  readonly frozen: Float64Array
  /** In the order of trial.backgrounds. */
  readonly backgrounds: readonly {
    readonly name: string
    /** C1, expected without any arm's own regimens. */
    readonly score: Float64Array
    /** C2, expected, in the order of trial.arms. */
    readonly arms: readonly Float64Array[]
  }[]
  /** Observed change of the split's endpoint since entry, on the main background without cells. */
  readonly changes: Float64Array
}

export interface Replayed {
  readonly trial: Trial
  readonly published: Published
  readonly runs: readonly BackgroundRun[]
  readonly pool: PoolScores
  /** Mean fall of the split's endpoint in the split's arm, one per replicate, where that share may enter only on a recent rise. */
  readonly entryShares: readonly { readonly share: number; readonly falls: ArrayLike<number> }[]
  readonly elasticities: TrialResult['elasticities']
  readonly attrition: TrialResult['attrition']
  readonly funnel: TrialResult['funnel']
  readonly entry: TrialResult['entry']
  readonly entryTable?: TrialResult['entryTable']
  readonly assumed: TrialResult['assumed']
  readonly effectPrior: TrialResult['effectPrior']
  readonly provenance: TrialResult['provenance']
}

const DIFFERENCES = [-3, -2, -1]

/** Draws the conclusions of a replayed trial. */
export function conclude(replayed: Replayed): TrialResult {
  const { trial, published, runs, pool, provenance, effectPrior } = replayed
  const [main, ...others] = runs
  if (!main) throw new Error('A trial is concluded from at least the main background')
  const compareAll = ({ replicates }: BackgroundRun): Compared[] =>
    published.rows.map((row) => compareRow(trial, row, replicates))
  const compared = compareAll(main)
  const splits = splitAll(replayed)
  const power = findPower({ values: pool.changes, weights: pool.weights }, DIFFERENCES, provenance.seed)
  const ofArm = splits.filter(({ arm }) => arm === trial.split.arm)
  const answer = writeAnswer(trial, { ...changesOf(trial, main), splits: ofArm, power, effectPrior })
  return {
    trial: describe(trial),
    answer,
    compared,
    alternatives: others.map((run) => ({ background: run.name, compared: compareAll(run) })),
    splits,
    courses: drawCourses(trial, main.replicates),
    power,
    elasticities: replayed.elasticities,
    attrition: replayed.attrition,
    funnel: replayed.funnel,
    entry: replayed.entry,
    ...(replayed.entryTable && { entryTable: replayed.entryTable }),
    coverage: cover(compared, published),
    assumed: replayed.assumed,
    effectPrior,
    entryShares: replayed.entryShares.flatMap(({ share, falls }) => {
      const fall = intervalOf(Array.from(falls))
      return fall ? [{ share, fall }] : []
    }),
    provenance,
  }
}

const describe = (trial: Trial): TrialResult['trial'] => ({
  name: trial.name,
  title: trial.title,
  question: trial.question,
  registration: trial.registration,
  source: trial.source,
  use: trial.use,
  blinded: trial.blinded,
  arms: trial.arms.map(({ name, n, label }) => ({ name, n, label })),
  months: trial.visits.map(({ month }) => month),
})

/** The split of every arm on every background; the split's own arm comes first within each. */
function splitAll({ trial, runs, pool }: Replayed): Split[] {
  const own = armAt(trial, trial.split.arm)
  const order = [own, ...trial.arms.map((_, i) => i).filter((i) => i !== own)]
  const { sd, locator } = trial.ratingShift
  return runs.flatMap((run, b) =>
    order.flatMap((i): Split[] => {
      const background = pool.backgrounds[b]
      const treated = background?.arms[i]
      if (!background || !treated) return []
      const scores = {
        observed: pool.observed,
        expected: pool.expected,
        frozen: pool.frozen,
        background: background.score,
        treated,
      }
      const split = splitArm(
        scores,
        run.replicates.flatMap((arms) => arms[i] ?? []),
      )
      const arm = trial.arms[i]?.name ?? ''
      return split
        ? [{ arm, background: run.name, month: trial.split.month, ...split, remainder: { sd, locator } }]
        : []
    }),
  )
}

/** The change in the split's arm beside that in the arm without regimens of its own, or else in the first other one. */
function changesOf(trial: Trial, { replicates }: BackgroundRun): Pick<Findings, 'own' | 'control'> {
  const endpoint = endpointAt(trial, trial.split.endpoint)
  const visit = visitOf(trial)
  const meansOf = ({ name }: Arm): number[] => replicates.map(meanChange(trial, endpoint, visit, name))
  const own = trial.arms[armAt(trial, trial.split.arm)] as Arm
  const others = trial.arms.filter((arm) => arm !== own)
  const control = others.find(({ regimens }) => regimens.length === 0) ?? others[0]
  const means = meansOf(own)
  const controls = control ? meansOf(control) : []
  return {
    own: { arm: own.name, n: own.n, change: intervalOf(means) },
    control: control && {
      arm: control.name,
      n: control.n,
      change: intervalOf(controls),
      difference: intervalOf(means.map((mean, i) => mean - (controls[i] ?? NaN))),
    },
  }
}

/** Place of the split's visit among the visits. */
const visitOf = ({ visits, split }: Trial): number => visits.findIndex(({ day }) => day === split.day)

/**
 * Counts printed numbers that were not calibrated to. Left out are those derived from other rows, which would count twice, and hits of a
 * prediction that is one value with certainty: no kidney fails in six months, and that none did is no merit. A miss of it counts.
 */
function cover(compared: readonly Compared[], published: Published): TrialResult['coverage'] {
  const derived = new Set(published.rows.filter((row) => row.derived).map(({ id }) => id))
  const counted = compared.filter(
    ({ id, use, inside90, predicted }) =>
      inside90 !== null &&
      predicted &&
      (predicted.lo90 < predicted.hi90 || !inside90) &&
      use !== 'calibrate' &&
      !derived.has(id),
  )
  return {
    rows: counted.length,
    inside50: counted.filter(({ inside50 }) => inside50).length,
    inside90: counted.filter(({ inside90 }) => inside90).length,
  }
}
