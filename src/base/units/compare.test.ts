import { describe, expect, test } from 'vitest'
import { conversionFactor, describeMismatch, sameDimension, sameUnit } from './compare.ts'
import { readUnit } from './read-unit.ts'
import type { Unit } from './unit.ts'

const unit = (text: string): Unit => {
  const reading = readUnit(text)
  if ('fault' in reading) throw new Error(`${text}: ${reading.fault.message}`)
  return reading.unit
}

// From the definitions in UCUM (ucum-essence.xml): exact, so compared to the last bit. A quotient is written where it is no short decimal.
describe('conversions', () => {
  test.each([
    ['mg/L', 'g/L', 0.001],
    ['mg/L', 'ug/mL', 1],
    ['ng/mL', 'mg/L', 0.001],
    ['mg/dL', 'g/L', 0.01],
    ['g/dL', 'g/L', 10],
    ['ug', 'kg', 1e-9],
    ['fmol', 'mmol', 1e-12],
    ['umol/L', 'mol/L', 1e-6],
    ['nmol/L', 'pmol/mL', 1],
    ['IU/mL', 'kIU/L', 1],
    ['mU/mL', 'U/L', 1],
    ['kDa', 'Da', 1000],
    ['L', 'm3', 0.001],
    ['uL', 'mm3', 1],
    ['mL', 'cm3', 1],
    ['fL', 'um3', 1],
    ['m2', 'cm2', 10_000],
    ['min', 's', 60],
    ['h', 'min', 60],
    ['d', 'h', 24],
    ['wk', 'd', 7],
    ['mo', 'd', 30.4375],
    ['a', 'd', 365.25],
    ['a', 'mo', 12],
    ['d', 's', 86_400],
    ['1/h', '1/d', 24],
    ['1/d', '1/h', 1 / 24],
    ['1/a', '1/d', 1 / 365.25],
    ['mL/min', 'L/h', 0.06],
    ['mL/min', 'L/d', 1.44],
    ['L/h', 'mL/min', 1000 / 60],
    ['mL/min/{1.73_m2}', 'L/h/{1.73_m2}', 0.06],
    ['mL/h/kg', 'L/d/kg', 0.024],
    ['mg*h/L', 'ug*d/mL', 1 / 24],
    ['cell/uL', '10*6*cell/L', 1],
    ['10*9*cell/L', 'cell/uL', 1000],
    ['10*6*cell/kg', 'cell/g', 1000],
    ['mg/g', '%', 0.1],
    ['%', '1', 0.01],
    ['g/g', '1', 1],
    ['m^0.5', 'cm^0.5', 10],
  ])('[%s] is %s × %d', (from, to, factor) => {
    expect(conversionFactor(unit(from), unit(to))).toBe(factor)
  })

  test('one dalton is CODATA 2022’s', () => {
    expect(conversionFactor(unit('Da'), unit('g'))).toBe(1.66053906892e-24)
  })

  test.each([
    ['mg/L', 'mol/L'],
    ['cell/uL', '10*9/L'],
    ['IU', 'U'],
    ['IU/mL', 'mg/L'],
    ['mol', '1'],
  ])('[%s] has none to [%s]', (from, to) => {
    expect(conversionFactor(unit(from), unit(to))).toBeUndefined()
    expect(sameDimension(unit(from), unit(to))).toBe(false)
    expect(sameUnit(unit(from), unit(to))).toBe(false)
  })
})

test('sameUnit asks for the same size', () => {
  expect(sameUnit(unit('mg/L'), unit('ug/mL'))).toBe(true)
  expect(sameUnit(unit('mg/L'), unit('g/L'))).toBe(false)
  expect(sameUnit(unit('mL/min'), unit('mL/min/{1.73_m2}'))).toBe(true)
})

describe('describeMismatch', () => {
  test.each([
    ['g/L', 'mg/L', '[g/L] is 1000 × [mg/L]'],
    ['mg/L', 'g/L', '[g/L] is 1000 × [mg/L]'],
    ['wk', 'mo', '[mo] is 4.34821 × [wk]'],
    ['mg/L', 'h', '[mg/L] is a mass concentration, [h] is a time'],
    ['cell/uL', '10*9/L', '[cell/uL] is a cell concentration, [10*9/L] is a number per volume'],
    ['cell/uL/d', '1/d', '[cell/uL/d] is a cell concentration per time, [1/d] is a rate'],
    ['mg*h/L', 'K2/IU', '[mg*h/L] is an exposure (concentration × time), [K2/IU] is of dimension K2/IU'],
    ['mg/L', 'ug/mL', '[mg/L] and [ug/mL] are the same unit'],
  ])('[%s] and [%s]', (a, b, line) => {
    expect(describeMismatch(unit(a), unit(b))).toBe(line)
  })
})
