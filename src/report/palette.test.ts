// Contrast by WCAG 2.2, 1.4.3 and 1.4.11; the tests may use the logarithmic curve of sRGB, the room does not.

import { describe, expect, test } from 'vitest'
import { DARK, LIGHT, type Palette } from './palette.ts'

function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const c = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(a: string, b: string): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].toSorted((x, y) => x - y)
  return (high + 0.05) / (low + 0.05)
}

describe.each([
  ['light', LIGHT],
  ['dark', DARK],
] satisfies [string, Palette][])('%s', (_, palette) => {
  test.each([
    ['ink', 7],
    ['quiet', 4.5],
    ['assumed', 4.5],
    ['line', 4.5],
    ['mark', 3],
    ['edge', 3],
    ['single', 3],
  ] as const)('%s stands out from the paper by %s', (name, least) => {
    expect(contrast(palette[name], palette.paper)).toBeGreaterThanOrEqual(least)
  })

  test('in grey, the bands differ from each other and from the line on them', () => {
    expect(contrast(palette.outer, palette.paper)).toBeGreaterThanOrEqual(1.2)
    expect(contrast(palette.outer, palette.inner)).toBeGreaterThanOrEqual(1.3)
    expect(contrast(palette.inner, palette.line)).toBeGreaterThanOrEqual(4.5)
  })
})
