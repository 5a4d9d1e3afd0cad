// BILAG as a number: letters of nine systems, each worth points. How items make letters is not here: that text was not obtained.
import type { Findings } from './column.ts'
import { bilagNow } from './global.ts'
import type { Instrument, Settings } from './instrument.ts'
import type { Range } from './three-valued.ts'
import { type Part, scoreOf, type Verdict } from './verdict.ts'

/** @source yee-2010 (abstract: 12, 8, 1 for BILAG-2004; the others were suggested for the classic index, and fit BILAG-2004 badly) */
const SCHEMES: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  '12-8-1': { A: 12, B: 8, C: 1, D: 0, E: 0 },
  '12-5-1': { A: 12, B: 5, C: 1, D: 0, E: 0 },
  '9-3-1': { A: 9, B: 3, C: 1, D: 0, E: 0 },
}

const SCHEME = {
  name: 'scheme',
  meaning: 'points for A, B and C; 12-8-1 is the one of BILAG-2004, the others belong to the classic index',
  allowed: ['12-8-1', '12-5-1', '9-3-1'],
  standard: '12-8-1',
} as const

function compute(found: Findings, { scheme = SCHEME.standard }: Settings): Verdict {
  const worth = SCHEMES[scheme] ?? {}
  const parts = bilagNow.map(({ name, meaning }): Part => {
    const letter = found[name]
    const isSaid = typeof letter === 'string'
    const points: Range = isSaid ? [worth[letter] ?? 0, worth[letter] ?? 0] : [0, worth['A'] ?? 0]
    return {
      id: name,
      label: meaning,
      truth: isSaid ? points[0] > 0 : undefined,
      points,
      because: isSaid ? `grade ${letter}` : `${name} not said`,
      missing: isSaid ? [] : [name],
    }
  })
  return scoreOf(parts, highest(found))
}

function highest(found: Findings): string[] {
  const letters = bilagNow.flatMap(({ name }) => (typeof found[name] === 'string' ? [found[name]] : []))
  const [top] = letters.toSorted((a, b) => (a < b ? -1 : 1))
  return top === undefined ? [] : [`highest grade that was said: ${top}`]
}

const NONE = Object.fromEntries(bilagNow.map(({ name }) => [name, 'E']))

/** Adds up grades. */
export const bilagNumeric: Instrument = {
  name: 'bilag-numeric',
  label: 'BILAG-2004, numeric',
  kind: 'score',
  unit: '1',
  sources: [{ key: 'yee-2010', locator: 'abstract' }],
  definition:
    'Each of nine systems adds 12 points for a grade A, 8 for B, 1 for C and none for D or E: 0 to 108. The grades have to be scored from the 97 items of the form by its own rules, which are not part of Imago.',
  params: [SCHEME],
  needs: bilagNow,
  whenNotToUse:
    'Not in place of the letters: a sum hides which organ is ill. Not across papers without their scheme: totals of 9-3-1 and of 12-8-1 do not compare.',
  example: {
    about: 'One B and two C, as a flare is printed in a published table.',
    found: { ...NONE, bilag_musculoskeletal: 'B', bilag_mucocutaneous: 'C', bilag_constitutional: 'C' },
  },
  compute,
}
