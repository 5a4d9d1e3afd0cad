// One simulation in a report: who was simulated and what failed, what was given, the courses, the parameters, and how to get the same numbers.

import { drawOutput } from './draw-output.ts'
import { countAssumed, drawParameters, varies } from './draw-parameters.ts'
import { type Child, type Element, el } from './element.ts'
import { finite } from './format-number.ts'
import type { Failure, SimulationSummary } from './simulation-summary.ts'
import { typesetCount, typesetQuantity, typesetShare } from './typeset.ts'

/** The level at which the sections of a simulation begin: 'h2' where the page is about it alone. */
export type Heading = 'h2' | 'h3'

/** Draws the article of one simulation. */
export function drawSimulation(summary: SimulationSummary, id: string, heading: Heading): Element {
  const { title, kind, description, outputs, parameters, timeUnit, subjects, marks = [] } = summary
  const failed = countFailed(summary)
  return el(
    'article',
    { id, ...(heading === 'h2' ? { 'aria-label': title } : { 'aria-labelledby': `${id}-title` }) },
    heading === 'h2'
      ? undefined
      : [kind ? el('p', { class: 'kicker' }, kind) : undefined, el('h2', { id: `${id}-title` }, title)],
    description === '' ? undefined : el('p', {}, description),
    drawFacts(summary),
    el('p', {}, describeSubjects(summary)),
    drawFailures(summary),
    drawGiven(summary.given),
    el(heading, {}, 'Courses'),
    outputs.length === 0 ? el('p', {}, 'No output was asked for, so there is nothing to show.') : undefined,
    outputs.map((output, i) =>
      drawOutput(output, { id: `${id}-o${i + 1}`, heading, timeUnit, subjects, failed, marks }),
    ),
    el(heading, {}, 'Parameters'),
    parameters.length === 0 ? el('p', {}, 'The model has none.') : drawParameters(parameters),
    el(heading, {}, 'How to get the same numbers'),
    drawProvenance(summary),
  )
}

const countFailed = ({ failed }: SimulationSummary): number => failed.reduce((sum, { count }) => sum + count, 0)

function drawFacts(summary: SimulationSummary): Element {
  const { subjects, parameters } = summary
  const facts: readonly (readonly [string, string])[] = [
    [subjects === 1 ? 'subject' : 'subjects', typesetCount(subjects)],
    ['failed', typesetCount(countFailed(summary))],
    ['parameters that vary', `${parameters.filter(varies).length} of ${parameters.length}`],
    ['parameters assumed', countAssumed(parameters)],
  ]
  return el(
    'dl',
    { class: 'facts' },
    facts.map(([term, value]) => el('div', {}, el('dt', {}, term), el('dd', {}, value))),
  )
}

function describeSubjects({ subjects, parameters }: SimulationSummary): Child {
  const names = parameters.filter(varies).flatMap(({ name }, i) => [i === 0 ? '' : ', ', el('code', {}, name)])
  if (subjects === 1 && names.length === 0)
    return 'One typical subject: each parameter has the value in the table below.'
  if (names.length === 0) return 'The subjects do not differ: each parameter has the value in the table below.'
  return ['Subjects differ in ', names, '. All else is the same for each.']
}

function drawFailures(summary: SimulationSummary): Child {
  const { failed, subjects, timeUnit } = summary
  if (failed.length === 0) return undefined
  const words = (status: string): string => status.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase()
  const item = ({ status, count, firstTime }: Failure): Element => {
    const first = finite(firstTime) === undefined ? '' : `, the first at ${typesetQuantity(firstTime, timeUnit)}`
    return el(
      'li',
      {},
      `${words(status)}: ${typesetCount(count)} of ${typesetCount(subjects)} (${typesetShare(count, subjects)})${first}`,
    )
  }
  return el(
    'div',
    { class: 'failed' },
    el(
      'p',
      {},
      el('strong', {}, `${typesetCount(countFailed(summary))} of ${typesetCount(subjects)} subjects failed.`),
      ' Their courses end there, and later quantiles describe only the others.',
    ),
    el('ul', {}, failed.map(item)),
  )
}

const drawGiven = (given: readonly string[]): Child =>
  given.length === 0
    ? undefined
    : [
        el('p', {}, 'Each subject is given:'),
        el(
          'ul',
          {},
          given.map((line) => el('li', {}, line)),
        ),
      ]

function drawProvenance({ modelFile, seed, provenance, command }: SimulationSummary): Child {
  const seedSaid = provenance.some(({ label }) => label.toLowerCase() === 'seed')
  const rows = [
    { label: 'Model file', value: modelFile },
    ...(seedSaid ? [] : [{ label: 'Seed', value: typesetCount(seed) }]),
    ...provenance,
  ]
  return [
    el(
      'dl',
      { class: 'provenance' },
      rows.map(({ label, value }) => el('div', {}, el('dt', {}, label), el('dd', {}, value))),
    ),
    command === '' ? undefined : el('pre', {}, el('code', {}, command)),
  ]
}
