import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { checkPublished, readPublished } from './read-published.ts'
import { readTrial } from './read-trial.ts'
import type { Trial } from './trial.ts'

const read = (name: string): string => readFileSync(new URL(`examples/${name}`, import.meta.url), 'utf8')
const TEXT = read('small.published.yaml')
const trial = readTrial('small.trial.yaml', read('small.trial.yaml')).value as Trial

/** Everything that is said about the rows, with one piece of their text replaced. */
const problemsWith = (from: string, to: string) => {
  expect(TEXT).toContain(from)
  const { value, problems } = readPublished('small.published.yaml', TEXT.replace(from, to))
  return [...problems, ...(value ? checkPublished(value, trial) : [])]
}

describe('published rows', () => {
  const { value, problems } = readPublished('small.published.yaml', TEXT)

  test('are read, and fit their trial', () => {
    expect(problems).toEqual([])
    expect(value && checkPublished(value, trial)).toEqual([])
    expect(value?.rows.map(({ kind }) => kind)).toEqual([
      'mean',
      'mean',
      'share',
      'difference',
      'mean',
      'direction',
      'direction',
      'absent',
    ])
  })
  test('say what was printed', () =>
    expect(value?.rows.map(({ printed }) => printed)).toEqual([
      '-8 (SD 4)',
      '4 (SD 2)',
      '3/4',
      '0.083 (95 %: -0.4 to 0.5), derived',
      '7 (SD 5)',
      'decrease, p < 0.05',
      'nadir',
      '-248 (SD 360)',
    ]))
})

describe('faults', () => {
  test.each([
    [
      'an endpoint that is not there',
      'endpoint: sledai-change',
      'endpoint: sledai-chang',
      'unknown-endpoint',
      'sledai-change',
    ],
    [
      'an arm that is not there',
      'arm: cells, endpoint: sledai-change',
      'arm: sells, endpoint: sledai-change',
      'unknown-arm',
      'cells',
    ],
    ['a second arm that is not there', '[cells, placebo]', '[cells, placbo]', 'unknown-arm', 'placebo'],
    ['a month without a visit', 'month: 3', 'month: 4', 'unknown-visit', '0, 1, 3, 6'],
    ['more events than patients', 'events: 3, n: 4', 'events: 5, n: 4', 'printed-number', ''],
    ['a negative SD', 'sd: 4,', 'sd: -4,', 'printed-number', ''],
    ['no patients', 'sd: 4, n: 12', 'sd: 4, n: 0', 'printed-number', ''],
    ['an interval beside its number', '[-0.4, 0.5]', '[0.4, 0.5]', 'printed-number', ''],
    ['two numbers in one row', 'mean: -8', 'events: 3, mean: -8', 'row-kind', ''],
    ['no number in a row', 'mean: -8, sd: 4, ', '', 'row-kind', ''],
    [
      'a mean of a condition',
      'endpoint: sledai, month: 6, mean',
      'endpoint: quiet, month: 6, mean',
      'row-kind',
      'events',
    ],
    [
      'events of a value',
      'endpoint: remission, month: 6, events',
      'endpoint: sledai, month: 6, events',
      'row-kind',
      'mean',
    ],
    ['a direction of a condition', 'endpoint: sledai, month: 3', 'endpoint: quiet, month: 3', 'row-kind', ''],
    ['a difference without arms', '    arms: [cells, placebo]\n', '', 'row-parts', ''],
    ['events without patients', 'events: 3, n: 4', 'events: 3', 'row-parts', ''],
    ['no month', 'endpoint: sledai-change, month: 6', 'endpoint: sledai-change', 'row-parts', 'not_modelled'],
    ['two rows of one name', 'id: lowest', 'id: falls', 'doubled-name', ''],
    ['rows of another trial', 'published: small', 'published: large', 'other-trial', ''],
  ])('%s', (_, from, to, code, help) => {
    const found = problemsWith(from, to)
    expect(found.map((problem) => problem.code)).toEqual([code])
    expect(found[0]?.help ?? '').toContain(help)
    expect(found[0]?.place?.line).toBeGreaterThan(0)
  })
})
