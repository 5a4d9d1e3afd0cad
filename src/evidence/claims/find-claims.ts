// Finds claims in a text and says where: line, sentence, whether it is said, asked or denied. Reads words alone, so it can be wrong both ways;
// that is why every finding shows its sentence, and sentences about stem cells that met no claim are counted.
import type { Place, Problem, Reading } from '#base'
import { fault } from '../fault.ts'
import { beginsPart, isIn, type Match, matchAt, type Pattern } from './pattern.ts'
import type { Claim } from './read-claim.ts'
import { visibleText } from './visible-text.ts'
import { BREAK, FILLER, type Sentence, type Words, wordsOf } from './words.ts'

/** A claim met in a text. */
export interface Finding {
  readonly claim: string
  /** `denied` where the text says that it is not so. */
  readonly as: 'said' | 'asked' | 'denied'
  readonly place: Place
  readonly sentence: string
}

export interface Found {
  readonly findings: readonly Finding[]
  readonly sentences: number
  /** Sentences that speak of stem cells and in which no claim was found. */
  readonly unmet: readonly { readonly place: Place; readonly sentence: string }[]
}

const LONGEST = 1_000_000 // characters

/**
 * Finds every claim that a text makes.
 * @param file the name of the text, for places
 * @returns no value where the text cannot be read; a note where it holds no claim
 */
export function findClaims(file: string, text: string, claims: readonly Claim[]): Reading<Found> {
  const refused = refusal(file, text)
  if (refused) return { value: undefined, problems: [refused] }
  const seen = visibleText(text)
  const words = wordsOf(seen)
  const page: Page = { file, seen, words, lines: lineStarts(text) }
  const starts = startsOf(claims, words.words)
  const findings: Finding[] = []
  const unmet: { place: Place; sentence: string }[] = []
  for (const sentence of words.sentences) {
    const inside = findIn(sentence, page, starts)
    findings.push(...inside)
    if (inside.length === 0 && speaksOfCells(sentence, words.words)) unmet.push(whole(sentence, page))
  }
  const value: Found = { findings, sentences: words.sentences.length, unmet }
  return { value, problems: findings.length > 0 ? [] : [noClaim(file, words.sentences.length, unmet.length)] }
}

function refusal(file: string, text: string): Problem | undefined {
  const place: Place = { file, line: 1, column: 1, length: 1 }
  if (text.length > LONGEST)
    return fault('too-long', `The text is longer than ${LONGEST} characters.`, place, 'give it in parts')
  const odd = text.indexOf('\u0000')
  if (odd >= 0 || text.slice(0, 1000).includes('\uFFFD'))
    return fault(
      'not-text',
      'This is no plain text or web page.',
      place,
      'save the page as text or HTML, or paste its words',
    )
  if (!/[\p{L}\p{N}]/u.test(text))
    return fault('empty-text', 'There are no words here.', place, 'paste what the page says')
  return undefined
}

const noClaim = (file: string, sentences: number, unmet: number): Problem => ({
  code: 'no-claims',
  level: 'note',
  message: `No claim of the library was found in ${sentences === 1 ? 'one sentence' : `${sentences} sentences`}, of which ${unmet} speak${unmet === 1 ? 's' : ''} of stem cells.`,
  place: { file, line: 1, column: 1, length: 1 },
  help: 'texts are read in English; "imago evidence claims" lists what is looked for',
})

interface Page {
  readonly file: string
  readonly seen: string
  readonly words: Words
  readonly lines: readonly number[]
}

interface Begun {
  readonly claim: Claim
  readonly pattern: Pattern
}

/** For each different word of a text the patterns that can begin with it: every pattern is looked at once a word, not once a place. */
function startsOf(claims: readonly Claim[], words: readonly string[]): ReadonlyMap<string, readonly Begun[]> {
  const all = claims.flatMap((claim) => claim.patterns.map((pattern): Begun => ({ claim, pattern })))
  const starts = new Map<string, readonly Begun[]>()
  for (const word of words) {
    if (starts.has(word)) continue
    starts.set(
      word,
      all.filter(({ pattern }) => beginsPart(pattern.parts[0] ?? [], word)),
    )
  }
  return starts
}

/** Each claim is met at most once a sentence, at its first place; said goes before denied. */
function findIn(sentence: Sentence, page: Page, starts: ReadonlyMap<string, readonly Begun[]>): Finding[] {
  const { words } = page.words
  const met = new Map<string, { readonly match: Match; readonly denied: boolean }>()
  for (let at = sentence.from; at < sentence.to; at++) {
    for (const { claim, pattern } of starts.get(words[at] ?? '') ?? []) {
      const before = met.get(claim.name)
      if (before && !before.denied) continue
      const match = matchAt(pattern, words, sentence, at)
      if (match && !claim.unless.some((other) => isIn(other, words, sentence)))
        met.set(claim.name, { match, denied: isDenied(match, words, sentence) })
    }
  }
  return [...met]
    .toSorted(([, a], [, b]) => a.match.from - b.match.from)
    .map(([claim, { match, denied }]) => ({
      claim,
      as: denied ? 'denied' : sentence.asks ? 'asked' : 'said',
      place: placeOfWords(match.from, match.to, page),
      sentence: excerpt(sentence, match, page),
    }))
}

const NEGATORS = new Set([
  'not',
  'no',
  'never',
  'cannot',
  'without',
  'neither',
  'nor',
  'hardly',
  'nobody',
  'unproven',
  'myth',
])
const REACH = 3 // words before a match in which a "not" still belongs to it

const negates = (word: string): boolean => NEGATORS.has(word) || word.endsWith("n't")

/** A claim is denied where a "not" stands shortly before a part of it, or among the words inside that its pattern does not name. */
function isDenied({ begins, skipped }: Match, words: readonly string[], sentence: Sentence): boolean {
  const isBefore = (start: number): boolean =>
    words
      .slice(Math.max(sentence.from, start - REACH), start)
      // "not only" denies nothing of what follows
      .some((word, i, near) => negates(word) && !ONLY.has(near[i + 1] ?? words[start] ?? ''))
  return begins.some(isBefore) || skipped.some((index) => negates(words[index] ?? ''))
}

const ONLY = new Set(['only', 'just', 'merely'])

const speaksOfCells = ({ from, to }: Sentence, words: readonly string[]): boolean => {
  for (let i = from; i < to; i++) {
    const word = words[i] ?? ''
    if (
      word === 'msc' ||
      word === 'mscs' ||
      word === 'mesenchymal' ||
      (word === 'stem' && words[i + 1]?.startsWith('cell'))
    )
      return true
  }
  return false
}

function lineStarts(text: string): number[] {
  const starts = [0]
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return starts
}

function placeOfWords(from: number, to: number, { file, seen, words, lines }: Page): Place {
  const start = words.starts[from] ?? 0
  const line = lineOf(start, lines)
  const begin = lines[line - 1] ?? 0
  const lineEnd = (lines[line] ?? seen.length + 1) - 1
  const end = Math.min(words.ends[to - 1] ?? start + 1, lineEnd)
  return { file, line, column: start - begin + 1, length: Math.max(1, end - start) }
}

function lineOf(at: number, lines: readonly number[]): number {
  let [low, high] = [0, lines.length - 1]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if ((lines[middle] ?? 0) <= at) low = middle
    else high = middle - 1
  }
  return low + 1
}

const AROUND = 25 // words shown before and after a match in a very long sentence

/** The sentence, or of a very long one what stands around the match. */
function excerpt(sentence: Sentence, { from, to }: Pick<Match, 'from' | 'to'>, { seen, words }: Page): string {
  const first = Math.max(sentence.from, from - AROUND)
  const last = Math.min(sentence.to, to + AROUND)
  const shown = readable(seen.slice(words.starts[first], words.ends[last - 1]))
  return `${first > sentence.from ? '… ' : ''}${shown}${last < sentence.to ? ' …' : ''}`
}

const whole = (sentence: Sentence, page: Page): { place: Place; sentence: string } => {
  const all = { from: sentence.from, to: Math.min(sentence.to, sentence.from + 2 * AROUND) }
  return { place: placeOfWords(sentence.from, sentence.from + 1, page), sentence: excerpt(sentence, all, page) }
}

const readable = (text: string): string =>
  text.replaceAll(FILLER, '').replaceAll(BREAK, ' ').replace(/\s+/g, ' ').trim()
