// Reads a question's file.
import { hasErrors, type Located, type Reading, readYaml } from '#base'
import { checkName, fault } from '../fault.ts'
import { type QuestionFile, questionFile } from './schema.ts'

/** A question put to the studies. */
export interface Question {
  readonly name: string
  readonly file: QuestionFile
  readonly located: Located<QuestionFile>
}

/** Reads a question. @returns no value when there is any error */
export function readQuestion(file: string, text: string): Reading<Question> {
  const { value: located, problems: found } = readYaml(file, text, questionFile)
  if (!located) return { value: undefined, problems: found }
  const { value, place } = located
  const { months } = value
  const problems = [
    ...found,
    ...checkName(file, value.question, place('question')),
    ...(months && months.from > months.to
      ? [fault('no-time', `From month ${months.from} to ${months.to} there is no time.`, place('months'), 'swap them')]
      : []),
    ...(value.compare === 'control' && value.measure === 'words'
      ? [fault('no-comparison', 'Words cannot be compared with a control arm.', place('measure'), 'compare: none')]
      : []),
  ]
  const question: Question = { name: value.question, file: value, located }
  return { value: hasErrors(problems) ? undefined : question, problems }
}
