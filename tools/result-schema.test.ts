import { expect, test } from 'vitest'
import { printResultSchema, RESULT_SCHEMA } from './docs/result-schema.ts'
import { readText } from './repository.ts'

test('the published schema of a result is the one of the code: else run node tools/result-schema.ts', () => {
  expect(readText(RESULT_SCHEMA)).toBe(printResultSchema())
})
