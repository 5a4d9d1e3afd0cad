import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { float, join, localDeclarations, signed, unsigned, wasmModule } from './encoder.ts'

/** Reads LEB128 as the specification defines it: seven bits a byte, lowest first. */
const read = (bytes: readonly number[]): bigint =>
  bytes.reduce((value, byte, position) => value | (BigInt(byte & 0x7f) << BigInt(7 * position)), 0n)
const endsOnce = (bytes: readonly number[]): boolean =>
  bytes.every((byte, position) => byte < 0x80 === (position === bytes.length - 1))

describe('LEB128', () => {
  test('writes the examples of the DWARF and WebAssembly texts', () => {
    expect(unsigned(624485)).toEqual([0xe5, 0x8e, 0x26])
    expect(unsigned(0)).toEqual([0])
    expect(unsigned(128)).toEqual([0x80, 0x01])
    expect(signed(-123456n)).toEqual([0xc0, 0xbb, 0x78])
    expect([63n, 64n, -64n, -65n].map(signed)).toEqual([[0x3f], [0xc0, 0x00], [0x40], [0xbf, 0x7f]])
  })

  test('unsigned numbers are read back, and are as short as can be', () => {
    const law = fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), (value) => {
      const bytes = unsigned(value)
      expect(read(bytes)).toBe(BigInt(value))
      expect(endsOnce(bytes)).toBe(true)
      expect(bytes.length).toBe(Math.max(1, Math.ceil(value.toString(2).length / 7)))
    })
    fc.assert(law, { seed: 1, examples: [[0], [127], [128], [2 ** 31], [2 ** 32 - 1]] })
  })

  test('signed numbers are read back, and are as short as can be', () => {
    const law = fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), (value) => {
      const bytes = signed(value)
      expect(BigInt.asIntN(7 * bytes.length, read(bytes))).toBe(value)
      expect(endsOnce(bytes)).toBe(true)
      expect(BigInt.asIntN(7 * (bytes.length - 1), value)).not.toBe(bytes.length > 1 ? value : undefined)
    })
    fc.assert(law, { seed: 2, examples: [[-1n], [-(2n ** 63n)], [2n ** 63n - 1n]] })
  })
})

test('floats keep their bits', () => {
  const law = fc.property(fc.double(), (value) => {
    expect(new Float64Array(Uint8Array.from(float(value)).buffer)[0]).toBe(value)
  })
  fc.assert(law, { seed: 3, examples: [[-0], [Number.NaN], [5e-324]] })
})

test('locals are declared in runs of one type', () => {
  expect(Array.from(localDeclarations(['f64', 'f64', 'i32', 'f64']))).toEqual([3, 2, 0x7c, 1, 0x7f, 1, 0x7c])
})

test('a module holds what it is given, to the byte', () => {
  const code = join([localDeclarations([]), [0x20, 0x00, 0x9f, 0x0b]])
  const root = { params: ['f64'], results: ['f64'], code, exportedAs: 'root' } as const
  const { exports } = new WebAssembly.Instance(
    new WebAssembly.Module(wasmModule([root], { pages: { initial: 1, maximum: 2 }, slots: 0 })),
  )
  expect((exports['root'] as (x: number) => number)(2)).toBe(Math.SQRT2)
})

test('an exported name is ASCII', () => {
  const named = { params: [], results: [], code: join([[0, 0x0b]]), exportedAs: 'größe' } as const
  expect(() => wasmModule([named], { pages: { initial: 0, maximum: 0 }, slots: 0 })).toThrow(
    '"größe" must be written in ASCII',
  )
})
