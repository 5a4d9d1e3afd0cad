// Every law against 40-digit values of mpmath (tools/golden/distributions.py).
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { betaLaw } from './beta.ts'
import { binomialLaw } from './binomial.ts'
import { chiSquareLaw } from './chi-square.ts'
import { fisherLaw } from './fisher.ts'
import { gammaLaw } from './gamma.ts'
import type { Law } from './law.ts'
import { negativeBinomialLaw } from './negative-binomial.ts'
import { noncentralChiSquareLaw } from './noncentral-chi-square.ts'
import { noncentralTLaw } from './noncentral-t.ts'
import { normalLaw } from './normal.ts'
import { poissonLaw } from './poisson.ts'
import { studentLaw } from './student-t.ts'

interface Golden {
  readonly parameters: readonly [number, number]
  readonly rows: readonly [x: number, lower: number, upper: number, logLower: number, logUpper: number, log: number][]
  readonly quantiles: readonly [share: number, upper: 0 | 1, x: number][]
}
const golden: Record<string, Golden[]> = JSON.parse(
  readFileSync(new URL('../golden/distributions.json', import.meta.url), 'utf8'),
)

const LAWS: Record<string, (a: number, b: number) => Law> = {
  normal: () => normalLaw(),
  student: studentLaw,
  gamma: gammaLaw,
  chiSquare: chiSquareLaw,
  beta: betaLaw,
  fisher: fisherLaw,
  binomial: binomialLaw,
  poisson: poissonLaw,
  negativeBinomial: negativeBinomialLaw,
  noncentralChiSquare: noncentralChiSquareLaw,
  noncentralT: noncentralTLaw,
}

const BODY = 1e-13
const TAIL = 1e-12 // of tails below 1e-10, to 1e-300
const relative = (found: number, wanted: number): number => Math.abs(found - wanted) / Math.abs(wanted)
const ofOne = (found: number, wanted: number): number => Math.abs(found - wanted) / Math.max(1, Math.abs(wanted))

const cases = Object.entries(LAWS).flatMap(([name, make]) =>
  (golden[name] ?? []).map((one) => ({
    name,
    parameters: one.parameters.join(', '),
    law: make(...one.parameters),
    one,
  })),
)

test('there are laws to check', () => expect(cases.length).toBeGreaterThan(50))

/** Laws of counts: what leads back leads back exactly. */
const COUNTING = new Set(['binomial', 'poisson', 'negativeBinomial'])

describe.each(cases)('$name($parameters)', ({ name, law, one }) => {
  test('tails', () => {
    const worst: [number, number] = [0, 0]
    for (const [x, lower, upper] of one.rows)
      for (const [found, wanted] of [
        [law.cdf(x), lower],
        [law.survival(x), upper],
      ] as const) {
        const zone = wanted < 1e-10 ? 1 : 0
        worst[zone] = Math.max(worst[zone], relative(found, wanted))
      }
    expect(worst[0]).toBeLessThan(BODY)
    expect(worst[1]).toBeLessThan(TAIL)
  })

  test('logarithms', () => {
    for (const [x, , , logLower, logUpper, logDensity] of one.rows) {
      // of a tail near 1 the logarithm is the other tail, and as exact
      expect(relative(law.logCdf(x), logLower)).toBeLessThan(TAIL)
      expect(relative(law.logSurvival(x), logUpper)).toBeLessThan(TAIL)
      expect(ofOne(law.logDensity(x), logDensity)).toBeLessThan(BODY)
    }
  })

  test('quantiles', () => {
    for (const [share, upper, x] of one.quantiles)
      expect(relative(upper ? law.upperQuantile(share) : law.quantile(share), x)).toBeLessThan(TAIL)
  })

  test('quantiles lead back to where tails came from', () => {
    for (const [x, lower, upper, , , logDensity] of one.rows) {
      const smaller = Math.min(lower, upper)
      const back = lower < upper ? law.quantile(law.cdf(x)) : law.upperQuantile(law.survival(x))
      // an x that is off by d has a tail that is off by d times the density
      const off = COUNTING.has(name) ? Math.abs(back - x) : (Math.abs(back - x) * Math.exp(logDensity)) / smaller
      expect(off).toBeLessThan(COUNTING.has(name) ? 1e-300 : TAIL)
    }
  })
})

describe('edges', () => {
  test.each(
    Object.entries({
      normal: normalLaw(),
      student: studentLaw(3),
      gamma: gammaLaw(2, 3),
      beta: betaLaw(2, 3),
      fisher: fisherLaw(3, 4),
      binomial: binomialLaw(9, 0.3),
      poisson: poissonLaw(3),
      negativeBinomial: negativeBinomialLaw(2, 0.3),
      noncentralT: noncentralTLaw(4, 1),
      noncentralChiSquare: noncentralChiSquareLaw(3, 2),
    }),
  )('of %s', (_, law) => {
    expect([law.cdf(-Infinity), law.survival(-Infinity), law.cdf(Infinity), law.survival(Infinity)]).toEqual([
      0, 1, 1, 0,
    ])
    expect(law.cdf(NaN)).toBeNaN()
    expect(law.logDensity(-1e9)).toBeLessThan(-10)
    const [least, most] = [law.quantile(0), law.upperQuantile(0)]
    expect(least).toBeLessThan(most)
    expect([law.quantile(1), law.upperQuantile(1)]).toEqual([most, least])
    expect(() => law.quantile(1.1)).toThrow('from 0 to 1')
    expect(() => law.quantile(NaN)).toThrow('from 0 to 1')
  })

  test('parameters that make no law are refused', () => {
    for (const make of [
      () => normalLaw(0, 0),
      () => studentLaw(0),
      () => chiSquareLaw(-1),
      () => gammaLaw(Infinity),
      () => betaLaw(NaN, 1),
      () => fisherLaw(1, 0),
      () => binomialLaw(2.5, 0.1),
      () => binomialLaw(2, 1.1),
      () => poissonLaw(-1),
      () => negativeBinomialLaw(2, 1),
      () => noncentralTLaw(2, Infinity),
      () => noncentralChiSquareLaw(2, -1),
    ])
      expect(make).toThrow(/must be/)
  })

  test('a binomial that cannot vary', () => {
    expect([binomialLaw(5, 0).cdf(0), binomialLaw(5, 1).survival(4), binomialLaw(0, 0.3).cdf(0)]).toEqual([1, 1, 1])
    expect([binomialLaw(5, 1).logDensity(5), binomialLaw(5, 1).logDensity(3), binomialLaw(5, 0).logDensity(0)]).toEqual(
      [0, -Infinity, 0],
    )
  })

  test('far below the smallest double the logarithms go on', () => {
    // -x²/2 - log(x sqrt(2 pi)) - 1/x², Mills' ratio to its second term
    expect(normalLaw().logSurvival(100)).toBeCloseTo(-5000 - Math.log(100 * Math.sqrt(2 * Math.PI)) - 1e-4, 7)
    expect(gammaLaw(2, 1).logCdf(1e-200)).toBeCloseTo(2 * Math.log(1e-200) - Math.log(2), 9)
  })
})
