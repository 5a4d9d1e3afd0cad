// What a filled form says: answered, missing, worrying, and what to ask next. It rates nothing and adds nothing up.
import type { Claim } from '../claims/read-claim.ts'
import { findClaims } from '../claims/find-claims.ts'
import type { Answer, Form } from './read-form.ts'
import type { CareFile, CareQuestion } from './schema.ts'

export interface Answered {
  readonly question: CareQuestion
  readonly answer: Answer
}

export interface Worry extends Answered {
  readonly because: string
}

export interface ClinicSheet {
  readonly clinic: string
  readonly treatment: Form['treatment']
  readonly filled: string
  readonly asOf: string
  readonly answered: readonly Answered[]
  readonly worrying: readonly Worry[]
  /** Asked of this treatment, and left open. */
  readonly missing: readonly CareQuestion[]
  /** Of another treatment, or said not to apply. */
  readonly apart: readonly CareQuestion[]
  /** Claims of the library that the answers make. */
  readonly claims: readonly { readonly question: CareQuestion; readonly claim: Claim; readonly sentence: string }[]
  readonly next: readonly string[]
}

/** Checks a form. @param claims those to be looked for in answers that are texts */
export function checkClinic(form: Form, care: CareFile, claims: readonly Claim[]): ClinicSheet {
  const given = care.questions.flatMap((question): Answered[] => {
    const answer = form.answers.get(question.id)
    return answer === undefined || answer === 'unknown' || answer === 'not applicable' ? [] : [{ question, answer }]
  })
  const worrying = given.flatMap((one): Worry[] =>
    doesWorry(one) ? [{ ...one, because: one.question.because ?? '' }] : [],
  )
  const isApart = (question: CareQuestion): boolean =>
    form.answers.get(question.id) === 'not applicable' ||
    (form.treatment !== 'unknown' && question.for !== undefined && !question.for.includes(form.treatment))
  const open = care.questions.filter((question) => !given.some((one) => one.question === question))
  const missing = open.filter((question) => !isApart(question))
  const found = given.flatMap(({ question, answer }) => claimsIn(question, answer, claims))
  return {
    clinic: form.clinic,
    treatment: form.treatment,
    filled: form.filled,
    asOf: care.as_of,
    answered: given,
    worrying,
    missing,
    apart: open.filter(isApart),
    claims: found,
    next: nextOf(worrying, missing, found),
  }
}

function doesWorry({ question: { worries, worries_below }, answer }: Answered): boolean {
  if (typeof answer === 'string') return worries?.includes(answer) === true
  if ('number' in answer) return worries_below !== undefined && answer.number < worries_below
  return worries?.includes(answer.text) === true
}

function claimsIn(question: CareQuestion, answer: Answer, claims: readonly Claim[]): ClinicSheet['claims'] {
  if (typeof answer === 'string' || 'number' in answer || question.answer !== 'text') return []
  const { value } = findClaims(question.id, answer.text, claims)
  return (value?.findings ?? []).flatMap(({ claim: name, as, sentence }) => {
    const claim = claims.find((one) => one.name === name)
    return claim && as !== 'denied' ? [{ question, claim, sentence }] : []
  })
}

/** After what worries comes what is open, red flags last: they are for the person to look at, not to ask. */
function nextOf(worrying: readonly Worry[], missing: readonly CareQuestion[], found: ClinicSheet['claims']): string[] {
  const all = [
    ...worrying.flatMap(({ question: { next } }) => next ?? []),
    ...found.map(({ claim }) => claim.file.ask),
    ...missing.filter(({ red_flag }) => red_flag !== true).map(({ ask }) => ask),
  ]
  return [...new Set(all)]
}
