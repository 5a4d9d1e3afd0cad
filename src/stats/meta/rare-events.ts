// Pooling tables of few events without mending zeros: Mantel and Haenszel's estimators, and Peto's.
import { log } from '#base'
import { normalLaw } from '../distributions/normal.ts'
import { chiSquareLaw } from '../distributions/chi-square.ts'
import type { Effect, NoEffect } from './effect.ts'
import type { Pooled, Refused } from './pool-effects.ts'
import { type FourCells, logOddsRatio, logRiskRatio, riskDifference } from './two-by-two-effects.ts'

export type RareMeasure = 'OR' | 'RR' | 'RD'

const SINGLE: Readonly<Record<RareMeasure, (cells: FourCells) => Effect | NoEffect>> = {
  OR: logOddsRatio,
  RR: logRiskRatio,
  RD: riskDifference,
}

/** Tells why a table says nothing about a measure, if so: nothing happened in either group, or, for odds, to everybody. */
export function silence([a, b, c, d]: FourCells, measure: RareMeasure): string | undefined {
  if (measure === 'RD') return undefined
  if (a + c === 0) return 'no events in either group say nothing about a ratio'
  if (measure === 'OR' && b + d === 0) return 'events in everybody say nothing about a ratio of odds'
  return undefined
}

/** Peto's one-step log odds ratio of one table: observed less expected events over their hypergeometric variance. */
export function petoEffect(cells: FourCells): Effect | NoEffect {
  const reason = silence(cells, 'OR')
  if (reason !== undefined) return { reason }
  const [a, b, c, d] = cells
  const [first, second, total] = [a + b, c + d, a + b + c + d]
  const variance = ((first / total) * (second / total) * (a + c) * (b + d)) / (total - 1)
  return { yi: (a - (first * (a + c)) / total) / variance, vi: 1 / variance }
}

interface Sums {
  readonly estimate: number
  readonly variance: number
  /** What each table counts. */
  readonly weights: readonly number[]
}

/**
 * Pools tables by Mantel and Haenszel: log odds ratio, log risk ratio, or risk difference.
 * @param tables those that are not silent
 * @source Mantel N, Haenszel W. J Natl Cancer Inst 1959;22:719-748; Robins J, Breslow N, Greenland S. Biometrics 1986;42:311-323;
 *   Greenland S, Robins JM. Biometrics 1985;41:55-68; Sato T, Greenland S, Robins JM. Biometrics 1989;45:1323-1324
 */
export function mantelHaenszel(tables: readonly FourCells[], measure: RareMeasure, level: number): Pooled | Refused {
  if (tables.length === 0) return { status: 'refused', code: 'no-studies', reason: 'There is no study.' }
  const { estimate, variance, weights } = SUMS[measure](tables)
  if (!(Number.isFinite(estimate) && variance > 0 && variance < Infinity))
    return {
      status: 'refused',
      code: 'zero-variance',
      reason: 'Over all studies one of the groups has no events, or nobody without: there is no finite estimate.',
    }
  const se = Math.sqrt(variance)
  const law = normalLaw()
  const half = law.upperQuantile((1 - level) / 2) * se
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return {
    status: 'pooled',
    k: tables.length,
    method: 'MH',
    test: 'z',
    level,
    coefficients: [
      {
        name: 'intercept',
        estimate,
        se,
        ci: { lo: estimate - half, hi: estimate + half },
        statistic: estimate / se,
        p: Math.min(1, 2 * law.survival(Math.abs(estimate / se))),
      },
    ],
    covariance: [[variance]],
    pi: null,
    tau2: null,
    tau2Ci: null,
    ...homogeneity(tables, measure, estimate),
    moderatorTest: null,
    weights: weights.map((weight) => (100 * weight) / total),
    notes: [],
  }
}

/** Cochran's Q of the single effects about the pooled one; where nothing or everything happened in both groups, the difference has no variance. */
function homogeneity(tables: readonly FourCells[], measure: RareMeasure, estimate: number) {
  const effects = tables.flatMap((cells) => {
    const effect = SINGLE[measure](cells)
    return 'reason' in effect || cells[0] + cells[2] === 0 || cells[1] + cells[3] === 0 ? [] : effect
  })
  const df = effects.length - 1
  if (df < 1) return { Q: null, Qdf: 0, Qp: null, I2: null, H2: null }
  const Q = effects.reduce((sum, { yi, vi }) => sum + ((yi - estimate) * (yi - estimate)) / vi, 0)
  return { Q, Qdf: df, Qp: chiSquareLaw(df).survival(Q), I2: Q > df ? (100 * (Q - df)) / Q : 0, H2: Q / df }
}

const SUMS: Readonly<Record<RareMeasure, (tables: readonly FourCells[]) => Sums>> = {
  OR: oddsSums,
  RR: riskSums,
  RD: differenceSums,
}

const sumOver = (tables: readonly FourCells[], term: (cells: FourCells) => number): number =>
  tables.reduce((sum, cells) => sum + term(cells), 0)

const sizeOf = ([a, b, c, d]: FourCells): number => a + b + c + d

/** With the variance of Robins, Breslow and Greenland. */
function oddsSums(tables: readonly FourCells[]): Sums {
  const good = (cells: FourCells): number => (cells[0] * cells[3]) / sizeOf(cells)
  const bad = (cells: FourCells): number => (cells[1] * cells[2]) / sizeOf(cells)
  const alike = (cells: FourCells): number => (cells[0] + cells[3]) / sizeOf(cells)
  const [R, S] = [sumOver(tables, good), sumOver(tables, bad)]
  const variance =
    sumOver(tables, (t) => alike(t) * good(t)) / (2 * R * R) +
    sumOver(tables, (t) => alike(t) * bad(t) + (1 - alike(t)) * good(t)) / (2 * R * S) +
    sumOver(tables, (t) => (1 - alike(t)) * bad(t)) / (2 * S * S)
  return { estimate: log(R / S), variance, weights: tables.map(bad) }
}

/** With the variance of Greenland and Robins. */
function riskSums(tables: readonly FourCells[]): Sums {
  const over = ([a, b, c, d]: FourCells): number => (a * (c + d)) / (a + b + c + d)
  const under = ([a, b, c, d]: FourCells): number => (c * (a + b)) / (a + b + c + d)
  const [R, S] = [sumOver(tables, over), sumOver(tables, under)]
  const variance = sumOver(tables, ([a, b, c, d]) => {
    const total = a + b + c + d
    return (((a + b) / total) * (c + d) * (a + c) - a * c) / total
  })
  return { estimate: log(R / S), variance: variance / (R * S), weights: tables.map(under) }
}

/** With the variance of Sato, Greenland and Robins. */
function differenceSums(tables: readonly FourCells[]): Sums {
  const weight = ([a, b, c, d]: FourCells): number => ((a + b) * (c + d)) / (a + b + c + d)
  const total = sumOver(tables, weight)
  const estimate = sumOver(tables, ([a, b, c, d]) => (a * (c + d) - c * (a + b)) / (a + b + c + d)) / total
  const P = sumOver(tables, ([a, b, c, d]) => {
    const [first, second, all] = [a + b, c + d, a + b + c + d]
    const [x, y] = [first / all, second / all]
    return c * x * x - a * y * y + (x * y * (second - first)) / 2
  })
  const spread = sumOver(tables, ([a, b, c, d]) => (a * d + c * b) / (a + b + c + d)) / 2
  return { estimate, variance: (estimate * P + spread) / (total * total), weights: tables.map(weight) }
}
