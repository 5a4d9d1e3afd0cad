// Whatever can be wrong with a study's numbers is told with its place, and what the file names as a contradiction stays.
import { expect, test } from 'vitest'
import type { Problem } from '#base'
import { gatherStudies } from './gather-studies.ts'
import { readStudy } from './read-study.ts'

const study = (rows: readonly string[], more = ''): string => `study: a-2020
source: "@a-2020"
read: abstract
read_in: abstract
about: [msc]
design: {kind: single-arm, what: a series}
cohort: a
n: 40
results:
${rows.map((row) => `  - {${row}, locator: table 1}`).join('\n')}
risk_of_bias: {not_judged: full text not read}
${more}`

const problemsOf = (rows: readonly string[], more = ''): readonly Problem[] =>
  readStudy('a-2020.yaml', study(rows, more)).problems

test('rows that agree with themselves pass', () => {
  const { value, problems } = readStudy(
    'a-2020.yaml',
    study([
      'id: a, outcome: remission, events: 33, n: 40, percent: 82.5',
      'id: b, outcome: remission, events: 1, n: 3, percent: 33',
      'id: c, outcome: sledai, mean: 10, sd: 4, n: 25, unit: points, interval: [8.35, 11.65]',
      'id: d, outcome: flare, effect: HR, value: 0.51, interval: [0.34, 0.77]',
      'id: e, outcome: relapse, percent: 56, se: 11, n: 28, method: cumulative incidence',
      'id: f, outcome: relapse, says: none reported',
    ]),
  )
  expect(problems).toEqual([])
  expect(value?.file.results).toHaveLength(6)
})

test.each([
  ['impossible-count', 'id: a, outcome: remission, events: 12, n: 10'],
  ['impossible-count', 'id: a, outcome: remission, events: 2.5, n: 10'],
  ['impossible-count', 'id: a, outcome: remission, events: -1, n: 10'],
  ['impossible-count', 'id: a, outcome: remission, events: 3'],
  ['impossible-count', 'id: a, outcome: remission, events: 3, n: 41'],
  ['impossible-count', 'id: a, outcome: remission, percent: 120'],
  ['share-of-count', 'id: a, outcome: treatment-related-death, events: 7, n: 40, percent: 12'],
  ['no-number', 'id: a, outcome: remission'],
  ['two-numbers', 'id: a, outcome: sledai, mean: 4, median: 3, unit: points'],
  ['outside-interval', 'id: a, outcome: sledai, mean: 4, interval: [5, 6], unit: points'],
  ['outside-interval', 'id: a, outcome: sledai, effect: MD, value: 2, interval: [3, 1], unit: points'],
  ['negative-spread', 'id: a, outcome: albumin, mean: 34, sd: -4, n: 20, unit: g/L'],
  ['lopsided-interval', 'id: a, outcome: flare, effect: HR, value: 0.51, interval: [0.34, 1.77]'],
  ['interval-of-spread', 'id: a, outcome: albumin, mean: 34, sd: 4, n: 25, unit: g/L, interval: [26.2, 41.8]'],
  ['interval-of-count', 'id: a, outcome: remission, events: 20, n: 40, interval: [48, 52]'],
  ['sem-for-sd', 'id: a, outcome: sledai, mean: 10.4, sd: 0.9, n: 14, unit: points'],
  ['unknown-unit', 'id: a, outcome: sledai, mean: 10, sd: 4, n: 14, unit: pionts'],
  ['unknown-unit', 'id: a, outcome: albumin, mean: 34, sd: 4, n: 14, unit: gram per litre'],
])('%s: %s', (code, row) => {
  const problems = problemsOf([row])
  expect(problems.map((problem) => problem.code)).toContain(code)
  for (const { place, message, help } of problems) {
    expect(place).toMatchObject({ file: 'a-2020.yaml', line: 10 })
    expect(message).toMatch(/\.$/)
    expect(help).toBeTruthy()
  }
})

test('an SEM that is called SD is scaled to the SD that it means', () => {
  const [problem] = problemsOf(['id: a, outcome: sledai, mean: 10.4, sd: 0.9, n: 14, unit: points'])
  expect(problem?.message).toContain('SD of 3.37') // 0.9 √14
  expect(problem?.place?.column).toBe(46)
})

test('an unknown unit comes with the one probably meant', () => {
  const [problem] = problemsOf(['id: a, outcome: sledai, mean: 10, sd: 4, n: 14, unit: pionts'])
  expect(problem?.help).toBe('did you mean "points"?')
})

test('what the file names as a contradiction is kept, and told as a note', () => {
  const rows = ['id: trm, outcome: treatment-related-death, events: 7, n: 40, percent: 12']
  const { value, problems } = readStudy(
    'a-2020.yaml',
    study(rows, 'contradictions:\n  - {rows: [trm], text: printed so}\n'),
  )
  expect(value?.file.results?.[0]?.percent).toBe(12)
  expect(problems.map(({ level, code }) => [level, code])).toEqual([['note', 'share-of-count']])
})

test('a contradiction of a row that is not there is a slip', () => {
  const row = 'id: remission, outcome: remission, events: 7, n: 40'
  expect(problemsOf([row], 'contradictions:\n  - {rows: [remision], text: x}\n')[0]).toMatchObject({
    code: 'unknown-row',
    help: 'did you mean "remission"?',
  })
})

test('the same row twice, another name than the file, bias without judgement', () => {
  const row = 'id: a, outcome: remission, events: 3, n: 10'
  expect(problemsOf([row, row]).map(({ code }) => code)).toEqual(['doubled-name'])
  expect(readStudy('b-2021.yaml', study([row])).problems.map(({ code }) => code)).toEqual(['other-name'])
  const without = study([row]).replace('{not_judged: full text not read}', '{}')
  expect(readStudy('a-2020.yaml', without).problems.map(({ code }) => code)).toEqual(['no-judgement'])
  const half = study([row]).replace(
    '{not_judged: full text not read}',
    '{tool: rob-2, version: "2019", domains: {measurement: {judgement: low, because: blinded}}}',
  )
  expect(readStudy('a-2020.yaml', half).problems[0]?.message).toContain('randomisation, deviations')
})

test('the same study under two names would have two votes', () => {
  const row = 'id: a, outcome: remission, events: 3, n: 10'
  const twin = study([row]).replace('study: a-2020', 'study: b-2020')
  const { value, problems } = gatherStudies([
    { file: 'a-2020.yaml', text: study([row]) },
    { file: 'b-2020.yaml', text: twin },
  ])
  expect(value).toBeUndefined()
  expect(problems[0]).toMatchObject({ code: 'doubled-study', place: { file: 'b-2020.yaml', line: 2 } })
})
