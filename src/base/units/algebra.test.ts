import { describe, expect, test } from 'vitest'
import { divideUnits, multiplyUnits, raiseUnit, unitOne } from './algebra.ts'
import { readUnit } from './read-unit.ts'
import type { Unit } from './unit.ts'

const unit = (text: string): Unit => {
  const reading = readUnit(text)
  if ('fault' in reading) throw new Error(`${text}: ${reading.fault.message}`)
  return reading.unit
}

describe('products keep the author’s symbols', () => {
  test.each([
    ['mg/L', 'L', 'mg'],
    ['h', '1/h', '1'],
    ['mg/L', '1/h', 'mg/L/h'],
    ['mg/L', 'h', 'mg*h/L'],
    ['1/d', 'cell/uL', 'cell/d/uL'],
    ['m', 'm', 'm2'],
    ['mg/g', 'g', 'mg'],
    ['10*9/L', '10*3', '10*12/L'],
    ['mL/min/{1.73_m2}', 'min', 'mL/{1.73_m2}'],
    ['mg{protein}', '1/mg{creatinine}', 'mg{protein}/mg{creatinine}'],
    ['mg/dL', 'L', 'mg*L/dL'], // only equal symbols cancel
    ['1', '%', '%'],
  ])('[%s] × [%s] is [%s]', (a, b, product) => {
    expect(multiplyUnits(unit(a), unit(b)).text).toBe(product)
  })

  test('a quotient of equal units is a plain number', () => {
    expect(divideUnits(unit('mg/L/h'), unit('mg/L/h'))).toEqual(unitOne)
  })
})

describe('powers', () => {
  test.each([
    ['m', 2, 'm2'],
    ['m2', 0.5, 'm'],
    ['L/h', 0.75, 'L^0.75/h^0.75'],
    ['d', -1, '1/d'],
    ['10*9/L', 0.5, '10^4.5/L^0.5'],
    ['mg', 0, '1'],
    ['g/g', 0.3, '1'],
    ['{point}', 2, '{point}2'],
  ])('[%s]^%d is [%s]', (base, exponent, power) => {
    expect(raiseUnit(unit(base), exponent)?.text).toBe(power)
  })

  test('a plain number in other words takes any power', () => {
    expect(raiseUnit(divideUnits(unit('cell/uL'), unit('10*6*cell/L')), 0.3)).toEqual(unitOne)
  })

  test.each([
    ['mg', 0.3],
    ['mg/g', 1 / 3],
    ['m', Number.NaN],
    ['m', Infinity],
    ['kg', 200], // 10^600
  ])('[%s]^%d has no unit', (base, exponent) => {
    expect(raiseUnit(unit(base), exponent)).toBeUndefined()
  })
})
