import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readTrial } from './read-trial.ts'

const TEXT = readFileSync(new URL('examples/small.trial.yaml', import.meta.url), 'utf8')

/** Reads the small trial with one piece of its text replaced. */
const readWith = (from: string, to: string) => {
  expect(TEXT).toContain(from)
  return readTrial('small.trial.yaml', TEXT.replace(from, to))
}

/** The line in the changed text that holds something. */
const lineOf = (from: string, to: string, held: string): number =>
  TEXT.replace(from, to)
    .split('\n')
    .findIndex((line) => line.includes(held)) + 1

describe('a trial', () => {
  const { value: trial, problems } = readTrial('small.trial.yaml', TEXT)

  test('is read without problems', () => {
    expect(problems).toEqual([])
    expect(trial).toMatchObject({ name: 'small', use: 'validate', blinded: true, dropoutPerYear: 0, effect: undefined })
  })
  test('has months of a twelfth of 365.25 days, rounded to whole days', () =>
    expect(trial?.visits).toEqual([
      { month: 0, day: 0 },
      { month: 1, day: 30 },
      { month: 3, day: 91 },
      { month: 6, day: 183 },
    ]))
  test('has its durations in days', () =>
    expect(trial?.screening).toEqual({ everyDays: 28, most: 26, baselineAfterDays: 14 }))
  test('has the main background first', () =>
    expect(trial?.backgrounds.map(({ name, regimens }) => [name, ...regimens.map(({ text }) => text)])).toEqual([
      ['main', 'usual-care'],
      ['frozen'],
    ]))
  test('keeps the places of what others read', () => {
    const line = lineOf('', '', 'two-infusions')
    expect(trial?.arms[1]?.regimens).toMatchObject([
      { text: 'two-infusions', place: { file: 'small.trial.yaml', line } },
    ])
    expect(trial?.eligibility[0]?.when.place.line).toBe(lineOf('', '', 'sledai >= 8'))
  })
  test('calls an arm without label by its name', () =>
    expect(trial?.arms.map(({ label }) => label)).toEqual(['placebo', 'Cells']))
  test('knows the kinds of its endpoints', () =>
    expect(trial?.endpoints.map(({ kind }) => kind)).toEqual([
      'value',
      'value',
      'value',
      'when',
      'when',
      'first',
      'after',
    ]))
})

describe('faults', () => {
  const VISITS = 'at: [0, 1, 3, 6]'
  test.each([
    ['a negative visit', VISITS, 'at: [0, -1, 3, 6]', 'impossible-visit', 'before entry'],
    ['visits that do not rise', VISITS, 'at: [0, 3, 3, 6]', 'impossible-visit', 'month 3 comes after one at month 3'],
    ['a visit beyond 20 years', VISITS, 'at: [0, 1, 6, 241]', 'impossible-visit', 'beyond 20 years'],
    ['visits that do not begin at 0', VISITS, 'at: [1, 3, 6]', 'impossible-visit', 'The first visit is at month 1'],
    ['no patients', 'placebo, n: 3', 'placebo, n: 0', 'no-patients', '"placebo" has 0 patients'],
    ['half a patient', 'placebo, n: 3', 'placebo, n: 2.5', 'no-patients', '2.5'],
    ['two arms of one name', 'name: cells, n', 'name: placebo, n', 'doubled-name', '"placebo" stands here twice'],
    ['two endpoints of one name', 'id: quiet', 'id: sledai', 'doubled-name', '"sledai" stands here twice'],
    ['an unknown use', 'use: validate', 'use: train', 'wrong-value', 'found "train"'],
    [
      'an endpoint of two kinds',
      'when: sledai < 5',
      'when: sledai < 5, value: sledai',
      'endpoint-kind',
      '"value" and "when"',
    ],
    ['an endpoint of no kind', ', when: sledai < 5', '', 'endpoint-kind', 'nothing that is counted'],
    ['a key of another kind', 'when: sledai < 5', 'when: sledai < 5, unit: wk', 'stray-key', '"unit" means nothing'],
    ['a unit nobody knows', 'unit: mg/d', 'unit: mg/dy', 'unit', '"mg/dy"'],
    ['a time in grams', 'unit: wk', 'unit: g', 'unit-mismatch', 'not a unit of time'],
    ['after what, but not which event', '    event: sledai > response.sledai + 3\n', '', 'no-event', 'not which event'],
    ['a month of response without a visit', 'month: 1 }', 'month: 2 }', 'unknown-visit', 'no visit at month 2'],
    ['a split of an unknown endpoint', 'endpoint: sledai,', 'endpoint: sleday,', 'unknown-endpoint', '"sleday"'],
    ['a split of an unknown arm', 'arm: cells', 'arm: cell', 'unknown-arm', '"cell"'],
    ['a split at entry', 'month: 6, arm', 'month: 0, arm', 'unknown-visit', 'month 0'],
    ['a duration in grams', '"4 [wk]"', '"4 [g]"', 'unit-mismatch', 'not a time'],
    ['a duration of 0', '"4 [wk]"', '"0 [wk]"', 'impossible-time', 'not above 0'],
    ['screening never', 'most: 26', 'most: 0', 'screening-count', '0 times'],
    ['a negative SD', 'sd: 0.3', 'sd: -0.3', 'negative', 'below 0'],
  ])('%s', (_, from, to, code, said) => {
    const { value, problems } = readWith(from, to)
    expect(value).toBeUndefined()
    const found = problems.find((problem) => problem.code === code)
    expect(found?.message).toContain(said)
    expect(found?.place?.line).toBeGreaterThan(0)
  })

  test('a name that is nearly right gets a suggestion, at its place', () => {
    const { problems } = readWith('endpoint: sledai,', 'endpoint: sleday,')
    const line = lineOf('endpoint: sledai,', 'endpoint: sleday,', 'sleday')
    expect(problems).toMatchObject([{ help: 'did you mean "sledai"?', place: { line } }])
  })
  test('a key that is nearly right gets a suggestion', () => {
    const { problems } = readWith('blinded: true', 'blindd: true')
    expect(problems.some(({ code, help }) => code === 'unknown-key' && help?.includes('blinded'))).toBe(true)
  })
  test('several are told at once', () => {
    const text = TEXT.replace('placebo, n: 3', 'placebo, n: 0').replace('arm: cells', 'arm: cell')
    expect(readTrial('small.trial.yaml', text).problems.map(({ code }) => code)).toEqual(['no-patients', 'unknown-arm'])
  })
})
