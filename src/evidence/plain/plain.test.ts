// The grade of reading against a published example, and the words that tell a reader what to do.
import { expect, test } from 'vitest'
import { checkPlain, findDirective } from './check-plain.ts'
import { countSyllables, readingGrade } from './reading-grade.ts'

const PLACE = { file: 'f.yaml', line: 1, column: 1, length: 1 }

test('the grade of a sentence that is worked out in public: 13 words, 24 syllables, 11.3', () => {
  // Wikipedia, "Flesch-Kincaid readability tests"
  const platypus = 'The Australian platypus is seemingly a hybrid of a mammal and reptilian creature.'
  expect(platypus.split(' ').reduce((sum, word) => sum + countSyllables(word), 0)).toBe(24)
  expect(readingGrade(platypus)).toBeCloseTo(11.3, 1)
})

test.each([
  ['cell', 1],
  ['placebo', 3],
  ['lupus', 2],
  ['remission', 3],
  ['treated', 2],
  ['caused', 1],
  ['table', 2],
  ['yes', 1],
  ['kidney', 2],
])('%s has %i syllables', (word, syllables) => {
  expect(countSyllables(word)).toBe(syllables)
})

test('a text without words asks for no school', () => {
  expect(readingGrade('')).toBe(0)
  expect(readingGrade('… — !')).toBe(0)
})

test.each([
  'You should ask your doctor.',
  'Patients must not stop.',
  'You have to pay first.',
  'We recommend a second opinion.',
  'Never pay for a trial.',
  'Make sure that it is approved.',
  'Do not take the pills.',
  'It is the best treatment.',
])('a directive: %s', (text) => {
  expect(findDirective(text)).toBeDefined()
  expect(checkPlain(text, PLACE).map(({ code }) => code)).toContain('directive')
})

test.each(['What would happen if I waited?', 'Some ask for a second opinion.', 'In trials people do not pay.'])(
  'a fact, an option or a question: %s',
  (text) => {
    expect(findDirective(text)).toBeUndefined()
  },
)

test('a text too hard to read is told with its grade', () => {
  const hard =
    'Mesenchymal stromal cellular immunomodulatory interventions demonstrated statistically heterogeneous, methodologically questionable, uncontrolled symptomatic amelioration.'
  expect(checkPlain(hard, PLACE)[0]).toMatchObject({ code: 'hard-to-read', level: 'error' })
})
