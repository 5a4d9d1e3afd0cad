// Reads the questions of the clinic check, and holds their wording to what patients can read.
import { hasErrors, type Located, type Problem, type Reading, readYaml } from '#base'
import { fault } from '../fault.ts'
import { checkPlain } from '../plain/check-plain.ts'
import { type CareFile, careFile, type CareQuestion } from './schema.ts'

/** Reads the questions. @returns no value when there is any error */
export function readCare(file: string, text: string): Reading<CareFile> {
  const { value: located, problems: found } = readYaml(file, text, careFile)
  if (!located) return { value: undefined, problems: found }
  const problems = [...found, ...located.value.questions.flatMap((question, i) => checkQuestion(question, i, located))]
  return { value: hasErrors(problems) ? undefined : located.value, problems }
}

const PLAIN = ['ask', 'why', 'because', 'next'] as const

function checkQuestion(question: CareQuestion, i: number, { value, place }: Located<CareFile>): Problem[] {
  const { id, answer, choices, worries, worries_below, because } = question
  const at = (key: keyof CareQuestion) => place('questions', i, key)
  const problems = PLAIN.flatMap((key) => (question[key] === undefined ? [] : checkPlain(question[key], at(key))))
  const report = (code: string, message: string, key: keyof CareQuestion, help?: string): void => {
    problems.push(fault(code, message, at(key), help))
  }
  if (value.questions.findIndex((one) => one.id === id) < i)
    report('doubled-name', `The question "${id}" stands here twice.`, 'id')
  if ((answer === 'choice') !== (choices !== undefined))
    report('no-choices', 'Choices belong to an answer that is a choice, and only to that.', 'answer')
  const allowed = answer === 'choice' ? (choices ?? []) : answer === 'yes-no' ? ['yes', 'no'] : []
  for (const worry of worries ?? [])
    if (!allowed.includes(worry)) report('wrong-value', `"${worry}" is no answer to this question.`, 'worries')
  if (worries_below !== undefined && answer !== 'number')
    report('wrong-value', 'Only a number can be below another.', 'worries_below')
  if ((worries !== undefined || worries_below !== undefined) && because === undefined)
    report('no-reason', 'Why an answer worries is not said.', 'id', 'write "because"')
  if (!question.ask.trimEnd().endsWith('?')) report('no-question', 'A question ends with "?".', 'ask')
  return problems
}
