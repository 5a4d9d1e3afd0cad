// Randomness is addressed, never drawn from a stream: the same address gives the same number in any order, batch or worker, and two
// addresses that differ give independent ones. Arms that should share their luck share addresses.

import { philox } from './philox.ts'

/**
 * Where a random number lives. Addresses that differ in any number never collide. Purposes are hashed to 32 bits: among n purposes of
 * one run some two collide with odds n (n - 1) / 2^33, which is one in 870,000 for 100 purposes.
 */
export interface Address {
  /** Whole, 0 to 2^53 - 1: one for a whole run. */
  readonly seed: number
  /** Whole, 0 to 2^32 - 1: whose luck. */
  readonly subject: number
  /** Whole, 0 to 2^32 - 1: which repetition. */
  readonly replicate: number
  /** What the number decides, as a short fixed name: "dropout", "assay noise". */
  readonly purpose: string
  /** Whole, 0 to 2^32 - 1: which of several numbers for one purpose. */
  readonly index: number
}

const WORDS = 0x100000000

/**
 * Computes the four random 32-bit words of an address. Layout: key = seed (low, high half); counter = subject, replicate, index, purpose.
 * @throws when a number of the address is not whole or out of range: our bug
 */
export function wordsAt(address: Address): readonly [number, number, number, number] {
  const { seed, subject, replicate, purpose, index } = address
  check('seed', seed, Number.MAX_SAFE_INTEGER)
  check('subject', subject, WORDS - 1)
  check('replicate', replicate, WORDS - 1)
  check('index', index, WORDS - 1)
  return philox(subject, replicate, index, hash(purpose), seed >>> 0, Math.floor(seed / WORDS))
}

function check(name: string, value: number, largest: number): void {
  if (Number.isInteger(value) && value >= 0 && value <= largest) return
  throw new Error(`The "${name}" of a random address must be a whole number from 0 to ${largest}, but is ${value}`)
}

/**
 * Hashes text to 32 bits by FNV-1a, one step per UTF-16 unit: for ASCII exactly the published hash.
 * @source Fowler, Noll, Vo & Eastlake, The FNV non-cryptographic hash algorithm, draft-eastlake-fnv-21, 2024
 */
export function hash(text: string): number {
  let sum = 0x811c9dc5
  for (let i = 0; i < text.length; i++) sum = Math.imul(sum ^ text.charCodeAt(i), 0x01000193)
  return sum >>> 0
}
