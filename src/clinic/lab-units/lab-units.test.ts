import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readUnit } from '#base'
import { ANALYTES, analyteByLoinc } from './analytes.ts'
import { conversionOf, convert } from './convert.ts'
import golden from './golden/lab-units.json' with { type: 'json' }

const analyte = (name: string) => {
  const found = ANALYTES.get(name)
  if (!found) throw new Error(name)
  return found
}

function converted(name: string, unit: string, value: number): number | string {
  const by = conversionOf(analyte(name), unit)
  return 'refused' in by ? by.refused : convert(value, by)
}

// tools/golden/lab-units.py: exact fractions from atomic weights
test.each(golden as [string, string, number, number][])('%s in %s: %d', (name, unit, value, expected) => {
  expect(converted(name, unit, value)).toBeCloseTo(expected, 9 - Math.ceil(Math.log10(Math.abs(expected) + 1)))
})

test.each([
  ['Cel', 38, 38],
  ['°C', 38.3, 38.3],
  ['[degF]', 100.4, 38],
  ['°F', 98.6, 37],
  ['K', 311.15, 38],
])('temperature in %s', (unit, value, expected) => {
  expect(converted('temperature', unit, value)).toBe(expected)
})

// limits stay limits, whatever unit they come in
test.each([
  ['protein', 'mg/d', 500, 0.5],
  ['upcr', 'mg/g', 700, 0.7],
  ['platelets', '/uL', 100_000, 100],
  ['leucocytes', '/uL', 3000, 3],
  ['neutrophils', '/mm3', 499, 0.499],
  ['prednisone', 'ug/d', 7500, 7.5],
  ['c3', 'g/L', 0.9, 90],
])('%s: %s %d is exactly %d', (name, unit, value, expected) => {
  expect(converted(name, unit, value)).toBe(expected)
})

test.each([
  ['creatinine', 'mmol'],
  ['creatinine', 'mg/d'],
  ['dsdna', 'U/mL'],
  ['dsdna', 'mg/dL'],
  ['platelets', 'g/L'],
  ['platelets', 'umol/L'],
  ['c3', 'mmol/L'],
  ['protein', 'mg/g'],
  ['temperature', 'mg'],
  ['prednisone', 'mg'],
  ['weight', 'stones'],
])('%s in %s is refused', (name, unit) => {
  expect(converted(name, unit, 1)).toBeTypeOf('string')
})

test('50 mg/mmol, which summaries put beside 0.5 g/g, is less', () => {
  expect(converted('upcr', 'mg/mmol', 50)).toBeCloseTo(0.442, 3)
})

test('every analyte has a unit that is read, bounds in order, and codes of its own', () => {
  const codes = [...ANALYTES.values()].flatMap(({ loinc }) => loinc)
  expect(new Set(codes).size).toBe(codes.length)
  for (const { unit, least, most, loinc } of ANALYTES.values()) {
    if (unit !== 'Cel') expect(readUnit(unit)).toHaveProperty('unit')
    expect(least).toBeLessThan(most)
    for (const code of loinc) expect(code).toMatch(/^\d{3,6}-\d$/)
  }
})

/** The check digit of a LOINC code: Luhn's, with doubled digits from the right. */
function checkDigit(digits: string): number {
  const doubled = [...digits].toReversed().map((digit, i) => (i % 2 === 0 ? Number(digit) * 2 : Number(digit)))
  const total = doubled.reduce((sum, one) => sum + (one > 9 ? one - 9 : one), 0)
  return (10 - (total % 10)) % 10
}

test('codes carry their check digit', () => {
  for (const { loinc } of ANALYTES.values())
    for (const code of loinc) expect(checkDigit(code.slice(0, -2))).toBe(Number(code.slice(-1)))
})

test('codes that a public data set gives to anti-dsDNA and complement are not theirs', () => {
  for (const wrong of ['5048-4', '4420-8', '4407-5']) expect(analyteByLoinc(wrong)).toBeUndefined()
  expect(analyteByLoinc('5130-0')?.name).toBe('dsdna')
})

test('no text breaks a conversion', () => {
  fc.assert(
    fc.property(fc.constantFrom(...ANALYTES.values()), fc.string({ maxLength: 20 }), (one, unit) => {
      const by = conversionOf(one, unit)
      expect('refused' in by || Number.isFinite(by.factor)).toBe(true)
    }),
    { seed: 718, numRuns: 3000 },
  )
})
