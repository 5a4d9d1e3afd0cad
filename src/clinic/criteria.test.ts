import { expect, test } from 'vitest'
import { bindCriteria } from './criteria.ts'

const NAMES = [
  { name: 'protein', unit: 'g/d', meaning: 'protein' },
  { name: 'baseline.protein', unit: 'g/d', meaning: 'protein at baseline' },
]
const place = { file: 't.trial.yaml', line: 4, column: 11, length: 10 }

test('criteria become conditions over the chart', () => {
  const { value, problems } = bindCriteria(
    [
      { name: 'much', text: 'protein >= 1 [g/d]', place },
      { name: 'halved', text: 'protein <= baseline.protein/2', place },
    ],
    NAMES,
  )
  expect(problems).toEqual([])
  expect(value?.map(({ name, formula }) => [name, formula.evaluate([1, 3])])).toEqual([
    ['much', 1],
    ['halved', 1],
  ])
  expect(value?.map(({ formula }) => formula.evaluate([NaN, 3]))).toEqual([NaN, NaN])
})

test('every criterion with a fault is told, in its file', () => {
  const { value, problems } = bindCriteria(
    [
      { name: 'a', text: 'protien > 1 [g/d]', place },
      { name: 'b', text: 'protein', place },
    ],
    NAMES,
  )
  expect(value).toBeUndefined()
  expect(problems.map(({ code }) => code)).toEqual(['unknown-name', 'not-a-truth'])
  expect(problems[0]?.place).toEqual({ file: 't.trial.yaml', line: 4, column: 11, length: 7 })
})
