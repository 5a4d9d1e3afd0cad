// Evidence in words: numbers as printed with what is ours marked, tables that tell who votes, sheets into which no text of a form can write markup.
import { expect, test } from 'vitest'
import {
  answerQuestion,
  type Claim,
  checkClinic,
  findClaims,
  gatherEvidence,
  readCare,
  readForm,
  type Row,
} from '#evidence'
import { claimsText, listClaims } from './claims-text.ts'
import { drawClinicSheet, renderClinicSheet } from './clinic-sheet.ts'
import { clinicText } from './clinic-text.ts'
import { sayEstimate, sayRow, sayWho } from './number-words.ts'
import { listEvidence, questionText } from './question-text.ts'

const row = (part: Partial<Row>): Row => ({ id: 'r', outcome: 'remission', locator: 'table 1', ...part })

test.each([
  [{ events: 9, n: 12 }, '9 of 12 (75 %, 95 % interval 43 to 95)'], // Clopper and Pearson: 42.8 to 94.5
  [{ percent: 56, se: 11, n: 28 }, '56 % (SE 11, n 28)'],
  [{ mean: -8, sd: 4, n: 12, unit: 'points' }, '-8 points (SD 4, n 12)'],
  [{ mean: 10.4, plus_minus: 0.9, n: 14, unit: 'points' }, '10.4 points (± 0.9, SD or SEM not said, n 14)'],
  [{ median: 9, range: [8, 11] as [number, number], unit: 'd' }, 'median 9 d (range 8 to 11)'],
  [{ effect: 'HR' as const, value: 0.51, interval: [0.34, 0.77] as [number, number] }, 'HR 0.51 (0.34 to 0.77)'],
  [{ says: 'no change' }, 'no change'],
])('a row in words: %j', (part, words) => {
  expect(sayRow(row(part))).toBe(words)
})

test('whose number it is, and when', () => {
  expect(sayWho(row({ month: 6 }))).toBe('remission, month 6')
  expect(sayWho(row({ month: 0, label: 'SLEDAI', arm: 'placebo' }))).toBe('SLEDAI, placebo, start')
  expect(sayWho(row({ when: 'median 25 months' }))).toBe('remission, median 25 months')
  expect(sayEstimate({ value: -3, lo: -11.385, hi: 5.385 })).toBe('-3 (-11.4 to 5.38)')
  expect(sayEstimate({ value: -3 })).toBe('-3')
})

const STUDY = `study: a-2020
source: "@a-2020"
read: abstract
read_in: abstract
about: [msc]
design: {kind: single-arm, what: a series}
cohort: a
n: 12
results:
  - {id: remission, outcome: remission, month: 6, events: 9, n: 12, locator: table 1}
  - {id: later, outcome: remission, month: 12, events: 6, n: 12, locator: table 1}
risk_of_bias: {not_judged: full text not read}
`
const QUESTION = `question: remission
title: Remission
ask: How many?
about: [msc]
outcomes: [remission]
designs: [single-arm]
compare: none
measure: share
`
const CLAIM = `claim: cure
statement: Cells cure.
about: [msc]
verdict: unknown
answer: Nobody knows.
evidence:
  - {study: a-2020, rows: [remission], says: twelve people}
certainty: {level: very low, because: twelve people}
left_out: That nobody knows.
ask: Who was cured?
as_of: "2026-11"
said: ["cells ... cure*"]
found_in: [Cells cure.]
`
const evidence = (() => {
  const { value, problems } = gatherEvidence({
    studies: [{ file: 'a-2020.yaml', text: STUDY }],
    questions: [{ file: 'remission.yaml', text: QUESTION }],
    claims: [{ file: 'cure.yaml', text: CLAIM }],
  })
  if (!value) throw new Error(JSON.stringify(problems))
  return value
})()

test('a claim is answered with its sentence, its numbers, what is left out and what to ask', () => {
  const { value } = findClaims(
    'page.txt',
    'Cells cure. Cells cure! Cells do not cure. Stem cells are cells.',
    evidence.claims,
  )
  if (!value) throw new Error('not found')
  const text = claimsText(value, evidence, 100)
  expect(text).toContain('1 claim in 4 sentences')
  expect(text).toContain('■ Cells cure.  UNKNOWN, certainty very low')
  expect(text).toContain('line 1: “Cells cure”')
  expect(text).toContain('a-2020: twelve people. remission, month 6: 9 of 12 (75 %')
  expect(text).toContain('Often left out: That nobody knows.')
  expect(text).toContain('A question to ask: Who was cured?')
  expect(text).toContain('The text itself says that this is not so, 1 time')
  expect(text).toContain('Sentences on stem cells in which no claim of the library was found: 1')
  for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(104)
})

test('nothing found is left out: more places are counted with their lines', () => {
  const { value } = findClaims('page.txt', 'Cells cure.\n\n'.repeat(60), evidence.claims)
  if (!value) throw new Error('not found')
  expect(claimsText(value, evidence, 100)).toMatch(/and in line 7, 9, .*119/s)
})

test('lists and answers tell who votes and that nothing is pooled', () => {
  expect(listClaims(evidence.claims)).toContain('1 claim.')
  expect(listEvidence(evidence)).toContain('1 question, 1 study of 1 cohort, 1 claim.')
  const question = evidence.questions[0]
  if (!question) throw new Error('no question')
  const text = questionText(answerQuestion(question, evidence.studies), 100)
  expect(text).toContain('another row of it')
  expect(text).toContain('2 rows of 1 group of patients with one vote each')
  expect(text).toContain('Certainty: very low, from low by design')
  expect(text).toContain('No number is pooled here.')
})

const CARE = `check: clinic
as_of: "2026-11"
questions:
  - {id: trial, group: approval, ask: "Is it part of a trial?", why: Trials report., answer: yes-no, worries: ["no"], because: It is no trial., next: "Why not?", source: "@a-2020", locator: x}
  - {id: success, group: cells, ask: "What is success?", why: It differs., answer: text, source: "@a-2020", locator: x}
  - {id: hurry, group: flags, ask: "Is there pressure?", why: It can wait., answer: yes-no, red_flag: true, worries: ["yes"], because: There is., source: "@a-2020", locator: x}
`
const sheet = (clinic: string, success: string, claims: readonly Claim[] = evidence.claims) => {
  const { value: care } = readCare('care.yaml', CARE)
  if (!care) throw new Error('no care')
  const text = `form: clinic\nclinic: ${JSON.stringify(clinic)}\ntreatment: msc\nfilled: "2026-11-21"\nanswers:\n  trial: no\n  success: ${JSON.stringify(success)}\n`
  const { value: form, problems } = readForm('f.yaml', text, care)
  if (!form) throw new Error(JSON.stringify(problems))
  return checkClinic(form, care, claims)
}

test('a sheet says what worries and why, what is open, and what to ask; it rates nothing', () => {
  const text = clinicText(sheet('Some place', 'Our cells cure people.'), 100)
  expect(text).toContain('Worrying: 1\n  · Is it part of a trial? no. It is no trial.')
  expect(text).toContain('“Our cells cure people”: unknown. Nobody knows.')
  expect(text).toContain('Missing: 1\n  · Is there pressure?')
  expect(text).toContain('· Why not?')
  expect(text).toContain('· Who was cured?')
  expect(text).toContain('rates no clinic')
  expect(text).not.toMatch(/score|stars|rating:/i)
})

test('no text of a form becomes markup, and the page loads nothing', () => {
  const html = renderClinicSheet(sheet('<script>alert(1)</script>', '"><img src=x onerror=alert(1)>'))
  expect(html).toContain('&lt;script&gt;')
  expect(html).not.toContain('<script')
  expect(html).not.toContain('<img')
  expect(html).not.toMatch(/https?:\/\//)
  expect(drawClinicSheet(sheet('A', 'b')).tag).toBe('main')
})
