// The shape of a study's file: what was done to whom, every number as printed with where it stands, how far it was read, and what is wrong with it.
import * as z from 'zod'
import { source, text, topic, word } from '../content.ts'

const number = z.number()
const bounds = z.array(number).length(2)

export const EFFECTS = ['MD', 'SMD', 'RD', 'OR', 'RR', 'HR'] as const

/** One printed number, or what was said in place of one. Exactly one of `events`, `percent`, `mean`, `median`, `value` and `says` leads. */
const row = z.strictObject({
  id: word,
  /** A word that questions look for. */
  outcome: word,
  /** What was measured, where the outcome's word does not say it. */
  label: text.optional(),
  arm: text.optional(),
  control: z.literal(true).optional(),
  /** Patients with other diseases are among them. */
  mixed: z.literal(true).optional(),
  /** There is a result, and it could not be read. */
  unread: z.literal(true).optional(),
  month: number.optional(),
  /** The time in words, where it is no month. */
  when: text.optional(),
  events: number.optional(),
  n: number.optional(),
  percent: number.optional(),
  mean: number.optional(),
  median: number.optional(),
  /** What `value` is, where it compares. */
  effect: z.enum(EFFECTS).optional(),
  value: number.optional(),
  says: text.optional(),
  sd: number.optional(),
  se: number.optional(),
  /** Printed behind "±", and not said of what kind. */
  plus_minus: number.optional(),
  /** 95 %. */
  interval: bounds.optional(),
  iqr: bounds.optional(),
  range: bounds.optional(),
  unit: text.optional(),
  method: text.optional(),
  p: text.optional(),
  note: text.optional(),
  locator: text,
})

export const DESIGNS = [
  'randomised',
  'comparison',
  'single-arm',
  'case-series',
  'cohort',
  'registry',
  'mechanistic',
  'review',
  'guideline',
  'model',
  'registered',
] as const

const judgement = z.strictObject({
  judgement: z.enum(['low', 'some concerns', 'high', 'moderate', 'serious', 'critical', 'not judged']),
  because: text,
})

export const studyFile = z.strictObject({
  study: word,
  source,
  /** How far it was read. */
  read: z.enum(['full', 'abstract', 'secondary', 'mention']),
  read_in: text,
  about: z.array(topic).min(1),
  design: z.strictObject({ kind: z.enum(DESIGNS), blinded: z.literal(true).optional(), what: text }),
  /** Studies of one cohort share patients: together they have one vote. */
  cohort: word,
  /** Studies of other cohorts that share patients with this one. */
  overlaps: z.array(word).optional(),
  registration: text.optional(),
  n: number.optional(),
  population: text.optional(),
  comparator: text.optional(),
  follow_up: text.optional(),
  product: z.record(z.string(), text).optional(),
  results: z.array(row).optional(),
  harms: z.array(row).optional(),
  risk_of_bias: z.strictObject({
    tool: z.enum(['rob-2', 'robins-i']).optional(),
    version: text.optional(),
    domains: z.record(z.string(), judgement).optional(),
    overall: z.enum(['low', 'some concerns', 'high']).optional(),
    not_judged: text.optional(),
  }),
  /** What does not agree within the study or between two accounts of it; kept as printed. `rows` names those that a check would refuse. */
  contradictions: z.array(z.strictObject({ rows: z.array(word), text })).optional(),
  limits: z.array(text).optional(),
  /** Why no synthesis takes it. */
  set_aside: text.optional(),
})

export type StudyFile = z.infer<typeof studyFile>
export type Row = z.infer<typeof row>
export type Design = StudyFile['design']['kind']
