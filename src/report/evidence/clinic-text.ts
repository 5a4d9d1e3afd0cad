// The check of a clinic as a terminal shows it.
import type { ClinicSheet } from '#evidence'
import { SHEET_CAUTION, sayAnswer, sayTreatment } from './answer-words.ts'
import { countOf, wrapLines } from './wrap-lines.ts'

/** Writes a sheet. */
export function clinicText(sheet: ClinicSheet, width = 100): string {
  const { clinic, treatment, filled, asOf, answered, worrying, missing, apart, claims, next } = sheet
  const part = (title: string, lines: readonly string[]): string[] =>
    lines.length === 0
      ? []
      : [`${title}: ${lines.length}\n${lines.map((line) => wrapLines(`· ${line}`, width, '  ')).join('\n')}`]
  const calm = answered.filter((one) => !worrying.some(({ question }) => question === one.question))
  return [
    wrapLines(`${clinic}: ${sayTreatment(treatment)}`, width),
    `filled ${filled}; questions and facts as of ${asOf}`,
    ...part(
      'Worrying',
      worrying.map(
        ({ question, answer, because }) =>
          `${question.ask} ${sayAnswer(answer)}. ${because} ${question.why} (${question.source}, ${question.locator})`,
      ),
    ),
    ...part(
      'Claims in the answers',
      claims.map(({ claim, sentence }) => `“${sentence}”: ${claim.file.verdict}. ${claim.file.answer}`),
    ),
    ...part(
      'Missing',
      missing.map(({ ask, why }) => `${ask} ${why}`),
    ),
    ...part(
      'Answered',
      calm.map(({ question, answer }) => `${question.ask} ${sayAnswer(answer)}`),
    ),
    ...part('To ask next', next),
    ...(apart.length > 0 ? [`${countOf(apart.length, 'question')} not applicable`] : []),
    wrapLines(SHEET_CAUTION, width),
  ].join('\n\n')
}
