import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { withPatients } from './with-patients.ts'

test('changes the number of patients in each arm, and no other letter', () => {
  const file = new URL('../../library/trials/deng-2017-uc-msc.trial.yaml', import.meta.url)
  const text = readFileSync(file, 'utf8')
  const arms = /^ {2}- \{name: (placebo|msc), n: \d+,/gm
  expect(text.match(arms)).toEqual(['  - {name: placebo, n: 6,', '  - {name: msc, n: 12,'])
  const larger = withPatients(text, 60)
  expect(larger.match(arms)).toEqual(['  - {name: placebo, n: 60,', '  - {name: msc, n: 60,'])
  expect(larger.replace(arms, '')).toBe(text.replace(arms, ''))
})

test.each(['', 'arms: 3', 'arms: [{name: a}, b]', 'arms: ]', 'trial: x\n\tn: 6'])('leaves %j as it is', (text) => {
  expect(withPatients(text, 60)).toBe(text)
})
