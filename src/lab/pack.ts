// Plain values as bytes and back, to be kept between runs: JSON with arrays of numbers behind it, bit for bit. Little-endian, as every machine that
// runs WebAssembly is.
import { utf8ToBytes } from '@noble/hashes/utils.js'

/** What can be packed: plain values, arrays of doubles among them. */
export type Packable =
  | null
  | boolean
  | number
  | string
  | undefined
  | Float64Array
  | readonly Packable[]
  | { readonly [key: string]: Packable }

const ALIGN = 8

/** Packs a value: the length of the JSON, the JSON, then all doubles. */
export function pack(value: unknown): Uint8Array {
  const arrays: Float64Array[] = []
  let doubles = 0
  const mark = (_: string, v: unknown): unknown => {
    if (v instanceof Float64Array) {
      arrays.push(v)
      doubles += v.length
      return { $doubles: v.length }
    }
    return typeof v === 'number' && !Number.isFinite(v) ? { $number: String(v) } : v
  }
  const json = utf8ToBytes(JSON.stringify(value, mark))
  const start = Math.ceil((ALIGN + json.length) / ALIGN) * ALIGN
  const bytes = new Uint8Array(start + doubles * 8)
  new DataView(bytes.buffer).setFloat64(0, json.length, true)
  bytes.set(json, ALIGN)
  let at = start
  for (const array of arrays) {
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), at)
    at += array.byteLength
  }
  return bytes
}

/**
 * Unpacks what `pack` made.
 * @throws on anything else: whoever keeps pieces sees to it that they are whole
 */
export function unpack(bytes: Uint8Array): unknown {
  const whole = new Uint8Array(bytes) // its own buffer, so that doubles lie where a Float64Array may begin
  const length = new DataView(whole.buffer).getFloat64(0, true)
  const json = decodeUtf8(whole.subarray(ALIGN, ALIGN + length))
  let at = Math.ceil((ALIGN + length) / ALIGN) * ALIGN
  return JSON.parse(json, (_, v: unknown) => {
    if (typeof v !== 'object' || v === null) return v
    if ('$doubles' in v) {
      const count = Number(v.$doubles)
      at += count * 8
      return new Float64Array(whole.buffer, at - count * 8, count)
    }
    return '$number' in v ? Number(v.$number) : v
  })
}

// JSON as `pack` writes it may hold any text; there is no TextDecoder where no host is.
function decodeUtf8(bytes: Uint8Array): string {
  let text = ''
  for (let i = 0; i < bytes.length; ) {
    const first = bytes[i] ?? 0
    const more = first < 0x80 ? 0 : first < 0xe0 ? 1 : first < 0xf0 ? 2 : 3
    let code = more === 0 ? first : first & (0x3f >> more)
    for (let k = 1; k <= more; k++) code = (code << 6) | ((bytes[i + k] ?? 0) & 0x3f)
    text += String.fromCodePoint(code)
    i += more + 1
  }
  return text
}
