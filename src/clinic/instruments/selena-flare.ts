// The SELENA-SLEDAI flare index: a flare is as severe as the severest thing that happened since the visit before.
import { count, type Findings, measured, plain, yesNo } from './column.ts'
import { pga } from './global.ts'
import type { Instrument, Settings } from './instrument.ts'
import { all, amount, any, is, minus, said, type Statement, tidy } from './three-valued.ts'
import { classOf, part, type Verdict } from './verdict.ts'

const sledaiNow = count('sledai', 'SELENA-SLEDAI', [0, 105], 'selena_sledai')
const sledaiThen = count('sledai_before', 'SELENA-SLEDAI at the visit before', [0, 105])
const pgaThen = plain('pga_before', 'PGA at the visit before, 0 to 3', [0, 3])
const mild = yesNo(
  'new_mild_feature',
  'New or worse: discoid, photosensitive or bullous rash, profundus, cutaneous vasculitis, ulcers of nose or mouth, pleurisy, pericarditis, arthritis or fever of lupus',
)
const severe = yesNo(
  'new_severe_feature',
  'New or worse: lupus of the nervous system, systemic vasculitis, nephritis or myositis',
)
const haemolysis = yesNo('haemolysis', 'New or worse haemolytic anaemia')
const needsMore = yesNo(
  'needs_high_treatment',
  'What is new or worse needs double the prednisone, prednisone above 0.5 mg/kg a day, or a stay in hospital',
)
const platelets = measured('platelets')
const haemoglobin = measured('haemoglobin')
const haemoglobinThen = measured('haemoglobin', 'haemoglobin_before', 'Haemoglobin at the visit before')
const prednisone = measured('prednisone')
const prednisoneThen = measured('prednisone', 'prednisone_before', 'Prednisone by day at the visit before')
const weight = measured('weight')
const smallDrug = yesNo('new_nsaid_or_hydroxychloroquine', 'NSAID or hydroxychloroquine added for lupus')
const largeDrug = yesNo(
  'new_immunosuppressant',
  'Cyclophosphamide, azathioprine, methotrexate or mycophenolate newly begun for lupus',
)
const hospital = yesNo('hospital', 'In hospital for lupus')

const MEDICATION = {
  name: 'medication',
  meaning:
    'count: the classic index; ignore: without the criteria on treatment, as tried by Thanou 2014, which lowers most severe flares',
  allowed: ['count', 'ignore'],
  standard: 'count',
} as const

const RISE = 3
const SEVERE_SLEDAI = 12
const PGA_RISE = 1
const SEVERE_PGA = 2.5
const FEW_PLATELETS = 60 // 10*9/L
const LOW_HAEMOGLOBIN = 7 // g/dL
const HAEMOGLOBIN_FALL = 3
const HIGH_DOSE = 0.5 // mg/kg/d

function highDose(found: Findings): Statement {
  const [dose, kilograms] = [amount(prednisone, found), amount(weight, found)]
  const perKilogram = {
    range: [tidy(dose.range[0] / kilograms.range[1]), tidy(dose.range[1] / kilograms.range[0])] as const,
    words: `${dose.words}, ${kilograms.words}`,
    missing: [...dose.missing, ...kilograms.missing],
  }
  return is(perKilogram, 'above', HIGH_DOSE)
}

function compute(found: Findings, settings: Settings): Verdict {
  const score = amount(sledaiNow, found)
  const rise = minus(score, amount(sledaiThen, found))
  const global = amount(pga, found)
  const globalRise = minus(global, amount(pgaThen, found))
  const more = is(minus(amount(prednisone, found), amount(prednisoneThen, found)), 'above', 0)
  const anaemia = all(
    said(haemolysis, found),
    any(
      is(amount(haemoglobin, found), 'below', LOW_HAEMOGLOBIN),
      is(minus(amount(haemoglobinThen, found), amount(haemoglobin, found)), 'at least', HAEMOGLOBIN_FALL),
    ),
  )
  const organs = any(said(severe, found), is(amount(platelets, found), 'below', FEW_PLATELETS), anaemia)
  const counts = settings[MEDICATION.name] !== 'ignore'
  const severeParts = [
    part('severe_sledai', 'SLEDAI rises to above 12', all(is(rise, 'above', 0), is(score, 'above', SEVERE_SLEDAI))),
    part('severe_feature', 'A severe feature that needs high treatment', all(organs, said(needsMore, found))),
    ...(counts
      ? [
          part('severe_prednisone', 'Prednisone rises to above 0.5 mg/kg a day', all(more, highDose(found))),
          part('severe_drug', 'An immunosuppressant is begun', said(largeDrug, found)),
        ]
      : []),
    part('severe_hospital', 'In hospital for lupus', said(hospital, found)),
    part('severe_pga', 'PGA rises to above 2.5', all(is(globalRise, 'above', 0), is(global, 'above', SEVERE_PGA))),
  ]
  const mildParts = [
    part('mild_sledai', 'SLEDAI rises by 3 or more', is(rise, 'at least', RISE)),
    part('mild_feature', 'A feature is new or worse', said(mild, found)),
    ...(counts
      ? [
          part('mild_prednisone', 'Prednisone rises', more),
          part('mild_drug', 'NSAID or hydroxychloroquine is added', said(smallDrug, found)),
        ]
      : []),
    part('mild_pga', 'PGA rises by 1 or more', is(globalRise, 'at least', PGA_RISE)),
  ]
  const rungs = [
    ['severe', any(...severeParts).truth],
    ['mild or moderate', any(...mildParts).truth],
  ] as const
  return classOf(rungs, 'none', [...severeParts, ...mildParts])
}

/** Tells flares. */
export const selenaFlare: Instrument = {
  name: 'selena-flare',
  label: 'SELENA-SLEDAI flare index',
  kind: 'class',
  unit: '1',
  sources: [
    { key: 'ard-278401', locator: 'table 1' },
    { key: 'thanou-2014', locator: 'abstract: the index without treatment' },
  ],
  definition:
    'Severe if any of: SLEDAI rises to above 12; nervous system, vasculitis, nephritis, myositis, platelets below 60 x 10^9/L or haemolysis with haemoglobin below 7 g/dL or fallen by 3 g/dL, new or worse, that needs double the prednisone, more than 0.5 mg/kg a day or hospital; prednisone rises to above 0.5 mg/kg a day; an immunosuppressant is begun; hospital for lupus; PGA rises to above 2.5. Else mild or moderate if any of: SLEDAI rises by 3 or more; a milder feature is new or worse; prednisone rises; NSAID or hydroxychloroquine is added; PGA rises by 1 or more.',
  params: [MEDICATION],
  needs: [
    sledaiNow,
    sledaiThen,
    pga,
    pgaThen,
    mild,
    severe,
    haemolysis,
    needsMore,
    platelets,
    haemoglobin,
    haemoglobinThen,
    prednisone,
    prednisoneThen,
    weight,
    smallDrug,
    largeDrug,
    hospital,
  ],
  unconfirmed:
    'the wording on hospital, on lupus of the nervous system and on mycophenolate was cut off in the tables that were read; the variant of the BLISS trials, in which a score alone makes no severe flare, is left out for the same reason',
  whenNotToUse:
    'Not where treatment changed for other reasons than lupus: the classic index calls that a flare. Not to compare trials that used other variants.',
  example: {
    about: 'Arthritis comes back: SLEDAI from 0 to 4, PGA from 0.2 to 0.9, prednisone from 5 to 10 mg/d at 60 kg.',
    found: {
      sledai_before: 0,
      sledai: 4,
      pga_before: 0.2,
      pga: 0.9,
      new_mild_feature: true,
      new_severe_feature: false,
      haemolysis: false,
      needs_high_treatment: false,
      platelets: 240,
      prednisone_before: 5,
      prednisone: 10,
      weight: 60,
      new_nsaid_or_hydroxychloroquine: false,
      new_immunosuppressant: false,
      hospital: false,
    },
  },
  compute,
}
