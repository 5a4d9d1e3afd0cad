// A form to fill: every question as a comment above its key, so that it can be read and filled in any editor.
import type { CareFile, CareQuestion } from './schema.ts'

/** Writes an empty form. @param day when it is filled, such as 2026-11-21 */
export function blankForm(care: CareFile, day: string): string {
  const groups = [...new Set(care.questions.map(({ group }) => group))]
  return [
    '# A check of a clinic, for yourself. Fill in what you know behind each ":" and leave open what you do not.',
    '# Everywhere "unknown" and "not applicable" are answers too. Then: imago clinic THIS-FILE',
    'form: clinic',
    'clinic: "its name"',
    'treatment: unknown # msc (a drip of support cells), hsct (chemo and a transplant), car-t, or unknown',
    `filled: "${day}"`,
    'answers:',
    ...groups.flatMap((group) => [
      '',
      `  # ${group}`,
      ...care.questions.filter((question) => question.group === group).flatMap(linesOf),
    ]),
    '',
  ].join('\n')
}

const linesOf = ({ id, ask, answer, choices, for: treatments }: CareQuestion): string[] => [
  `  # ${ask} (${choices ? choices.join(', ') : answer === 'yes-no' ? 'yes or no' : answer === 'text' ? 'in words' : 'a number'}${treatments ? `; ${treatments.join(', ')}` : ''})`,
  `  ${id}:`,
]
