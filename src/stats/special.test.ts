import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { betaQuantile, incompleteBeta } from './incomplete-beta.ts'
import { logBeta, logGamma } from './log-gamma.ts'
import { clopperPearson, wilson } from './share-interval.ts'
import { studentCdf, studentQuantile, studentTwoSided } from './distributions/student-t.ts'

type Row = readonly number[]
const golden: Record<string, Row[]> = JSON.parse(readFileSync(new URL('golden/stats.json', import.meta.url), 'utf8'))
const rows = (name: string): [number, number, number, number, number, number][] =>
  (golden[name] ?? []).map(
    (row) => [...row, NaN, NaN, NaN].slice(0, 6) as [number, number, number, number, number, number],
  )

const relative = (found: number, wanted: number): number => Math.abs(found - wanted) / Math.abs(wanted)

describe('log gamma', () => {
  test('agrees with mpmath to 1e-14 of itself or of 1', () => {
    for (const [x, value] of rows('logGamma'))
      expect(Math.abs(logGamma(x) - value)).toBeLessThan(1e-14 * Math.max(1, Math.abs(value)))
  })
  test('log beta agrees with mpmath to 2e-14 of itself or of 1', () => {
    // of two small arguments it is made of three log gammas, none above 60, each rounded
    for (const [a, b, value] of rows('logBeta'))
      expect(Math.abs(logBeta(a, b) - value)).toBeLessThan(2e-14 * Math.max(1, Math.abs(value)))
  })
  test('refuses what is not above 0', () => expect(() => logGamma(0)).toThrow('above 0'))
})

describe('incomplete beta', () => {
  test('agrees with mpmath to 1e-11 of itself', () => {
    for (const [x, a, b, value] of rows('incompleteBeta'))
      expect(relative(incompleteBeta(x, a, b), value)).toBeLessThan(1e-11)
  })
  test('its inverse leads back', () => {
    const inner = rows('incompleteBeta').filter(([, , , value]) => value > 1e-12 && value < 1 - 1e-3)
    for (const [x, a, b, value] of inner) expect(relative(betaQuantile(value, a, b), x)).toBeLessThan(1e-11)
  })
  test('has its ends', () => {
    expect(incompleteBeta(0, 2, 3)).toBe(0)
    expect(incompleteBeta(1, 2, 3)).toBe(1)
    expect(betaQuantile(0, 2, 3)).toBe(0)
    expect(betaQuantile(1, 2, 3)).toBe(1)
    expect(() => betaQuantile(1.1, 2, 3)).toThrow('from 0 to 1')
  })
})

describe("Student's t", () => {
  test('two-sided p agrees with mpmath to 1e-11 of itself', () => {
    for (const [t, df, p] of rows('student')) {
      expect(relative(studentTwoSided(t, df), p)).toBeLessThan(1e-11)
      expect(studentCdf(t, df) + studentCdf(-t, df)).toBe(1)
    }
  })
  test('quantiles agree with mpmath to 1e-12 of themselves or of 1', () => {
    for (const [p, df, t] of rows('studentQuantile'))
      expect(Math.abs(studentQuantile(p, df) - t)).toBeLessThan(1e-12 * Math.max(1, Math.abs(t)))
  })
})

describe('intervals of a share', () => {
  test('agree with scipy to 1e-11', () => {
    for (const [events, n, exactLo, exactHi, scoreLo, scoreHi] of rows('shares')) {
      const exact = clopperPearson(events, n, 0.9)
      const score = wilson(events, n, 0.9)
      for (const [found, wanted] of [
        [exact.lo, exactLo],
        [exact.hi, exactHi],
        [score.lo, scoreLo],
        [score.hi, scoreHi],
      ] as const)
        expect(Math.abs(found - wanted)).toBeLessThan(1e-11)
    }
  })
})
