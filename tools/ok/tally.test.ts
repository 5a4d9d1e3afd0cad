import { expect, test } from 'vitest'
import { namesOfSkipped, printTally, sum, type TestReport, tallyTests } from './tally.ts'

const file = (status: string, ...tests: string[]) => ({
  name: 'x.test.ts',
  status,
  assertionResults: tests.map((result, index) => ({ fullName: `${result} ${index}`, status: result })),
})
const count = (exitCode: number, ...testResults: TestReport['testResults']) =>
  printTally(tallyTests({ testResults }, exitCode))

test('counts tests, not files', () => {
  expect(count(0, file('passed', 'passed', 'passed', 'skipped'), file('passed', 'passed', 'todo'))).toBe(
    '3 passed, 0 failed, 2 skipped',
  )
  expect(count(1, file('failed', 'passed', 'failed'), file('failed', 'failed'))).toBe('1 passed, 2 failed, 0 skipped')
})

test('counts a file that could not be loaded as failed', () => {
  expect(count(1, file('passed', 'passed'), file('failed'), file('failed'))).toBe('1 passed, 2 failed, 0 skipped')
})

test('counts a failure outside tests, a lost report and an empty one as failed', () => {
  expect(count(1, file('passed', 'passed'))).toBe('1 passed, 1 failed, 0 skipped')
  expect(count(0)).toBe('0 passed, 1 failed, 0 skipped')
  expect(printTally(tallyTests(undefined, 137))).toBe('0 passed, 1 failed, 0 skipped')
})

test('counts a status it does not know as failed', () => {
  expect(count(0, file('passed', 'passed', 'interrupted'))).toBe('1 passed, 1 failed, 0 skipped')
})

test('names what was skipped', () => {
  expect(namesOfSkipped({ testResults: [file('passed', 'passed', 'skipped', 'todo')] })).toEqual([
    'skipped 1',
    'todo 2',
  ])
})

test('adds up', () => {
  expect(
    sum([
      { passed: 1, failed: 2, skipped: 3 },
      { passed: 10, failed: 20, skipped: 30 },
    ]),
  ).toEqual({ passed: 11, failed: 22, skipped: 33 })
})
