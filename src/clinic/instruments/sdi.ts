// SDI: what lupus and its treatment left behind, 41 items in twelve domains. It can only stay or rise.
import { type Column, count, type Findings, yesNo } from './column.ts'
import type { Instrument } from './instrument.ts'
import { amount, type Range, said } from './three-valued.ts'
import { type Part, scoreOf, sum, type Verdict, weighted } from './verdict.ts'

interface Damage {
  readonly id: string
  readonly label: string
  readonly domain: string
  /** 2 where a second event counts once more. */
  readonly most: 1 | 2
}

const once = (domain: string, each: Readonly<Record<string, string>>): Damage[] =>
  Object.entries(each).map(([id, label]) => ({ id, label, domain, most: 1 }))
const twice = (domain: string, each: Readonly<Record<string, string>>): Damage[] =>
  Object.entries(each).map(([id, label]) => ({ id, label, domain, most: 2 }))

/** @source phenx-171001 (items and points; those marked in `unconfirmed` were not visible there) */
const DAMAGE: readonly Damage[] = [
  ...once('eye', { cataract: 'Cataract ever', retina: 'Change of the retina, or optic atrophy' }),
  ...once('nervous system', {
    cognition: 'Cognitive impairment or major psychosis',
    seizures: 'Seizures that needed treatment for 6 months',
  }),
  ...twice('nervous system', { strokes: 'Stroke ever' }),
  ...once('nervous system', {
    neuropathy: 'Neuropathy of cranial nerves (not the optic) or of limbs',
    myelitis: 'Transverse myelitis',
  }),
  ...once('lung', {
    pulmonary_hypertension: 'Pulmonary hypertension',
    pulmonary_fibrosis: 'Pulmonary fibrosis, on examination and film',
    shrinking_lung: 'Shrinking lung, on film',
    pleural_fibrosis: 'Pleural fibrosis, on film',
    pulmonary_infarction: 'Infarction of the lung, or resection not for cancer',
  }),
  ...once('heart', { angina: 'Angina or coronary bypass' }),
  ...twice('heart', { infarctions: 'Myocardial infarction ever' }),
  ...once('heart', {
    cardiomyopathy: 'Cardiomyopathy',
    valves: 'Valve disease: a diastolic murmur, or a systolic one above 3/6',
    pericardium: 'Pericarditis for 6 months, or pericardiectomy',
  }),
  ...once('limb vessels', {
    claudication: 'Claudication for 6 months',
    minor_tissue_loss: 'Minor loss of tissue, in pulp space',
  }),
  ...twice('limb vessels', { tissue_losses: 'Loss of a digit or limb ever' }),
  ...once('limb vessels', { venous_thrombosis: 'Venous thrombosis with swelling, ulcer or stasis' }),
  ...twice('gut', {
    bowel_losses: 'Infarction or resection of bowel below the duodenum, spleen, liver or gall bladder ever',
  }),
  ...once('gut', {
    mesenteric: 'Mesenteric insufficiency',
    peritonitis: 'Chronic peritonitis',
    stricture: 'Stricture, or surgery of the upper gut ever',
    pancreas: 'Pancreatic insufficiency that needs enzymes, or a pseudocyst',
  }),
  ...once('muscle and bone', {
    muscle: 'Muscle atrophy or weakness',
    deforming_arthritis: 'Deforming or erosive arthritis',
    osteoporosis: 'Osteoporosis with fracture or vertebral collapse',
  }),
  ...twice('muscle and bone', { avascular_necroses: 'Avascular necrosis' }),
  ...once('muscle and bone', { osteomyelitis: 'Osteomyelitis', tendon_rupture: 'Ruptured tendon' }),
  ...once('skin', {
    scarring_alopecia: 'Scarring chronic alopecia',
    skin_scars: 'Extensive scarring or panniculum, not of scalp or pulp space',
    skin_ulcers: 'Skin ulcer for more than 6 months, not from thrombosis',
  }),
  ...once('gonads', { gonadal_failure: 'Premature gonadal failure' }),
  ...once('metabolism', { diabetes: 'Diabetes that needs treatment' }),
  ...twice('cancer', { malignancies: 'Cancer, not dysplasia' }),
]

const gfr = yesNo('gfr_below_half', 'Filtration below 50 %')
const protein = yesNo('proteinuria_nephrotic', 'Protein of 3.5 g a day or more')
const endStage = yesNo('end_stage_kidney', 'End-stage kidney disease, on dialysis, transplanted or not')

const END_STAGE = 3

const columns: readonly Column[] = [
  ...DAMAGE.map(({ id, label, most }) =>
    most === 1
      ? yesNo(id, label)
      : count(id, `${label}: how often, 2 for more than once, at least 6 months apart or in another place`, [0, 2]),
  ),
  gfr,
  protein,
  endStage,
]

function judge({ id, label, most }: Damage, found: Findings): Part {
  if (most === 1) return weighted(id, label, said(yesNo(id, label), found), 1)
  const { range, words, missing } = amount(count(id, label, [0, most]), found)
  return { id, label, truth: missing.length > 0 ? undefined : range[0] > 0, points: range, because: words, missing }
}

/** End-stage disease counts 3 and takes the place of the two milder items. */
function kidney(found: Findings): Part[] {
  const end = weighted('end_stage_kidney', endStage.meaning, said(endStage, found), END_STAGE)
  const milder = [
    weighted('gfr_below_half', gfr.meaning, said(gfr, found), 1),
    weighted('proteinuria_nephrotic', protein.meaning, said(protein, found), 1),
  ]
  if (end.truth === false) return [...milder, end]
  const [least, most]: Range = sum(milder.map(({ points }) => points ?? [0, 0]))
  const without = milder.map((one): Part => ({ ...one, points: [0, 0], missing: end.truth ? [] : one.missing }))
  return [...without, { ...end, points: end.truth ? [END_STAGE, END_STAGE] : [least, Math.max(most, END_STAGE)] }]
}

function compute(found: Findings): Verdict {
  const parts = DAMAGE.map((damage) => judge(damage, found))
  return scoreOf([...parts, ...kidney(found)])
}

const NOTHING = Object.fromEntries(columns.map(({ name, kind }) => [name, kind === 'truth' ? false : 0]))

/** Scores damage. */
export const sdi: Instrument = {
  name: 'sdi',
  label: 'SLICC/ACR Damage Index',
  kind: 'score',
  unit: '1',
  sources: [{ key: 'phenx-171001', locator: 'protocol: items and points' }],
  definition:
    'Damage since lupus began that cannot be undone, whatever its cause, there for 6 months unless an item says otherwise. Each item adds 1; stroke, infarction of the heart, loss of a digit or limb, loss of bowel or organ, avascular necrosis and cancer add 2 if there was more than one. End-stage kidney disease adds 3 in place of the other two items of the kidney.',
  params: [],
  needs: columns,
  unconfirmed:
    'recalled, not read in a primary table: the second point for avascular necrosis and for cancer, the point for claudication, the items osteomyelitis and ruptured tendon (added in 2000)',
  whenNotToUse:
    'Not for activity, and not in the first 6 months: an item has to have stayed. A later score below an earlier one is an error of recording.',
  example: {
    about: 'Two strokes, a cataract, and a kidney transplant after nephrotic proteinuria: 2 + 1 + 3.',
    found: { ...NOTHING, strokes: 2, cataract: true, proteinuria_nephrotic: true, end_stage_kidney: true },
  },
  compute,
}
