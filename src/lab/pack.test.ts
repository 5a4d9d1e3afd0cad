// Packing and unpacking give back the same value, to the last bit.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { pack, unpack } from './pack.ts'

const plain = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.double(),
    fc.string({ unit: 'grapheme' }),
    fc.boolean(),
    fc.constant(null),
    fc.float64Array(),
    fc.array(tie('value'), { maxLength: 5 }),
    fc.dictionary(fc.stringMatching(/^[a-zA-Z]{1,8}$/), tie('value'), { maxKeys: 5, noNullPrototype: true }),
  ),
})).value

test('unpack undoes pack', () => {
  fc.assert(
    fc.property(plain, (value) => {
      // JSON knows no -0
      const same = unpack(pack(value))
      expect(normalise(same)).toEqual(normalise(value))
    }),
    { seed: 3, numRuns: 500 },
  )
})

const normalise = (v: unknown): unknown => {
  if (v instanceof Float64Array) return [...v]
  if (Array.isArray(v)) return v.map(normalise)
  if (typeof v === 'object' && v !== null)
    return Object.fromEntries(Object.entries(v).map(([k, x]) => [k, normalise(x)]))
  return v === 0 ? 0 : v
}

test('doubles keep their bits: -0, NaN, the smallest and the largest', () => {
  const doubles = Float64Array.of(-0, NaN, Infinity, 5e-324, 1.7976931348623157e308, 0.1)
  const { a, b } = unpack(pack({ a: doubles, b: -Infinity })) as { a: Float64Array; b: number }
  expect(new BigUint64Array(a.slice().buffer)).toEqual(new BigUint64Array(doubles.slice().buffer))
  expect(b).toBe(-Infinity)
})
