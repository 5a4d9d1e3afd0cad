// A text as words and sentences, with the place of each word kept. Knows no claim.

/** Zero-width: stands where something was taken out of a text whose length must not change. */
export const FILLER = '\u200B'
/** Ends a sentence whatever stands around it. */
export const BREAK = '\u2029'

/** Words of a text in order, and the sentences that they make. */
export interface Words {
  /** In small letters, apostrophes straight. */
  readonly words: readonly string[]
  /** Where each word begins and ends in the text. */
  readonly starts: readonly number[]
  readonly ends: readonly number[]
  /** Words from `from` up to `to`, not counting it. */
  readonly sentences: readonly Sentence[]
}

export interface Sentence {
  readonly from: number
  readonly to: number
  /** Whether it ends with a question mark. */
  readonly asks: boolean
}

const WORD = /[\p{L}\p{N}%][\p{L}\p{N}'’\u200B]*/gu

/** Splits a text; a hyphen parts words, so that "side-effects" are two. */
export function wordsOf(text: string): Words {
  const words: string[] = []
  const starts: number[] = []
  const ends: number[] = []
  for (const { 0: found, index } of text.matchAll(WORD)) {
    words.push(found.replaceAll(FILLER, '').replaceAll('’', "'").toLowerCase())
    starts.push(index)
    ends.push(index + found.length)
  }
  return { words, starts, ends, sentences: sentencesOf(text, words, starts, ends) }
}

function sentencesOf(
  text: string,
  words: readonly string[],
  starts: readonly number[],
  ends: readonly number[],
): Sentence[] {
  const sentences: Sentence[] = []
  let from = 0
  for (let i = 0; i < words.length; i++) {
    const between = text.slice(ends[i], starts[i + 1] ?? text.length)
    const isLast = i + 1 === words.length
    if (!isLast && !endsSentence(between, words[i] ?? '', text[starts[i + 1] ?? 0] ?? '')) continue
    sentences.push({ from, to: i + 1, asks: /^[^.!]*\?/.test(between) })
    from = i + 1
  }
  return sentences
}

const SHORT = new Set([
  'dr',
  'prof',
  'mr',
  'mrs',
  'ms',
  'st',
  'vs',
  'approx',
  'fig',
  'eg',
  'ie',
  'g',
  'e',
  'i',
  'al',
  'no',
])
const STOP = /[.!?…]["'”’)\]\u200B]*\s/
const PARAGRAPH = /\n[^\S\n]*\n|\n[^\S\n]*(?:[-*•–·▪✓✔]|\d{1,2}[.)])\s/

/** Tells whether what stands between two words ends a sentence: a stop that is no abbreviation's, an empty line, a new item of a list. */
function endsSentence(between: string, before: string, next: string): boolean {
  if (between === ' ') return false
  if (between.includes(BREAK) || PARAGRAPH.test(between) || /[•✓✔▪]/.test(between)) return true
  if (!STOP.test(between)) return false
  if (between.startsWith('.') && SHORT.has(before)) return false
  return !(/^[.…]/.test(between) && /\p{Ll}/u.test(next))
}
