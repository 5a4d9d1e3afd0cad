import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { compileEndpoints } from './compile-endpoints.ts'
import { readTrial } from './read-trial.ts'
import type { Trial } from './trial.ts'
import type { VisitTable } from './visit-table.ts'

const TEXT = readFileSync(new URL('examples/small.trial.yaml', import.meta.url), 'utf8')
const trial = readTrial('small.trial.yaml', TEXT).value as Trial
const days = trial.visits.map(({ day }) => day)
const names = [
  { name: 'sledai', unit: '1', meaning: 'score' },
  { name: 'protein', unit: 'g/d', meaning: 'protein in 24 h' },
  { name: 'baseline.sledai', unit: '1', meaning: 'score at entry' },
]

/** A patient from scores and proteins at the visits seen. */
function patient(scores: readonly number[], proteins: readonly number[], lostDay = Infinity): VisitTable {
  const rows = days.flatMap((_, i) =>
    i < scores.length ? [scores[i] as number, proteins[i] as number, scores[0] as number] : [NaN, NaN, NaN],
  )
  return { names, days, values: Float64Array.from(rows), lostDay }
}

const endpoints = compileEndpoints(trial, names).value ?? []
const count = (id: string, table: VisitTable): number[] =>
  Array.from(endpoints.find(({ endpoint }) => endpoint.id === id)?.evaluate(table) ?? [])

describe('endpoints', () => {
  const better = patient([12, 8, 4, 9], [2, 0.4, 0.3, 0.6])

  test('a value is counted at each visit, in its own unit', () => {
    expect(count('sledai-change', better)).toEqual([0, -4, -8, -3])
    expect(count('protein', better)).toEqual([2000, 400, 300, 600])
  })
  test('a condition is 1 or 0 at each visit', () => {
    expect(count('remission', better)).toEqual([0, 1, 1, 0])
    expect(count('quiet', better)).toEqual([0, 0, 1, 0])
  })
  test('the time of the first visit is known from then on', () =>
    expect(count('time-to-remission', better)).toEqual([NaN, 30 / 7, 30 / 7, 30 / 7]))
  test('who never reaches it has no time', () =>
    expect(count('time-to-remission', patient([12, 12, 12, 12], [2, 2, 2, 2]))).toEqual([NaN, NaN, NaN, NaN]))
  test('an event is looked for among those at risk, after the month at which they are, and stays', () => {
    expect(count('relapse', better)).toEqual([NaN, 0, 0, 0]) // 9 is not above 8 + 3
    expect(count('relapse', patient([12, 8, 12, 4], [2, 0.4, 1, 0.4]))).toEqual([NaN, 0, 1, 1])
  })
  test('who did not respond is not at risk', () =>
    expect(count('relapse', patient([12, 8, 20, 20], [2, 2, 2, 2]))).toEqual([NaN, NaN, NaN, NaN]))

  test('after a loss a value and a condition are missing; what was reached before stays known', () => {
    const lost = patient([12, 8], [2, 0.4], 40)
    expect(count('sledai-change', lost)).toEqual([0, -4, NaN, NaN])
    expect(count('remission', lost)).toEqual([0, 1, NaN, NaN])
    expect(count('time-to-remission', lost)).toEqual([NaN, 30 / 7, 30 / 7, 30 / 7])
    expect(count('relapse', lost)).toEqual([NaN, 0, 0, 0])
  })
})

test('faults of formulas are told where the formula stands', () => {
  const line = TEXT.split('\n').findIndex((text) => text.includes('id: quiet')) + 1
  const faulty = readTrial('small.trial.yaml', TEXT.replace('sledai < 5', 'sleday < 5')).value as Trial
  const { value, problems } = compileEndpoints(faulty, names)
  expect(value).toBeUndefined()
  expect(problems).toMatchObject([
    { help: expect.stringContaining('sledai'), place: { file: 'small.trial.yaml', line } },
  ])
})

test('a unit that does not fit is refused', () => {
  const faulty = readTrial('small.trial.yaml', TEXT.replace('unit: mg/d', 'unit: mg/dL')).value as Trial
  expect(compileEndpoints(faulty, names).problems.map(({ code }) => code)).toEqual(['unit-mismatch'])
})
