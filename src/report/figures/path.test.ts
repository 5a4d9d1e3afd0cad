import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bandPath, linePath } from './path.ts'
import { placeLabels } from './place-labels.ts'

const at = (x: number, y: number) => ({ x, y })

describe('linePath', () => {
  test('breaks at holes and makes a dot of a lone point', () => {
    expect(linePath([at(0, 1), at(1, 2), undefined, at(3, 4), undefined, at(5, 6), at(6, 7)])).toBe(
      'M0,1L1,2M3,4h0M5,6L6,7',
    )
    expect(linePath([])).toBe('')
    expect(linePath([undefined])).toBe('')
  })

  test('keeps a spike and a dip among many points, and the ends', () => {
    const height = (i: number): number => (i === 7777 ? 500 : i === 7781 ? 3 : 100)
    const path = linePath(Array.from({ length: 20_000 }, (_, i) => at(i / 40, height(i))))
    expect(path.length).toBeLessThan(20_000)
    expect(path).toContain('L194.43,500L194.53,3L')
    expect(path.startsWith('M0,100')).toBe(true)
    expect(path.endsWith('499.98,100')).toBe(true)
  })
})

describe('bandPath', () => {
  test('goes along the upper line and back along the lower', () => {
    expect(bandPath([at(0, 9), at(1, 8)], [at(0, 2), at(1, 3)])).toBe('M0,2L1,3L1,8L0,9Z')
  })

  test('needs both lines, and makes a bar of a lone column', () => {
    expect(bandPath([at(10, 9), undefined, at(30, 9)], [at(10, 2), at(20, 2), undefined])).toBe('M7,2L13,2L13,9L7,9Z')
  })
})

describe('placeLabels', () => {
  test('leaves alone what is apart, and spreads what is not around its middle', () => {
    expect(placeLabels([10, 50, 90], 13, [0, 100])).toEqual([10, 50, 90])
    expect(placeLabels([50, 50, 50], 13, [0, 100])).toEqual([37, 50, 63])
    expect(placeLabels([100, 100], 13, [0, 100])).toEqual([87, 100])
    expect(placeLabels([], 13, [0, 100])).toEqual([])
  })

  test('law: in order, apart, and within bounds where there is room', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 300, noNaN: true }), { maxLength: 8 }), (list) => {
        const heights = placeLabels(
          list.toSorted((a, b) => a - b),
          13,
          [0, 300],
        )
        for (const [i, height] of heights.entries()) {
          expect(height).toBeGreaterThanOrEqual(0)
          expect(height).toBeLessThanOrEqual(300 + 1e-9)
          if (i > 0) expect(height - heights[i - 1]!).toBeGreaterThanOrEqual(13 - 1e-9)
        }
      }),
      { seed: 20119 },
    )
  })
})
