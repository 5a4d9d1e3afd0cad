import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { divideUnits, multiplyUnits, raiseUnit, unitOne } from './algebra.ts'
import { conversionFactor, describeMismatch, sameDimension, sameUnit } from './compare.ts'
import { readUnit } from './read-unit.ts'
import { SYMBOLS } from './symbols.ts'
import { type Unit, unitOf } from './unit.ts'

const quarters = fc.integer({ min: -12, max: 12 }).map((n) => n / 4)
const wholes = fc.integer({ min: -3, max: 3 })
const notes = fc.constantFrom('', '', '', '{creatinine}', '{a/b}')
const symbols = fc.constantFrom(...SYMBOLS.keys(), '{point}', '{1.73_m2}')
const unitsWith = (exponents: fc.Arbitrary<number>) =>
  fc.array(fc.record({ symbol: symbols, exponent: exponents, note: notes }), { maxLength: 5 }).map(unitOf)
const units = unitsWith(quarters)

const NEAR = 1e-13 // relative: a product of some ten symbols with roots rounds some hundred times at most, each time by 1e-16
const expectNear = (actual: number, wanted: number) => {
  expect(Math.abs(actual - wanted)).toBeLessThanOrEqual(NEAR * Math.abs(wanted))
}

const expectSame = (a: Unit, b: Unit) => {
  expect(a.dimension).toEqual(b.dimension)
  expect(sameUnit(a, b)).toBe(true)
  expectNear(a.factor, b.factor)
}

const holds = <T extends [unknown, ...unknown[]]>(property: fc.IProperty<T>) =>
  fc.assert(property, { seed: 20260901, numRuns: 1000 })

describe('units are an Abelian group', () => {
  test('multiplication commutes', () =>
    holds(
      fc.property(units, units, (a, b) => {
        expectSame(multiplyUnits(a, b), multiplyUnits(b, a))
      }),
    ))

  test('multiplication associates', () =>
    holds(
      fc.property(units, units, units, (a, b, c) => {
        expectSame(multiplyUnits(multiplyUnits(a, b), c), multiplyUnits(a, multiplyUnits(b, c)))
      }),
    ))

  test('the plain number changes nothing', () =>
    holds(
      fc.property(units, (a) => {
        expect(multiplyUnits(a, unitOne)).toEqual(a)
      }),
    ))

  test('a unit by itself is a plain number', () =>
    holds(
      fc.property(units, (a) => {
        expect(divideUnits(a, a)).toEqual(unitOne)
      }),
    ))

  test('division undoes multiplication', () =>
    holds(
      fc.property(units, units, (a, b) => {
        expectSame(divideUnits(multiplyUnits(a, b), b), a)
      }),
    ))

  test('factors multiply', () =>
    holds(
      fc.property(units, units, (a, b) => {
        expectNear(multiplyUnits(a, b).factor, a.factor * b.factor)
      }),
    ))
})

describe('powers', () => {
  test('add their exponents', () =>
    holds(
      fc.property(unitsWith(wholes), quarters, quarters, (a, p, q) => {
        const [x, y, sum] = [raiseUnit(a, p), raiseUnit(a, q), raiseUnit(a, p + q)]
        fc.pre(x !== undefined && y !== undefined && sum !== undefined) // out of a double's range
        expectSame(multiplyUnits(x, y), sum)
      }),
    ))

  test('the square root of a square is the unit', () =>
    holds(
      fc.property(units, (a) => {
        const square = raiseUnit(a, 2)
        fc.pre(square !== undefined)
        expect(raiseUnit(square, 0.5)).toEqual(a)
      }),
    ))
})

describe('texts', () => {
  test('what is printed reads back the same', () =>
    holds(
      fc.property(units, (a) => {
        const reading = readUnit(a.text)
        if ('fault' in reading) throw new Error(`"${a.text}": ${reading.fault.message}`)
        const { text, factor, dimension } = reading.unit
        expect({ text, factor, dimension }).toEqual({ text: a.text, factor: a.factor, dimension: a.dimension })
      }),
    ))

  const pieces = fc.constantFrom(
    ...SYMBOLS.keys(),
    ...'*./^()+-0123456789 {}[]µ·',
    '10*',
    '10^',
    '{x}',
    'day',
    'Cel',
    '𝛍',
    '\ud800',
  )
  const texts = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 50 }),
    fc.array(pieces, { maxLength: 12 }).map((p) => p.join('')),
  )

  test('every text is a unit that reads back or a fault with a place in it', () =>
    fc.assert(
      fc.property(texts, (text) => {
        const reading = readUnit(text)
        if ('fault' in reading) {
          const { at, length, message } = reading.fault
          expect(message).not.toBe('')
          expect(length).toBeGreaterThanOrEqual(1)
          expect(at).toBeGreaterThanOrEqual(0)
          expect(at + length).toBeLessThanOrEqual(Math.max(text.length, at + 1))
          expect(at).toBeLessThanOrEqual(text.length)
        } else expect(readUnit(reading.unit.text)).toEqual({ unit: { ...reading.unit, atoms: expect.anything() } })
      }),
      { seed: 20260901, numRuns: 20_000 },
    ))
})

describe('conversions', () => {
  test('there and back is 1, and agrees with the factors', () =>
    holds(
      fc.property(units, unitsWith(wholes), (a, plain) => {
        const from = multiplyUnits(a, plain)
        const to = multiplyUnits(inBaseUnits(a), plain) // the same dimension in other symbols
        expect(sameDimension(from, to)).toBe(true)
        const [there, back] = [conversionFactor(from, to) as number, conversionFactor(to, from) as number]
        expectNear(there * back, 1)
        expectNear(there, from.factor / to.factor)
      }),
    ))

  test('between decimal units of one kind is the power of ten itself', () => {
    const decimal = [...SYMBOLS].filter(([symbol, { digits }]) => digits === 1 && symbol !== '10*')
    const pairs = decimal.flatMap(([a, from]) =>
      decimal.map(([b, to]) => ({
        a,
        b,
        found: conversionFactor(atom(a), atom(b)),
        wanted: Number(`1e${from.tens - to.tens}`),
      })),
    )
    const comparable = pairs.filter(({ found }) => found !== undefined)
    expect(comparable.length).toBeGreaterThan(decimal.length)
    expect(comparable.filter(({ found, wanted }) => found !== wanted)).toEqual([])
  })

  test('units of different dimension have none, but always a line that says so', () =>
    holds(
      fc.property(units, units, (a, b) => {
        expect(conversionFactor(a, b) === undefined).toBe(!sameDimension(a, b))
        expect(describeMismatch(a, b)).toContain(`[${a.text}]`)
      }),
    ))
})

const atom = (symbol: string): Unit => unitOf([{ symbol, exponent: 1, note: '' }])

const inBaseUnits = (unit: Unit): Unit =>
  unitOf(Object.entries(unit.dimension).map(([symbol, exponent]) => ({ symbol, exponent, note: '' })))
