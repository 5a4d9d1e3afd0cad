// EULAR/ACR 2019: who may be classified as having lupus, for studies. Within a domain only the heaviest criterion counts.
import { type Column, type Findings, measured, type NumberColumn, yesNo } from './column.ts'
import type { Instrument } from './instrument.ts'
import { all, amount, any, type Comparison, is, type Range, said, type Statement } from './three-valued.ts'
import { type Part, sum, type Verdict, weighted, yesOrNo } from './verdict.ts'

interface Criterion {
  readonly id: string
  readonly weight: number
  readonly meaning: string
  /** A measurement that shows it. */
  readonly shownBy?: readonly [column: NumberColumn, how: Comparison, limit: number]
}

interface Domain {
  readonly label: string
  readonly clinical: boolean
  readonly criteria: readonly Criterion[]
}

const criteria = (
  each: Readonly<Record<string, readonly [weight: number, meaning: string, ...Criterion['shownBy'][]]>>,
): Criterion[] =>
  Object.entries(each).map(([id, [weight, meaning, shownBy]]) => ({ id, weight, meaning, ...(shownBy && { shownBy }) }))

const clinical = (label: string, each: Parameters<typeof criteria>[0]): Domain => ({
  label,
  clinical: true,
  criteria: criteria(each),
})
const immunological = (label: string, each: Parameters<typeof criteria>[0]): Domain => ({
  label,
  clinical: false,
  criteria: criteria(each),
})

/** @source aringer-2019 (table of definitions and weights) */
const DOMAINS: readonly Domain[] = [
  clinical('Constitutional', {
    fever: [2, 'Temperature above 38.3 degrees Celsius', [measured('temperature'), 'above', 38.3]],
  }),
  clinical('Blood', {
    leucopenia: [3, 'White cells below 4 x 10^9/L', [measured('leucocytes'), 'below', 4]],
    thrombocytopenia: [4, 'Platelets below 100 x 10^9/L', [measured('platelets'), 'below', 100]],
    haemolysis: [4, 'Haemolysis with a positive Coombs test'],
  }),
  clinical('Nervous system', {
    delirium: [2, 'Delirium'],
    psychosis: [3, 'Delusions or hallucinations without insight, and no delirium'],
    seizure: [5, 'Primary generalised, partial or focal seizure'],
  }),
  clinical('Skin and mucosa', {
    alopecia: [2, 'Hair loss without scars'],
    ulcers: [2, 'Ulcers of the mouth'],
    subacute_or_discoid: [4, 'Subacute cutaneous or discoid lupus'],
    acute_cutaneous: [6, 'Acute cutaneous lupus'],
  }),
  clinical('Serosa', { effusion: [5, 'Pleural or pericardial effusion'], pericarditis: [6, 'Acute pericarditis'] }),
  clinical('Joints', {
    joints: [6, 'Synovitis of two joints or more, or tenderness of two or more with 30 minutes of morning stiffness'],
  }),
  clinical('Kidney', {
    proteinuria: [4, 'Protein above 0.5 g a day, or the same by ratio', [measured('protein'), 'above', 0.5]],
    class_ii_or_v: [8, 'Nephritis of class II or V on biopsy'],
    class_iii_or_iv: [10, 'Nephritis of class III or IV on biopsy'],
  }),
  immunological('Antiphospholipid antibodies', {
    antiphospholipid: [2, 'Anticardiolipin or anti-beta2-glycoprotein above 40 units, or lupus anticoagulant'],
  }),
  immunological('Complement', { low_c3_or_c4: [3, 'Low C3 or low C4'], low_c3_and_c4: [4, 'Low C3 and low C4'] }),
  immunological('Antibodies of lupus', { dsdna_or_sm: [6, 'Anti-dsDNA or anti-Sm'] }),
]

const ana = yesNo('ana', 'Antinuclear antibodies of 1:80 or more on HEp-2 cells, or an equivalent test, ever')
const THRESHOLD = 10

const EVERY = DOMAINS.flatMap((domain) => domain.criteria)
const columns: readonly Column[] = [
  ana,
  ...EVERY.map(({ id, meaning }) => yesNo(id, meaning)),
  ...EVERY.flatMap(({ shownBy }) => (shownBy ? [shownBy[0]] : [])),
]

function judge({ id, meaning, shownBy }: Criterion, found: Findings): Statement {
  const rated = said(yesNo(id, meaning), found)
  if (rated.truth !== undefined || !shownBy) return rated
  const [column, how, limit] = shownBy
  const shown = is(amount(column, found), how, limit)
  // once is enough, whenever it was: a value within the limits does not rule the criterion out
  return shown.truth === true ? shown : rated
}

function score(domain: Domain, found: Findings): Part {
  const each = domain.criteria.map((one) => weighted(one.id, one.meaning, judge(one, found), one.weight))
  const most = (end: 0 | 1): number => each.reduce((heaviest, { points }) => Math.max(heaviest, points?.[end] ?? 0), 0)
  const points: Range = [most(0), most(1)]
  const truth = points[0] > 0 ? true : points[1] > 0 ? undefined : false
  const speaking = each.filter((one) => (truth === true ? one.truth === true : one.truth === truth))
  const because = speaking.map((one) => one.because).join('; ')
  return {
    id: domain.label,
    label: domain.label,
    truth,
    points,
    because,
    missing: points[0] === points[1] ? [] : each.flatMap((one) => one.missing),
  }
}

function compute(found: Findings): Verdict {
  const parts = DOMAINS.map((domain) => score(domain, found))
  const range = sum(parts.map(({ points }) => points ?? [0, 0]))
  const total = {
    range,
    words: `points ${range[0]}${range[0] === range[1] ? '' : ` to ${range[1]}`}`,
    missing: parts.flatMap((one) => one.missing),
  }
  const entry = said(ana, found)
  const isClinical = any(...parts.filter((_, at) => DOMAINS[at]?.clinical))
  const verdict = all(entry, is(total, 'at least', THRESHOLD), isClinical)
  const { truth, because, missing } = entry
  return yesOrNo(
    verdict,
    [{ id: 'ana', label: 'Entry: antinuclear antibodies', truth, because, missing }, ...parts],
    [total.words],
  )
}

const NOTHING = Object.fromEntries(EVERY.map(({ id }) => [id, false]))

/** Classifies. */
export const eularAcr2019: Instrument = {
  name: 'eular-acr-2019',
  label: 'EULAR/ACR classification of lupus, 2019',
  kind: 'yes or no',
  unit: '1',
  sources: [{ key: 'aringer-2019', locator: 'table of definitions and weights' }],
  definition:
    'Entry: antinuclear antibodies of 1:80 or more, ever. Then at least 10 points, at least one criterion being clinical. A criterion counts if it was there once, whenever, and nothing else explains it better; in each of ten domains only the heaviest counts: 51 points at most.',
  params: [],
  needs: columns,
  whenNotToUse:
    'Not to diagnose: it was made so that studies enrol alike (sensitivity 96 %, specificity 93 % in its validation). Not with criteria that an infection, a drug or another disease explains better. What a measurement of one day does not show may have been there before: say no in the column of the criterion.',
  example: {
    about:
      'A teaching case: ulcers, pericarditis with an effusion, white cells of 3.2, anti-dsDNA, low C4: 2 + 6 + 3 + 6 + 3. Pericarditis and effusion count once.',
    found: {
      ...NOTHING,
      ana: true,
      ulcers: true,
      pericarditis: true,
      effusion: true,
      leucopenia: true,
      dsdna_or_sm: true,
      low_c3_or_c4: true,
    },
  },
  compute,
}
