// Addressed randomness: known answers, the lattice, and statistics on fixed seeds. Every statistical bound is met or missed for good, since
// nothing here depends on chance; the level tells how often a sound generator would miss it.

import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { type Address, hash, wordsAt } from './address.ts'
import { normal } from './normal.ts'
import { normalQuantile } from './normal-quantile.ts'
import { philox } from './philox.ts'
import { uniform } from './uniform.ts'

const origin: Address = { seed: 20111, subject: 0, replicate: 0, purpose: 'assay noise', index: 0 }
const range = (count: number): number[] => Array.from({ length: count }, (_, i) => i)
const mean = (values: number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length

describe('philox', () => {
  const ones = 0xffffffff
  // Random123's kat_vectors, philox4x32 10 rounds (Salmon et al. 2011)
  test.each([
    { counter: [0, 0, 0, 0], key: [0, 0], words: [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8] },
    { counter: [ones, ones, ones, ones], key: [ones, ones], words: [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd] },
    {
      counter: [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
      key: [0xa4093822, 0x299f31d0],
      words: [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
    },
  ])('gives the known answer $words', ({ counter, key, words }) => {
    const [a, b, c, d] = counter as [number, number, number, number]
    const [k, l] = key as [number, number]
    expect(philox(a, b, c, d, k, l)).toEqual(words)
  })
})

describe('address', () => {
  test('has the documented layout', () => {
    const address = { seed: 5 * 2 ** 32 + 7, subject: 11, replicate: 13, purpose: 'dropout', index: 17 }
    expect(wordsAt(address)).toEqual(philox(11, 13, 17, hash('dropout'), 7, 5))
  })

  // draft-eastlake-fnv-21, test vectors of the 32-bit FNV-1a
  test.each([
    ['', 0x811c9dc5],
    ['a', 0xe40c292c],
    ['foobar', 0xbf9cf968],
  ])('hashes "%s" as published', (text, sum) => expect(hash(text)).toBe(sum))

  test('takes the ends of every range', () => {
    const last = { ...origin, seed: 2 ** 53 - 1, subject: 2 ** 32 - 1, replicate: 2 ** 32 - 1, index: 2 ** 32 - 1 }
    expect(uniform(last)).not.toBe(uniform({ ...last, seed: 2 ** 52 - 1 }))
    expect(uniform({ ...origin, seed: 0, purpose: '' })).toBeGreaterThan(0)
  })

  test.each([
    ['seed', 2 ** 53],
    ['seed', -1],
    ['subject', 2 ** 32],
    ['subject', 0.5],
    ['replicate', NaN],
    ['index', -1],
  ])('throws on %s = %d, our bug', (name, value) => {
    expect(() => uniform({ ...origin, [name]: value })).toThrow(`The "${name}" of a random address must be a whole`)
  })
})

describe('uniform', () => {
  const bins = 256
  const draws = 200_000

  test.each([0, 1, 2 ** 32, 2 ** 53 - 1])('fills 256 bins evenly, seed %d', (seed) => {
    const counts = range(bins).map(() => 0)
    for (const subject of range(draws)) {
      const bin = Math.floor(uniform({ ...origin, seed, subject }) * bins)
      counts[bin] = counts[bin]! + 1
    }
    const expected = draws / bins
    const chiSquare = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)
    // chi-square with 255 degrees of freedom, two-sided level 1e-4: too even is as suspect as too uneven
    expect(chiSquare).toBeGreaterThan(176.4)
    expect(chiSquare).toBeLessThan(352.4)
  })

  test('lies on the odd multiples of 2^-53, and so does 1 - u', () => {
    for (const index of range(1000)) {
      const u = uniform({ ...origin, index })
      expect((u * 2 ** 53) % 2).toBe(1)
      expect(((1 - u) * 2 ** 53) % 2).toBe(1)
    }
  })

  const apart: [string, (a: Address) => Address][] = [
    ['seed', (a) => ({ ...a, seed: a.seed + 1 })],
    ['seed by 2^32', (a) => ({ ...a, seed: a.seed + 2 ** 32 })],
    ['subject', (a) => ({ ...a, subject: a.subject + 1 })],
    ['replicate', (a) => ({ ...a, replicate: a.replicate + 1 })],
    ['index', (a) => ({ ...a, index: a.index + 1 })],
    ['purpose', (a) => ({ ...a, purpose: 'assay noisf' })],
  ]
  test.each(apart)('is uncorrelated between neighbours in %s', (_, neighbour) => {
    const pairs = 100_000
    const products = range(pairs).map((subject) => {
      const address = { ...origin, subject }
      return (uniform(address) - 0.5) * (uniform(neighbour(address)) - 0.5) * 12
    })
    // the correlation of independent pairs has standard error 1/sqrt(pairs); 4.5 of them: level 7e-6
    expect(Math.abs(mean(products))).toBeLessThan(4.5 / Math.sqrt(pairs))
  })

  test('does not repeat itself over neighbouring addresses and purposes', () => {
    const seen = new Set<number>()
    for (const subject of range(50))
      for (const replicate of range(20))
        for (const index of range(20))
          for (const purpose of ['dropout', 'assay noise', 'flare'])
            seen.add(uniform({ ...origin, subject, replicate, index, purpose }))
    expect(seen.size).toBe(50 * 20 * 20 * 3)
  })
})

describe('normal', () => {
  const draws = 200_000
  const values = range(draws).map((subject) => normal({ ...origin, subject }))

  // of a standard normal: E z^n, and the variance of z^n is E z^2n - (E z^n)^2; 4.5 standard errors: level 7e-6
  test.each([
    { power: 1, moment: 0, variance: 1 },
    { power: 2, moment: 1, variance: 2 },
    { power: 3, moment: 0, variance: 15 },
    { power: 4, moment: 3, variance: 96 },
  ])('has moment $power = $moment', ({ power, moment, variance }) => {
    const error = mean(values.map((z) => z ** power)) - moment
    expect(Math.abs(error)).toBeLessThan(4.5 * Math.sqrt(variance / draws))
  })

  test('rises with the uniform number of the address', () => {
    for (const index of range(1000)) {
      const address = { ...origin, index }
      expect(normal(address)).toBe(normalQuantile(uniform(address)))
    }
  })
})

describe('normal quantile', () => {
  const golden: [number, number][] = JSON.parse(
    readFileSync(new URL('../golden/normal-quantile.json', import.meta.url), 'utf8'),
  )

  test('agrees with mpmath to 7e-16 of itself, from 5e-324 to 1 - 2^-53', () => {
    // measured 5.6e-16: Wichura claims 1e-16 for exact arithmetic, two polynomials and a quotient round to the rest
    for (const [p, z] of golden) expect(Math.abs(normalQuantile(p) - z)).toBeLessThanOrEqual(7e-16 * Math.abs(z))
  })

  test('is odd about one half', () => {
    for (const p of [0.4, 0.1, 0.01, 2 ** -20, 2 ** -52])
      expect(normalQuantile(1 - p)).toBe(-normalQuantile(1 - (1 - p)))
  })

  test.each([
    [0, -Infinity],
    [0.5, 0],
    [1, Infinity],
    [-0.1, NaN],
    [1.1, NaN],
    [NaN, NaN],
  ])('of %d is %d', (p, z) => expect(normalQuantile(p)).toBe(z))
})
