// Formulas over given names: values against what they say, units, missing values, and every kind of mistake with its place.
import { describe, expect, test } from 'vitest'
import { type Named, readFormula } from './formula.ts'

const NAMES: readonly Named[] = [
  { name: 'score', unit: '1', meaning: 'a score' },
  { name: 'baseline.score', unit: '1', meaning: 'the score before' },
  { name: 'dose', unit: 'mg/d', meaning: 'a dose' },
  { name: 'person.weight', unit: 'kg', meaning: 'weight' },
]
const PLACE = { file: 'rules.yaml', line: 7, column: 11, length: 1 }
const condition = (text: string) => readFormula(NAMES, { text, place: PLACE, as: 'condition' })
const amount = (text: string, unit?: string) =>
  readFormula(NAMES, { text, place: PLACE, as: 'number', ...(unit && { unit }) })

describe('a formula computes what it says', () => {
  test.each([
    ['score >= 8', [9, 0, 0, 0], 1],
    ['score >= 8', [7, 0, 0, 0], 0],
    ['score >= baseline.score + 3 and not (dose > 20 [mg/d])', [9, 6, 20, 0], 1],
    ['score >= baseline.score + 3 or dose > 0.02 [g/d] in [mg/d]', [7, 6, 21, 0], 1],
    ['if dose > 0 then score < 4 else score < 2', [3, 0, 0, 0], 0],
    ['min(score, 5) == 5', [8, 0, 0, 0], 1],
  ] as const)('%s', (text, values, expected) => {
    const { value, problems } = condition(text)
    expect(problems).toEqual([])
    expect(value?.evaluate(values)).toBe(expected)
  })

  test.each([
    ['max(dose - 5 [mg/d], 10 [mg/d])', 'mg/d', [0, 0, 40, 0], 35],
    ['max(dose - 5 [mg/d], 10 [mg/d])', 'g/d', [0, 0, 40, 0], 0.035],
    ['2 [mg/kg/d]*person.weight', 'mg/d', [0, 0, 0, 60], 120],
    ['0', 'mg/d', [0, 0, 0, 0], 0],
    ['exp(log(score))^2', undefined, [3, 0, 0, 0], 9],
    ['score - baseline.score', '1', [3, 10, 0, 0], -7],
  ] as const)('%s in %s', (text, unit, values, expected) => {
    const { value, problems } = amount(text, unit)
    expect(problems).toEqual([])
    expect(value?.evaluate(values)).toBeCloseTo(expected, 12)
  })

  test('names what it reads, and is missing where that is missing', () => {
    const { value } = condition('score < 4 or dose > 1 [mg/d]')
    expect(value?.uses).toEqual(['score', 'dose'])
    expect(value?.evaluate([1, NaN, 2, NaN])).toBe(1)
    expect(value?.evaluate([NaN, 0, 2, 0])).toBeNaN()
  })

  test('two formulas do not disturb each other', () => {
    const [a, b] = [amount('score + 1').value, amount('score*10').value]
    expect([a?.evaluate([1]), b?.evaluate([2]), a?.evaluate([3])]).toEqual([2, 20, 4])
  })
})

test.each([
  ['sledai > 3', 'unknown-name 7:11', 'Nothing is called "sledai" here.'],
  ['scor > 3', 'unknown-name 7:11', 'Nothing is called "scor" here.'],
  ['score > 3 [mg/d]', 'unit-mismatch 7:11', undefined],
  ['score', 'not-a-truth 7:11', '"score" is a number where a condition is needed.'],
  ['score >', 'syntax 7:18', undefined],
  ['baseline.scor > 1', 'unknown-name 7:11', undefined],
  ['time > 3', 'no-time 7:11', undefined],
  ['', 'syntax 7:11', undefined],
])('"%s" is refused where it stands', (text, where, message) => {
  const { value, problems } = condition(text)
  expect(value).toBeUndefined()
  const [first] = problems
  expect(`${first?.code} ${first?.place?.line}:${first?.place?.column}`).toBe(where)
  expect(first?.place?.file).toBe('rules.yaml')
  if (message) expect(first?.message).toBe(message)
})

test('a unit that is none is refused', () => {
  const { value, problems } = amount('dose', '[IU]/mL')
  expect(value).toBeUndefined()
  expect(problems.map(({ code }) => code)).toEqual(['bad-unit'])
})

test('a number in another dimension is refused', () => {
  const { value, problems } = amount('dose', 'kg')
  expect(value).toBeUndefined()
  expect(problems.map(({ code }) => code)).toEqual(['unit-mismatch'])
})
