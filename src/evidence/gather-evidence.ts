// The evidence library as a whole: studies, the questions put to them, and the claims they answer, each checked on its own and against the others.
import { hasErrors, type Problem, type Reading } from '#base'
import { type Claim, readClaim } from './claims/read-claim.ts'
import type { ContentFile } from './content.ts'
import { unknownName } from './fault.ts'
import { type Question, readQuestion } from './questions/read-question.ts'
import { gatherStudies } from './studies/gather-studies.ts'
import { rowsOf, type Study } from './studies/read-study.ts'

export interface EvidenceFiles {
  readonly studies: readonly ContentFile[]
  readonly questions: readonly ContentFile[]
  readonly claims: readonly ContentFile[]
}

export interface Evidence {
  readonly studies: ReadonlyMap<string, Study>
  readonly questions: readonly Question[]
  readonly claims: readonly Claim[]
}

/** Reads the library. @returns no value when there is any error; every problem of every file */
export function gatherEvidence(files: EvidenceFiles): Reading<Evidence> {
  const { value: studies, problems: found } = gatherStudies(files.studies)
  const questions = files.questions.map(({ file, text }) => readQuestion(file, text))
  const claims = files.claims.map(({ file, text }) => readClaim(file, text))
  const known = studies ?? new Map<string, Study>()
  const read = {
    questions: questions.flatMap(({ value }) => value ?? []),
    claims: claims.flatMap(({ value }) => value ?? []),
  }
  const problems = [
    ...found,
    ...questions.flatMap(({ problems: own }) => own),
    ...claims.flatMap(({ problems: own }) => own),
    ...(studies ? read.claims.flatMap((claim) => checkRefersTo(claim, known)) : []),
    ...(studies ? read.questions.flatMap((question) => checkOutcomes(question, known)) : []),
  ]
  return { value: hasErrors(problems) ? undefined : { studies: known, ...read }, problems }
}

/** Every study and row that a claim names is there. */
function checkRefersTo({ file, located }: Claim, studies: ReadonlyMap<string, Study>): Problem[] {
  return (file.evidence ?? []).flatMap((one, i) => {
    if (!('study' in one)) return []
    const study = studies.get(one.study)
    if (!study) return [unknownName('study', one.study, [...studies.keys()], located.place('evidence', i, 'study'))]
    const ids = rowsOf(study.file).map(({ id }) => id)
    return (one.rows ?? []).flatMap((row, j) =>
      ids.includes(row) ? [] : [unknownName('row', row, ids, located.place('evidence', i, 'rows', j))],
    )
  })
}

/** A question about an outcome that no study has is a slip of spelling, or is to be said in the question. */
function checkOutcomes({ file, located }: Question, studies: ReadonlyMap<string, Study>): Problem[] {
  const known = new Set([...studies.values()].flatMap((study) => rowsOf(study.file).map(({ outcome }) => outcome)))
  return file.outcomes.flatMap((outcome, i) =>
    known.has(outcome) ? [] : [unknownName('outcome', outcome, [...known].toSorted(), located.place('outcomes', i))],
  )
}
