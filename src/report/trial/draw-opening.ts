// The head of a trial's report: what it is, the question, the answer with its uncertainty, and the few numbers one looks for first.

import type { TrialResult } from '#trial'
import { type Child, type Element, el } from '../element.ts'
import { typesetCount, typesetProse, typesetShare } from '../typeset.ts'
import { countOf, listWords, type Section } from './page-parts.ts'

const USES = {
  validate: 'Its outcomes were predicted, never fitted',
  seen: 'Its outcomes were known while the model was built, so agreement proves little',
  calibrate: 'The model was fitted to its outcomes, so agreement is no test',
} as const

/** Says how the published trial was used, in a sentence without its end. */
export const tellUse = (use: TrialResult['trial']['use']): string => USES[use]

/** Draws the head. @param sections what follows, for the list of contents */
export function drawOpening(result: TrialResult, sections: readonly Section[]): Element {
  const { trial, answer } = result
  const sizes = listWords(trial.arms.map(({ label, name, n }) => `${n} ${label || name}`))
  return el(
    'header',
    {},
    el('p', { class: 'kicker' }, `Virtual trial · ${trial.blinded ? 'blinded' : 'open label'} · ${trial.use}`),
    el('h1', {}, trial.title),
    el(
      'p',
      { class: 'lead' },
      `A published trial, replayed on virtual patients by a mathematical model of lupus (${sizes}). ${tellUse(trial.use)}. `,
      el('strong', {}, 'Research software, never medical advice'),
      ': ',
      el('a', { href: '#not-for' }, 'what this must not be used for'),
      '.',
    ),
    el('section', { class: 'question' }, el('h2', {}, 'The question'), el('p', {}, trial.question)),
    el(
      'section',
      { class: 'answer' },
      el('h2', {}, 'The answer'),
      answer.map((sentence) => el('p', {}, typesetProse(sentence))),
    ),
    drawFacts(result),
    drawContents(sections),
  )
}

function drawFacts({ coverage, trial, provenance, assumed }: TrialResult): Element {
  const facts: readonly (readonly [string, string])[] = [
    [
      trial.use === 'seen' ? 'printed numbers inside 90\u00A0%, seen beforehand' : 'printed numbers inside 90\u00A0%',
      `${coverage.inside90} of ${coverage.rows}`,
    ],
    ['patients in the real trial', typesetCount(trial.arms.reduce((sum, { n }) => sum + n, 0))],
    ['virtual patients in the pool', typesetCount(provenance.pool)],
    ['trials drawn', typesetCount(provenance.replicates)],
    ['parameters assumed', typesetShare(assumed.assumed, assumed.parameters)],
  ]
  return el(
    'dl',
    { class: 'facts' },
    facts.map(([term, value]) => el('div', {}, el('dt', {}, term), el('dd', {}, value))),
  )
}

const drawContents = (sections: readonly Section[]): Child =>
  el(
    'nav',
    { 'aria-label': 'On this page' },
    el(
      'ol',
      { class: 'contents' },
      sections.map(({ id, title }) => el('li', {}, el('a', { href: `#${id}` }, title))),
    ),
  )

/** Names the trial with its size: "12 msc and 6 placebo patients". */
export const nameSizes = ({ trial }: TrialResult): string =>
  listWords(trial.arms.map(({ name, n }) => `${countOf(n, 'patient')} on ${name}`))
