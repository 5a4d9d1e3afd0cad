import fc from 'fast-check'
import { expect, test } from 'vitest'
import { linearScale, logScale, type Scale } from './scale.ts'

const labels = ({ ticks }: Scale): string[] => ticks.map(({ label }) => label)

const value = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.double({ min: -1000, max: 1000, noNaN: true }),
  fc.integer({ min: -50, max: 50 }),
)
const SLACK = 1e-5 // of the axis: ticks may fall short of the data by a millionth of a step

function checkTicks(scale: Scale, most: number): void {
  expect(scale.ticks.length).toBeLessThanOrEqual(most)
  for (const { value: tick, label } of scale.ticks) {
    expect(Number.isFinite(tick)).toBe(true)
    expect(label).not.toMatch(/NaN|Infinity|undefined|^[-−]0$/)
  }
  expect(new Set(labels(scale)).size).toBe(scale.ticks.length)
}

test('a linear scale covers its values with few, distinct, evenly spaced ticks of 1, 2 or 5', () => {
  fc.assert(
    fc.property(
      value,
      value,
      fc.integer({ min: 2, max: 10 }),
      fc.constantFrom('at-ticks', 'at-data'),
      (a, b, wanted, ends) => {
        const scale = linearScale(a, b, wanted, ends as 'at-ticks' | 'at-data')
        checkTicks(scale, wanted + 3)
        for (const x of [a, b]) {
          expect(scale.share(x)).toBeGreaterThanOrEqual(-SLACK)
          expect(scale.share(x)).toBeLessThanOrEqual(1 + SLACK)
        }
        if (ends === 'at-ticks') expect(scale.ticks.length).toBeGreaterThanOrEqual(2)
        const [first, second] = scale.ticks.map((tick) => tick.value)
        if (first === undefined || second === undefined) return
        const step = second / 2 - first / 2 // halves: the difference may overflow
        if (Math.abs(first) < 1e3 * step && step < 1e306 && step > 1e-290)
          expect(
            Number(
              Number((2 * step).toPrecision(6))
                .toExponential()
                .split('e')[0],
            ),
          ).toBeOneOf([1, 2, 5])
      },
    ),
    { numRuns: 3000, seed: 20116 },
  )
})

test('a logarithmic scale covers its values with few, distinct ticks', () => {
  const positive = fc.oneof(
    fc.double({ min: 5e-324, max: Number.MAX_VALUE, noNaN: true }),
    fc.double({ min: 1e-3, max: 1e3, noNaN: true }),
  )
  fc.assert(
    fc.property(positive, positive, (a, b) => {
      const scale = logScale(Math.min(a, b), Math.max(a, b))
      checkTicks(scale, 8)
      for (const x of [a, b])
        if (a > 1e-307 && b > 1e-307 && a < 1e308 && b < 1e308) {
          expect(scale.share(x)).toBeGreaterThanOrEqual(-SLACK)
          expect(scale.share(x)).toBeLessThanOrEqual(1 + SLACK)
        } else expect(Number.isFinite(scale.share(x))).toBe(true)
    }),
    { numRuns: 3000, seed: 20117 },
  )
})

test('scales rise', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.double({ min: 0.01, max: 1e6, noNaN: true }), { minLength: 2 }), (list) => {
      const sorted = list.toSorted((a, b) => a - b)
      for (const scale of [linearScale(sorted[0]!, sorted.at(-1)!), logScale(sorted[0]!, sorted.at(-1)!)]) {
        const shares = sorted.map(scale.share)
        for (const [i, share] of shares.entries()) expect(share).toBeGreaterThanOrEqual(shares[i - 1] ?? -Infinity)
      }
    }),
    { seed: 20118 },
  )
})
