// How a claim is recognised: words in order. `cure*` is any word that begins so, `no|zero` either, `...` up to four words of anything,
// `a b & c` both in any order within one sentence and thirty words. Small on purpose: a clinician can write and read it.
import type { Sentence } from './words.ts'

/** One word of a pattern, or a gap. */
type Term =
  | { readonly gap: true }
  | { readonly gap: false; readonly whole: ReadonlySet<string>; readonly begins: readonly string[] }

export interface Pattern {
  readonly parts: readonly (readonly Term[])[]
}

const GAP = 4 // words that "..." may stand for
const NEAR = 30 // words between the parts of one match

/** Reads a pattern. @returns what is wrong with it, if anything is */
export function readPattern(text: string): { readonly pattern: Pattern } | { readonly fault: string } {
  const parts = text.split('&').map((part) => part.trim().split(/\s+/).filter(Boolean))
  for (const terms of parts) {
    if (terms.length === 0) return { fault: 'has nothing on one side of "&"' }
    if (terms[0] === '...' || terms.at(-1) === '...') return { fault: 'begins or ends with "..."' }
    const odd = terms.find((term) => term !== '...' && !/^[\p{L}\p{N}%'][\p{L}\p{N}'|*%]*$/u.test(term))
    if (odd !== undefined) return { fault: `has "${odd}", which no word is written like` }
    if (terms.some((term) => /\p{Lu}/u.test(term)))
      return { fault: 'has a capital letter, and texts are read in small ones' }
  }
  return { pattern: { parts: parts.map((terms) => terms.map(readTerm)) } }
}

function readTerm(term: string): Term {
  if (term === '...') return { gap: true }
  const choices = term.split('|').filter(Boolean)
  return {
    gap: false,
    whole: new Set(choices.filter((choice) => !choice.endsWith('*'))),
    begins: choices.filter((choice) => choice.endsWith('*')).map((choice) => choice.slice(0, -1)),
  }
}

/** Tells whether a word can begin a part of a pattern. */
export const beginsPart = (part: readonly Term[], word: string): boolean => part[0] !== undefined && fits(part[0], word)

const fits = (term: Term, word: string): boolean =>
  !term.gap && (term.whole.has(word) || term.begins.some((begin) => word.startsWith(begin)))

/** Where a pattern was met: its first word, the one after its last, where its parts begin, and the words inside that it does not name. */
export interface Match {
  readonly from: number
  readonly to: number
  readonly begins: readonly number[]
  readonly skipped: readonly number[]
}

/**
 * Matches a pattern whose first part begins at a word.
 * @param at a word of the sentence
 * @returns the shortest match, or nothing
 */
export function matchAt(pattern: Pattern, words: readonly string[], sentence: Sentence, at: number): Match | undefined {
  const [first, ...others] = pattern.parts
  const begun = first && matchPart(first, 0, words, at, sentence.to, [])
  if (!begun) return undefined
  let match: Match = { from: at, to: begun.to, begins: [at], skipped: begun.skipped }
  for (const part of others) {
    const near = findPart(part, words, sentence, match)
    if (!near) return undefined
    const [from, to] = [Math.min(match.from, near.from), Math.max(match.to, near.to)]
    match = { from, to, begins: [...match.begins, near.from], skipped: [...match.skipped, ...near.skipped] }
  }
  return match
}

function findPart(
  part: readonly Term[],
  words: readonly string[],
  sentence: Sentence,
  near: Match,
): (Reached & { readonly from: number }) | undefined {
  const from = Math.max(sentence.from, near.from - NEAR)
  const to = Math.min(sentence.to, near.to + NEAR)
  for (let at = from; at < to; at++) {
    const found = matchPart(part, 0, words, at, to, [])
    if (found) return { from: at, ...found }
  }
  return undefined
}

type Reached = { readonly to: number; readonly skipped: readonly number[] }

function matchPart(
  terms: readonly Term[],
  index: number,
  words: readonly string[],
  at: number,
  end: number,
  skipped: readonly number[],
): Reached | undefined {
  const term = terms[index]
  if (!term) return { to: at, skipped }
  if (term.gap) {
    for (let jump = 0; jump <= GAP && at + jump < end; jump++) {
      const inside = Array.from({ length: jump }, (_, i) => at + i)
      const found = matchPart(terms, index + 1, words, at + jump, end, [...skipped, ...inside])
      if (found) return found
    }
    return undefined
  }
  return at < end && fits(term, words[at] ?? '') ? matchPart(terms, index + 1, words, at + 1, end, skipped) : undefined
}

/** Tells whether a pattern is met anywhere in a sentence. */
export function isIn(pattern: Pattern, words: readonly string[], sentence: Sentence): boolean {
  const [first = []] = pattern.parts
  for (let at = sentence.from; at < sentence.to; at++)
    if (beginsPart(first, words[at] ?? '') && matchAt(pattern, words, sentence, at)) return true
  return false
}
