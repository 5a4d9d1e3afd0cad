// The measures that `imago pool` knows: which columns each is made of, and how. docs/pool.md prints the same table.
import {
  arcsineProportion,
  type Effect,
  effectOf,
  fisherZ,
  type FourCells,
  freemanTukey,
  logitProportion,
  logOddsRatio,
  logRate,
  logRateRatio,
  logRiskRatio,
  meanDifference,
  type NoEffect,
  rateDifference,
  rawCorrelation,
  riskDifference,
  standardisedDifference,
} from '#stats'

/** What a cell must hold: any number, one not below 0, one above 0, a whole one not below 0, a whole one above 0, a correlation. */
export type CellKind = 'number' | 'not-negative' | 'positive' | 'count' | 'size' | 'correlation'

export interface ColumnWanted {
  readonly name: string
  readonly kind: CellKind
}

export interface Measure {
  readonly label: string
  readonly columns: readonly ColumnWanted[]
  /** Pairs of columns of which the first cannot exceed the second. */
  readonly parts?: readonly (readonly [part: string, whole: string])[]
  /** From a row's numbers, in the order of the columns. */
  readonly compute: (numbers: readonly number[]) => Effect | NoEffect
  /** How to read the pooled number, where it is not on the scale that people think in. */
  readonly shown?: 'exp' | 'tanh' | 'logistic'
}

const columns = (text: string): ColumnWanted[] =>
  text.split(' ').map((pair) => {
    const [name = '', kind = ''] = pair.split(':')
    return { name, kind: kind as CellKind }
  })

const GROUPS = columns('n1i:size m1i:number sd1i:not-negative n2i:size m2i:number sd2i:not-negative')
const TABLE = columns('ai:count n1i:size ci:count n2i:size')
const IN_GROUP = [
  ['ai', 'n1i'],
  ['ci', 'n2i'],
] as const
const SHARE = columns('xi:count ni:size')
const OF_ALL = [['xi', 'ni']] as const
const RATES = columns('x1i:count t1i:positive x2i:count t2i:positive')

type Six = readonly [number, number, number, number, number, number]
type Four = readonly [number, number, number, number]
type Two = readonly [number, number]

/** Reads a row as two groups. */
const groups =
  (of: typeof meanDifference): Measure['compute'] =>
  (row) => {
    const [n1, m1, sd1, n2, m2, sd2] = row as Six
    return of({ n: n1, mean: m1, sd: sd1 }, { n: n2, mean: m2, sd: sd2 })
  }

/** Turns events and sizes into the four cells of a table. */
export function cellsOf(row: readonly number[]): FourCells {
  const [a, n1, c, n2] = row as Four
  return [a, n1 - a, c, n2 - c]
}

const rates =
  (of: typeof logRateRatio): Measure['compute'] =>
  (row) => {
    const [x1, t1, x2, t2] = row as Four
    return of({ events: x1, time: t1 }, { events: x2, time: t2 })
  }

const pair =
  (of: (a: number, b: number) => Effect | NoEffect): Measure['compute'] =>
  (row) =>
    of(...(row as Two))

const table = (label: string, of: typeof logOddsRatio): Measure => ({
  label,
  columns: TABLE,
  parts: IN_GROUP,
  compute: (row) => of(cellsOf(row)),
})

const share = (label: string, of: typeof freemanTukey): Measure => ({
  label,
  columns: SHARE,
  parts: OF_ALL,
  compute: pair(of),
})

export const MEASURES = {
  GIVEN: {
    label: 'effect as given',
    columns: columns('yi:number vi:positive'),
    compute: pair((yi, vi) => effectOf(yi, vi, 'the variance is not a positive number')),
  },
  MD: { label: 'difference of means', columns: GROUPS, compute: groups(meanDifference) },
  SMD: { label: 'standardised difference of means', columns: GROUPS, compute: groups(standardisedDifference) },
  RR: { ...table('log risk ratio', logRiskRatio), shown: 'exp' },
  OR: { ...table('log odds ratio', logOddsRatio), shown: 'exp' },
  RD: table('risk difference', riskDifference),
  PLO: { ...share('logit of a proportion', logitProportion), shown: 'logistic' },
  PAS: share('arcsine of the root of a proportion', arcsineProportion),
  PFT: share('double arcsine of a proportion', freemanTukey),
  IRLN: {
    label: 'log rate',
    columns: columns('xi:count ti:positive'),
    compute: pair((events, time) => logRate({ events, time })),
    shown: 'exp',
  },
  IRR: { label: 'log rate ratio', columns: RATES, compute: rates(logRateRatio), shown: 'exp' },
  IRD: { label: 'difference of rates', columns: RATES, compute: rates(rateDifference) },
  COR: { label: 'correlation', columns: columns('ri:correlation ni:size'), compute: pair(rawCorrelation) },
  ZCOR: {
    label: "Fisher's z of a correlation",
    columns: columns('ri:correlation ni:size'),
    compute: pair(fisherZ),
    shown: 'tanh',
  },
} as const satisfies Readonly<Record<string, Measure>>

export type MeasureName = keyof typeof MEASURES
