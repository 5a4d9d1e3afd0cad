// What cannot be told gets a reason, and laws that hold whatever the data.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { eggerTest } from './egger.ts'
import { type Pooled, poolEffects, type PoolMethod, type PoolOptions, type PoolTest } from './pool-effects.ts'
import { poolSubgroups } from './subgroups.ts'
import { trimAndFill } from './trim-and-fill.ts'

const METHODS: readonly PoolMethod[] = ['FE', 'DL', 'HE', 'REML', 'ML', 'PM', 'SJ', 'HS', 'EB']
const TESTS: readonly PoolTest[] = ['z', 'knha', 'adhoc']
const options = (method: PoolMethod = 'REML', kind: PoolTest = 'z'): PoolOptions => ({
  method,
  test: kind,
  level: 0.95,
})

/** Every number below a result, wherever it lies. */
function numbersOf(value: unknown): number[] {
  if (typeof value === 'number') return [value]
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(numbersOf) : []
}

describe('degenerate data', () => {
  test.each([
    ['no study', [], [], 'no-studies'],
    ['a variance of 0', [1, 2], [0.1, 0], 'zero-variance'],
    ['a negative variance', [1, 2], [0.1, -1], 'zero-variance'],
    ['an effect that is not finite', [1, NaN], [0.1, 0.2], 'not-finite'],
    ['an effect beyond all units', [1, 1e60], [0.1, 0.2], 'not-finite'],
    ['a variance beyond all units', [1, 2], [0.1, 1e-60], 'not-finite'],
    ['lists of two lengths', [1, 2], [0.1], 'not-finite'],
  ] as const)('%s is refused with a reason', (_, yi, vi, code) =>
    expect(poolEffects(yi, vi, options())).toMatchObject({
      status: 'refused',
      code,
      reason: expect.stringMatching(/\w/),
    }),
  )

  test('one study shows its own estimate and says so', () => {
    const found = poolEffects([0.5], [0.04], options())
    expect(found).toMatchObject({
      status: 'pooled',
      tau2: null,
      I2: null,
      Q: null,
      pi: null,
      notes: [{ code: 'one-study' }],
    })
    expect((found as Pooled).coefficients[0]).toMatchObject({
      estimate: 0.5,
      se: 0.2,
      ci: { lo: expect.closeTo(0.108, 3) },
    })
  })

  test('one study leaves no t interval', () =>
    expect(poolEffects([0.5], [0.04], options('REML', 'knha'))).toMatchObject({
      coefficients: [{ ci: null, p: null }],
      notes: [{ code: 'one-study' }, { code: 'no-degrees-of-freedom' }],
    }))

  test('equal effects leave Knapp and Hartung without a variance', () =>
    expect(poolEffects([0.5, 0.5, 0.5], [0.04, 0.1, 0.2], options('DL', 'knha'))).toMatchObject({
      tau2: 0,
      coefficients: [{ estimate: 0.5, ci: null }],
      notes: [{ code: 'no-spread' }, { code: 'empty-tau2-interval' }],
    }))

  test.each([
    ['a constant moderator', [[2, 2, 2, 2]]],
    [
      'a moderator that another makes up',
      [
        [1, 2, 3, 5],
        [3, 5, 7, 11],
      ],
    ],
  ])('%s is named', (_, columns) => {
    const moderators = columns.map((values, i) => ({ name: `m${i}`, values }))
    const found = poolEffects([1, 2, 3, 4], [0.1, 0.1, 0.2, 0.3], { ...options(), moderators })
    expect(found).toMatchObject({
      status: 'refused',
      code: 'collinear',
      reason: expect.stringContaining(`m${columns.length - 1}`),
    })
  })

  test('as many coefficients as studies: a note, and no heterogeneity', () => {
    const moderators = [{ name: 'dose', values: [1, 2] }]
    expect(poolEffects([1, 2], [0.1, 0.2], { ...options(), moderators })).toMatchObject({ tau2: null, Q: null })
    const more = [...moderators, { name: 'age', values: [4, 9] }]
    expect(poolEffects([1, 2], [0.1, 0.2], { ...options(), moderators: more })).toMatchObject({
      code: 'too-few-studies',
    })
  })

  test("Egger's test wants three studies of different precision", () => {
    expect(eggerTest([1, 2], [0.1, 0.2])).toMatchObject({ code: 'too-few-studies' })
    expect(eggerTest([1, 2, 4], [0.1, 0.1, 0.1])).toMatchObject({ code: 'collinear' })
    expect(eggerTest([1, 1, 1], [0.1, 0.2, 0.3])).toMatchObject({ code: 'zero-variance' })
  })

  test('trim and fill without different precisions has no side', () =>
    expect(trimAndFill([1, 2, 4], [0.1, 0.1, 0.1], options())).toMatchObject({ code: 'collinear' }))

  test('one subgroup has nothing to be compared with', () =>
    expect(poolSubgroups([1, 2], [0.1, 0.2], ['a', 'a'], options()).between).toBeNull())
})

describe('laws', () => {
  const studies = fc.array(
    fc.record({ y: fc.double({ min: -20, max: 20, noNaN: true }), v: fc.double({ min: 1e-4, max: 50, noNaN: true }) }),
    { minLength: 2, maxLength: 12 },
  )
  const cases = fc.tuple(studies, fc.constantFrom(...METHODS), fc.constantFrom(...TESTS))
  const pool = (list: readonly { y: number; v: number }[], method: PoolMethod, kind: PoolTest): Pooled => {
    const found = poolEffects(
      list.map(({ y }) => y),
      list.map(({ v }) => v),
      options(method, kind),
    )
    if (found.status === 'refused') throw new Error(found.reason)
    return found
  }
  const settings = { seed: 29, numRuns: 500 }

  test('no number is ever NaN, and tau2 and its interval are not below 0', () => {
    fc.assert(
      fc.property(cases, ([list, method, kind]) => {
        const found = pool(list, method, kind)
        expect(numbersOf(found).every(Number.isFinite)).toBe(true)
        expect(found.tau2).toBeGreaterThanOrEqual(0)
        expect(found.tau2Ci?.lo ?? 0).toBeLessThanOrEqual(found.tau2Ci?.hi ?? 0)
        expect(found.notes.filter(({ code }) => code === 'no-convergence')).toEqual([])
      }),
      settings,
    )
  })

  test('nor where effects and variances lie a hundred decades apart', () => {
    const power = fc.integer({ min: -49, max: 49 }).map((decade) => Number(`1e${decade}`))
    const wild = fc.array(
      fc.record({ y: fc.tuple(fc.constantFrom(-1, 0, 1), power).map(([a, b]) => a * b), v: power }),
      {
        minLength: 2,
        maxLength: 6,
      },
    )
    fc.assert(
      fc.property(wild, fc.constantFrom(...METHODS), fc.constantFrom(...TESTS), (list, method, kind) => {
        expect(numbersOf(pool(list, method, kind)).every(Number.isFinite)).toBe(true)
      }),
      settings,
    )
  })

  test('the estimate lies among the effects and moves with them; order does not matter', () => {
    fc.assert(
      fc.property(cases, ([list, method, kind]) => {
        const found = pool(list, method, kind).coefficients[0]
        const ys = list.map(({ y }) => y)
        expect(found.estimate).toBeGreaterThanOrEqual(Math.min(...ys) - 1e-9)
        expect(found.estimate).toBeLessThanOrEqual(Math.max(...ys) + 1e-9)
        const moved = pool(
          list.map(({ y, v }) => ({ y: y + 3, v })),
          method,
          kind,
        ).coefficients[0]
        expect(moved.estimate).toBeCloseTo(found.estimate + 3, 5)
        const turned = pool(list.toReversed(), method, kind).coefficients[0]
        expect(turned.estimate).toBeCloseTo(found.estimate, 5)
      }),
      settings,
    )
  })

  test('a guarded interval is never narrower than the guarded variance allows', () => {
    fc.assert(
      fc.property(cases, ([list, method]) => {
        const [plain] = pool(list, method, 'z').coefficients
        const [guarded] = pool(list, method, 'adhoc').coefficients
        expect(guarded.se).toBeGreaterThanOrEqual(plain.se * (1 - 1e-12))
      }),
      settings,
    )
  })

  test('tau2 of Paule and Mandel lies inside its own interval', () => {
    fc.assert(
      fc.property(studies, (list) => {
        const { tau2, tau2Ci } = pool(list, 'PM', 'z')
        if (!tau2Ci || tau2Ci.hi === 0) return
        expect(tau2).toBeGreaterThanOrEqual(tau2Ci.lo * (1 - 1e-9))
        expect(tau2).toBeLessThanOrEqual(tau2Ci.hi * (1 + 1e-9))
      }),
      settings,
    )
  })
})
