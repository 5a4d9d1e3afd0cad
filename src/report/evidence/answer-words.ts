// Answers of a form in words.
import type { Answer, ClinicSheet } from '#evidence'

/** Says an answer. */
export const sayAnswer = (answer: Answer): string =>
  typeof answer === 'string' ? answer : 'text' in answer ? answer.text : String(answer.number)

const TREATMENTS: Readonly<Record<ClinicSheet['treatment'], string>> = {
  msc: 'a drip of support cells (MSC)',
  hsct: 'chemotherapy and a transplant of blood stem cells (HSCT)',
  'car-t': 'CAR-T cells',
  unknown: 'not said which',
}

/** Says what kind of treatment it is about. */
export const sayTreatment = (treatment: ClinicSheet['treatment']): string => TREATMENTS[treatment]

export const SHEET_CAUTION =
  'This sheet holds what one person wrote down, beside facts with source and date. It rates no clinic and is no medical advice. "Not applicable" is not bad.'
