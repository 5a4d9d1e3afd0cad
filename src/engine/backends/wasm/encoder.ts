// The binary format of WebAssembly, as much of it as kernels need: numbers, instructions, sections. Knows nothing of
// kernels. @source WebAssembly Core Specification 2.0 (W3C, 2022), section 5.

export type Bytes = Uint8Array<ArrayBuffer>

export type ValueType = 'i32' | 'f64' | 'v128'

/** A function, ready to be written. `code` is its whole body, from the local declarations to the last `end`. */
export interface WasmFunction {
  readonly params: readonly ValueType[]
  readonly results: readonly ValueType[]
  readonly code: Bytes
  readonly exportedAs?: string
}

/** Instructions by name; the ones of two bytes are lists. */
export const OP = {
  block: 0x02,
  loop: 0x03,
  if: 0x04,
  else: 0x05,
  end: 0x0b,
  br: 0x0c,
  brIf: 0x0d,
  call: 0x10,
  select: 0x1b,
  localGet: 0x20,
  localSet: 0x21,
  localTee: 0x22,
  globalGet: 0x23,
  f64Load: 0x2b,
  f64Store: 0x39,
  i32Const: 0x41,
  i64Const: 0x42,
  f64Const: 0x44,
  i32Eqz: 0x45,
  i32LtU: 0x49,
  f64Eq: 0x61,
  f64Lt: 0x63,
  f64Le: 0x65,
  i32Add: 0x6a,
  i32And: 0x71,
  i32Or: 0x72,
  i32Xor: 0x73,
  i32ShrU: 0x76,
  i64And: 0x83,
  i64Or: 0x84,
  i64Shl: 0x86,
  i64ShrU: 0x88,
  f64Abs: 0x99,
  f64Neg: 0x9a,
  f64Floor: 0x9c,
  f64Sqrt: 0x9f,
  f64Add: 0xa0,
  f64Sub: 0xa1,
  f64Mul: 0xa2,
  f64Div: 0xa3,
  f64Min: 0xa4,
  f64Max: 0xa5,
  i64ReinterpretF64: 0xbd,
  f64ReinterpretI64: 0xbf,
} as const

const vector128 = (code: number): readonly number[] => [0xfd, ...unsigned(code)]

/** Instructions on vectors of two numbers, all of them lists. */
export const V128 = {
  load: vector128(0x00),
  loadSplat: vector128(0x0a),
  store: vector128(0x0b),
  const: vector128(0x0c),
  eq: vector128(0x47),
  lt: vector128(0x49),
  le: vector128(0x4b),
  not: vector128(0x4d),
  and: vector128(0x4e),
  andnot: vector128(0x4f),
  or: vector128(0x50),
  bitselect: vector128(0x52),
  floor: vector128(0x75),
  shl: vector128(0xcb),
  shrU: vector128(0xcd),
  abs: vector128(0xec),
  neg: vector128(0xed),
  sqrt: vector128(0xef),
  add: vector128(0xf0),
  sub: vector128(0xf1),
  mul: vector128(0xf2),
  div: vector128(0xf3),
  min: vector128(0xf4),
  max: vector128(0xf5),
  pmin: vector128(0xf6),
  pmax: vector128(0xf7),
} as const

/** Saturating conversion: NaN and negative numbers become 0, too large ones 2^32 - 1. */
export const I32_TRUNC_SAT_F64_U = [0xfc, 0x03] as const

/** The type of a block that leaves nothing on the stack. */
export const NO_RESULT = 0x40

const PREAMBLE = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00] // "\0asm", version 1
const TYPE_CODE: Record<ValueType, number> = { i32: 0x7f, f64: 0x7c, v128: 0x7b }

/** Writes a whole number from 0 to 2^32 - 1 in LEB128. */
export function unsigned(value: number): number[] {
  const bytes: number[] = []
  for (let rest = value; ; rest >>>= 7) {
    if (rest >>> 0 < 0x80) return [...bytes, rest]
    bytes.push((rest & 0x7f) | 0x80)
  }
}

/** Writes a whole number from -2^63 to 2^63 - 1 in LEB128. */
export function signed(value: bigint): number[] {
  const bytes: number[] = []
  for (let rest = value; ; rest >>= 7n) {
    if (rest >= -0x40n && rest < 0x40n) return [...bytes, Number(rest & 0x7fn)]
    bytes.push(Number(rest & 0x7fn) | 0x80)
  }
}

const float64 = new DataView(new ArrayBuffer(8)) // scratch: every use writes before it reads

/** Writes a float, least significant byte first. */
export function float(value: number): number[] {
  float64.setFloat64(0, value, true)
  return [0, 1, 2, 3, 4, 5, 6, 7].map((position) => float64.getUint8(position))
}

/** Writes the local declarations that begin a function, runs of one type together. */
export function localDeclarations(types: readonly ValueType[]): Bytes {
  const runs: { type: ValueType; count: number }[] = []
  for (const type of types) {
    const run = runs.at(-1)
    if (run?.type === type) run.count++
    else runs.push({ type, count: 1 })
  }
  return vector(runs.map(({ type, count }) => [...unsigned(count), TYPE_CODE[type]]))
}

/** What a module has besides functions. */
export interface Surroundings {
  /** Initial and largest size of the memory. */
  readonly pages: { readonly initial: number; readonly maximum: number }
  /** A whole number to tell the host. */
  readonly slots: number
  /** Vectors that functions read as the globals from 1 on, as their bytes. */
  readonly vectors?: readonly (readonly number[])[]
}

/** Writes a module without imports: functions, one memory, exported as "memory", and one whole number, exported as "slots". */
export function wasmModule(functions: readonly WasmFunction[], { pages, slots, vectors = [] }: Surroundings): Bytes {
  const exports = functions.flatMap(({ exportedAs }, index) =>
    exportedAs === undefined ? [] : [join([text(exportedAs), [0x00], unsigned(index)])],
  )
  const types = functions.map(({ params, results }) => join([[0x60], valueTypes(params), valueTypes(results)]))
  return join([
    PREAMBLE,
    section(1, types),
    section(
      3,
      functions.map((_, index) => unsigned(index)),
    ),
    section(5, [[0x01, ...unsigned(pages.initial), ...unsigned(pages.maximum)]]),
    section(6, [
      [TYPE_CODE.i32, 0x00, OP.i32Const, ...signed(BigInt(slots)), OP.end],
      ...vectors.map((bytes) => [TYPE_CODE.v128, 0x00, ...V128.const, ...bytes, OP.end]),
    ]),
    section(7, [join([text('memory'), [0x02, 0x00]]), join([text('slots'), [0x03, 0x00]]), ...exports]),
    section(
      10,
      functions.map(({ code }) => join([unsigned(code.length), code])),
    ),
  ])
}

/** Joins lists of bytes into one. */
export function join(parts: readonly ArrayLike<number>[]): Bytes {
  const bytes = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let end = 0
  for (const part of parts) {
    bytes.set(part, end)
    end += part.length
  }
  return bytes
}

function section(id: number, items: readonly ArrayLike<number>[]): Bytes {
  const content = vector(items)
  return join([[id], unsigned(content.length), content])
}

const vector = (items: readonly ArrayLike<number>[]): Bytes => join([unsigned(items.length), ...items])

const valueTypes = (types: readonly ValueType[]): Bytes => vector(types.map((type) => [TYPE_CODE[type]]))

/** Writes a name. */
function text(name: string): number[] {
  const codes = Array.from(name, (letter) => letter.codePointAt(0) ?? 0)
  if (codes.some((code) => code >= 0x80)) throw new Error(`"${name}" must be written in ASCII to be exported`)
  return [...unsigned(codes.length), ...codes]
}
