// SLEDAI-2K: 24 items, each there or not, 0 to 105 points. In contrast to the first SLEDAI, rash, hair loss, ulcers and proteinuria count while they go
// on, not only when they are new. Laboratory items are scored from what was measured, clinical items from what a rater said.
import type { Item, Sign } from './instrument.ts'
import { shows } from './instrument.ts'
import { KIT } from './kit.ts'

/** An item with its signs, any one of which scores it. */
export interface SledaiItem extends Item {
  readonly signs: readonly Sign[]
  /** Counts in the total only: left out of the clinical score. */
  readonly serological: boolean
}

const above = (seen: string, limit: number, unit = '1'): Sign => ({ seen: `measured_${seen}`, unit, above: limit })
const below = (seen: string, limit: number, unit: string): Sign => ({ seen: `measured_${seen}`, unit, below: limit })

type Told = readonly [label: string, definition: string, ...signs: readonly Sign[]]

/** Items of one system and weight. What has no measured sign is scored by a rater. */
function items(weight: number, system: string, each: Readonly<Record<string, Told>>): SledaiItem[] {
  return Object.entries(each).map(([id, [label, definition, ...measured]]) => {
    const rated: Sign = { seen: `item_${id}`, unit: '1', above: 0.5 }
    const signs = measured.length > 0 ? measured : [rated]
    return { id, label, weight, system, definition, signs, serological: system === 'immunological' }
  })
}

const { c3, c4, dsdna } = KIT

const ITEMS: readonly SledaiItem[] = [
  ...items(8, 'nervous system', {
    seizure: ['Seizure', 'A new seizure, not by metabolism, infection or drugs.'],
    psychosis: ['Psychosis', 'Daily life upset by losing touch with reality, not by uraemia or drugs.'],
    organic_brain: [
      'Organic brain syndrome',
      'Clouded attention with failing orientation, memory or thought; quick and wavering.',
    ],
    visual: [
      'Visual disturbance',
      'Lupus of retina, choroid or optic nerve, not by blood pressure, infection or drugs.',
    ],
    cranial_nerve: ['Cranial nerve disorder', 'A cranial nerve newly fails, in feeling or in movement.'],
    headache: ['Lupus headache', 'Severe headache that stays, even under opioids.'],
    stroke: ['Stroke', 'A new stroke that atherosclerosis does not explain.'],
  }),
  ...items(8, 'vessels', {
    vasculitis: [
      'Vasculitis',
      'Ulcers, gangrene, tender finger nodules, nail infarcts or splinter bleeding, or proof.',
    ],
  }),
  ...items(4, 'muscles and joints', {
    arthritis: ['Arthritis', 'Two or more joints that hurt and are inflamed: tender, swollen or with fluid.'],
    myositis: ['Myositis', 'Aching or weak muscles near the trunk with raised enzymes, or other proof.'],
  }),
  ...items(4, 'kidney', {
    casts: ['Urinary casts', 'Casts of red cells or of haem.', above('casts', 0.5)],
    haematuria: ['Haematuria', 'More than 5 red cells per field, not by stone or infection.', above('haematuria', 5)],
    proteinuria: ['Proteinuria', 'More than 0.5 g of protein in the urine of a day.', above('protein', 0.5, 'g/d')],
    pyuria: ['Pyuria', 'More than 5 white cells per field, not by infection.', above('pyuria', 5)],
  }),
  ...items(2, 'skin and mucosa', {
    rash: ['Rash', 'An inflamed rash, new or going on.'],
    alopecia: ['Alopecia', 'Hair lost in patches or all over, new or going on; not from scars.'],
    ulcers: ['Mucosal ulcers', 'Ulcers of mouth or nose, new or going on.'],
  }),
  ...items(2, 'serosa', {
    pleurisy: ['Pleurisy', 'Pain of the pleura with rub, fluid or thickening.'],
    pericarditis: ['Pericarditis', 'Pain of the pericardium with rub or fluid, or proof by tracing or ultrasound.'],
  }),
  ...items(2, 'immunological', {
    complement: [
      'Low complement',
      'C3 or C4 below the range of the laboratory.',
      below('c3', c3.value, c3.unit),
      below('c4', c4.value, c4.unit),
    ],
    dna_binding: [
      'Raised DNA binding',
      'Anti-dsDNA above the range of the laboratory.',
      above('dsdna', dsdna.value, dsdna.unit),
    ],
  }),
  ...items(1, 'constitutional', {
    fever: ['Fever', 'Above 38 degrees Celsius, not by infection.', above('temperature', 38)],
  }),
  ...items(1, 'blood', {
    thrombocytopenia: [
      'Thrombocytopenia',
      'Platelets below 100 x 10^9/L, not by drugs.',
      below('platelets', 100, '10*9/L'),
    ],
    leucopenia: ['Leucopenia', 'White cells below 3 x 10^9/L, not by drugs.', below('leucocytes', 3, '10*9/L')],
  }),
]

export interface Sledai {
  readonly name: string
  readonly label: string
  readonly unit: string
  /** Key of library/evidence/references.bib. */
  readonly source: string
  /** Names that must be seen for a score to be known. */
  readonly needs: readonly string[]
  readonly whenNotToUse: string
  readonly items: readonly SledaiItem[]
  /**
   * Scores one patient at one look.
   * @param seen what was seen under a name, in the unit of its signs; NaN if it was not
   * @returns the total, NaN if anything needed was not seen, and the points of each item in order
   */
  score(seen: (name: string) => number): { readonly total: number; readonly points: readonly number[] }
}

/**
 * Scores the disease activity index of lupus in its version of 2000, over the 30 days before a look.
 * @source gladman-2002 (weights and cut-offs, as tabled by later reviews: the paper itself was not read)
 */
export const sledai2k: Sledai = {
  name: 'sledai-2k',
  label: 'SLEDAI-2K',
  unit: '1',
  source: 'gladman-2002',
  items: ITEMS,
  needs: [...new Set(ITEMS.flatMap(({ signs }) => signs.map(({ seen }) => seen)))],
  whenNotToUse:
    'Not for how severe an item is, nor for what it does not list (haemolysis, myelitis, gut, lung): a score can stay while a patient gets worse. Not for damage.',
  score: (seen) => {
    const points = ITEMS.map(({ signs, weight }) => weight * presence(signs.map((sign) => mark(sign, seen(sign.seen)))))
    return { total: points.reduce((sum, p) => sum + p, 0), points }
  },
}

const mark = (sign: Sign, value: number): number => (Number.isNaN(value) ? NaN : Number(shows(sign, value)))
const presence = (marks: readonly number[]): number => marks.reduce((most, m) => Math.max(most, m), 0) // NaN stays
