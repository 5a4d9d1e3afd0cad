// Times of rules. Rules are looked at in whole weeks, because that is how often anybody looks.
import { conversionFactor, type Reading, readUnit, type Written } from '#base'
import { parseQuantity } from '#engine'
import { fault, padded } from './fault.ts'

const WEEK = 7 // days

/**
 * Reads a time of whole weeks, such as `4 [wk]` or `28 [d]`.
 * @returns days
 */
export function readWeeks({ text, place }: Written, least: 0 | 1): Reading<number> {
  const { value: quantity, problems } = parseQuantity(place.file, padded(text, place))
  if (!quantity) return { value: undefined, problems }
  const fail = (code: string, message: string, help: string): Reading<number> => ({
    value: undefined,
    problems: [fault(code, message, place, help)],
  })
  const [unit, day] = [readUnit(quantity.unit?.text ?? ''), readUnit('d')]
  const factor = 'unit' in unit && 'unit' in day ? conversionFactor(unit.unit, day.unit) : undefined
  if (factor === undefined) return fail('not-a-time', `"${text}" is no time.`, 'write a number with its unit: 4 [wk]')
  const days = quantity.value * factor
  if (!(days % WEEK === 0))
    return fail(
      'not-weeks',
      `"${text}" is not a whole number of weeks.`,
      'rules are looked at by the week: 4 [wk], 28 [d]',
    )
  if (days < least * WEEK) return fail('impossible-time', `"${text}" is too short.`, `at least ${least} [wk]`)
  return { value: days, problems: [] }
}
