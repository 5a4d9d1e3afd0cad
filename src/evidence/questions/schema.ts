// The shape of a question's file: what is asked of the studies, and which rows of which studies answer it.
import * as z from 'zod'
import { text, topic, word } from '../content.ts'
import { DESIGNS } from '../studies/schema.ts'

export const questionFile = z.strictObject({
  question: word,
  title: text,
  /** What is asked, in a sentence. */
  ask: text,
  about: z.array(topic).min(1),
  /** Words of rows. */
  outcomes: z.array(word).min(1),
  /** Rows of this time alone; all rows, also those without a month, if left out. */
  months: z.strictObject({ from: z.number(), to: z.number() }).optional(),
  designs: z.array(z.enum(DESIGNS)).min(1),
  /** Against a control arm of the same study, or each arm by itself. */
  compare: z.enum(['control', 'none']),
  measure: z.enum(['share', 'mean', 'words']),
  /** Takes rows in which patients with other diseases are among those counted. */
  mixed: z.literal(true).optional(),
  /** Why the studies answer a neighbouring question only. */
  indirect: text.optional(),
  /** What a reader is to know before the table. */
  note: text.optional(),
})

export type QuestionFile = z.infer<typeof questionFile>
