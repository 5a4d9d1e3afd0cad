import { describe, expect, test } from 'vitest'
import { normal } from '#base'
import { findPower } from './power.ts'

const equal = (n: number): Float64Array => new Float64Array(n).fill(1)

/** As many changes at the quantiles of a normal law as make a smooth population. */
const changes = Float64Array.from(
  { length: 4000 },
  (_, subject) => 4 * normal({ seed: 9, subject, replicate: 0, purpose: 'test', index: 0 }),
)

describe('patients per arm', () => {
  const rows = findPower({ values: changes, weights: equal(4000) }, [-3, -2, -1], 1)

  // the closed form is within one patient of the noncentral t (src/stats), and the population nearly normal: what is left is Monte Carlo error,
  // which the 90 % interval covers; it misses by more than its own width once in a thousand
  test.each(rows)('a difference of $difference: simulated and closed form agree', ({ simulated, closedForm }) => {
    const { perArm, lo, hi } = simulated ?? { perArm: NaN, lo: NaN, hi: NaN }
    expect(lo).toBeLessThanOrEqual(perArm)
    expect(hi).toBeGreaterThanOrEqual(perArm)
    expect(Math.abs(perArm - closedForm)).toBeLessThanOrEqual(Math.max(1, hi - lo))
  })
  test('a smaller difference needs more', () => {
    const [three = NaN, two = NaN, one = NaN] = rows.map(({ simulated }) => simulated?.perArm)
    expect(three).toBeLessThan(two)
    expect(two).toBeLessThan(one)
  })
  test('is the same for the same seed', () =>
    expect(findPower({ values: changes, weights: equal(4000) }, [-3, -2, -1], 1)).toEqual(rows))
  test('the sign of the difference does not matter to the closed form', () => {
    const [up, down] = findPower({ values: changes, weights: equal(4000) }, [3, -3], 1)
    expect(up?.closedForm).toBe(down?.closedForm)
  })
})

describe('the pool', () => {
  const values = [-8, -4, 0, 4, 8, NaN, 1000]

  test('counts by weights; the dead and those of no weight are not in it', () => {
    const [row] = findPower({ values, weights: [1, 1, 1, 1, 1, 1, 0] }, [-5], 1)
    expect(row?.sd).toBeCloseTo(Math.sqrt(32), 12) // 64 + 16 + 0 + 16 + 64 over 5
    const [heavy] = findPower({ values, weights: [1, 0, 0, 0, 3, 1, 0] }, [-5], 1)
    expect(heavy?.sd).toBeCloseTo(Math.sqrt(48), 12) // a share of 1/4 at a distance of 16: 3/16 * 256
  })
  test('without spread answers nothing', () => {
    expect(findPower({ values: [2, 2, 2], weights: equal(3) }, [-1], 1)).toEqual([])
    expect(findPower({ values: [NaN], weights: equal(1) }, [-1], 1)).toEqual([])
  })
  test('says so when more patients would be needed than are tried', () => {
    const [row] = findPower({ values, weights: [1, 1, 1, 1, 1, 1, 0] }, [-0.1], 1)
    expect(row).toMatchObject({ simulated: null, closedForm: 50234 })
  })
})
