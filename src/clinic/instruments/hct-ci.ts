// HCT-CI: what a candidate for a transplant of blood stem cells brings along. Lupus itself counts 2, so the score without it is told too.
import { type Findings, type NumberColumn, plain, yesNo } from './column.ts'
import type { Instrument, Settings } from './instrument.ts'
import { amount, is, type Range, said } from './three-valued.ts'
import { type Part, scoreOf, sum, type Verdict, weighted } from './verdict.ts'

/** @source sorror-2005 (weights; definitions as a review of the American Society of Hematology tables them) */
const ITEMS: Readonly<Record<string, readonly [weight: number, meaning: string]>> = {
  arrhythmia: [1, 'Atrial fibrillation or flutter, sick sinus, ventricular arrhythmia'],
  cardiac: [1, 'Coronary disease, heart failure, infarction, or ejection fraction of 50 % or less'],
  bowel: [1, "Crohn's disease or ulcerative colitis"],
  diabetes: [1, 'Diabetes on insulin or tablets'],
  cerebrovascular: [1, 'Transient ischaemic attack or stroke'],
  psychiatric: [1, 'Depression or anxiety that needs advice or treatment'],
  hepatic_mild: [1, 'Chronic hepatitis, bilirubin to 1.5 times or enzymes to 2.5 times the upper limit'],
  obesity: [1, 'Body mass index above 35 kg/m2'],
  infection: [1, 'Infection that is treated before, during and after the start of conditioning'],
  rheumatologic: [2, 'Lupus, rheumatoid arthritis, polymyositis, mixed connective tissue disease, polymyalgia'],
  ulcer: [2, 'Peptic ulcer that needs treatment'],
  renal: [2, 'Creatinine above 2 mg/dL, dialysis, or an earlier kidney transplant'],
  pulmonary_moderate: [2, 'DLCO or FEV1 of 66 to 80 %, or short of breath on slight activity'],
  pulmonary_severe: [3, 'DLCO or FEV1 of 65 % or less, short of breath at rest, or on oxygen'],
  tumour: [3, 'Solid tumour treated at any time, not skin cancer other than melanoma'],
  valve: [3, 'Heart valve disease, not mitral prolapse without symptoms'],
  hepatic_severe: [3, 'Cirrhosis, bilirubin above 1.5 times or enzymes above 2.5 times the upper limit'],
}

// The severe form takes the place of the milder one.
const GRADED: Readonly<Record<string, string>> = {
  hepatic_mild: 'hepatic_severe',
  pulmonary_moderate: 'pulmonary_severe',
}

const age: NumberColumn = { ...plain('age_years', 'Age', [0, 120], 'age'), unit: 'a', bare: true }

const AGE = {
  name: 'age',
  meaning: 'ignore: the index of 2005; count: one more point from 40 years on (HCT-CI/Age)',
  allowed: ['ignore', 'count'],
  standard: 'ignore',
} as const
const OLDER = 40

function compute(found: Findings, settings: Settings): Verdict {
  const parts = Object.entries(ITEMS).map(([id, [weight, meaning]]) =>
    weighted(id, meaning, said(yesNo(id, meaning), found), weight),
  )
  const counting = parts.map((one): Part => {
    const isCovered = parts.find(({ id }) => id === GRADED[one.id])?.truth === true
    return isCovered ? { ...one, points: [0, 0], missing: [] } : one
  })
  const years = weighted('age', 'From 40 years on', is(amount(age, found), 'at least', OLDER), 1)
  const counted = settings[AGE.name] === 'count' ? [...counting, years] : counting
  const range = rangeOf(parts, settings[AGE.name] === 'count' ? years : undefined)
  const verdict = scoreOf(counted, [], range)
  return { ...verdict, notes: [risk(range), withoutIndexDisease(parts, range)] }
}

const pointsOf = (parts: readonly Part[], id: string): Range => parts.find((one) => one.id === id)?.points ?? [0, 0]

/** Sums what counts: of two grades of one disease only the heavier. */
function rangeOf(parts: readonly Part[], years: Part | undefined): Range {
  const pairs = Object.entries(GRADED).map(([mild, severe]): Range => {
    const [a, b] = [pointsOf(parts, mild), pointsOf(parts, severe)]
    return [Math.max(a[0], b[0]), Math.max(a[1], b[1])]
  })
  const paired = new Set(Object.entries(GRADED).flat())
  const others = parts.filter(({ id }) => !paired.has(id)).map(({ points }): Range => points ?? [0, 0])
  return sum([...pairs, ...others, years?.points ?? [0, 0]])
}

const riskOf = (score: number): string => (score >= 3 ? 'high' : score >= 1 ? 'intermediate' : 'low')

function risk([least, most]: Range): string {
  const [low, high] = [riskOf(least), riskOf(most)]
  return `risk: ${low === high ? low : `${low} to ${high}`} (0 low, 1 to 2 intermediate, 3 and more high)`
}

function withoutIndexDisease(parts: readonly Part[], range: Range): string {
  const own = pointsOf(parts, 'rheumatologic')
  const [least, most] = [range[0] - own[0], range[1] - own[1]]
  return `without the rheumatologic item: ${least === most ? least : `${least} to ${most}`}`
}

const NOTHING = Object.fromEntries(Object.keys(ITEMS).map((name) => [name, false]))

/** Scores. */
export const hctCi: Instrument = {
  name: 'hct-ci',
  label: 'HCT-CI, comorbidity before a transplant',
  kind: 'score',
  unit: '1',
  sources: [
    { key: 'sorror-2005', locator: 'abstract; weights and definitions as reviews table them' },
    { key: 'sorror-2014', locator: 'the point for age' },
  ],
  definition:
    'Seventeen conditions with weights of 1 to 3; of mild and severe disease of liver or lung only the severe counts. Low risk 0, intermediate 1 to 2, high 3 and more. Lupus itself counts 2, so that nobody with lupus is at low risk: the score without it is told beside.',
  params: [AGE],
  needs: [...Object.entries(ITEMS).map(([id, [, meaning]]) => yesNo(id, meaning)), age],
  whenNotToUse:
    'Not for infusions of mesenchymal cells without conditioning: it was made for transplants. Not in children, who have an index of their own.',
  example: {
    about: 'Lupus, diabetes on insulin, and a creatinine of 2.4 mg/dL.',
    found: { ...NOTHING, rheumatologic: true, diabetes: true, renal: true },
  },
  compute,
}
