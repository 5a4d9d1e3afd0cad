import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { isotonic } from './isotonic.ts'
import { momentsOf } from './moments.ts'
import { patientsPerArm } from './sample-size.ts'
import { brierScore, intervalScore } from './scores.ts'
import { oneSampleT, welchT } from './t-test.ts'

interface Golden {
  readonly tests: readonly { a: number[]; b: number[]; welch: number[]; one: number[] }[]
  readonly sizes: readonly [number, number, number, number][]
  readonly isotonic: { values: number[]; fitted: number[] }
}
const golden: Golden = JSON.parse(readFileSync(new URL('golden/stats.json', import.meta.url), 'utf8'))

describe('t tests', () => {
  test.each(golden.tests)('of $a.length and $b.length values are those of scipy', ({ a, b, welch, one }) => {
    const found = welchT(momentsOf(a), momentsOf(b))
    const alone = oneSampleT(momentsOf(a))
    for (const [i, value] of [found.t, found.df, found.p].entries()) expect(value).toBeCloseTo(welch[i] ?? NaN, 11)
    for (const [i, value] of [alone.t, alone.df, alone.p].entries()) expect(value).toBeCloseTo(one[i] ?? NaN, 11)
  })

  test('without spread, a mean off 0 is certain and a mean of 0 tells nothing', () => {
    expect(oneSampleT(momentsOf([-2, -2, -2])).p).toBe(0)
    expect(oneSampleT(momentsOf([0, 0])).p).toBe(1)
  })

  test('one value has no p', () => expect(oneSampleT(momentsOf([3])).p).toBeNaN())
})

test('moments leave NaN out', () => {
  expect(momentsOf([1, NaN, 3])).toEqual({ n: 2, mean: 2, sd: Math.SQRT2 })
  expect(momentsOf([])).toEqual({ n: 0, mean: NaN, sd: NaN })
})

test.each(golden.sizes)(
  'a difference of %d at SD %d with power %d needs the size of the noncentral t',
  (difference, sd, power, n) => {
    // Guenther's formula claims to be within one of the exact size; on these it is exact once rounded up
    expect(Math.ceil(patientsPerArm(difference, sd, power, 0.05))).toBe(n)
  },
)

test('the rising fit is that of scipy', () => {
  const fitted = isotonic(golden.isotonic.values)
  for (const [i, value] of golden.isotonic.fitted.entries()) expect(fitted[i]).toBeCloseTo(value, 12)
})

describe('scores', () => {
  // Brier 1950, table 1 in its two-class form: forecasts .7 .9 .8 .4 .2 0 0 0 0 .1, rain on days 2, 3, 4 of ten, is 0.19 summed over both classes
  test("Brier's own example", () => {
    const rain = [0.7, 0.9, 0.8, 0.4, 0.2, 0, 0, 0, 0, 0.1]
    const came = rain.map((_, i) => i >= 1 && i <= 3)
    expect(2 * brierScore(rain, came)).toBeCloseTo(0.19, 12)
  })
  test('refuses lists of two lengths', () => expect(() => brierScore([1], [])).toThrow('as many'))

  test('an interval pays for its width, and twenty times its miss at 90 %', () => {
    expect(intervalScore(-2, 3, 0, 0.9)).toBe(5)
    expect(intervalScore(-2, 3, 4, 0.9)).toBeCloseTo(25, 12)
    expect(intervalScore(-2, 3, -2.5, 0.9)).toBeCloseTo(15, 12)
  })
})
