import fc from 'fast-check'
import { expect, test } from 'vitest'
import { momentsOf } from './moments.ts'
import { EMPTY_TALLY, joinTallies, momentsOfTally, tallyOf } from './tally.ts'

const runs = { seed: 20260904, numRuns: 300 }
const part = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { maxLength: 50 })

test('tallies of parts join to the moments of the whole, whatever the grouping, but for rounding', () => {
  fc.assert(
    fc.property(part, part, part, (a, b, c) => {
      const [x, y, z] = [tallyOf(a), tallyOf(b), tallyOf(c)]
      const whole = momentsOf([...a, ...b, ...c])
      for (const joined of [joinTallies(joinTallies(x, y), z), joinTallies(x, joinTallies(y, z))]) {
        const { n, mean, sd } = momentsOfTally(joined)
        const largest = [...a, ...b, ...c].reduce((most, value) => Math.max(most, Math.abs(value)), 0)
        expect(n).toBe(whole.n)
        if (n > 0) expect(Math.abs(mean - whole.mean)).toBeLessThanOrEqual(1e-14 * largest)
        else expect(mean).toBeNaN()
        if (n > 1) expect(Math.abs(sd - whole.sd)).toBeLessThanOrEqual(1e-7 * whole.sd + 1e-13 * largest)
        else expect(sd).toBeNaN()
      }
    }),
    runs,
  )
})

test('an empty part changes nothing', () => {
  const tally = tallyOf([1, 5, 7])
  expect(joinTallies(tally, EMPTY_TALLY)).toEqual(tally)
  expect(joinTallies(EMPTY_TALLY, tally)).toEqual(tally)
})

test('a small spread far from 0 is not lost: the sum of squares would have lost it', () => {
  const parts = [0, 1, 2, 3].map((k) => tallyOf([1e9 + k, 1e9 + k + 4]))
  expect(momentsOfTally(parts.reduce(joinTallies)).sd).toBeCloseTo(momentsOf([0, 4, 1, 5, 2, 6, 3, 7]).sd, 12)
})
