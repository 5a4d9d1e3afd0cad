// How large a trial would have told, and who was in this one: patients per arm, candidates who did not qualify, patients who were lost.

import type { PowerRow, TrialResult } from '#trial'
import { drawTable } from '../draw-table.ts'
import { type Child, el } from '../element.ts'
import { finite, formatFixed } from '../format-number.ts'
import { drawBars } from '../figures/draw-bars.ts'
import { setNumber, typesetCount, typesetNumber, typesetShare } from '../typeset.ts'
import { NOT_ESTIMABLE } from './interval-text.ts'
import { countOf, drawFigure, drawFinding, listWords, type Section } from './page-parts.ts'

const METHOD =
  'Power 80\u00A0%, two-sided level 5\u00A0%, two equal arms, Welch’s t test on the change since entry. Simulated: from the changes of the virtual patients without cells, with the 90\u00A0% Monte Carlo range. Closed form: normal formula with Guenther’s correction, at the same SD.'

/** Draws the section of power. */
export function powerSection({ power, trial }: TrialResult): Section {
  const title = 'How many patients would have told'
  if (power.length === 0)
    return { id: 'power', title, body: el('p', {}, 'Not estimable: the score of the virtual patients did not vary.') }
  return {
    id: 'power',
    title,
    body: [
      drawFinding(tellPower(power, trial)),
      drawTable({
        caption: `Patients per arm to tell a true difference of the mean change. ${METHOD}`,
        columns: [
          { head: 'true difference (points)', kind: 'number' },
          { head: 'SD of the change', kind: 'number' },
          { head: 'simulated', kind: 'number' },
          { head: 'Monte Carlo 90\u00A0%', kind: 'text' },
          { head: 'closed form', kind: 'number' },
        ],
        rows: power.map(({ difference, sd, simulated, closedForm }) => [
          typesetNumber(difference),
          typesetNumber(sd, 3, 'keep'),
          simulated ? typesetCount(simulated.perArm) : 'more than tried',
          simulated ? `${typesetCount(simulated.lo)} to ${typesetCount(simulated.hi)}` : '–',
          finite(closedForm) === undefined ? NOT_ESTIMABLE : typesetCount(closedForm),
        ]),
      }),
    ],
  }
}

function tellPower(power: readonly PowerRow[], trial: TrialResult['trial']): string {
  const said = power.map(({ difference, simulated, closedForm }) => {
    const size = simulated
      ? typesetCount(simulated.perArm)
      : finite(closedForm) === undefined
        ? NOT_ESTIMABLE
        : `about ${typesetCount(closedForm)}`
    return `${size} per arm for ${typesetNumber(Math.abs(difference))} ${Math.abs(difference) === 1 ? 'point' : 'points'}`
  })
  return `To tell a true difference would have taken ${listWords(said)}; the trial had ${listWords(trial.arms.map(({ n }) => String(n)))}.`
}

/** Draws the section of who was in. */
export function patientsSection({ funnel, attrition, compared, entry, entryTable }: TrialResult): Section {
  const differs = compared.filter(({ available }) => available).length
  return {
    id: 'patients',
    title: 'Who was in the trial',
    body: [
      drawFunnel(funnel),
      el('p', {}, tellEntry(entry)),
      entryTable && drawEntryTable(entryTable),
      el('h3', {}, 'Who was lost'),
      drawAttrition(attrition),
      el(
        'p',
        {},
        differs === 0
          ? 'With available cases only, no prediction differs from that over all patients.'
          : `With available cases only, ${differs} of ${compared.length} rows have another prediction; both stand in the table of all rows where they print differently.`,
      ),
    ],
  }
}

/** Patients qualify when they are at their worst: part of the fall comes before a trial begins to count. */
function tellEntry({ screening, baseline, weeks }: TrialResult['entry']): string {
  if (finite(screening) === undefined || finite(baseline) === undefined)
    return 'The score at screening is not estimable.'
  const write = (score: number): string => setNumber(formatFixed(score, 1))
  return `At the screening that patients qualified at, the score was ${write(screening)} on average; at baseline, ${countOf(weeks, 'week')} later and on the same medicines, ${write(baseline)}. That part of the regression to the mean comes before any trial begins to count, and is in no part of the fall.`
}

function drawEntryTable({ note, met, effectiveSize, effectiveDraws, rows }: TrialResult['entryTable'] & {}): Child {
  const write = (value: number | null): string =>
    value === null ? '–' : finite(value) === undefined ? NOT_ESTIMABLE : setNumber(formatFixed(value, 2))
  return drawTable({
    caption: `${met ? 'Patients were weighted toward the entry table' : 'No weights meet the entry table, and patients count alike'}. ${note} Effective patients: ${setNumber(formatFixed(effectiveSize, 1))}; effective draws: ${setNumber(formatFixed(effectiveDraws, 1))}.`,
    columns: [
      { head: 'at entry', kind: 'name' },
      ...['printed mean', 'printed SD', 'pool mean', 'pool SD'].map((head) => ({ head, kind: 'number' as const })),
    ],
    rows: rows.map(({ name, mean, sd, poolMean, poolSd }) => [name, ...[mean, sd, poolMean, poolSd].map(write)]),
  })
}

function drawFunnel({ candidates, qualified, reasons }: TrialResult['funnel']): Child {
  const removed = reasons.reduce((sum, one) => sum + one.removed, 0)
  const [most] = reasons.toSorted((a, b) => b.removed - a.removed)
  const once = removed + qualified === candidates
  return [
    drawFinding(
      `${typesetCount(qualified)} of ${typesetCount(candidates)} candidates (${typesetShare(qualified, candidates)}) qualified` +
        (most && most.removed > 0 ? `; most were turned away by “${most.criterion}”.` : '.'),
    ),
    reasons.length === 0
      ? undefined
      : drawFigure(
          drawBars(
            [
              ...reasons.map(({ criterion, removed: value }) => ({
                label: criterion,
                value,
                kind: 'full' as const,
                note: `${typesetCount(value)} (${typesetShare(value, candidates)})`,
              })),
              {
                label: 'qualified',
                value: qualified,
                kind: 'total' as const,
                note: `${typesetCount(qualified)} (${typesetShare(qualified, candidates)})`,
              },
            ],
            {
              id: 'funnel',
              title: `What became of ${typesetCount(candidates)} candidates`,
              description: `${reasons.map(({ criterion, removed: count }) => `${criterion}: ${typesetCount(count)} turned away.`).join(' ')} Qualified: ${typesetCount(qualified)}.`,
              axis: 'candidates',
              width: 720,
            },
          ),
          `Full bars: turned away, by criterion. Dark bar: qualified. ${once ? 'Each candidate is counted once.' : 'A candidate may fail more than one criterion, so the bars need not add up.'}`,
          'medium',
        ),
  ]
}

const drawAttrition = (attrition: TrialResult['attrition']): Child =>
  attrition.length === 0
    ? el('p', {}, 'Nobody entered.')
    : drawTable({
        caption:
          'Virtual patients by arm. Failed: the numerics gave no answer; such patients are counted, never replaced.',
        columns: [
          { head: 'arm', kind: 'text' },
          ...['entered', 'died', 'lost', 'failed', 'stayed'].map((head) => ({ head, kind: 'number' as const })),
          { head: 'share that stayed', kind: 'number' },
        ],
        rows: attrition.map(({ arm, entered, died, lost, failed }) => [
          arm,
          ...[entered, died, lost, failed, entered - died - lost - failed].map(typesetCount),
          typesetShare(entered - died - lost - failed, entered),
        ]),
      })
