// The check of a clinic as one page to print and take along: what worries, what is missing, what to ask, with room for a tick and a note.
import type { ClinicSheet } from '#evidence'
import { type Child, type Element, el } from '../element.ts'
import { drawPage } from '../page.ts'
import { printDocument } from '../print-html.ts'
import { SHEET_CAUTION, sayAnswer, sayTreatment } from './answer-words.ts'

const STYLE = `.clinic{max-width:60rem}
.clinic h1{font-size:1.7rem;margin:0 0 .3rem}
.clinic h2{font-size:1.1rem;margin:1.4rem 0 .4rem;border-top:1.5px solid var(--rule);padding-top:.5rem}
.clinic ul{max-width:none;columns:2;column-gap:2.5rem;list-style:none;padding:0;font-size:.9rem;line-height:1.4}
.clinic li{break-inside:avoid;padding:0 0 .45rem 1.3rem;text-indent:-1.3rem}
.clinic li::before{content:"☐";display:inline-block;width:1.3rem;text-indent:0}
.clinic .worrying li::before{content:"!";font-weight:700}
.clinic .answered li::before{content:"·"}
.clinic small{color:var(--quiet)}
@media (max-width:40rem){.clinic ul{columns:1}}
@media print{@page{margin:11mm 12mm}html{font-size:8pt}.clinic,.clinic p{max-width:none}.clinic h2{break-after:avoid}.clinic h1{font-size:1.5rem}.clinic h2{margin:.8rem 0 .2rem;padding-top:.3rem}.clinic ul{line-height:1.25}.clinic li{padding-bottom:.2rem}footer{margin-top:.4rem}footer p{margin:0}}
`

/** Draws the sheet. */
export function drawClinicSheet(sheet: ClinicSheet): Element {
  const { clinic, treatment, filled, asOf, answered, worrying, missing, apart, claims, next } = sheet
  const calm = answered.filter((one) => !worrying.some(({ question }) => question === one.question))
  return el(
    'main',
    { class: 'clinic' },
    el('p', { class: 'kicker' }, `Check of a clinic, ${filled}`),
    el('h1', {}, clinic),
    el('p', {}, `About ${sayTreatment(treatment)}. Questions and facts as of ${asOf}. ${SHEET_CAUTION}`),
    drawPart(
      'Worrying',
      'worrying',
      worrying.map(({ question, answer, because }) => [
        `${question.ask} `,
        el('strong', {}, sayAnswer(answer)),
        `. ${because} ${question.why} `,
        el('small', {}, `${question.source}, ${question.locator}`),
      ]),
    ),
    drawPart(
      'Claims in the answers',
      'worrying',
      claims.map(({ claim, sentence }) => [
        `“${sentence}” `,
        el('strong', {}, claim.file.verdict),
        `. ${claim.file.answer}`,
      ]),
    ),
    drawPart(
      'To ask next',
      'next',
      next.map((ask) => ask),
    ),
    drawPart(
      'Still open',
      'missing',
      missing.filter(({ red_flag }) => red_flag).map(({ ask }) => ask),
    ),
    drawPart(
      'Answered',
      'answered',
      calm.map(({ question, answer }) => [`${question.ask} `, el('strong', {}, sayAnswer(answer))]),
    ),
    apart.length > 0 ? el('p', {}, el('small', {}, `Not applicable: ${apart.length}`)) : undefined,
  )
}

const drawPart = (title: string, kind: string, items: readonly Child[]): Element | undefined =>
  items.length === 0
    ? undefined
    : el(
        'section',
        { class: kind },
        el('h2', {}, title),
        el(
          'ul',
          {},
          items.map((item) => el('li', {}, item)),
        ),
      )

/** Renders the sheet as a page that loads nothing. */
export const renderClinicSheet = (sheet: ClinicSheet): string =>
  printDocument(drawPage(`Check of a clinic: ${sheet.clinic}`, drawClinicSheet(sheet), STYLE))
