// What a terminal shows of the two trials of trial-report.test.ts: predictions made up for these tests.

import { readFileSync } from 'node:fs'
import type { TrialResult } from '#trial'
import { describe, expect, test } from 'vitest'
import { comparedText, trialText } from './trial-text.ts'

const read = (name: string): TrialResult =>
  JSON.parse(readFileSync(new URL(`../golden/${name}.result.json`, import.meta.url), 'utf8'))
const two = read('two-arms')
const one = read('single-arm')

describe.each([
  ['two arms', two],
  ['a single arm', one],
])('%s', (_, result) => {
  test.each([80, 100, 120, 200])('no line is wider than %s', (width) => {
    for (const line of trialText(result, width).split('\n')) expect(line.length).toBeLessThanOrEqual(width)
  })

  test('has each row in its order', () => {
    const ids = comparedText(result, 200)
      .split('\n')
      .slice(2)
      .map((line) => line.split(' ')[0])
    expect(ids).toEqual(result.compared.map(({ id }) => id))
    expect(comparedText(result, 80).split('\n')).toHaveLength(result.compared.length + 2)
  })
})

describe('comparedText', () => {
  const line = (result: TrialResult, id: string, width = 120): string =>
    comparedText(result, width)
      .split('\n')
      .find((text) => text.startsWith(id))
      ?.replace(/ +/g, ' ') ?? ''

  test('tells what was published and predicted, hit and miss alike', () => {
    expect(line(two, 'sledai-change-difference')).toBe(
      'sledai-change-difference msc - placebo 6 -3 -2.9 (-10.3 to 4.5) yes',
    )
    expect(line(two, 'clearance-change-msc')).toBe('clearance-change-msc msc 6 10 (SD 21) 29 (14 to 45) NO')
    expect(line(two, 'ana-change-msc')).toBe('ana-change-msc msc 6 -248 (SD 360) not modelled –')
    expect(line(one, 'sledai-falls-3')).toBe('sledai-falls-3 msc 3 decrease, p < 0.05 chance 0.83 –')
  })

  test('cuts ids before anything else', () => {
    expect(line(two, 'complete-rem', 80)).toMatch(/^complete-[a-z-]*… placebo 6 3\/6 0.46 \(0.02 to 0.89\) yes$/)
  })

  test('a name cannot steer the terminal, and what is no number is not printed', () => {
    const [first] = two.compared
    const none = { median: NaN, lo50: NaN, hi50: NaN, lo90: NaN, hi90: NaN }
    const text = trialText({
      ...two,
      answer: ['a\u001B[2J', 'b\nc'],
      compared: [{ ...first!, id: 'x\u001B[31m', predicted: none }],
    })
    expect(text).not.toContain('\u001B')
    expect(text).toContain('not estimable')
    expect(text).not.toContain('NaN')
  })
})

test('says the split with its caution, the power, and how many rows count', () => {
  const text = trialText(two)
  expect(text).toContain('cells            1.3 (-0.8 to 3.4)')
  expect(text.replace(/\n/g, ' ')).toContain('Model-based: a single arm cannot identify this.')
  expect(text).toMatch(/-2 {2}136 \(130 to 141\) +133/)
  expect(text).toMatch(/-1 {2}more than tried +529/)
  expect(text).toContain('Inside 90 %: 38 of 40; inside 50 %: 26 of 40')
  expect(trialText({ ...two, splits: [], power: [] })).not.toContain('Parts of the fall')
})
