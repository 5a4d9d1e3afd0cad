// Forms: what is answered, open, worrying, apart; what is no answer; the form that is written can be read.
import { expect, test } from 'vitest'
import { blankForm } from './blank-form.ts'
import { checkClinic } from './check-clinic.ts'
import { readCare } from './read-care.ts'
import { readForm } from './read-form.ts'

const CARE = `check: clinic
as_of: "2026-11"
questions:
  - {id: trial, group: approval, ask: "Is it part of a trial?", why: Trials report., answer: yes-no, worries: ["no"], because: It is no trial., next: "Why not?", source: "@a", locator: x}
  - {id: treated, group: doctor, ask: "How many were treated?", why: Few tell little., answer: number, worries_below: 10, because: Few were., source: "@a", locator: x}
  - {id: cells, group: cells, ask: "From which tissue?", why: Studies differ., answer: choice, choices: [cord, fat], worries: [fat], because: Not tested., for: [msc], source: "@a", locator: x}
  - {id: chemo, group: cells, ask: "Which chemo?", why: It harms., answer: text, for: [hsct], source: "@a", locator: x}
  - {id: success, group: cells, ask: "What is success?", why: It differs., answer: text, source: "@a", locator: x}
`
const care = (() => {
  const { value, problems } = readCare('care.yaml', CARE)
  if (!value) throw new Error(JSON.stringify(problems))
  return value
})()

const form = (answers: string, treatment = 'msc'): string =>
  `form: clinic\nclinic: Some place\ntreatment: ${treatment}\nfilled: "2026-11-21"\nanswers:\n${answers}`

const sheet = (answers: string, treatment?: string) => {
  const { value, problems } = readForm('f.yaml', form(answers, treatment), care)
  if (!value) throw new Error(JSON.stringify(problems))
  return checkClinic(value, care, [])
}

const ids = (questions: readonly { readonly id: string }[]): string[] => questions.map(({ id }) => id)

test('answered, missing, worrying, apart', () => {
  const { answered, missing, worrying, apart, next } = sheet('  trial: no\n  treated: 12\n  success:\n')
  expect(ids(answered.map(({ question }) => question))).toEqual(['trial', 'treated'])
  expect(ids(worrying.map(({ question }) => question))).toEqual(['trial'])
  expect(ids(missing)).toEqual(['cells', 'success'])
  expect(ids(apart)).toEqual(['chemo'])
  expect(next).toEqual(['Why not?', 'From which tissue?', 'What is success?'])
})

test('"not applicable" is not bad, and "unknown" is open', () => {
  const { worrying, missing, apart } = sheet('  trial: not applicable\n  treated: unknown\n  cells: Cord\n')
  expect(worrying).toEqual([])
  expect(ids(apart)).toEqual(['trial', 'chemo'])
  expect(ids(missing)).toEqual(['treated', 'success'])
})

test('a treatment that is not known leaves every question open', () => {
  expect(ids(sheet('  trial: yes\n', 'unknown').missing)).toEqual(['treated', 'cells', 'chemo', 'success'])
})

test('numbers and choices worry by their own rule; true and false count as yes and no', () => {
  const { worrying } = sheet('  trial: false\n  treated: 9\n  cells: fat\n')
  expect(ids(worrying.map(({ question }) => question))).toEqual(['trial', 'treated', 'cells'])
})

test('nothing is added up: a sheet holds no number of its own', () => {
  const { asOf, filled, ...rest } = sheet('  trial: no\n')
  expect(asOf).toBe('2026-11')
  expect(filled).toBe('2026-11-21')
  expect(Object.values(rest).some((value) => typeof value === 'number')).toBe(false)
})

test.each([
  ['unknown-question', '  trail: no\n', 'did you mean "trial"?'],
  ['wrong-answer', '  trial: perhaps\n', 'write yes or no, or unknown, or not applicable'],
  ['wrong-answer', '  treated: many\n', 'write a number, or unknown, or not applicable'],
  ['wrong-answer', '  treated: -3\n', 'write a number, or unknown, or not applicable'],
  ['wrong-answer', '  cells: skin\n', 'write cord, fat, or unknown, or not applicable'],
  ['empty-form', '', 'answer what is known; "unknown" is an answer too'],
  ['empty-form', '  trial:\n  success: ""\n', 'answer what is known; "unknown" is an answer too'],
])('%s', (code, answers, help) => {
  const { value, problems } = readForm('f.yaml', form(answers), care)
  expect(value).toBeUndefined()
  expect(problems).toMatchObject([{ code, help, place: { file: 'f.yaml' } }])
})

test('the form that is written can be read, and only lacks answers', () => {
  const blank = blankForm(care, '2026-11-21')
  expect(readForm('f.yaml', blank, care).problems.map(({ code }) => code)).toEqual(['empty-form'])
  const filled = blank.replace('  trial:', '  trial: yes')
  expect(readForm('f.yaml', filled, care).value?.answers.get('trial')).toBe('yes')
})

test.each([
  ['directive', CARE.replace('Why not?', 'You must ask why, right?')],
  ['no-question', CARE.replace('Is it part of a trial?', 'Part of a trial')],
  ['no-reason', CARE.replace('because: It is no trial., ', '')],
  ['wrong-value', CARE.replace('worries: [fat]', 'worries: [skin]')],
  ['no-choices', CARE.replace('choices: [cord, fat], ', '')],
  ['doubled-name', CARE.replace('id: treated', 'id: trial')],
  ['wrong-value', CARE.replace('answer: number', 'answer: text')],
])('questions of the check: %s', (code, text) => {
  expect(readCare('care.yaml', text).problems.map((problem) => problem.code)).toContain(code)
})
