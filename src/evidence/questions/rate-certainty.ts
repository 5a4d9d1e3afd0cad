// How sure one may be of an answer, in the manner of GRADE: a start from the design, and steps down, each tied to what the studies say.
// What a person would judge otherwise can be judged so: every step names its reason. Steps up are not taken.
import { CERTAINTIES } from '../claims/schema.ts'
import type { Entry } from './find-entries.ts'
import type { QuestionFile } from './schema.ts'

export type Certainty = (typeof CERTAINTIES)[number]

export interface Step {
  readonly domain: 'risk of bias' | 'imprecision' | 'inconsistency' | 'indirectness'
  readonly down: number
  readonly because: string
}

export interface Rating {
  readonly level: Certainty
  readonly start: Certainty
  readonly steps: readonly Step[]
}

// Fewer patients than a single trial of ordinary power would need: rules of thumb of the guideline, for means and for shares alike.
const FEW = 400
const VERY_FEW = 100

/**
 * Rates an answer.
 * @param voters one entry for each group of patients
 * @returns nothing where no study votes
 * @source Guyatt G et al. J Clin Epidemiol 2011;64:383-394 (levels), 407-415 (bias), 1283-1293 (imprecision), 1294-1302 (inconsistency)
 */
export function rateCertainty(voters: readonly Entry[], question: QuestionFile): Rating | undefined {
  if (voters.length === 0) return undefined
  const isTrial = question.compare === 'control' && voters.every(({ study }) => study.file.design.kind === 'randomised')
  const start = isTrial ? 'high' : 'low'
  const steps = [
    ...rateBias(voters),
    ...rateImprecision(voters),
    ...rateInconsistency(voters),
    ...(question.indirect === undefined
      ? []
      : [{ domain: 'indirectness' as const, down: 1, because: question.indirect }]),
  ]
  const fall = steps.reduce((sum, { down }) => sum + down, 0)
  const level = CERTAINTIES[Math.min(CERTAINTIES.length - 1, CERTAINTIES.indexOf(start) + fall)] ?? 'very low'
  return { level, start, steps }
}

function rateBias(voters: readonly Entry[]): Step[] {
  const doubtful = voters.filter(({ study }) => study.file.risk_of_bias.overall !== 'low')
  if (doubtful.length === 0) return []
  const without = doubtful.filter(
    ({ study }) => study.file.risk_of_bias.domains?.['confounding']?.judgement === 'critical',
  )
  const because =
    without.length > 0
      ? `${without.length} of ${voters.length} have no comparison group`
      : doubtful.map(({ study }) => `${study.name}: ${study.file.risk_of_bias.overall ?? 'not judged'}`).join('; ')
  return [{ domain: 'risk of bias', down: 1, because }]
}

function rateImprecision(voters: readonly Entry[]): Step[] {
  const patients = voters.reduce((sum, { n }) => sum + (n ?? 0), 0)
  if (patients >= FEW) return []
  return [{ domain: 'imprecision', down: patients < VERY_FEW ? 2 : 1, because: `${patients} patients in all` }]
}

/** Intervals that do not meet, among entries of one outcome: those of two outcomes need not. */
function rateInconsistency(voters: readonly Entry[]): Step[] {
  const known = voters.flatMap(({ study, row: { outcome }, estimate }) =>
    estimate?.lo !== undefined && estimate.hi !== undefined
      ? [{ name: study.name, outcome, lo: estimate.lo, hi: estimate.hi }]
      : [],
  )
  for (const one of known) {
    const other = known.find(({ lo, outcome }) => outcome === one.outcome && lo > one.hi)
    if (other)
      return [
        { domain: 'inconsistency', down: 1, because: `the intervals of ${one.name} and ${other.name} do not meet` },
      ]
  }
  return []
}
