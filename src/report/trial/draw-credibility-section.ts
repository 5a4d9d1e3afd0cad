// The end of a trial's report: what it must not be used for, the credibility sheet, and what is needed to get the same numbers.
// In the spirit of ASME V&V 40, FDA 2023 and ICH M15; the banding of risk is ours.

import type { TrialResult } from '#trial'
import { type Child, el } from '../element.ts'
import { finite, formatFixed } from '../format-number.ts'
import { typesetCount, typesetNumber, typesetProse, typesetShare } from '../typeset.ts'
import { byInfluence } from './draw-assumptions-section.ts'
import { nameSizes, tellUse } from './draw-opening.ts'
import { countOf, listWords, type Section } from './page-parts.ts'

/** Draws what the report must not be used for. */
export function cautionsSection(result: TrialResult): Section {
  return {
    id: 'not-for',
    title: 'What this must not be used for',
    body: el(
      'ul',
      {},
      cautionsOf(result).map((caution) => el('li', {}, caution)),
    ),
  }
}

function cautionsOf({ trial, effectPrior, coverage }: TrialResult): string[] {
  const alone = trial.arms.length === 1
  return [
    'To decide how anybody is treated. Nothing here is medical advice.',
    `As evidence that the cells work, or that they do not. Their part comes out of the prior that went in (${typesetProse(effectPrior.text)}).`,
    'To compare products, doses, routes or clinics: the prior does not tell them apart.',
    'For other patients than those who meet this trial’s criteria, or beyond its last visit.',
    ...(alone
      ? ['As a controlled result: this trial has one arm, and what the cells did cannot be told from it.']
      : []),
    ...(trial.use === 'validate' ? [] : [`As a test of the model. ${tellUse(trial.use)}.`]),
    ...(coverage.rows > 0
      ? ['As proof of the model: wide intervals hold many numbers, and other models would hold them as well.']
      : []),
  ]
}

/** Draws the credibility sheet. */
export const credibilitySection = (result: TrialResult): Section => ({
  id: 'credibility',
  title: 'Credibility sheet',
  body: el(
    'dl',
    { class: 'sheet' },
    sheetOf(result).map(([term, text]) => el('div', {}, el('dt', {}, term), el('dd', {}, text))),
  ),
})

function sheetOf(result: TrialResult): readonly (readonly [string, Child])[] {
  const { trial, compared, coverage, assumed, provenance } = result
  return [
    ['Question of interest', trial.question],
    [
      'Context of use',
      `To see what a published trial (${nameSizes(result)}) can and cannot tell, and how large one would have to be. Not covered: any decision about a person, a product or a price.`,
    ],
    [
      'Model risk',
      'Influence 2 of 3 (one of several grounds for planning a trial) × consequence 2 of 3 (a trial planned wrongly) = 4, medium by our banding. For a decision about a patient the consequence would be 3, and this is not good enough.',
    ],
    [
      'Verification',
      'Every equation, dose and criterion is checked for units before it runs. The tests that come with the program hold the solvers to independent integrators at several tolerances, and the parts of the fall to their sum. The same seed and files give the same bytes, whatever the number of workers.',
    ],
    ['Calibration', tellCalibration(result)],
    [
      'Validation',
      coverage.rows === 0
        ? `${tellUse(trial.use)}. No printed number counts toward coverage.`
        : `${tellUse(trial.use)}. ${coverage.inside90} of ${coverage.rows} inside 90\u00A0%, ${coverage.inside50} inside 50\u00A0%. Set before looking: 80 to 97\u00A0% and 35 to 65\u00A0%.`,
    ],
    ['Share assumed', `${tellAssumed(assumed)} ${tellInfluential(result)}`],
    [
      'Uncertainties apart',
      `Parameters: ${countOf(provenance.draws, 'draw')} of what is uncertain about all patients at once. Patients: ${typesetCount(provenance.pool)} in the pool. Trial: ${countOf(provenance.replicates, 'trial')} of the real size drawn from it, with their own luck of measurement and a trial effect. Bands of courses show patients; intervals of printed rows hold the three together; those of the split hold parameters and patients, with entry as it was measured once. Of the trial effect only the shift of ratings is modelled: differences between trials in background and region are not, so intervals are too narrow by as much.`,
    ],
    [
      'Estimand',
      `Population: those who qualify by the trial’s criteria. Treatments: ${listWords(trial.arms.map(({ label, name }) => label || name))}, on the same background. Variables: ${countOf(new Set(compared.map(({ label }) => label)).size, 'outcome')}, up to month ${Math.max(0, ...trial.months)}. Summary: means and shares by arm, and their differences. Whatever else is given during the trial belongs to its policy; death and loss count as each outcome’s definition in the trial file has it, and available cases stand beside them.`,
    ],
    ['Failed runs', tellFailed(provenance)],
    ['Dates of evidence', tellDates(result)],
  ]
}

function tellCalibration({ compared }: TrialResult): string {
  const fitted = compared.filter(({ use }) => use === 'calibrate').length
  return fitted === 0
    ? 'No row of this trial was fitted.'
    : `${fitted} of ${compared.length} rows of this trial were fitted, and are left out of the coverage.`
}

const tellAssumed = ({ parameters, assumed }: TrialResult['assumed']): string =>
  `${assumed} of ${countOf(parameters, 'parameter')} (${typesetShare(assumed, parameters)}) rest on no source.`

function tellInfluential({ elasticities }: TrialResult): string {
  const five = byInfluence(elasticities).slice(0, 5)
  if (five.length === 0) return 'Which of them matter was not looked at in this run.'
  const said = five.map(({ parameter, assumed }) => `${parameter} (${assumed ? 'assumed' : 'sourced'})`)
  return `The most influential: ${listWords(said)}.`
}

const tellFailed = ({ failed, pool }: TrialResult['provenance']): string =>
  failed === 0
    ? 'None.'
    : `${typesetCount(failed)}, beside ${typesetCount(pool)} patients in the pool. They are counted in the table of who was lost.`

/** The years in the keys of sources, such as "deng-2017". */
function tellDates({ trial, elasticities }: TrialResult): string {
  const years = elasticities
    .filter(({ assumed }) => !assumed)
    .flatMap(({ source }) => source.match(/\b(?:19|20)\d\d\b/g) ?? [])
  const sorted = years.toSorted()
  const [first, last] = [sorted[0], sorted.at(-1)]
  const spread =
    first === undefined
      ? ''
      : ` Sources of the parameters that were moved: ${first === last ? first : `${first} to ${last}`}.`
  return `Compared with ${trial.source.replace(/^@/, '')}${trial.registration === '' ? '' : `, registered as ${trial.registration}`}.${spread}`
}

/** Draws what is needed to get the same numbers. */
export function provenanceSection({ trial, provenance }: TrialResult): Section {
  const { seed, version, pool, draws, replicates, patientYears, failed, hashes } = provenance
  const rows: readonly (readonly [string, Child])[] = [
    ['Trial', trial.name],
    ['Imago', version],
    ['Seed', typesetCount(seed)],
    ['Pool', `${typesetCount(pool)} patients`],
    ['Draws', typesetCount(draws)],
    ['Replicates', typesetCount(replicates)],
    [
      'Simulated',
      `${finite(patientYears) === undefined ? '–' : patientYears < 1e6 ? formatFixed(patientYears, 0) : typesetNumber(patientYears)} patient-years`,
    ],
    ['Failed', typesetCount(failed)],
    ...Object.entries(hashes).map(([name, hash]) => [`${name}, SHA-256`, el('code', {}, hash)] as const),
  ]
  return {
    id: 'provenance',
    title: 'How to get the same numbers',
    body: el(
      'dl',
      { class: 'provenance' },
      rows.map(([term, value]) => el('div', {}, el('dt', {}, term), el('dd', {}, value))),
    ),
  }
}
