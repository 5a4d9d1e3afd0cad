// Finding claims never fails, whatever the text; every finding is where it says; what surrounds a text does not change what is found in it.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findClaims } from './find-claims.ts'
import { readPattern } from './pattern.ts'
import type { Claim } from './read-claim.ts'
import { visibleText } from './visible-text.ts'
import { wordsOf } from './words.ts'

const SEED = { seed: 20_261_121, numRuns: 400 }
const PIECES =
  'cure|lupus|cells|stem|not|no|side|effects|never|.|?|!|\n|\n\n|, |- | |•|<p>|</p>|<b>|</b>|<!--|-->|<script>|</script>|&nbsp;|&rsquo;|&#8217;|&|<|>|don’t|3.5|Dr. |\u2029|\u200B|é|漢'.split(
    '|',
  )
const TEXT = fc.oneof(
  fc.array(fc.constantFrom(...PIECES), { maxLength: 60 }).map((pieces) => pieces.join('')),
  fc.array(fc.constantFrom(...PIECES), { maxLength: 60 }).map((pieces) => pieces.join(' ')),
  fc.string({ unit: 'binary', maxLength: 200 }),
)

const patterns = ['cure* & lupus', 'no ... side effects', 'stem cells'].flatMap((said) => {
  const reading = readPattern(said)
  return 'pattern' in reading ? [reading.pattern] : []
})
const CLAIMS = [{ name: 'some', patterns, unless: [] } as unknown as Claim]

test('every finding lies in the text, and its words are there', () => {
  fc.assert(
    fc.property(TEXT, (text) => {
      const { value, problems } = findClaims('f', text, CLAIMS)
      expect(value === undefined).toBe(problems.some(({ level }) => level === 'error'))
      const lines = text.split('\n')
      for (const { place } of value?.findings ?? []) {
        const line = lines[place.line - 1] ?? ''
        expect(place.column).toBeGreaterThanOrEqual(1)
        expect(place.column - 1 + place.length).toBeLessThanOrEqual(Math.max(1, line.length))
        expect(line.slice(place.column - 1, place.column + 5)).toMatch(/^[\p{L}\p{N}%]/u)
      }
    }),
    SEED,
  )
})

test('what is shown of a page is as long as the page, line by line', () => {
  fc.assert(
    fc.property(TEXT, (text) => {
      const seen = visibleText(text)
      expect(seen.length).toBe(text.length)
      expect(seen.split('\n').map((line) => line.length)).toEqual(text.split('\n').map((line) => line.length))
    }),
    SEED,
  )
})

test('sentences are all words, in order, once', () => {
  fc.assert(
    fc.property(TEXT, (text) => {
      const { words, sentences } = wordsOf(text)
      expect(sentences.flatMap(({ from, to }) => words.slice(from, to))).toEqual(words)
      for (const { from, to } of sentences) expect(to).toBeGreaterThan(from)
    }),
    SEED,
  )
})

test('paragraphs before and after change nothing but lines', () => {
  fc.assert(
    fc.property(TEXT, (text) => {
      fc.pre(!/[<>\p{Cc}\uFFFD]/u.test(text.replaceAll('\n', '')) && /[\p{L}\p{N}]/u.test(text))
      const alone = findClaims('f', text, CLAIMS).value?.findings ?? []
      const framed = findClaims('f', `Before.\n\n${text}\n\nAfter.`, CLAIMS).value?.findings ?? []
      expect(framed.map(({ place, ...rest }) => ({ ...rest, line: place.line - 2 }))).toEqual(
        alone.map(({ place, ...rest }) => ({ ...rest, line: place.line })),
      )
    }),
    SEED,
  )
})
