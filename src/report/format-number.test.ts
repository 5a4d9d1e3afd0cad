import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatCoordinate, formatNumber } from './format-number.ts'

const EPSILON = 2 ** -52
const any = fc.double({ noNaN: true, noDefaultInfinity: true })

describe('formatNumber', () => {
  test.each([
    [0, '0'],
    [-0, '0'],
    [5, '5'],
    [0.1 + 0.2, '0.3'],
    [1234.567, '1235'],
    [123456.7, '123457'],
    [999999.9, '1e6'],
    [1234567, '1.235e6'],
    [0.00012, '0.00012'],
    [0.000099999, '0.0001'],
    [0.00005, '5e-5'],
    [1.2e-7, '1.2e-7'],
    [-1.2e-7, '-1.2e-7'],
    [5e-324, '4.941e-324'],
    [Number.MAX_VALUE, '1.798e308'],
    [NaN, '–'],
    [Infinity, '–'],
    [null, '–'],
    [undefined, '–'],
  ])('%s is "%s"', (value, text) => expect(formatNumber(value)).toBe(text))

  test('keeps zeros where asked', () => {
    expect([61, 0.32, 100, 1e-7, 0].map((value) => formatNumber(value, 3, 'keep'))).toEqual([
      '61.0',
      '0.320',
      '100',
      '1.00e-7',
      '0',
    ])
  })

  test('loses at most half a unit of its last digit', () => {
    fc.assert(
      fc.property(any, fc.integer({ min: 1, max: 17 }), (value, digits) => {
        const read = Number(formatNumber(value, digits))
        fc.pre(Number.isFinite(read)) // 1.798e308 rounds beyond the largest double
        const error = Math.abs(read - value)
        const half = 0.5 * 10 ** (1 - digits) * Math.abs(value)
        expect(error).toBeLessThanOrEqual(half * (1 + 1e-9) + EPSILON * Math.abs(value) + 5e-324)
      }),
      { seed: 20114 },
    )
  })

  test('is as short as it is: formatting what it printed changes nothing', () => {
    fc.assert(
      fc.property(any, fc.integer({ min: 1, max: 15 }), (value, digits) => {
        const text = formatNumber(value, digits)
        fc.pre(Number.isFinite(Number(text)))
        expect(formatNumber(Number(text), digits)).toBe(text)
      }),
      { seed: 20115 },
    )
  })
})

describe('formatCoordinate', () => {
  test('rounds to hundredths, without "-0" and needless zeros', () => {
    expect([1, 1.5, 1.005, -0.001, 12.3456, -2.5].map(formatCoordinate)).toEqual([
      '1',
      '1.5',
      '1',
      '0',
      '12.35',
      '-2.5',
    ])
  })

  test('refuses what cannot be drawn', () => {
    expect(() => formatCoordinate(NaN)).toThrow('NaN')
    expect(() => formatCoordinate(1e21)).toThrow('1e+21')
  })
})
