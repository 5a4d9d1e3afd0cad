// The shape of a claim's file: what is said of stem cells for lupus, and what is known of it.
import * as z from 'zod'
import { date, source, text, topic, word } from '../content.ts'

export const VERDICTS = ['supported', 'partly', 'unsupported', 'contradicted', 'unknown'] as const

export const CERTAINTIES = ['high', 'moderate', 'low', 'very low'] as const

/** What a claim rests on: a study of the library, or a statement with its source. */
const evidence = z.union([
  z.strictObject({
    study: word,
    /** Rows of that study: their numbers are printed, none are written here. */
    rows: z.array(word).optional(),
    /** What they mean for the claim. */
    says: text,
  }),
  z.strictObject({ source, locator: text, says: text }),
])

export const claimFile = z.strictObject({
  claim: word,
  /** In our words. */
  statement: text,
  about: z.array(topic).min(1),
  verdict: z.enum(VERDICTS),
  /** The answer in plain words. */
  answer: text,
  evidence: z.array(evidence).optional(),
  /** Said where no study speaks to the claim, and what was looked through. */
  none: text.optional(),
  certainty: z.strictObject({ level: z.enum(CERTAINTIES), because: text }),
  /** What such pages usually leave out, in plain words. */
  left_out: text,
  /** What a patient can ask, in plain words. */
  ask: text,
  /** When the evidence was last looked through. */
  as_of: date,
  /** How texts say it: patterns, see pattern.ts. */
  said: z.array(text).min(1),
  /** Patterns that, in the same sentence, mean that another thing is spoken of. */
  unless: z.array(text).optional(),
  /** Sentences in which it is to be found, and in which it is not: the patterns' own test. */
  found_in: z.array(text).min(1),
  not_in: z.array(text).optional(),
})

export type ClaimFile = z.infer<typeof claimFile>
export type Verdict = ClaimFile['verdict']
