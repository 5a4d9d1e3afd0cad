import { describe, expect, test } from 'vitest'
import { linearScale, logScale, type Scale } from './scale.ts'

const labels = ({ ticks }: Scale): string[] => ticks.map(({ label }) => label)

describe('linearScale', () => {
  test.each([
    [0, 63, ['0', '20', '40', '60', '80']],
    [0.3, 0.7, ['0.3', '0.4', '0.5', '0.6', '0.7']],
    [-1.2, 3.4, ['−2', '−1', '0', '1', '2', '3', '4']],
    [0, 3e-7, ['0', '10⁻⁷', '2×10⁻⁷', '3×10⁻⁷']],
    [0, 2.5e6, ['0', '5×10⁵', '10⁶', '1.5×10⁶', '2×10⁶', '2.5×10⁶']],
  ])('%s to %s', (low, high, wanted) => expect(labels(linearScale(low, high))).toEqual(wanted))

  test('ends with the data where asked', () => {
    const scale = linearScale(0, 63, 7, 'at-data')
    expect(labels(scale)).toEqual(['0', '10', '20', '30', '40', '50', '60'])
    expect([scale.low, scale.high, scale.share(63)]).toEqual([0, 63, 1])
  })

  test('gives equal values room up or down to zero', () => {
    expect(linearScale(5, 5)).toMatchObject({ low: 0, high: 10 })
    expect(linearScale(-5, -5)).toMatchObject({ low: -10, high: 0 })
    expect(linearScale(0, 0)).toMatchObject({ low: 0, high: 1 })
    expect(linearScale(1e9, 1e9 + 1e-3)).toMatchObject({ low: 0 })
  })
})

describe('logScale', () => {
  test.each([
    [1e-9, 1e9, ['10⁻⁹', '10⁻⁶', '10⁻³', '1', '10³', '10⁶', '10⁹']],
    [3, 40, ['2', '5', '10', '20', '50']],
    [1, 1, ['0.5', '1', '2']],
  ])('%s to %s', (low, high, wanted) => expect(labels(logScale(low, high))).toEqual(wanted))

  test('places decades evenly', () => {
    const { share } = logScale(1e-9, 1e9)
    expect([share(1e-9), share(1e9)]).toEqual([0, 1])
    expect(share(1)).toBeCloseTo(0.5, 12)
  })

  test('refuses what has no logarithm', () => {
    expect(() => logScale(0, 1)).toThrow('0 < low')
    expect(() => logScale(NaN, 1)).toThrow('NaN')
  })
})
