// What is kept between runs: pieces of results under the hash of what they were made from. This holds the form of a kept piece, and no place to keep
// it: apps bring that. Keeps true: what was damaged, cut short, or made by another program is never taken for a result.
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'

/** Keeps finished pieces of a run between runs. A piece that is damaged or of another version is as good as absent, and told. */
export interface Store {
  /** @param key small letters, digits and "-", such as pool-1a2b3c4d-draw-3 */
  get(key: string): Promise<Uint8Array | undefined>
  put(key: string, bytes: Uint8Array): Promise<void>
}

/** A piece as it was found: its content, or what is wrong with it. */
export type Opened =
  | { readonly bytes: Uint8Array }
  | { readonly fault: 'damaged' | 'foreign' | 'other-maker'; readonly reason: string }

const MAGIC = 'imago-piece'
const FORMAT = '1'
const LONGEST_HEADER = 400 // bytes; what has no line end by then is no header
const LINE_END = 10

/**
 * Puts a header before a piece: magic, format, maker, key, length and SHA-256 of what follows, in one line of text.
 * @param maker the program and version that made it, without blanks
 */
export function sealPiece(key: string, maker: string, bytes: Uint8Array): Uint8Array {
  const words = [MAGIC, FORMAT, maker, key, String(bytes.length), bytesToHex(sha256(bytes))]
  const header = utf8ToBytes(`${words.join(' ')}\n`)
  const sealed = new Uint8Array(header.length + bytes.length)
  sealed.set(header)
  sealed.set(bytes, header.length)
  return sealed
}

/** Opens a sealed piece, if it is whole and what was asked for. */
export function openPiece(key: string, maker: string, sealed: Uint8Array): Opened {
  const end = sealed.subarray(0, LONGEST_HEADER).indexOf(LINE_END)
  const header = String.fromCharCode(...sealed.subarray(0, Math.max(end, 0)))
  const [magic, format, by, name, length, hash] = header.split(' ')
  if (sealed.length === 0) return { fault: 'damaged', reason: 'it is empty' }
  if (magic !== MAGIC || hash === undefined) return { fault: 'damaged', reason: 'it does not begin as a piece does' }
  if (format !== FORMAT || by !== maker)
    return { fault: 'other-maker', reason: `it was made by ${by} in format ${format}, and this is ${maker}` }
  if (name !== key) return { fault: 'foreign', reason: `it holds the piece "${name}"` }
  const bytes = sealed.subarray(end + 1)
  if (String(bytes.length) !== length)
    return { fault: 'damaged', reason: `${bytes.length} of its ${length} bytes are there` }
  if (bytesToHex(sha256(bytes)) !== hash)
    return { fault: 'damaged', reason: 'its bytes are not those that were written' }
  return { bytes }
}
