// Laws of the elementary functions, each within the few ulp that their accuracy leaves.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { exp, expm1 } from './exp.ts'
import { log, log1p } from './log.ts'
import { pow } from './pow.ts'
import { cos, sin } from './sin-cos.ts'

const EPSILON = 2 ** -52
const between = (min: number, max: number) => fc.double({ min, max, noNaN: true })
const positive = between(5e-324, Number.MAX_VALUE)

/** Checks 1,000 samples from a fixed seed. */
function law(name: string, samples: fc.Arbitrary<number>[], check: (...sample: number[]) => void): void {
  test(name, () => {
    fc.assert(
      fc.property(fc.tuple(...samples), (sample) => {
        check(...sample)
      }),
      { seed: 20111, numRuns: 1000 },
    )
  })
}

const close = (value: number, wanted: number, relative: number): void =>
  expect(Math.abs(value - wanted)).toBeLessThanOrEqual(relative * Math.abs(wanted))

law('exp rises over steps of 4 ulp', [between(-708, 709)], (x) =>
  expect(exp(x + Math.max(1, Math.abs(x)) * 4 * EPSILON)).toBeGreaterThan(exp(x)),
)

law('log rises over steps of 4 ulp', [between(1e-300, 1e300)], (x) => {
  const step = Math.max(1, Math.abs(Math.log(x))) * 4 * EPSILON
  expect(log(x * (1 + step))).toBeGreaterThan(log(x))
})

law('exp undoes log: log x is off by an ulp of itself, which exp makes relative', [between(1e-300, 1e300)], (x) =>
  close(exp(log(x)), x, EPSILON * (2 + Math.abs(Math.log(x)))),
)

law('log undoes exp', [between(-700, 700)], (x) =>
  expect(Math.abs(log(exp(x)) - x)).toBeLessThanOrEqual(EPSILON * (1 + Math.abs(x))),
)

law('exp turns sums into products; the sum itself rounds', [between(-300, 300), between(-300, 300)], (x, y) =>
  close(exp(x + y), exp(x) * exp(y), EPSILON * (3 + Math.abs(x + y))),
)

law('pow squares, cubes, takes roots and inverts', [between(1e-100, 1e100)], (x) => {
  close(pow(x, 1), x, 1.5 * EPSILON)
  close(pow(x, 2), x * x, 2 * EPSILON)
  close(pow(x, 3), x * x * x, 2.5 * EPSILON)
  close(pow(x, 0.5), Math.sqrt(x), 2 * EPSILON)
  close(pow(x, -1), 1 / x, 2 * EPSILON)
})

law('pow agrees with exp(y log x) as far as that is good', [between(1e-10, 1e10), between(-20, 20)], (x, y) =>
  close(exp(y * log(x)), pow(x, y), EPSILON * (3 + 2 * Math.abs(y * Math.log(x)))),
)

law('expm1 and log1p undo each other', [between(-0.9, 1)], (x) => close(expm1(log1p(x)), x, 16 * EPSILON))

law(
  'log of a product is the sum of logs, off 1, where rounding the product tells',
  [between(2, 1e150), between(2, 1e150)],
  (x, y) => close(log(x * y), log(x) + log(y), 3 * EPSILON),
)

law('sine and cosine lie on the circle, and are odd and even', [between(-1e6, 1e6)], (x) => {
  close(sin(x) * sin(x) + cos(x) * cos(x), 1, 4 * EPSILON)
  expect(sin(-x) + sin(x)).toBe(0)
  expect(cos(-x)).toBe(cos(x))
})

law('no argument gives NaN where the function is defined', [positive, fc.double({ noNaN: true })], (x, y) => {
  expect([exp(y), expm1(y), log(x), log1p(x), pow(x, y)]).not.toContain(NaN)
})
