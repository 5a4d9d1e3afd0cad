// A pooled result as one JSON document. Names are those of the literature; docs/pool.md lists them.
import type { Bounds, Pooled } from '#stats'
import type { Dropped, Study } from './read-studies.ts'

export interface PoolAnswer {
  readonly measure: string
  readonly studies: readonly Study[]
  readonly dropped: readonly Dropped[]
  readonly pooled: Pooled
}

const pairOf = (bounds: Bounds | null): readonly [number, number] | null => bounds && [bounds.lo, bounds.hi]

/** What `imago pool --json` prints. With moderators `estimate` is the constant, at which every moderator is 0. */
export function poolJson({ measure, studies, dropped, pooled }: PoolAnswer): Readonly<Record<string, unknown>> {
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
    measure,
    method: pooled.method,
    ci_method: pooled.test,
    level: pooled.level,
    ...(pooled.coefficients.length > 1 && {
      coefficients: pooled.coefficients.map(({ ci, ...rest }) => ({ ...rest, ci: pairOf(ci) })),
      QM: pooled.moderatorTest?.statistic ?? null,
      QM_df: pooled.moderatorTest?.df ?? null,
      QM_p: pooled.moderatorTest?.p ?? null,
    }),
    studies: studies.map(({ name, yi, vi }, i) => ({ study: name, yi, vi, weight: pooled.weights[i] })),
    dropped,
    notes: pooled.notes,
  }
}
