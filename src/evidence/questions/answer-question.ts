// A question answered from the studies: who can answer, who votes, how sure one may be, and what a reader is to be warned of.
// Nothing is pooled here: the table is what a pooled number would be made of.
import type { Study } from '../studies/read-study.ts'
import { type Ballot, castVotes } from './cast-votes.ts'
import { type Entry, findEntries, isEligible } from './find-entries.ts'
import { type Rating, rateCertainty } from './rate-certainty.ts'
import type { Question } from './read-question.ts'

export interface Answered {
  readonly question: Question
  readonly ballots: readonly Ballot[]
  /** Groups of patients who vote. */
  readonly votes: number
  /** Studies of the right kind that give no such number. */
  readonly silent: readonly string[]
  /** Studies that no synthesis takes, and why. */
  readonly setAside: readonly { readonly study: string; readonly because: string }[]
  readonly rating: Rating | undefined
  readonly warnings: readonly string[]
}

/** Answers a question. */
export function answerQuestion(question: Question, studies: ReadonlyMap<string, Study>): Answered {
  const { file } = question
  const all = [...studies.values()]
  const entries = all.flatMap((study) => findEntries(study, file))
  const ballots = castVotes(entries, file.outcomes, all)
  const voters = ballots.flatMap(({ entry, heldBy }) => (heldBy === undefined ? [entry] : []))
  const speaking = new Set(entries.map(({ study }) => study.name))
  return {
    question,
    ballots,
    votes: voters.length,
    silent: all.flatMap((study) => (isEligible(study, file) && !speaking.has(study.name) ? [study.name] : [])),
    setAside: all.flatMap(({ name, file: { set_aside, about } }) =>
      set_aside !== undefined && about.some((one) => file.about.includes(one))
        ? [{ study: name, because: set_aside }]
        : [],
    ),
    rating: rateCertainty(voters, file),
    warnings: warningsOf(voters, ballots),
  }
}

const FEW = 5 // studies; below, the spread between studies cannot be estimated to any use
const FOR_FUNNEL = 10 // studies; below, a funnel plot shows nothing

function warningsOf(voters: readonly Entry[], ballots: readonly Ballot[]): string[] {
  const k = voters.length
  const silenced = ballots.length - k
  const barelyRead = voters.filter(({ study }) => study.file.read === 'secondary' || study.file.read === 'mention')
  return [
    ...(k === 0 ? ['No study gives a number for this.'] : []),
    ...(k === 1 ? ['One study: there is nothing to pool and nothing to compare it with.'] : []),
    ...(k > 1 && k < FEW
      ? [
          `${k} groups of patients: how far studies differ cannot be estimated, and a pooled interval would be too narrow.`,
        ]
      : []),
    ...(k > 0 && k < FOR_FUNNEL ? ['Too few to see whether studies without effect were left unpublished.'] : []),
    ...(silenced > 0
      ? [
          `${silenced} of ${ballots.length} rows are of patients who vote already; counting them again would make chance look like proof.`,
        ]
      : []),
    ...(barelyRead.length > 0
      ? [`Read only through others: ${barelyRead.map(({ study }) => study.name).join(', ')}.`]
      : []),
  ]
}
