// The shapes of the clinic check: the questions with their sources (content), and a form that a person filled.
import * as z from 'zod'
import { date, source, text, word } from '../content.ts'

const treatment = z.enum(['msc', 'hsct', 'car-t'])

export type Treatment = z.infer<typeof treatment>

const question = z.strictObject({
  id: word,
  group: text,
  /** In plain words. */
  ask: text,
  why: text,
  answer: z.enum(['yes-no', 'text', 'number', 'choice']),
  choices: z.array(word).optional(),
  /** Treatments that it concerns; all if left out. */
  for: z.array(treatment).optional(),
  /** Whether it is asked to find a red flag. */
  red_flag: z.literal(true).optional(),
  /** Answers that worry, and why. */
  worries: z.array(word).optional(),
  worries_below: z.number().optional(),
  because: text.optional(),
  /** What can be asked next, after a worrying answer. */
  next: text.optional(),
  source,
  locator: text,
})

export const careFile = z.strictObject({
  check: z.literal('clinic'),
  as_of: date,
  questions: z.array(question).min(1),
})

export type CareFile = z.infer<typeof careFile>
export type CareQuestion = CareFile['questions'][number]

export const formFile = z.strictObject({
  form: z.literal('clinic'),
  /** As it calls itself. */
  clinic: text,
  treatment: z.enum([...treatment.options, 'unknown']),
  filled: date,
  answers: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).nullable(),
})

export type FormFile = z.infer<typeof formFile>
