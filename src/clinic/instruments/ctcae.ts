// CTCAE grades of counts in the blood, in versions 5 and 6, which draw other lines: a grade without its version means nothing.
import { type Column, type Findings, measured, type NumberColumn, oneOf, yesNo } from './column.ts'
import type { Instrument } from './instrument.ts'
import { all, amount, any, is, type Range, said, type Statement } from './three-valued.ts'
import { type Part, scoreOf, type Verdict } from './verdict.ts'

interface Term {
  readonly id: string
  readonly label: string
  readonly value: NumberColumn
  /** The laboratory's lower limit, where grade 1 begins below it. */
  readonly normal?: NumberColumn
  /** Below which each grade begins, from grade 1 or 2 on; the last is the severest. */
  readonly cuts: readonly (readonly [grade: number, below: number])[]
}

const lower = (analyte: string): NumberColumn =>
  measured(analyte, `${analyte}_lower_limit`, `Lower end of the laboratory's own range of ${analyte}`)

const neutrophils = measured('neutrophils')
const platelets = measured('platelets')
const haemoglobin = measured('haemoglobin')
const leucocytes = measured('leucocytes')

// The same in both versions. Grade 4 of anaemia is a danger to life, which no count shows.
const BOTH: readonly Term[] = [
  {
    id: 'anaemia',
    label: 'Anaemia',
    value: haemoglobin,
    normal: lower('haemoglobin'),
    cuts: [
      [2, 10],
      [3, 8],
    ],
  },
  {
    id: 'leucocytes',
    label: 'White blood cell decreased',
    value: leucocytes,
    normal: lower('leucocytes'),
    cuts: [
      [2, 3],
      [3, 2],
      [4, 1],
    ],
  },
]

/** @source ctcae-v5 (grades 1 to 4, as a public grading table has them) */
const V5: readonly Term[] = [
  {
    id: 'neutrophils',
    label: 'Neutrophil count decreased',
    value: neutrophils,
    normal: lower('neutrophils'),
    cuts: [
      [2, 1.5],
      [3, 1],
      [4, 0.5],
    ],
  },
  {
    id: 'platelets',
    label: 'Platelet count decreased',
    value: platelets,
    normal: lower('platelets'),
    cuts: [
      [2, 75],
      [3, 50],
      [4, 25],
    ],
  },
  ...BOTH,
]

/** @source ctcae-v6 (grades 1 to 4, as a public grading table has them) */
const V6: readonly Term[] = [
  {
    id: 'neutrophils',
    label: 'Neutrophil count decreased',
    value: neutrophils,
    cuts: [
      [1, 1.5],
      [2, 1],
      [3, 0.5],
      [4, 0.1],
    ],
  },
  {
    id: 'platelets',
    label: 'Thrombocytopenia',
    value: platelets,
    normal: lower('platelets'),
    cuts: [
      [2, 75],
      [3, 50],
      [4, 10],
    ],
  },
  ...BOTH,
]

/** Grades a value; without the laboratory's limit, grade 1 stays possible for what is above grade 2. */
function grade({ id, label, value, normal, cuts }: Term, found: Findings): Part {
  const { range, words, missing } = amount(value, found)
  const limit = normal && amount(normal, found)
  const gradeOf = (count: number, below: number): number =>
    cuts.reduce((worst, [step, cut]) => (count < cut ? step : worst), normal && count < below ? 1 : 0)
  const [low, high] = limit?.range ?? [0, 0]
  const points: Range = [gradeOf(range[1], low), gradeOf(range[0], high)]
  const isKnown = points[0] === points[1]
  return {
    id,
    label,
    truth: isKnown ? points[0] > 0 : undefined,
    points,
    because: limit && limit.missing.length === 0 ? `${words}, ${limit.words}` : words,
    missing: isKnown ? [] : [...missing, ...(limit?.missing ?? [])],
  }
}

const temperature = measured('temperature')
const lasting = yesNo('fever_over_an_hour', '38 degrees Celsius or more for longer than an hour')
const danger = yesNo('febrile_danger', 'Fever with few neutrophils, a danger to life')
const reaction = oneOf(
  'infusion_reaction',
  'Infusion-related reaction: mild and passing, no treatment; interrupted, and settled with treatment; prolonged, back again or in hospital; a danger to life',
  ['none', 'mild', 'interrupted', 'prolonged', 'life-threatening'],
)

const only = (statement: Statement, points: number): Range => [
  statement.truth === true ? points : 0,
  statement.truth === false ? 0 : points,
]

/** Events of version 5 that a table can tell. */
function events(found: Findings): Part[] {
  const hot = any(is(amount(temperature, found), 'above', 38.3), said(lasting, found))
  const febrile = all(is(amount(neutrophils, found), 'below', 1), hot)
  const worst = all(febrile, said(danger, found))
  const [three, four] = [only(febrile, 3), only(worst, 4)]
  const points: Range = [Math.max(three[0], four[0]), Math.max(three[1], four[1])]
  const word = found[reaction.name]
  const step = typeof word === 'string' ? reaction.words.indexOf(word) : undefined
  return [
    {
      id: 'febrile_neutropenia',
      label: 'Febrile neutropenia',
      truth: febrile.truth,
      points,
      because: worst.truth === true ? worst.because : febrile.because,
      missing: points[0] === points[1] ? [] : [...new Set([...febrile.missing, ...worst.missing])],
    },
    {
      id: reaction.name,
      label: 'Infusion-related reaction',
      truth: step === undefined ? undefined : step > 0,
      points: step === undefined ? [0, reaction.words.length - 1] : [step, step],
      because: step === undefined ? `${reaction.name} not said` : `${reaction.name}: ${String(word)}`,
      missing: step === undefined ? [reaction.name] : [],
    },
  ]
}

function worstOf(parts: readonly Part[], version: string): Verdict {
  const most = (end: 0 | 1): number => parts.reduce((worst, { points }) => Math.max(worst, points?.[end] ?? 0), 0)
  return scoreOf(parts, [`CTCAE version ${version}`], [most(0), most(1)])
}

const columnsOf = (terms: readonly Term[]): Column[] => [
  ...terms.map(({ value }) => value),
  ...terms.flatMap(({ normal }) => (normal ? [normal] : [])),
]

const WHEN_NOT =
  'Not across versions: grade 4 of one is grade 3 of the other. Not for what was low before treatment, and not for events that a count cannot show.'

/** Grades by version 5. */
export const ctcae5: Instrument = {
  name: 'ctcae-v5',
  label: 'CTCAE 5.0, worst grade',
  kind: 'score',
  unit: '1',
  sources: [
    { key: 'ctcae-v5', locator: 'grades of counts, as a public grading table has them' },
    { key: 'pmc9156473', locator: 'table 2: infusion-related reaction' },
  ],
  definition:
    "Grades 1 to 4 of neutrophils (below the laboratory's limit, 1.5, 1, 0.5 x 10^9/L), platelets (limit, 75, 50, 25), white cells (limit, 3, 2, 1), haemoglobin (limit, 10, 8 g/dL), fever with neutrophils below 1 (3, or 4 if life is in danger) and reactions to infusions. The value is the worst grade.",
  params: [],
  needs: [...columnsOf(V5), temperature, lasting, danger, reaction],
  unconfirmed: 'the official table was not read, only tables made from it; other terms of CTCAE are left out',
  whenNotToUse: WHEN_NOT,
  example: {
    about: 'Neutrophils of 0.499 x 10^9/L without fever: grade 4 here, grade 3 in version 6.',
    found: {
      neutrophils: 0.499,
      platelets: 200,
      haemoglobin: 13,
      leucocytes: 5,
      neutrophils_lower_limit: 1.8,
      platelets_lower_limit: 150,
      haemoglobin_lower_limit: 12,
      leucocytes_lower_limit: 4,
      temperature: 37,
      fever_over_an_hour: false,
      infusion_reaction: 'none',
    },
  },
  compute: (found) => worstOf([...V5.map((term) => grade(term, found)), ...events(found)], '5.0'),
}

/** Grades by version 6. */
export const ctcae6: Instrument = {
  ...ctcae5,
  name: 'ctcae-v6',
  label: 'CTCAE 6.0, worst grade',
  sources: [{ key: 'ctcae-v6', locator: 'grades of counts, as a public grading table has them' }],
  definition:
    "Grades 1 to 4 of neutrophils (below 1.5, 1, 0.5, 0.1 x 10^9/L), platelets (below the laboratory's limit, 75, 50, 10), white cells (limit, 3, 2, 1) and haemoglobin (limit, 10, 8 g/dL). The value is the worst grade.",
  needs: columnsOf(V6),
  compute: (found) =>
    worstOf(
      V6.map((term) => grade(term, found)),
      '6.0',
    ),
}
