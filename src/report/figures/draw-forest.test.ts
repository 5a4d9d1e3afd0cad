import { describe, expect, test } from 'vitest'
import type { Element } from '../element.ts'
import { drawForest, type Forest } from './draw-forest.ts'
import { drawFunnel } from './draw-funnel.ts'

const all = (element: Element): Element[] => [
  element,
  ...element.children.flatMap((child) => (typeof child === 'string' ? [] : all(child))),
]
const classed = (list: Element[], name: string): Element[] =>
  list.filter(({ attributes }) => attributes['class'] === name)
const leftOf = (element: Element | undefined): number =>
  Number(/^M(-?[\d.]+),/.exec(element?.attributes['d'] ?? '')?.[1])

const description = (list: Element[]): string =>
  list.flatMap(({ tag, children }) => (tag === 'desc' ? children.map(String) : [])).join('')

const options = { id: 'f', title: 'Two studies', axis: 'difference', width: 800 }
const forest: Forest = {
  rows: [
    { label: 'small', estimate: 1, lo: -40, hi: 42, weight: 10 },
    { label: 'large', estimate: 0.2, lo: 0.1, hi: 0.3, weight: 90 },
  ],
  pooled: { label: 'pooled', estimate: 0.28, lo: 0.05, hi: 0.5 },
  prediction: { lo: -0.4, hi: 1 },
}

describe('drawForest', () => {
  const parts = all(drawForest(forest, { ...options, ratio: false }))
  test('squares grow with weight', () => {
    const sides = classed(parts, 'study').map(({ attributes }) => Number(/h([\d.]+)/.exec(attributes['d'] ?? '')?.[1]))
    expect((sides[1] ?? 0) / (sides[0] ?? 1)).toBeCloseTo(3, 1)
  })
  test('one wide interval ends in arrows and leaves the others their room', () => {
    const [wide, narrow] = classed(parts, 'whisker').map(({ attributes }) => attributes['d'] ?? '')
    expect(wide?.match(/M/g)).toHaveLength(3)
    expect(narrow?.match(/M/g)).toHaveLength(1)
  })
  test('the diamond stands where the pooled interval does', () => {
    const [from, to] = [classed(parts, 'diamond')[0], classed(parts, 'prediction')[0]].map(leftOf)
    expect(from).toBeGreaterThan(to ?? NaN)
  })
  test('ratios stand on a logarithmic axis with a line at 1', () => {
    const ratios = all(drawForest(forest, { ...options, ratio: true }))
    expect(classed(ratios, 'base')).toHaveLength(1)
    expect(ratios.flatMap(({ children }) => children)).toContain('1.32 (1.05 to 1.65)')
  })
  test('the description holds the numbers', () =>
    expect(description(parts)).toMatch(/^2 studies, pooled 0\.280 \(.*new study/))
  test('equal effects without any width are drawn too', () => {
    const row = { estimate: 2, lo: 2, hi: 2 }
    const flat = { rows: [{ label: 'a', ...row, weight: 100 }], pooled: { label: 'pooled', ...row }, prediction: null }
    expect(() => drawForest(flat, { ...options, ratio: false })).not.toThrow()
    expect(() => drawForest(flat, { ...options, ratio: true })).not.toThrow()
  })
})

test('a funnel shows studies as dots, mirror images as diamonds, and says how many lie inside', () => {
  const parts = all(
    drawFunnel(
      {
        points: [
          { effect: 0.1, se: 0.1 },
          { effect: 3, se: 0.2 },
        ],
        filled: [{ effect: -3, se: 0.2 }],
        pooled: 0.2,
        reach: 1.96,
        percent: 95,
      },
      { ...options, ratio: false, height: 400 },
    ),
  )
  expect(classed(parts, 'seen')).toHaveLength(2)
  expect(classed(parts, 'missed')).toHaveLength(1)
  expect(description(parts)).toMatch(/^1 of 2 studies .* 1 lie left .* 1 right/)
})
