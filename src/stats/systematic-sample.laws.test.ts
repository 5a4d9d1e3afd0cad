// Systematic samples: each member as often as its weight says, none twice without need, and a mean that varies as it should.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { uniform } from '#base'
import { sampleSystematically } from './systematic-sample.ts'

const randomOf = (replicate: number) => (index: number) =>
  uniform({ seed: 9, subject: 0, replicate, purpose: 'sample', index })

test('takes as many as asked for, each at most a little more often than its weight', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0, max: 5, noNaN: true }), { minLength: 1, maxLength: 30 }),
      fc.integer({ min: 1, max: 40 }),
      fc.nat(1000),
      (list, n, replicate) => {
        const weights = list.map((w, i) => w + (i === 0 ? 0.1 : 0))
        const taken = sampleSystematically(weights, n, randomOf(replicate))
        expect(taken.length).toBe(n)
        const total = weights.reduce((a, b) => a + b, 0)
        for (const [i, w] of weights.entries()) {
          const count = taken.filter((at) => at === i).length
          const expected = (n * w) / total
          expect(count).toBeGreaterThanOrEqual(Math.floor(expected - 1e-9) - 1)
          expect(count).toBeLessThanOrEqual(Math.ceil(expected + 1e-9) + 1)
        }
      },
    ),
    { seed: 1, numRuns: 300 },
  )
})

test('with equal weights nobody is taken twice before everybody was taken once', () => {
  for (let r = 0; r < 200; r++)
    expect(new Set(sampleSystematically(new Float64Array(20).fill(1), 18, randomOf(r))).size).toBe(18)
})

test('over many samples each member comes as often as its weight', () => {
  const weights = [1, 2, 3, 4]
  const counts = [0, 0, 0, 0]
  const SAMPLES = 20_000
  for (let r = 0; r < SAMPLES; r++)
    for (const at of sampleSystematically(weights, 2, randomOf(r))) counts[at] = (counts[at] ?? 0) + 1
  for (const [i, w] of weights.entries()) {
    const p = (2 * w) / 10
    expect(Math.abs((counts[i] ?? 0) / SAMPLES - p)).toBeLessThan(4 * Math.sqrt((p * (1 - p)) / SAMPLES) + 1e-12)
  }
})

test('means of n out of pieces of N, each piece a sample, vary as means of n of the population', () => {
  // a standard normal population; a piece of 20 of it, 18 taken: var = 1/18 (with replacement it would be 1/18 (1 - 1/20) + 1/20)
  const [N, n, PIECES] = [20, 18, 4000]
  let [sum, squares] = [0, 0]
  for (let piece = 0; piece < PIECES; piece++) {
    const values = Array.from({ length: N }, (_, i) => {
      const u = (k: number) => uniform({ seed: 3, subject: piece, replicate: 0, purpose: 'value', index: 2 * i + k })
      return Math.sqrt(-2 * Math.log(u(0))) * Math.cos(2 * Math.PI * u(1))
    })
    const taken = sampleSystematically(new Float64Array(N).fill(1), n, randomOf(piece))
    const mean = taken.reduce((a, at) => a + (values[at] ?? NaN), 0) / n
    sum += mean
    squares += mean * mean
  }
  const variance = squares / PIECES - (sum / PIECES) ** 2
  expect(Math.abs(variance * n - 1)).toBeLessThan(4 * Math.sqrt(2 / PIECES))
})
