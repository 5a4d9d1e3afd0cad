// SLICC 2012: four of seventeen criteria, or a biopsy.
import { type Column, type Findings, measured, type NumberColumn, yesNo } from './column.ts'
import type { Instrument } from './instrument.ts'
import { all, amount, any, type Comparison, is, not, said, type Statement } from './three-valued.ts'
import { type Part, sum, type Verdict, weighted, yesOrNo } from './verdict.ts'

type Sign = readonly [column: NumberColumn, how: Comparison, limit: number]
type Told = readonly [meaning: string, ...signs: readonly Sign[]]

/** @source petri-2012 (table 3) */
const CLINICAL: Readonly<Record<string, Told>> = {
  acute_cutaneous: ['Acute or subacute cutaneous lupus'],
  chronic_cutaneous: ['Chronic cutaneous lupus'],
  ulcers: ['Ulcers of mouth or nose'],
  alopecia: ['Hair loss without scars'],
  synovitis: ['Synovitis of two joints or more, or tenderness of two or more with 30 minutes of morning stiffness'],
  serositis: ['Serositis'],
  renal: [
    'Protein of 0.5 g a day by ratio or collection, or casts of red cells',
    [measured('protein'), 'at least', 0.5],
  ],
  neurologic: ['Lupus of the nervous system'],
  haemolytic_anaemia: ['Haemolytic anaemia'],
  leucopenia: [
    'White cells below 4, or lymphocytes below 1 x 10^9/L',
    [measured('leucocytes'), 'below', 4],
    [measured('lymphocytes'), 'below', 1],
  ],
  thrombocytopenia: ['Platelets below 100 x 10^9/L', [measured('platelets'), 'below', 100]],
}

const IMMUNOLOGICAL: Readonly<Record<string, Told>> = {
  ana: ['Antinuclear antibodies'],
  dsdna_positive: ['Anti-dsDNA (by ELISA twice the reference)'],
  sm_positive: ['Anti-Sm'],
  antiphospholipid: ['Antiphospholipid antibodies'],
  complement: ['Low C3, C4 or CH50'],
  coombs: ['Direct Coombs test; it counts only without haemolytic anaemia'],
}

const biopsy = yesNo('nephritis_biopsy', 'Nephritis of lupus proven by biopsy')
const LEAST = 4

const EVERY = { ...CLINICAL, ...IMMUNOLOGICAL }
const columns: readonly Column[] = [
  ...Object.entries(EVERY).map(([id, [meaning]]) => yesNo(id, meaning)),
  biopsy,
  ...Object.values(EVERY).flatMap(([, ...signs]) => signs.map(([column]) => column)),
]

function judge(id: string, [meaning, ...signs]: Told, found: Findings): Statement {
  const rated = said(yesNo(id, meaning), found)
  if (rated.truth !== undefined || signs.length === 0) return rated
  const shown = any(...signs.map(([column, how, limit]) => is(amount(column, found), how, limit)))
  // a rater may know of an earlier visit or of casts: a value within the limits does not rule the criterion out
  return shown.truth === true ? shown : rated
}

const group = (told: Readonly<Record<string, Told>>, found: Findings): Part[] =>
  Object.entries(told).map(([id, one]) => {
    const statement = judge(id, one, found)
    const counts = id === 'coombs' ? all(statement, not(said(yesNo('haemolytic_anaemia', ''), found))) : statement
    return weighted(id, one[0], counts, 1)
  })

function compute(found: Findings): Verdict {
  const [clinical, immunological] = [group(CLINICAL, found), group(IMMUNOLOGICAL, found)]
  const parts = [...clinical, ...immunological]
  const range = sum(parts.map(({ points }) => points ?? [0, 0]))
  const words = `${range[0]}${range[0] === range[1] ? '' : ` to ${range[1]}`} of 17 criteria`
  const four = is({ range, words, missing: parts.flatMap(({ missing }) => missing) }, 'at least', LEAST)
  const proven = said(biopsy, found)
  const antibodies = parts.filter(({ id }) => id === 'ana' || id === 'dsdna_positive')
  const verdict = any(all(four, any(...clinical), any(...immunological)), all(proven, any(...antibodies)))
  const last: Part = { id: 'nephritis_biopsy', label: biopsy.meaning, ...proven }
  return yesOrNo(verdict, [...parts, last], [words])
}

const NOTHING = Object.fromEntries([...Object.keys(EVERY), biopsy.name].map((name) => [name, false]))

/** Classifies. */
export const slicc2012: Instrument = {
  name: 'slicc-2012',
  label: 'SLICC classification of lupus, 2012',
  kind: 'yes or no',
  unit: '1',
  sources: [{ key: 'petri-2012', locator: 'table 3' }],
  definition:
    'At least four of eleven clinical and six immunological criteria, at least one of each; or nephritis proven by biopsy with antinuclear antibodies or anti-dsDNA. A criterion counts if it was ever there; a Coombs test only without haemolytic anaemia.',
  params: [],
  needs: columns,
  whenNotToUse:
    'Not to diagnose. Not beside EULAR/ACR 2019 as if they were one: a patient can meet either alone. What a measurement of one day does not show may have been there before: say no in the column of the criterion.',
  example: {
    about: 'Nephritis on biopsy with antinuclear antibodies, and nothing else.',
    found: { ...NOTHING, nephritis_biopsy: true, ana: true },
  },
  compute,
}
