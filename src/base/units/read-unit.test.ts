import { describe, expect, test } from 'vitest'
import { readUnit, type UnitFault } from './read-unit.ts'
import { SYMBOLS } from './symbols.ts'
import type { Unit } from './unit.ts'

const unit = (text: string): Unit => {
  const reading = readUnit(text)
  if ('fault' in reading) throw new Error(`${text}: ${reading.fault.message}`)
  return reading.unit
}

const fault = (text: string): UnitFault => {
  const reading = readUnit(text)
  if ('unit' in reading) throw new Error(`"${text}" reads as ${reading.unit.text}`)
  return reading.fault
}

const NONE = { g: 0, mol: 0, cell: 0, IU: 0, U: 0, m: 0, K: 0, s: 0 }

test('no two rows of the table make the same symbol', () => {
  expect(SYMBOLS.size).toBe(18 + 6 + 2 + 6 + 6 + 6 + 4 + 4 + 3) // 18 rows and their prefixes
})

describe('factor and dimension in base units', () => {
  test.each([
    ['1', 1, {}],
    ['%', 0.01, {}],
    ['10*9', 1e9, {}],
    ['10*-3', 1e-3, {}],
    ['g/g', 1, {}],
    ['mg/L', 1, { g: 1, m: -3 }],
    ['ng/mL', 1e-3, { g: 1, m: -3 }],
    ['1/d', 1 / 86_400, { s: -1 }],
    ['cell/uL', 1e9, { cell: 1, m: -3 }],
    ['10*9/L', 1e12, { m: -3 }],
    ['10*6/kg', 1e3, { g: -1 }],
    ['L/h/kg', 1e-6 / 3600, { m: 3, s: -1, g: -1 }],
    ['mL/min/{1.73_m2}', 1e-6 / 60, { m: 3, s: -1 }],
    ['umol/L', 1e-3, { mol: 1, m: -3 }],
    ['IU/mL', 1e6, { IU: 1, m: -3 }],
    ['mg*h/L', 3600, { g: 1, s: 1, m: -3 }],
    ['m2', 1, { m: 2 }],
    ['min', 60, { s: 1 }], // not a milli-inch
    ['mo', 2_629_800, { s: 1 }],
    ['mmol', 1e-3, { mol: 1 }],
    ['cm', 1e-2, { m: 1 }],
    ['d', 86_400, { s: 1 }], // not deci
    ['m^0.5', 1, { m: 0.5 }],
  ])('[%s]', (text, factor, dimension) => {
    expect(unit(text)).toMatchObject({ text, factor, dimension: { ...NONE, ...dimension } })
  })
})

describe('the printed text', () => {
  test.each([
    ['mg.h/L', 'mg*h/L'],
    ['mg·h/L', 'mg*h/L'],
    [' mg / L ', 'mg/L'],
    ['/d', '1/d'],
    ['L/10*9', 'L/10*9'],
    ['1/10*3', '10*-3'],
    ['/d/10*3', '10*-3/d'],
    ['d-1', '1/d'],
    ['(10*9/L)/d', '10*9/L/d'],
    ['mg/(L/h)', 'mg*h/L'],
    ['mg/(L*h)', 'mg/L/h'],
    ['mg/(L/h)/d*g', 'mg*h*g/L/d'],
    ['(((m)))', 'm'],
    ['m^2', 'm2'],
    ['m+2', 'm2'],
    ['m2.10*3', 'm2*10*3'],
    ['10^9/L', '10*9/L'],
    ['µg/mL', 'ug/mL'],
    ['μg/mL', 'ug/mL'],
    ['g/g', 'g/g'],
    ['1', '1'],
    ['1*1/1', '1'],
    ['1/1{day}', '1/{day}'],
    ['{cells}/uL', '{cells}/uL'],
    ['m2{skin}', 'm2{skin}'],
    ['m0', '1'],
  ])('of "%s" is "%s"', (written, text) => {
    expect(unit(written).text).toBe(text)
  })
})

describe('wrong names get a suggestion', () => {
  test.each([
    ['day', 'd'],
    ['Days', 'd'],
    ['hr', 'h'],
    ['hour', 'h'],
    ['year', 'a'],
    ['yr', 'a'],
    ['week', 'wk'],
    ['month', 'mo'],
    ['sec', 's'],
    ['mcg', 'ug'],
    ['ml', 'mL'],
    ['ML', 'mL'],
    ['Mg', 'mg'],
    ['KG', 'kg'],
    ['cells', 'cell'],
    ['cc', 'mL'],
    ['mole', 'mol'],
    ['nM', 'nmol/L'],
    ['mM', 'mmol/L'],
    ['[iU]', 'IU'],
    ['iu', 'IU'],
    ['mmoll', 'mmol'],
    ['percent', '%'],
  ])('"%s": "%s"', (word, meant) => {
    expect(fault(`1/${word}/h`)).toEqual({
      message: `"${word}" is not a unit`,
      help: `did you mean "${meant}"?`,
      at: 2,
      length: word.length,
    })
    expect(readUnit(meant)).toHaveProperty('unit')
  })

  test('a word near nothing is told about annotations', () => {
    expect(fault('points').help).toBe('write what counts as 1 in braces: {point}')
  })
})

describe('scales that are no units are refused with the reason', () => {
  test.each(['Cel', 'degC', '°C', '[degF]'])('"%s"', (word) => {
    expect(fault(word).message).toBe(
      `"${word}" counts from a zero of its own, so its values cannot be multiplied or divided`,
    )
  })
  test.each(['pH', 'dB', 'log10'])('"%s"', (word) => {
    expect(fault(word).message).toContain('is a logarithm')
  })
})

describe('faults point at their place', () => {
  test.each([
    ['', 0, 1, 'Cannot read an empty unit'],
    ['  ', 0, 2, 'Cannot read an empty unit'],
    ['()', 1, 1, 'Cannot read ")" here: want a unit before it'],
    ['mg/', 3, 1, 'Cannot end a unit with an operator: want a unit after it'],
    ['*mg', 0, 1, 'Cannot read "*" here: want a unit before it'],
    ['mg//L', 3, 1, 'Cannot read "/" here: want a unit before it'],
    ['mg L', 3, 1, 'Cannot join "L" to what stands before it'],
    ['(mg/L', 0, 1, 'Cannot find the ")" that closes this parenthesis'],
    ['mg/L)', 4, 1, 'Cannot close a parenthesis that is not open'],
    ['1000/uL', 0, 4, '"1000" is not a unit'],
    ['mg/2.5', 3, 3, '"2.5" is not a unit'],
    ['m^0.3', 0, 5, 'Cannot read the exponent of "m^0.3": want a multiple of 0.25'],
    ['mg{x', 2, 1, 'Cannot read "{" here'],
    ['m²', 0, 2, '"m²" is not a unit'],
    ['10*999', 0, 6, 'Cannot use a unit beyond the range of numbers, 1e-308 to 1e308'],
  ])('"%s"', (text, at, length, message) => {
    expect(fault(text)).toMatchObject({ at, length, message })
  })

  test('a power of ten is written for the author', () => {
    expect(fault('1000/uL').help).toBe('write powers of ten as "10*3"')
  })

  test('a text without end is refused at once', () => {
    expect(fault('('.repeat(1_000_000)).message).toBe('Cannot read a unit of 1000000 characters: want at most 1000')
  })
})
