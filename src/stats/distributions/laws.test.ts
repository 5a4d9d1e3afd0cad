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

describe.each(cases)('$name($parameters)', ({ law, one }) => {
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

  test.runIf(one.quantiles.length > 0)('quantiles', () => {
    for (const [share, upper, x] of one.quantiles)
      expect(relative(upper ? law.upperQuantile(share) : law.quantile(share), x)).toBeLessThan(TAIL)
  })
})
