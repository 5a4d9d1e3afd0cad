// The report of simulations: one HTML document that needs no script, no network and no other file. It says what was run, shows what came out,
// lists every number that went in, and how to run it again. Knows no model: each word about one comes in with the summary.

import { drawSimulation } from './draw-simulation.ts'
import { type Element, el } from './element.ts'
import { drawPage } from './page.ts'
import { printDocument } from './print-html.ts'
import type { SimulationSummary } from './simulation-summary.ts'

/** Writes the report of one simulation. */
export const renderSimulation = (summary: SimulationSummary): string => renderSimulations(summary.title, [summary])

/**
 * Writes one report of several simulations.
 * @param title of the page; where it is the title of the only simulation, it is not said twice
 * @returns a whole HTML document; the same data give the same text
 */
export const renderSimulations = (title: string, summaries: readonly SimulationSummary[]): string =>
  printDocument(drawPage(title, drawSimulations(title, summaries)))

/** Draws what `renderSimulations` writes: the `main` of the page. */
export function drawSimulations(title: string, summaries: readonly SimulationSummary[]): Element {
  const alone = summaries.length === 1 && summaries[0]?.title === title
  return el(
    'main',
    {},
    drawOpening(title, summaries, alone),
    summaries.map((summary, i) => drawSimulation(summary, `s${i + 1}`, alone ? 'h2' : 'h3')),
    drawCautions(summaries),
  )
}

function drawOpening(title: string, summaries: readonly SimulationSummary[], alone: boolean): Element {
  const models = summaries.length === 1 ? 'a mathematical model' : `${summaries.length} mathematical models`
  return el(
    'header',
    {},
    el('p', { class: 'kicker' }, alone && summaries[0]?.kind ? `Simulation · ${summaries[0].kind}` : 'Simulation'),
    el('h1', {}, title),
    el(
      'p',
      { class: 'lead' },
      `What ${models} computed for virtual subjects, with every number that went in. `,
      el('strong', {}, 'Research software, never medical advice'),
      ': ',
      el('a', { href: '#not-for' }, 'what this must not be used for'),
      '.',
    ),
    alone || summaries.length === 0
      ? undefined
      : el(
          'nav',
          { 'aria-label': 'Simulations on this page' },
          el(
            'ol',
            {},
            summaries.map((summary, i) => el('li', {}, el('a', { href: `#s${i + 1}` }, summary.title))),
          ),
        ),
  )
}

const ALWAYS = 'Nothing here is medical advice, and no number here may decide how anybody is treated.'

/** Says each caution once; one that not every simulation has is said of its own. */
function drawCautions(summaries: readonly SimulationSummary[]): Element {
  const said = [...new Set(summaries.flatMap(({ cautions }) => cautions))]
  const item = (caution: string): Element => {
    const whose = summaries.filter(({ cautions }) => cautions.includes(caution))
    const of = whose.length < summaries.length ? `${whose.map(({ title }) => title).join('; ')}: ` : ''
    return el('li', {}, `${of}${caution}`)
  }
  return el(
    'section',
    { id: 'not-for', class: 'cautions' },
    el('h2', {}, 'What this must not be used for'),
    el('ul', {}, said.length === 0 ? el('li', {}, ALWAYS) : said.map(item)),
  )
}
