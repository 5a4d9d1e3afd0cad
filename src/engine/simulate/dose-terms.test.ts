import { expect, test } from 'vitest'
import { modelOf } from '../../../tests/models.ts'
import { doseTerms, termValue } from './dose-terms.ts'

const model = (more: string) =>
  modelOf(`model test "test"
time [h]
param slow = 2 [1] "factor" @assumed "test"
input w = 3 [1] "covariate" @assumed "test"
state A = 0 [mg]
der A = -0.1 [1/h]*A*slow*w
${more}`)

test('terms are found by name, converted, and made of params and inputs', () => {
  const own = model('let lag_A = slow*w*10 [min]\nprovides F_A = 50 [%] "share"\nlet rate_A = slow*1 [g/d]\n')
  const terms = doseTerms(own).value ?? []
  const value = (term: 'lag' | 'share' | 'rate' | 'duration') =>
    termValue(own, terms, 0, term, { parameters: [4], inputs: [3] })?.value
  expect([value('lag'), value('share'), value('duration')]).toEqual([2, 0.5, undefined])
  expect(value('rate')).toBeCloseTo(4000 / 24, 10)
})

test.each([
  ['let lag_A = A*1 [h/mg]\n', 'term-moves'],
  ['let lag_A = time\n', 'term-moves'],
  ['let lag_A = slow*1 [mg]\n', 'unit-mismatch'],
  ['param lag_A = 1 [h] "lag" @assumed "test"\nlet x = lag_A\n', 'term-not-derived'],
])('%j is refused', (text, code) => {
  expect(doseTerms(model(text))).toMatchObject({
    value: undefined,
    problems: [{ code, place: { file: 'test.model' } }],
  })
})
