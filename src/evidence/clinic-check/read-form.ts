// Reads a filled form and holds each answer to its question. What was not asked, or is no answer to what was asked, is told with its place.
import { hasErrors, type Problem, type Reading, readYaml } from '#base'
import { fault, unknownName } from '../fault.ts'
import { type CareFile, type CareQuestion, type FormFile, formFile } from './schema.ts'

/** An answer as it counts. `unknown` is what was left open; `not applicable` is never held against a clinic. */
export type Answer =
  | 'yes'
  | 'no'
  | 'unknown'
  | 'not applicable'
  | { readonly text: string }
  | { readonly number: number }

export interface Form {
  readonly clinic: string
  readonly treatment: FormFile['treatment']
  readonly filled: string
  /** By question, in the order of the questions; those without an answer are left out. */
  readonly answers: ReadonlyMap<string, Answer>
}

/**
 * Reads a form.
 * @param file its name, for places
 * @returns no value when there is any error; a form without any answer is one
 */
export function readForm(file: string, text: string, care: CareFile): Reading<Form> {
  const { value: located, problems: found } = readYaml(file, text, formFile)
  if (!located) return { value: undefined, problems: found }
  const { value, place } = located
  const ids = care.questions.map(({ id }) => id)
  const problems: Problem[] = [...found]
  const answers = new Map<string, Answer>()
  for (const id of Object.keys(value.answers ?? {}))
    if (!ids.includes(id)) problems.push(unknownName('question', id, ids, place('answers', id)))
  for (const question of care.questions) {
    const given = value.answers?.[question.id] ?? null
    if (given === null || given === '') continue
    const answer = readAnswer(given, question)
    if (typeof answer === 'string' || 'text' in answer || 'number' in answer) answers.set(question.id, answer)
    else problems.push(fault('wrong-answer', answer.fault, place('answers', question.id), answer.help))
  }
  if (answers.size === 0 && !hasErrors(problems))
    problems.push(
      fault(
        'empty-form',
        'No question is answered.',
        place('answers'),
        'answer what is known; "unknown" is an answer too',
      ),
    )
  const form: Form = { clinic: value.clinic, treatment: value.treatment, filled: value.filled, answers }
  return { value: hasErrors(problems) ? undefined : form, problems }
}

const OPEN = ['unknown', 'not applicable'] as const

function readAnswer(
  given: string | number | boolean,
  question: CareQuestion,
): Answer | { readonly fault: string; readonly help: string } {
  const said = typeof given === 'boolean' ? (given ? 'yes' : 'no') : typeof given === 'string' ? given.trim() : given
  const word = String(said).toLowerCase()
  const open = OPEN.find((one) => one === word)
  if (open) return open
  const refuse = (wanted: string) => ({
    fault: `"${String(given).slice(0, 60)}" is no answer to: ${question.ask}`,
    help: `write ${wanted}, or unknown, or not applicable`,
  })
  switch (question.answer) {
    case 'yes-no':
      return word === 'yes' || word === 'no' ? word : refuse('yes or no')
    case 'number': {
      const number = typeof said === 'number' ? said : Number(said)
      return Number.isFinite(number) && number >= 0 ? { number } : refuse('a number')
    }
    case 'choice':
      return question.choices?.includes(word) ? { text: word } : refuse((question.choices ?? []).join(', '))
    case 'text':
      return { text: String(said) }
  }
}
