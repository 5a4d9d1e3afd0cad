import { describe, expect, test } from 'vitest'
import { readUnit } from '#base'
import { typesetLabel, typesetNumber, typesetQuantity, typesetShare, typesetUnit } from './typeset.ts'

test.each([
  [-0.35, '−0.35'],
  [1.2e-7, '1.2×10⁻⁷'],
  [-3e12, '−3×10¹²'],
  [1e6, '10⁶'],
  [null, '–'],
])('typesetNumber(%s) is "%s"', (value, text) => expect(typesetNumber(value)).toBe(text))

describe('typesetUnit', () => {
  test.each([
    ['1', ''],
    ['10*9/L', '10⁹/L'],
    ['10*-3', '10⁻³'],
    ['mg/m2', 'mg/m²'],
    ['uL', 'µL'],
    ['cell/uL/d', 'cell/µL/d'],
    ['mL/min/{1.73_m2}', 'mL/min/{1.73_m2}'],
    ['mg*h/L', 'mg·h/L'],
    ['m^0.5', 'm^0.5'],
    ['1/d', '1/d'],
    ['%', '%'],
  ])('"%s" becomes "%s"', (unit, text) => {
    expect(readUnit(unit)).toHaveProperty('unit') // the cases are units that a model may use
    expect(typesetUnit(unit)).toBe(text)
  })
})

test('quantities and labels leave out the unit of a plain number, and of a missing one', () => {
  expect(typesetQuantity(2, 'd')).toBe('2\u00A0d')
  expect(typesetQuantity(2, '1')).toBe('2')
  expect(typesetQuantity(null, 'd')).toBe('–')
  expect(typesetLabel('CL', 'L/d')).toBe('CL (L/d)')
  expect(typesetLabel('F', '1')).toBe('F')
})

test('typesetShare has no share of nothing', () => {
  expect([typesetShare(1, 3), typesetShare(0, 5), typesetShare(0, 0)]).toEqual(['33\u00A0%', '0\u00A0%', '–'])
})
