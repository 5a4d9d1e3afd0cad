// SLEDAI-2K: 24 items, each there or not, 0 to 105 points. In contrast to the first SLEDAI, rash, hair loss, ulcers and proteinuria count while they go
// on, not only when they are new. Laboratory items are scored from what was measured, clinical items from what a rater said.
import type { Instrument, Item, Sign } from './instrument.ts'
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

const clinical = (id: string, label: string, weight: number, system: string, definition: string): SledaiItem => ({
  ...{ id, label, weight, system, definition },
  signs: [{ seen: `item_${id}`, unit: '1', above: 0.5 }],
  serological: false,
})

const measured = (
  [id, label]: readonly [string, string],
  weight: number,
  system: string,
  definition: string,
  ...signs: readonly Sign[]
): SledaiItem => ({ id, label, weight, system, definition, signs, serological: system === 'immunological' })

const NERVES = 'nervous system'
const MUSCLES = 'muscles and joints'
const SKIN = 'skin and mucosa'
const { c3, c4, dsdna } = KIT

const ITEMS: readonly SledaiItem[] = [
  clinical('seizure', 'Seizure', 8, NERVES, 'A seizure that is new, not explained by metabolism, infection or drugs.'),
  clinical(
    'psychosis',
    'Psychosis',
    8,
    NERVES,
    'Daily life upset by losing touch with reality, not by uraemia or drugs.',
  ),
  clinical(
    'organic_brain',
    'Organic brain syndrome',
    8,
    NERVES,
    'Orientation, memory or thought fail quickly and waver: clouded attention with two or more of false perceptions, incoherence, upset sleep, changed drive.',
  ),
  clinical(
    'visual',
    'Visual disturbance',
    8,
    NERVES,
    'Lupus of the retina, choroid or optic nerve; not by blood pressure, infection or drugs.',
  ),
  clinical(
    'cranial_nerve',
    'Cranial nerve disorder',
    8,
    NERVES,
    'A cranial nerve newly fails, in feeling or in movement.',
  ),
  clinical('headache', 'Lupus headache', 8, NERVES, 'Severe headache that stays, even under opioids.'),
  clinical('stroke', 'Stroke', 8, NERVES, 'A new stroke that atherosclerosis does not explain.'),
  clinical(
    'vasculitis',
    'Vasculitis',
    8,
    'vessels',
    'Ulcers, gangrene, tender nodules of fingers, infarcts around nails, splinter bleeding, or proof by biopsy or angiogram.',
  ),
  clinical(
    'arthritis',
    'Arthritis',
    4,
    MUSCLES,
    'Two or more joints that hurt and are inflamed: tender, swollen or with fluid.',
  ),
  clinical(
    'myositis',
    'Myositis',
    4,
    MUSCLES,
    'Aching or weak muscles near the trunk with raised enzymes, or proof by electromyogram or biopsy.',
  ),
  measured(['casts', 'Urinary casts'], 4, 'kidney', 'Casts of red cells or of haem.', above('casts', 0.5)),
  measured(
    ['haematuria', 'Haematuria'],
    4,
    'kidney',
    'More than 5 red cells per field, not by stone or infection.',
    above('haematuria', 5),
  ),
  measured(
    ['proteinuria', 'Proteinuria'],
    4,
    'kidney',
    'More than 0.5 g of protein in the urine of a day.',
    above('protein', 0.5, 'g/d'),
  ),
  measured(
    ['pyuria', 'Pyuria'],
    4,
    'kidney',
    'More than 5 white cells per field, not by infection.',
    above('pyuria', 5),
  ),
  clinical('rash', 'Rash', 2, SKIN, 'An inflamed rash, new or going on.'),
  clinical('alopecia', 'Alopecia', 2, SKIN, 'Hair lost in patches or all over, new or going on; not from scars.'),
  clinical('ulcers', 'Mucosal ulcers', 2, SKIN, 'Ulcers of mouth or nose, new or going on.'),
  clinical('pleurisy', 'Pleurisy', 2, 'serosa', 'Pain of the pleura with rub, fluid or thickening.'),
  clinical(
    'pericarditis',
    'Pericarditis',
    2,
    'serosa',
    'Pain of the pericardium with rub, fluid, or proof by electrocardiogram or ultrasound.',
  ),
  measured(
    ['complement', 'Low complement'],
    2,
    'immunological',
    'C3 or C4 below the range of the laboratory.',
    below('c3', c3.value, c3.unit),
    below('c4', c4.value, c4.unit),
  ),
  measured(
    ['dna_binding', 'Raised DNA binding'],
    2,
    'immunological',
    'Anti-dsDNA above the range of the laboratory.',
    above('dsdna', dsdna.value, dsdna.unit),
  ),
  measured(
    ['fever', 'Fever'],
    1,
    'constitutional',
    'Above 38 degrees Celsius, not by infection.',
    above('temperature', 38),
  ),
  measured(
    ['thrombocytopenia', 'Thrombocytopenia'],
    1,
    'blood',
    'Platelets below 100 x 10^9/L, not by drugs.',
    below('platelets', 100, '10*9/L'),
  ),
  measured(
    ['leucopenia', 'Leucopenia'],
    1,
    'blood',
    'White cells below 3 x 10^9/L, not by drugs.',
    below('leucocytes', 3, '10*9/L'),
  ),
]

export interface Sledai extends Instrument {
  readonly items: readonly SledaiItem[]
  /**
   * Scores one patient at one look.
   * @param seen what was seen under a name, in the unit of its signs; NaN if it was not
   * @returns the total, NaN if anything needed was not seen, and the points of each item in order
   */
  score(seen: (name: string) => number): { readonly total: number; readonly points: readonly number[] }
}

/**
 * The disease activity index of lupus in its version of 2000, over the 30 days before a look.
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
