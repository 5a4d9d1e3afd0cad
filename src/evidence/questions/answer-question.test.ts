// Questions on small libraries made up for the purpose: who is eligible, who votes, what the difference is, how sure one may be.
import { expect, test } from 'vitest'
import { gatherStudies } from '../studies/gather-studies.ts'
import { answerQuestion } from './answer-question.ts'
import { readQuestion } from './read-question.ts'

const study = (name: string, rows: readonly string[], more: Readonly<Record<string, string>> = {}): string => {
  const keys = {
    study: name,
    source: `"@${name}"`,
    read: 'abstract',
    read_in: 'abstract',
    about: '[msc]',
    design: '{kind: single-arm, what: a series}',
    cohort: name,
    ...more,
  }
  return `${Object.entries(keys)
    .map(([key, value]) => `${key}: ${value}`)
    .join('\n')}
results:
${rows.map((row, i) => `  - {id: r${i}, ${row}, locator: table 1}`).join('\n')}
risk_of_bias: {not_judged: full text not read}
`
}

const ask = (text: string, studies: readonly string[]) => {
  const files = studies.map((one) => ({ file: `${/study: (\S+)/.exec(one)?.[1]}.yaml`, text: one }))
  const { value: library, problems } = gatherStudies(files)
  const { value: question, problems: asked } = readQuestion('q.yaml', text)
  if (!library || !question) throw new Error(JSON.stringify([...problems, ...asked]))
  return answerQuestion(question, library)
}

const SHARE = `question: q
title: Remission
ask: How many?
about: [msc]
outcomes: [remission]
designs: [single-arm, randomised]
compare: none
measure: share
`
const MEANS = SHARE.replace('outcomes: [remission]', 'outcomes: [sledai-change]')
  .replace('compare: none', 'compare: control')
  .replace('measure: share', 'measure: mean')

test('one cohort has one vote: that of most patients', () => {
  const { ballots, votes, warnings } = ask(SHARE, [
    study('first', ['outcome: remission, events: 3, n: 10'], { cohort: 'nanjing' }),
    study('larger', ['outcome: remission, events: 20, n: 40'], { cohort: 'nanjing' }),
    study('other', ['outcome: remission, events: 5, n: 10']),
  ])
  expect(votes).toBe(2)
  expect(ballots.map(({ entry, heldBy }) => [entry.study.name, heldBy])).toEqual([
    ['first', 'larger'],
    ['larger', undefined],
    ['other', undefined],
  ])
  expect(warnings.join(' ')).toContain('1 of 3 rows are of patients who vote already')
})

test('overlaps join cohorts, also through a study that has no number itself', () => {
  const { votes } = ask(SHARE, [
    study('a', ['outcome: remission, events: 3, n: 10']),
    study('b', ['outcome: remission, events: 6, n: 20']),
    study('registry', ['outcome: death, events: 1, n: 100'], { overlaps: '[a, b]' }),
    study('c', ['outcome: remission, events: 3, n: 10']),
  ])
  expect(votes).toBe(2)
})

test('the difference of means of Deng 2017 by Welch', () => {
  // scipy.stats: t.ppf(0.975, df) with df by Satterthwaite: half width 8.385
  const { ballots, rating } = ask(MEANS, [
    study(
      'deng',
      [
        'outcome: sledai-change, month: 6, mean: -8, sd: 4, n: 12, unit: points',
        'outcome: sledai-change, control: true, month: 6, mean: -5, sd: 8, n: 6, unit: points',
      ],
      { design: '{kind: randomised, what: a trial}' },
    ),
  ])
  const { estimate, n } = ballots[0]?.entry ?? {}
  expect(estimate?.value).toBe(-3)
  expect(estimate?.lo).toBeCloseTo(-11.385, 2)
  expect(estimate?.hi).toBeCloseTo(5.385, 2)
  expect(n).toBe(18)
  expect(rating).toMatchObject({ start: 'high', level: 'very low' })
  expect(rating?.steps.map(({ domain, down }) => [domain, down])).toEqual([
    ['risk of bias', 1],
    ['imprecision', 2],
  ])
})

test('the difference of shares by the hybrid score interval', () => {
  // Newcombe 1998, table II (a): 56/70 against 48/80 is 0.2000 (0.0524 to 0.3339) by method 10
  const { ballots } = ask(SHARE.replace('compare: none', 'compare: control'), [
    study('trial', [
      'outcome: remission, month: 6, events: 56, n: 70',
      'outcome: remission, control: true, month: 6, events: 48, n: 80',
    ]),
  ])
  const { estimate } = ballots[0]?.entry ?? {}
  expect(estimate?.value).toBeCloseTo(20, 6)
  expect(estimate?.lo).toBeCloseTo(5.24, 2)
  expect(estimate?.hi).toBeCloseTo(33.39, 2)
})

test('a mean whose spread is not said to be an SD has no interval', () => {
  const { ballots } = ask(MEANS.replace('compare: control', 'compare: none'), [
    study('a', ['outcome: sledai-change, mean: -4, plus_minus: 2, n: 10, unit: points']),
  ])
  expect(ballots[0]?.entry.estimate).toEqual({ value: -4 })
})

test('what is eligible: topic, design, time; what is set aside is named', () => {
  const { ballots, silent, setAside } = ask(SHARE.replace('designs', 'months: {from: 11, to: 13}\ndesigns'), [
    study('right', ['outcome: remission, month: 12, events: 3, n: 10']),
    study('late', ['outcome: remission, month: 60, events: 3, n: 10']),
    study('timeless', ['outcome: remission, events: 3, n: 10']),
    study('mice', ['outcome: remission, month: 12, events: 3, n: 10'], { about: '[elsewhere]' }),
    study('review', ['outcome: remission, month: 12, events: 3, n: 10'], { design: '{kind: review, what: x}' }),
    study('odd', ['outcome: remission, month: 12, events: 3, n: 10'], { set_aside: 'Nobody knows it.' }),
  ])
  expect(ballots.map(({ entry }) => entry.study.name)).toEqual(['right'])
  expect(silent).toEqual(['late', 'timeless'])
  expect(setAside).toEqual([{ study: 'odd', because: 'Nobody knows it.' }])
})

test('rows of other diseases and rows that could not be read do not answer, unless they are asked for', () => {
  const rows = [
    study('a', [
      'outcome: remission, events: 30, n: 90, mixed: true',
      'outcome: remission, unread: true, says: cut off',
    ]),
    study('b', ['outcome: remission, events: 3, n: 10']),
  ]
  expect(ask(SHARE, rows).ballots.map(({ entry }) => entry.study.name)).toEqual(['b'])
  const mixed = ask(SHARE.replace('measure', 'mixed: true\nmeasure'), rows)
  expect(mixed.ballots.map(({ entry }) => entry.row.id)).toEqual(['r0', 'r0'])
})

test('of rows of as many patients, the outcome asked for first votes', () => {
  const both = SHARE.replace('[remission]', '[complete-remission, remission]')
  const { ballots } = ask(both, [
    study('a', [
      'outcome: remission, month: 12, events: 9, n: 20',
      'outcome: complete-remission, month: 6, events: 5, n: 20',
    ]),
  ])
  expect(ballots.map(({ entry, heldBy }) => [entry.row.id, heldBy])).toEqual([
    ['r0', 'a'],
    ['r1', undefined],
  ])
})

test('no study, and studies that contradict each other', () => {
  expect(ask(SHARE, [study('a', ['outcome: death, events: 0, n: 5'])])).toMatchObject({
    votes: 0,
    rating: undefined,
    warnings: ['No study gives a number for this.'],
  })
  const { rating } = ask(SHARE, [
    study('good', ['outcome: remission, events: 190, n: 200']),
    study('bad', ['outcome: remission, events: 10, n: 200']),
  ])
  expect(rating?.steps.map(({ domain }) => domain)).toEqual(['risk of bias', 'inconsistency'])
})

test('questions that cannot be meant', () => {
  expect(readQuestion('q.yaml', SHARE.replace('designs', 'months: {from: 7, to: 5}\ndesigns')).problems[0]?.code).toBe(
    'no-time',
  )
  expect(readQuestion('q.yaml', SHARE.replace('share', 'words').replace('none', 'control')).problems[0]?.code).toBe(
    'no-comparison',
  )
})
