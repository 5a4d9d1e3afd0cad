// Every limit of every instrument: on it, and a hair to either side.
import { expect, test } from 'vitest'
import type { Findings } from './column.ts'
import { standardSettings } from './instrument.ts'
import { INSTRUMENTS } from './instruments.ts'

const NEVER: Readonly<Record<string, Findings>> = Object.fromEntries(
  INSTRUMENTS.map(({ name, needs }) => [
    name,
    Object.fromEntries(needs.flatMap((one) => (one.kind === 'truth' ? [[one.name, false] as const] : []))),
  ]),
)

const LLDAS = { sledai: 4, pga: 1, prednisone: 7.5, standard_maintenance: true }
const DORIS = { clinical_sledai: 0, pga: 0.4, prednisone: 5 }
const SRI = { baseline_sledai: 10, sledai: 6, baseline_pga: 2, pga: 2, new_bilag_a: 0, new_bilag_b: 1 }
const FLARE = {
  sledai_before: 4,
  sledai: 4,
  pga_before: 1,
  pga: 1,
  prednisone_before: 5,
  prednisone: 5,
  weight: 60,
  platelets: 200,
  haemoglobin_before: 12,
  haemoglobin: 12,
}
const BLISS = { upcr: 0.4, egfr: 95, preflare_egfr: 95 }
const KDIGO = { baseline_upcr: 4, upcr: 0.4, baseline_egfr: 100, egfr: 100 }
const EULAR = { baseline_protein: 4, protein: 0.4, normal_filtration: true }
const COUNTS = {
  neutrophils: 3,
  platelets: 200,
  haemoglobin: 14,
  leucocytes: 6,
  neutrophils_lower_limit: 1.8,
  platelets_lower_limit: 150,
  haemoglobin_lower_limit: 12,
  leucocytes_lower_limit: 4,
  temperature: 37,
  infusion_reaction: 'none',
}
/** 6 points of the 10. */
const SKIN = { ana: true, acute_cutaneous: true }
const BIOPSY = { glomeruli_percent: 0, sclerosed_percent: 0 }

type Settings = Readonly<Record<string, string>>

/** Judges a patient who has nothing but what is said. */
function judge(name: string, found: Findings, settings: Settings = {}): unknown {
  const instrument = INSTRUMENTS.find((one) => one.name === name)
  if (!instrument) throw new Error(name)
  const never = name === 'sledai-2k' ? { ...UNMEASURED, ...SLEDAI } : NEVER[name]
  return instrument.compute({ ...never, ...found }, { ...standardSettings(instrument), ...settings }).value
}

const SLEDAI = {
  joints: 0,
  urine_red_cells: 0,
  urine_white_cells: 0,
  protein: 0.1,
  temperature: 37,
  platelets: 200,
  leucocytes: 6,
  c3: 120,
  c3_lower_limit: 90,
  c4: 30,
  c4_lower_limit: 10,
  dsdna: 5,
  dsdna_upper_limit: 30,
}
// what no measurement shows; the items that one shows are told by it alone
const UNMEASURED = Object.fromEntries(
  'seizure psychosis organic_brain visual cranial_nerve headache stroke vasculitis myositis casts rash alopecia ulcers pleurisy pericarditis'
    .split(' ')
    .map((id) => [id, false]),
)

test.each([
  // SLEDAI-2K
  ['sledai-2k', { joints: 1 }, 0],
  ['sledai-2k', { joints: 2 }, 4],
  ['sledai-2k', { joints: 2 }, 0, { variant: 'original' }],
  ['sledai-2k', { joints: 3 }, 4, { variant: 'original' }],
  ['sledai-2k', { protein: 0.5 }, 0],
  ['sledai-2k', { protein: 0.501 }, 4],
  ['sledai-2k', { protein: 2, protein_before: 2 }, 4],
  ['sledai-2k', { protein: 2, protein_before: 2 }, 0, { variant: 'original' }],
  ['sledai-2k', { protein: 2.5, protein_before: 2 }, 0, { variant: 'original' }],
  ['sledai-2k', { protein: 2.501, protein_before: 2 }, 4, { variant: 'original' }],
  ['sledai-2k', { protein: 0.6, protein_before: 0.5 }, 4, { variant: 'original' }],
  ['sledai-2k', { urine_red_cells: 5 }, 0],
  ['sledai-2k', { urine_red_cells: 6 }, 4],
  ['sledai-2k', { urine_white_cells: 5 }, 0],
  ['sledai-2k', { urine_white_cells: 6 }, 4],
  ['sledai-2k', { temperature: 38 }, 0],
  ['sledai-2k', { temperature: 38.1 }, 1],
  ['sledai-2k', { platelets: 100 }, 0],
  ['sledai-2k', { platelets: 99 }, 1],
  ['sledai-2k', { leucocytes: 3 }, 0],
  ['sledai-2k', { leucocytes: 2.9 }, 1],
  ['sledai-2k', { c3: 90 }, 0],
  ['sledai-2k', { c3: 89 }, 2],
  ['sledai-2k', { c4: 9.9, c3: 80 }, 2],
  ['sledai-2k', { dsdna: 30 }, 0],
  ['sledai-2k', { dsdna: 31 }, 2],
  ['sledai-2k', { platelets: 20, thrombocytopenia: false }, 0], // by a drug, says the rater
  // LLDAS
  ['lldas', LLDAS, true],
  ['lldas', { ...LLDAS, sledai: 5 }, false],
  ['lldas', { ...LLDAS, pga: 1.01 }, false],
  ['lldas', { ...LLDAS, prednisone: 7.51 }, false],
  ['lldas', { ...LLDAS, fever: true, major_organ_activity: true }, false],
  ['lldas', { ...LLDAS, haemolytic_anaemia: true }, false],
  ['lldas', { ...LLDAS, gut_activity: true }, false],
  ['lldas', { ...LLDAS, new_activity: true }, false],
  ['lldas', { ...LLDAS, hydroxychloroquine: 400, methotrexate: 30, azathioprine: 200 }, true],
  ['lldas', { ...LLDAS, hydroxychloroquine: 401 }, false],
  ['lldas', { ...LLDAS, mycophenolate: 3000 }, true],
  ['lldas', { ...LLDAS, mycophenolate: 3001 }, false],
  ['lldas', { ...LLDAS, investigational_drug: true }, false],
  ['lldas', { ...LLDAS, investigational_drug: true }, true, { investigational: 'waived' }],
  // DORIS 2021
  ['doris-2021', DORIS, true],
  ['doris-2021', { ...DORIS, pga: 0.49 }, true],
  ['doris-2021', { ...DORIS, pga: 0.5 }, false],
  ['doris-2021', { ...DORIS, prednisone: 5.01 }, false],
  ['doris-2021', { ...DORIS, clinical_sledai: 1 }, false],
  // SRI
  ['sri', SRI, true],
  ['sri', { ...SRI, sledai: 7 }, false],
  ['sri', { ...SRI, sledai: 5 }, true, { n: '5' }],
  ['sri', { ...SRI, sledai: 6 }, false, { n: '5' }],
  ['sri', { ...SRI, new_bilag_a: 1 }, false],
  ['sri', { ...SRI, new_bilag_b: 2 }, false],
  ['sri', { ...SRI, pga: 2.29 }, true],
  ['sri', { ...SRI, pga: 2.3 }, false], // 2.3 - 2 is a hair below 0.3 in binary
  ['sri', { ...SRI, baseline_pga: 0.5, pga: 0.8 }, false],
  ['sri', { ...SRI, baseline_sledai: 3, sledai: 0 }, false],
  ['sri', { ...SRI, treatment_failure: true }, true],
  ['sri', { ...SRI, treatment_failure: true }, false, { failures: 'count' }],
  // SELENA flare
  ['selena-flare', FLARE, 'none'],
  ['selena-flare', { ...FLARE, sledai: 6 }, 'none'],
  ['selena-flare', { ...FLARE, sledai: 7 }, 'mild or moderate'],
  ['selena-flare', { ...FLARE, sledai: 12 }, 'mild or moderate'],
  ['selena-flare', { ...FLARE, sledai: 13 }, 'severe'],
  ['selena-flare', { ...FLARE, sledai_before: 14, sledai: 14 }, 'none'],
  ['selena-flare', { ...FLARE, pga: 1.99 }, 'none'],
  ['selena-flare', { ...FLARE, pga: 2 }, 'mild or moderate'],
  ['selena-flare', { ...FLARE, pga: 2.5 }, 'mild or moderate'],
  ['selena-flare', { ...FLARE, pga: 2.51 }, 'severe'],
  ['selena-flare', { ...FLARE, prednisone: 30 }, 'mild or moderate'],
  ['selena-flare', { ...FLARE, prednisone: 30.1 }, 'severe'],
  ['selena-flare', { ...FLARE, prednisone: 30.1 }, 'none', { medication: 'ignore' }],
  ['selena-flare', { ...FLARE, platelets: 60, needs_high_treatment: true }, 'none'],
  ['selena-flare', { ...FLARE, platelets: 59, needs_high_treatment: true }, 'severe'],
  ['selena-flare', { ...FLARE, haemolysis: true, needs_high_treatment: true, haemoglobin: 9.1 }, 'none'],
  ['selena-flare', { ...FLARE, haemolysis: true, needs_high_treatment: true, haemoglobin: 9 }, 'severe'],
  ['selena-flare', { ...FLARE, new_immunosuppressant: true }, 'severe'],
  ['selena-flare', { ...FLARE, hospital: true }, 'severe', { medication: 'ignore' }],
  // kidney
  ['renal-perr', { ...BLISS, upcr: 0.7 }, true],
  ['renal-perr', { ...BLISS, upcr: 0.701 }, false],
  ['renal-perr', { ...BLISS, egfr: 60, preflare_egfr: 120 }, true],
  ['renal-perr', { ...BLISS, egfr: 59, preflare_egfr: 120 }, false],
  ['renal-perr', { ...BLISS, egfr: 40, preflare_egfr: 50 }, true],
  ['renal-perr', { ...BLISS, egfr: 39.9, preflare_egfr: 50 }, false],
  ['renal-crr', { ...BLISS, upcr: 0.499 }, true],
  ['renal-crr', { ...BLISS, upcr: 0.5 }, false],
  ['renal-crr', { ...BLISS, egfr: 90, preflare_egfr: 120 }, true],
  ['renal-crr', { ...BLISS, egfr: 72, preflare_egfr: 80 }, true],
  ['renal-crr', { ...BLISS, egfr: 71.9, preflare_egfr: 80 }, false],
  ['renal-crr', { ...BLISS, treatment_failure: true }, false],
  ['renal-kdigo', KDIGO, 'complete'],
  ['renal-kdigo', { ...KDIGO, upcr: 0.5 }, 'partial'],
  ['renal-kdigo', { ...KDIGO, upcr: 2 }, 'partial'],
  ['renal-kdigo', { ...KDIGO, upcr: 2.01 }, 'none'],
  ['renal-kdigo', { ...KDIGO, baseline_upcr: 8, upcr: 3 }, 'none'],
  ['renal-kdigo', { ...KDIGO, egfr: 85 }, 'complete'],
  ['renal-kdigo', { ...KDIGO, egfr: 84.9 }, 'none'],
  ['renal-kdigo', { ...KDIGO, egfr: 89.9 }, 'none', { stable_within: '10' }],
  ['renal-eular', EULAR, 'complete'],
  ['renal-eular', { ...EULAR, protein: 0.5 }, 'partial'],
  ['renal-eular', { ...EULAR, protein: 0.69 }, 'complete', { protein_limit: '0.7' }],
  ['renal-eular', { ...EULAR, protein: 2 }, 'partial'],
  ['renal-eular', { ...EULAR, protein: 2.1 }, 'none'],
  ['renal-eular', { ...EULAR, baseline_protein: 8, protein: 3.5 }, 'none'],
  ['renal-eular', { ...EULAR, normal_filtration: false }, 'none'],
  // classification
  ['eular-acr-2019', { ...SKIN, platelets: 100, thrombocytopenia: undefined }, undefined],
  ['eular-acr-2019', { ...SKIN, platelets: 99, thrombocytopenia: undefined }, true],
  ['eular-acr-2019', { ...SKIN, protein: 0.5, proteinuria: undefined }, undefined],
  ['eular-acr-2019', { ...SKIN, protein: 0.51, proteinuria: undefined }, true],
  ['eular-acr-2019', { ...SKIN, protein: 0.51 }, false], // by another disease, says the rater
  ['eular-acr-2019', { ...SKIN, temperature: 38.31, delirium: true, fever: undefined }, true],
  ['eular-acr-2019', { ...SKIN, temperature: 38.3, delirium: true, fever: undefined }, undefined],
  ['eular-acr-2019', { ...SKIN, leucocytes: 3.99, leucopenia: undefined }, false],
  ['eular-acr-2019', { ...SKIN, leucocytes: 3.99, delirium: true, leucopenia: undefined }, true],
  ['eular-acr-2019', { ...SKIN, leucocytes: 4, delirium: true, leucopenia: undefined }, undefined],
  ['eular-acr-2019', { ...SKIN, leucocytes: 4, delirium: true }, false],
  ['slicc-2012', { ulcers: true, alopecia: true, serositis: true, ana: true }, true],
  ['slicc-2012', { ulcers: true, alopecia: true, serositis: true, synovitis: true }, false],
  ['slicc-2012', { ana: true, dsdna_positive: true, sm_positive: true, complement: true }, false],
  ['slicc-2012', { nephritis_biopsy: true, ana: true }, true],
  ['slicc-2012', { nephritis_biopsy: true, sm_positive: true }, false],
  ['slicc-2012', { ulcers: true, alopecia: true, serositis: true, coombs: true }, true],
  ['slicc-2012', { ulcers: true, alopecia: true, haemolytic_anaemia: true, coombs: true }, false],
  // CTCAE: version 5 and 6 draw other lines
  ['ctcae-v5', { ...COUNTS, neutrophils: 1.8 }, 0],
  ['ctcae-v5', { ...COUNTS, neutrophils: 1.79 }, 1],
  ['ctcae-v5', { ...COUNTS, neutrophils: 1.49 }, 2],
  ['ctcae-v5', { ...COUNTS, neutrophils: 0.99 }, 3],
  ['ctcae-v5', { ...COUNTS, neutrophils: 0.5 }, 3],
  ['ctcae-v5', { ...COUNTS, neutrophils: 0.499 }, 4],
  ['ctcae-v6', { ...COUNTS, neutrophils: 1.5 }, 0],
  ['ctcae-v6', { ...COUNTS, neutrophils: 1.49 }, 1],
  ['ctcae-v6', { ...COUNTS, neutrophils: 0.99 }, 2],
  ['ctcae-v6', { ...COUNTS, neutrophils: 0.499 }, 3],
  ['ctcae-v6', { ...COUNTS, neutrophils: 0.099 }, 4],
  ['ctcae-v5', { ...COUNTS, platelets: 75 }, 1],
  ['ctcae-v5', { ...COUNTS, platelets: 24.9 }, 4],
  ['ctcae-v6', { ...COUNTS, platelets: 24.9 }, 3],
  ['ctcae-v6', { ...COUNTS, platelets: 9.9 }, 4],
  ['ctcae-v5', { ...COUNTS, haemoglobin: 7.9 }, 3],
  ['ctcae-v6', { ...COUNTS, leucocytes: 0.9 }, 4],
  ['ctcae-v5', { ...COUNTS, neutrophils: 0.99, temperature: 38.4 }, 3],
  ['ctcae-v5', { ...COUNTS, neutrophils: 0.99, temperature: 38.4, febrile_danger: true }, 4],
  ['ctcae-v5', { ...COUNTS, infusion_reaction: 'prolonged' }, 3],
  // transplant
  ['hct-ci', { rheumatologic: true }, 2],
  ['hct-ci', { hepatic_mild: true, hepatic_severe: true }, 3],
  ['hct-ci', { pulmonary_moderate: true, pulmonary_severe: true }, 3],
  ['hct-ci', { age_years: 39 }, 0, { age: 'count' }],
  ['hct-ci', { age_years: 40 }, 1, { age: 'count' }],
  // biopsy
  ['isn-rps', BIOPSY, 'none'],
  ['isn-rps', { ...BIOPSY, mesangial_deposits: true }, 'I'],
  ['isn-rps', { ...BIOPSY, mesangial_proliferation: true }, 'II'],
  ['isn-rps', { ...BIOPSY, glomeruli_percent: 49.9 }, 'III'],
  ['isn-rps', { ...BIOPSY, glomeruli_percent: 50 }, 'IV'],
  ['isn-rps', { ...BIOPSY, glomeruli_percent: 50, membranous: true }, 'IV + V'],
  ['isn-rps', { ...BIOPSY, membranous: true }, 'V'],
  ['isn-rps', { ...BIOPSY, sclerosed_percent: 90 }, 'VI'],
  ['isn-rps', { ...BIOPSY, sclerosed_percent: 90, residual_activity: true, glomeruli_percent: 8 }, 'III'],
  [
    'isn-rps',
    { ...BIOPSY, glomeruli_percent: 20, active_lesions: true, chronic_lesions: true },
    'III (A/C)',
    { version: '2003' },
  ],
  ['pga', { pga: 50 }, 1.5, { scale: '100' }],
  ['pga', { pga: 3 }, 3],
  ['pga', { pga: 8 }, 3, { scale: '8' }],
  ['pga', { pga: 3.1 }, undefined],
] satisfies [string, Findings, unknown, Settings?][])('%s %o: %s %o', (name, found, expected, settings?: Settings) => {
  expect(judge(name, found, settings)).toBe(expected)
})

test('SRI for more points is harder, never easier', () => {
  for (let sledai = 0; sledai <= 10; sledai++) {
    const answers = ['4', '5', '6', '7', '8'].map((n) => judge('sri', { ...SRI, sledai }, { n }))
    expect(answers.toSorted((a, b) => Number(b) - Number(a))).toEqual(answers)
  }
})

test('damage: the kidney counts 3 at most, and what was there stays', () => {
  const nothing = Object.fromEntries(
    (INSTRUMENTS.find(({ name }) => name === 'sdi')?.needs ?? []).map(({ name, kind }) => [
      name,
      kind === 'truth' ? false : 0,
    ]),
  )
  expect(judge('sdi', { ...nothing, gfr_below_half: true, proteinuria_nephrotic: true })).toBe(2)
  expect(judge('sdi', { ...nothing, gfr_below_half: true, proteinuria_nephrotic: true, end_stage_kidney: true })).toBe(
    3,
  )
  expect(judge('sdi', { ...nothing, strokes: 2, infarctions: 1 })).toBe(3)
})
