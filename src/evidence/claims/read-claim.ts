// Reads a claim's file: its shape, its patterns against its own examples, and the wording of what patients read.
import { type Located, type Problem, type Reading, readYaml } from '#base'
import { checkName, fault } from '../fault.ts'
import { checkGrade, checkPlain } from '../plain/check-plain.ts'
import { findClaims } from './find-claims.ts'
import { type Pattern, readPattern } from './pattern.ts'
import { type ClaimFile, claimFile } from './schema.ts'

/** A claim, with its patterns ready to be looked for. */
export interface Claim {
  readonly name: string
  readonly file: ClaimFile
  readonly patterns: readonly Pattern[]
  readonly unless: readonly Pattern[]
  readonly located: Located<ClaimFile>
}

/** What patients read. */
const PLAIN = ['statement', 'answer', 'left_out', 'ask'] as const

/**
 * Reads a claim.
 * @param file its name, for places
 * @returns no value when there is any error
 */
export function readClaim(file: string, text: string): Reading<Claim> {
  const { value: located, problems: found } = readYaml(file, text, claimFile)
  if (!located) return { value: undefined, problems: found }
  const { value, place } = located
  const problems: Problem[] = [...found, ...checkName(file, value.claim, place('claim')), ...checkEvidence(located)]
  const patternsOf = (key: 'said' | 'unless'): Pattern[] =>
    (value[key] ?? []).flatMap((said, i) => {
      const reading = readPattern(said)
      if ('pattern' in reading) return [reading.pattern]
      problems.push(fault('bad-pattern', `"${said}" ${reading.fault}.`, place(key, i), 'see docs/evidence.md'))
      return []
    })
  const [patterns, unless] = [patternsOf('said'), patternsOf('unless')]
  for (const key of PLAIN) problems.push(...checkPlain(value[key], place(key)))
  problems.push(...checkGrade(PLAIN.map((key) => value[key]).join(' '), place('claim')))
  if (!value.ask.trimEnd().endsWith('?'))
    problems.push(fault('no-question', 'What a patient can ask ends with "?".', place('ask')))
  const claim: Claim = { name: value.claim, file: value, patterns, unless, located }
  problems.push(...checkExamples(claim))
  return { value: problems.some(({ level }) => level === 'error') ? undefined : claim, problems }
}

/** A verdict rests on evidence, or says that there is none. */
function checkEvidence({ value, place }: Located<ClaimFile>): Problem[] {
  const { evidence = [], none, verdict } = value
  if (evidence.length === 0 && none === undefined)
    return [
      fault(
        'no-evidence',
        'Neither "evidence" nor "none" says what is known.',
        place('verdict'),
        'name studies, or say in "none" that there is none',
      ),
    ]
  if (evidence.length === 0 && (verdict === 'supported' || verdict === 'contradicted'))
    return [
      fault(
        'no-evidence',
        `"${verdict}" needs a study.`,
        place('verdict'),
        'without one it is "unsupported" or "unknown"',
      ),
    ]
  return []
}

function checkExamples(claim: Claim): Problem[] {
  const { file, located } = claim
  const isFound = (sentence: string): boolean =>
    findClaims('', sentence, [claim]).value?.findings.some(({ as }) => as !== 'denied') === true
  const missed = file.found_in.flatMap((sentence, i) =>
    isFound(sentence)
      ? []
      : [fault('not-found', 'The patterns do not find the claim in this sentence.', located.place('found_in', i))],
  )
  const wrong = (file.not_in ?? []).flatMap((sentence, i) =>
    isFound(sentence)
      ? [fault('wrongly-found', 'The patterns find the claim in this sentence.', located.place('not_in', i))]
      : [],
  )
  return [...missed, ...wrong]
}
