import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { didYouMean } from './did-you-mean.ts'

describe('didYouMean', () => {
  test.each([
    ['recieve', ['retrieve', 'receive'], 'receive'], // a swap is one edit
    ['clearence', ['clearance'], 'clearance'],
    ['KA', ['kA', 'ka'], 'kA'], // case alone: the first
    ['Vmax', ['vmin', 'VMAX'], 'VMAX'], // case before spelling
    ['volum', ['volume', 'volumes'], 'volume'], // the nearest
    ['abc', ['abd', 'abe'], 'abd'], // the earlier wins a tie
    ['ab', ['abc', 'x'], 'abc'],
    ['abcde', ['abxye'], 'abxye'], // two edits in five letters
    ['abcd', ['abxy'], undefined], // two in four are too many
    ['a', ['b'], undefined],
    ['', ['a'], undefined],
    ['anything', [], undefined],
  ])('%s of %j is %s', (word, candidates, meant) => {
    expect(didYouMean(word, candidates)).toBe(meant)
  })

  test('finds a word of five letters or more after any one slip', () => {
    const words = fc.string({ minLength: 5, maxLength: 40 })
    const slips = fc.record({ at: fc.nat(), letter: fc.string({ minLength: 1, maxLength: 1 }), kind: fc.nat(3) })
    fc.assert(
      fc.property(words, slips, (word, { at, letter, kind }) => {
        const i = at % (word.length - 1)
        const rest = [`${letter}${word.slice(i)}`, word.slice(i + 1), `${letter}${word.slice(i + 1)}`]
        const swapped = `${word.charAt(i + 1)}${word.charAt(i)}${word.slice(i + 2)}`
        expect(didYouMean(word.slice(0, i) + (rest[kind] ?? swapped), [word])).toBe(word)
      }),
      { seed: 20260901, numRuns: 1000 },
    )
  })

  test('gives up on a word without end', () => {
    const endless = 'm'.repeat(1_000_000)
    expect(didYouMean(endless, [endless.slice(1), 'm'])).toBeUndefined()
    expect(didYouMean('m', [endless])).toBeUndefined()
  })
})
