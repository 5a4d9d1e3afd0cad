import { describe, expect, test } from 'vitest'
import { positionsOf } from '../figures/draw-positions.ts'
import { typesetProse } from '../typeset.ts'
import { writeHalf, writeInterval, writeMedian, writeProbability } from './interval-text.ts'

const of = (lo90: number, lo50: number, median: number, hi50: number, hi90: number) => ({
  lo90,
  lo50,
  median,
  hi50,
  hi90,
})

describe('writeInterval', () => {
  test.each([
    [of(-11.04, -9, -7.9, -6, -4.72), '−7.9 (−11.0 to −4.7)'],
    [of(101, 110, 120.4, 130, 149), '120 (101 to 149)'],
    [of(0.1, 0.2, 0.25, 0.3, 0.401), '0.25 (0.10 to 0.40)'],
    [of(0, 0, 0, 0.01, 0.049), '0.000 (0.000 to 0.049)'],
    [of(-0.04, -0.01, -0.001, 0, 1.96), '0.0 (0.0 to 2.0)'],
    [of(0, 0, 0, 0, 0), '0 (0 to 0)'],
    [of(2.5, 2.5, 2.5, 2.5, 2.5), '2.5 (2.5 to 2.5)'],
    [of(-2e7, -1e6, 0, 1e6, 2e7), '0 (−2×10⁷ to 2×10⁷)'],
  ])('%j is %s', (interval, text) => expect(writeInterval(interval)).toBe(text))

  test('what is no interval is not estimable', () => {
    for (const none of [null, undefined, of(1, 2, 3, 4, Infinity), of(1, 2, NaN, 4, 5), of(5, 4, 3, 2, 1)])
      for (const write of [writeInterval, writeHalf, writeMedian]) expect(write(none)).toBe('not estimable')
  })

  test('the middle half has the decimals of the whole', () => {
    expect(writeHalf(of(-11.04, -9, -7.9, -6, -4.72))).toBe('−9.0 to −6.0')
  })
})

test.each([
  [0, '< 0.01'],
  [1, '> 0.99'],
  [0.5, '0.50'],
  [null, '–'],
  [NaN, '–'],
])('a probability of %s is written "%s"', (value, text) => expect(writeProbability(value)).toBe(text))

test('numbers in sentences get a true minus, words keep their hyphens', () => {
  expect(typesetProse('SLEDAI-2K by -7.9 (90 %: -11 to -4), deng-2017, 2017-05-01, x -y')).toBe(
    'SLEDAI-2K by −7.9 (90\u00A0%: −11 to −4), deng-2017, 2017-05-01, x -y',
  )
})

test('positions are 0 at the median and 1 at the bounds of 90 %, on either side', () => {
  const at = (value: number | null, predicted = of(-1, 0, 1, 2, 5)): number[] => {
    const row = {
      id: '',
      label: '',
      arm: '',
      time_months: 6,
      unit: '1',
      observed: { text: '', value, n: 1 },
      predicted,
      probability: null,
      p: null,
      inside90: true,
      inside50: true,
      use: 'validate' as const,
      locator: '',
    }
    return positionsOf([row]).map((position) => position.at)
  }
  expect([at(1), at(5), at(-1), at(3), at(-3)]).toEqual([[0], [1], [-1], [0.5], [-2]])
  expect([at(null), at(2, of(1, 1, 1, 1, 1)), at(1, of(1, 1, 1, 1, 1))]).toEqual([[], [], [0]])
})
