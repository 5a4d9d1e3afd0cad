// Meta-analysis against metafor (tools/golden/meta.r). How near each quantity must be stands in golden/tolerances.json: of itself, or of 1 where it is smaller.
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { Bounds } from '../share-interval.ts'
import { fisherZ, rawCorrelation } from './correlation-effects.ts'
import type { Effect, NoEffect } from './effect.ts'
import { eggerTest } from './egger.ts'
import { cumulate, leaveOneOut } from './leave-out.ts'
import { meanDifference, standardisedDifference } from './mean-effects.ts'
import { type Pooled, poolEffects, type PoolMethod, type PoolTest, type Refused } from './pool-effects.ts'
import { arcsineProportion, freemanTukey, logitProportion } from './proportion-effects.ts'
import { mantelHaenszel, petoEffect, type RareMeasure, silence } from './rare-events.ts'
import { logRate, logRateRatio, rateDifference } from './rate-effects.ts'
import { poolSubgroups } from './subgroups.ts'
import { trimAndFill } from './trim-and-fill.ts'
import { type FourCells, logOddsRatio, logRiskRatio, riskDifference } from './two-by-two-effects.ts'

interface Studies {
  readonly yi: readonly number[]
  readonly vi: readonly number[]
}
interface Told {
  readonly set: string
  readonly method: PoolMethod
  readonly test: PoolTest
  readonly k: number
  readonly coefficients: number | number[]
  readonly se: number | number[]
  readonly lo: number | number[]
  readonly hi: number | number[]
  readonly p: number | number[]
  readonly tau2: number
  readonly I2: number
  readonly H2: number
  readonly Q: number
  readonly Qp: number
  readonly QM?: number
  readonly QMp?: number
  readonly pi?: [number, number]
  readonly tau2Ci?: [number, number]
}
interface Series {
  readonly estimate: number[]
  readonly se: number[]
  readonly tau2: number[]
}
interface Golden {
  readonly inputs: Readonly<Record<'stays' | 'catheters' | 'shunts' | 'infections' | 'interviews' | 'bcg', number[][]>>
  readonly effects: Readonly<Record<string, Studies>>
  readonly sets: Readonly<Record<string, Studies>>
  readonly moderators: Readonly<Record<string, Readonly<Record<string, number[]>>>>
  readonly pools: readonly Told[]
  readonly regressions: readonly Told[]
  readonly oneByOne: Readonly<Record<string, Series & { Q: number[] }>>
  readonly inOrder: Readonly<Record<string, Series>>
  readonly asymmetry: Readonly<Record<string, { limit: number; slope: number; se: number; t: number; p: number }>>
  readonly filled: Readonly<
    Record<string, { side: string; missing: number; estimate: number; se: number; tau2: number }>
  >
  readonly subgroups: { groups: string[]; estimates: number[]; Q: number; p: number }
  readonly rare: readonly {
    set: 'bcg' | 'catheters'
    measure: RareMeasure | 'PETO'
    estimate: number
    se: number
    p: number
    Q: number
    Qp: number
  }[]
}

const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../golden/${name}.json`, import.meta.url), 'utf8'))
const golden = read('meta') as Golden
const tolerances = read('tolerances') as Readonly<Record<string, number>>

function expectNear(found: number | null | undefined, wanted: number, quantity: string): void {
  const off = Math.abs((found ?? NaN) - wanted) / Math.max(1, Math.abs(wanted))
  const near = off <= (tolerances[quantity] ?? 0)
  expect({ quantity, found, wanted, near }).toEqual({ quantity, found, wanted, near: true })
}

function expectBounds(found: Bounds | null, [lo, hi]: readonly [number, number], quantity: string): void {
  expectNear(found?.lo, lo, quantity)
  expectNear(found?.hi, hi, quantity)
}

function expectPooled(result: Pooled | Refused): Pooled {
  if (result.status === 'refused') throw new Error(result.reason)
  return result
}

const OPTIONS = { method: 'DL', test: 'z', level: 0.95 } as const
const ITERATIVE = new Set(['REML', 'ML', 'PM', 'EB'])

describe('effect sizes', () => {
  const { stays, catheters, shunts, infections, interviews } = golden.inputs
  const cells = ([a = 0, n1 = 0, c = 0, n2 = 0]: number[]): FourCells => [a, n1 - a, c, n2 - c]
  const groups = ([n1 = 0, m1 = 0, s1 = 0, n2 = 0, m2 = 0, s2 = 0]: number[]) =>
    [
      { n: n1, mean: m1, sd: s1 },
      { n: n2, mean: m2, sd: s2 },
    ] as const
  const rates = ([x1 = 0, t1 = 0, x2 = 0, t2 = 0]: number[]) =>
    [
      { events: x1, time: t1 },
      { events: x2, time: t2 },
    ] as const
  const found: Readonly<Record<string, (Effect | NoEffect)[]>> = {
    MD: stays.map((row) => meanDifference(...groups(row))),
    SMD: stays.map((row) => standardisedDifference(...groups(row))),
    RR: catheters.map((row) => logRiskRatio(cells(row))),
    OR: catheters.map((row) => logOddsRatio(cells(row))),
    RD: catheters.map((row) => riskDifference(cells(row))),
    PLO: shunts.map(([x = 0, n = 0]) => logitProportion(x, n)),
    PAS: shunts.map(([x = 0, n = 0]) => arcsineProportion(x, n)),
    PFT: shunts.map(([x = 0, n = 0]) => freemanTukey(x, n)),
    IRLN: infections.map((row) => logRate(rates(row)[0])),
    IRR: infections.map((row) => logRateRatio(...rates(row))),
    IRD: infections.map((row) => rateDifference(...rates(row))),
    COR: interviews.map(([r = 0, n = 0]) => rawCorrelation(r, n)),
    ZCOR: interviews.map(([r = 0, n = 0]) => fisherZ(r, n)),
  }

  test.each(Object.keys(golden.effects))('%s is that of metafor', (measure) => {
    const { yi, vi } = golden.effects[measure] as Studies
    expect(found[measure]).toHaveLength(yi.length)
    for (const [i, effect] of (found[measure] ?? []).entries()) {
      if ('reason' in effect) throw new Error(effect.reason)
      expectNear(effect.yi, yi[i] ?? NaN, 'effect')
      expectNear(effect.vi / (vi[i] ?? NaN), 1, 'effect')
    }
  })

  test.each<[string, Effect | NoEffect]>([
    ['both SDs are 0', meanDifference({ n: 5, mean: 1, sd: 0 }, { n: 5, mean: 0, sd: 0 })],
    ['both SDs are 0, standardised', standardisedDifference({ n: 5, mean: 1, sd: 0 }, { n: 5, mean: 0, sd: 0 })],
    ['three people', standardisedDifference({ n: 2, mean: 1, sd: 1 }, { n: 1, mean: 0, sd: 1 })],
    ['an empty group', logRiskRatio([0, 0, 3, 4])],
    ['an empty group, odds', logOddsRatio([2, 1, 0, 0])],
    ['nobody', logitProportion(0, 0)],
    ['nobody, arcsine', arcsineProportion(0, 0)],
    ['three pairs', fisherZ(0.4, 3)],
    ['a perfect correlation', fisherZ(1, 30)],
    ['a perfect correlation, raw', rawCorrelation(-1, 30)],
    ['no events for Peto', petoEffect([0, 10, 0, 12])],
  ])('%s: a reason, not NaN', (_, effect) => expect(effect).toHaveProperty('reason', expect.stringMatching(/\w/)))
})

function checkFit(pooled: Pooled, told: Told): void {
  const list = (value: number | number[]): number[] => [value].flat()
  const after = ITERATIVE.has(told.method) ? 'afterIterativeTau2' : undefined
  for (const [j, estimate] of list(told.coefficients).entries()) {
    const coefficient = pooled.coefficients[j]
    expectNear(coefficient?.estimate, estimate, after ?? 'estimate')
    expectNear(coefficient?.se, list(told.se)[j] ?? NaN, after ?? 'se')
    expectBounds(coefficient?.ci ?? null, [list(told.lo)[j] ?? NaN, list(told.hi)[j] ?? NaN], after ?? 'bound')
    expectNear(coefficient?.p, list(told.p)[j] ?? NaN, after ?? 'p')
  }
  expect(pooled.k).toBe(told.k)
  expectNear(pooled.tau2, told.tau2, after ? 'iterativeTau2' : 'closedTau2')
  expectNear(pooled.I2, told.I2, after ?? 'I2')
  expectNear(pooled.H2, told.H2, after ?? 'H2')
  expectNear(pooled.Q, told.Q, 'Q')
  expectNear(pooled.Qp, told.Qp, 'p')
  if (told.pi) expectBounds(pooled.pi, told.pi, after ?? 'bound')
  if (told.tau2Ci) expectBounds(pooled.tau2Ci, told.tau2Ci, 'profileBound')
}

describe('pools', () => {
  test.each(golden.pools)('$set by $method, $test', (told) => {
    const { yi, vi } = golden.sets[told.set] as Studies
    checkFit(expectPooled(poolEffects(yi, vi, { method: told.method, test: told.test, level: 0.95 })), told)
  })
})

describe('regressions', () => {
  test.each(golden.regressions)('$set by $method, $test', (told) => {
    const { yi, vi } = golden.sets[told.set] as Studies
    const moderators = Object.entries(golden.moderators[told.set] ?? {}).map(([name, values]) => ({ name, values }))
    const pooled = expectPooled(poolEffects(yi, vi, { method: told.method, test: told.test, level: 0.95, moderators }))
    checkFit(pooled, told)
    const after = ITERATIVE.has(told.method) ? 'afterIterativeTau2' : 'moderatorTest'
    expectNear(pooled.moderatorTest?.statistic, told.QM ?? NaN, after)
    expectNear(pooled.moderatorTest?.p, told.QMp ?? NaN, after)
  })
})

describe.each(Object.keys(golden.oneByOne))('studies of %s', (name) => {
  const { yi, vi } = golden.sets[name] as Studies

  test.each([
    ['left out one by one', leaveOneOut(yi, vi, OPTIONS), golden.oneByOne[name] as Series],
    ['taken in order', cumulate(yi, vi, OPTIONS), golden.inOrder[name] as Series],
  ])('%s', (_, found, wanted) => {
    expect(found).toHaveLength(yi.length)
    for (const [i, result] of found.entries()) {
      const pooled = expectPooled(result)
      expectNear(pooled.coefficients[0].estimate, wanted.estimate[i] ?? NaN, 'estimate')
      expectNear(pooled.coefficients[0].se, wanted.se[i] ?? NaN, 'se')
      expectNear(pooled.tau2 ?? 0, wanted.tau2[i] ?? NaN, 'closedTau2')
    }
  })

  test("Egger's line", () => {
    const found = eggerTest(yi, vi)
    if (found.status === 'refused') throw new Error(found.reason)
    for (const [key, value] of Object.entries(golden.asymmetry[name] ?? {}))
      expectNear(found[key as 'slope' | 'se' | 't' | 'p' | 'limit'], value, 'estimate')
  })

  test('trim and fill', () => {
    const found = trimAndFill(yi, vi, OPTIONS)
    if (found.status === 'refused') throw new Error(found.reason)
    const { side, missing, estimate, se, tau2 } = golden.filled[name] ?? {
      side: '',
      missing: NaN,
      estimate: NaN,
      se: NaN,
      tau2: NaN,
    }
    expect(found).toMatchObject({ side, missing })
    expect(found.filled).toHaveLength(missing)
    expectNear(found.pooled.coefficients[0].estimate, estimate, 'estimate')
    expectNear(found.pooled.coefficients[0].se, se, 'se')
    expectNear(found.pooled.tau2, tau2, 'closedTau2')
  })
})

test('subgroups, and the test between them', () => {
  const { yi, vi } = golden.sets['bcg'] as Studies
  const { groups, estimates, Q, p } = golden.subgroups
  const found = poolSubgroups(yi, vi, groups, OPTIONS)
  expect(found.groups.map(({ name }) => name)).toEqual([...new Set(groups)])
  for (const [i, { pooled }] of found.groups.entries())
    expectNear(expectPooled(pooled).coefficients[0].estimate, estimates[i] ?? NaN, 'estimate')
  expectNear(found.between?.Q, Q, 'moderatorTest')
  expectNear(found.between?.p, p, 'p')
})

describe('rare events', () => {
  test.each(golden.rare)('$measure of $set', ({ set, measure, estimate, se, p, Q, Qp }) => {
    const counted = measure === 'PETO' ? 'OR' : measure
    const tables = golden.inputs[set]
      .map(([a = 0, n1 = 0, c = 0, n2 = 0]): FourCells => [a, n1 - a, c, n2 - c])
      .filter((cells) => silence(cells, counted) === undefined)
    const effects = tables.map(petoEffect).flatMap((effect) => ('reason' in effect ? [] : effect))
    const pooled = expectPooled(
      measure === 'PETO'
        ? poolEffects(
            effects.map(({ yi }) => yi),
            effects.map(({ vi }) => vi),
            { ...OPTIONS, method: 'FE' },
          )
        : mantelHaenszel(tables, measure, 0.95),
    )
    expectNear(pooled.coefficients[0].estimate, estimate, 'estimate')
    expectNear(pooled.coefficients[0].se, se, 'se')
    expectNear(pooled.coefficients[0].p, p, 'p')
    expectNear(pooled.Q, Q, 'Q')
    expectNear(pooled.Qp, Qp, 'p')
  })

  test('no events at all in one group of all studies: a reason', () =>
    expect(mantelHaenszel([[3, 7, 0, 9]], 'OR', 0.95)).toMatchObject({ status: 'refused', code: 'zero-variance' }))
})
