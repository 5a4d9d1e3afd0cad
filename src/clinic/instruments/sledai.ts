// SLEDAI-2K and its clinical part, for anyone's data.
import type { Findings } from './column.ts'
import type { Instrument } from './instrument.ts'
import { isClinical, SLEDAI_COLUMNS, sledaiParts, VARIANT, WINDOW } from './sledai-chart.ts'
import { sledai2k } from './sledai-2k.ts'
import type { Range } from './three-valued.ts'
import { type Part, scoreOf, type Verdict } from './verdict.ts'

const ATTRIBUTION =
  'An item counts only if it is due to active lupus and can still be reversed; a measurement beyond its limit is taken to be so unless the column of the item says no.'

/** @source ard-278401 (table 1: bands of the review; they are no part of the index) */
function band([least, most]: Range): string[] {
  const [low, high] = [bandOf(least), bandOf(most)]
  return [
    `band in a review of indices: ${low === high ? low : `${low} to ${high}`} (0 remission, to 4 low, to 10 moderate, above high)`,
  ]
}

const bandOf = (score: number): string =>
  score === 0 ? 'remission' : score <= 4 ? 'low' : score <= 10 ? 'moderate' : 'high'

const scored = (parts: readonly Part[]): Verdict => {
  const verdict = scoreOf(parts)
  return { ...verdict, notes: 'range' in verdict.possible ? band(verdict.possible.range) : [] }
}

const SOURCES = [
  { key: 'gladman-2002', locator: 'items and weights, as tabled by later reviews: the paper itself was not read' },
  { key: 'touma-2010', locator: 'window of 30 days' },
] as const

// A patient of a published table: every item behind the total is printed there.
const PUBLISHED: Findings = {
  ...Object.fromEntries(sledai2k.items.map(({ id }) => [id, false])),
  alopecia: true,
  ulcers: true,
  dna_binding: true,
}

/** Scores the activity of lupus by 24 items. */
export const sledai: Instrument = {
  name: 'sledai-2k',
  label: 'SLEDAI-2K',
  kind: 'score',
  unit: '1',
  sources: SOURCES,
  definition: `24 items, each there or not, with weights of 8, 4, 2 and 1; the score is the sum of the weights, 0 to 105. ${ATTRIBUTION} Complement is scored from C3 and C4, DNA binding from anti-dsDNA, each against the laboratory's own limit.`,
  params: [VARIANT, WINDOW],
  needs: SLEDAI_COLUMNS,
  whenNotToUse: sledai2k.whenNotToUse,
  example: {
    about:
      'Hair loss, mouth ulcers and raised anti-dsDNA: printed with a total of 6 in a case table of Lupus Science & Medicine.',
    found: PUBLISHED,
  },
  compute: (found, { variant = VARIANT.standard }) => scored(sledaiParts(found, variant)),
}

/** Scores the same without complement and DNA binding. */
export const clinicalSledai: Instrument = {
  ...sledai,
  name: 'clinical-sledai',
  label: 'Clinical SLEDAI',
  definition: `SLEDAI without complement and DNA binding: 22 items, 0 to 101. ${ATTRIBUTION}`,
  whenNotToUse: `${sledai2k.whenNotToUse} Not where serology is what is asked about.`,
  example: { about: 'The patient of SLEDAI-2K: anti-dsDNA no longer counts.', found: PUBLISHED },
  compute: (found, { variant = VARIANT.standard }) => scoreOf(sledaiParts(found, variant, isClinical)),
}
