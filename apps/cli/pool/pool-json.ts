// A pooled result as one JSON document. Names are those of the literature; docs/pool.md lists them.
import type { Bounds, Coefficient, Pooled, Refused } from '#stats'
import type { PoolAnswer } from './answer.ts'

type Json = Readonly<Record<string, unknown>>

const pairOf = (bounds: Bounds | null): readonly [number, number] | null => bounds && [bounds.lo, bounds.hi]

/** What `imago pool --json` prints. With moderators `estimate` is the constant, at which every moderator is 0. */
export function poolJson(answer: PoolAnswer): Json {
  const { order, studies, dropped, pooled } = answer
  return {
    ...resultJson(pooled),
    measure: order.measureName,
    method: pooled.method,
    ci_method: pooled.test,
    level: pooled.level,
    ...(pooled.coefficients.length > 1 && {
      coefficients: pooled.coefficients.map(coefficientJson),
      QM: pooled.moderatorTest?.statistic ?? null,
      QM_df: pooled.moderatorTest?.df ?? null,
      QM_p: pooled.moderatorTest?.p ?? null,
    }),
    studies: studies.map(({ name, yi, vi }, i) => ({ study: name, yi, vi, weight: pooled.weights[i] })),
    dropped,
    notes: pooled.notes,
    ...extrasJson(answer),
  }
}

function resultJson(pooled: Pooled): Json {
  const [first] = pooled.coefficients
  return {
    k: pooled.k,
    estimate: first.estimate,
    se: first.se,
    ci: pairOf(first.ci),
    pi: pairOf(pooled.pi),
    tau2: pooled.tau2,
    tau2_ci: pairOf(pooled.tau2Ci),
    I2: pooled.I2,
    H2: pooled.H2,
    Q: pooled.Q,
    Q_df: pooled.Qdf,
    Q_p: pooled.Qp,
    statistic: first.statistic,
    p: first.p,
  }
}

const coefficientJson = ({ ci, ...rest }: Coefficient): Json => ({ ...rest, ci: pairOf(ci) })

const eitherJson = (result: Pooled | Refused): Json => (result.status === 'pooled' ? resultJson(result) : { ...result })

function extrasJson({ studies, subgroups, leaveOneOut, cumulative, asymmetry }: PoolAnswer): Json {
  const series = (word: string, results: readonly (Pooled | Refused)[]): Json[] =>
    results.map((result, i) => ({ [word]: studies[i]?.name, ...eitherJson(result) }))
  return {
    ...(subgroups && {
      subgroups: subgroups.groups.map(({ name, pooled }) => ({ group: name, ...eitherJson(pooled) })),
      between: subgroups.between,
    }),
    ...(leaveOneOut && { leave_one_out: series('without', leaveOneOut) }),
    ...(cumulative && { cumulative: series('up_to', cumulative) }),
    ...(asymmetry && {
      egger: asymmetry.egger,
      trim_and_fill:
        asymmetry.trimAndFill.status === 'refused'
          ? asymmetry.trimAndFill
          : { ...asymmetry.trimAndFill, pooled: resultJson(asymmetry.trimAndFill.pooled) },
    }),
  }
}
