// The shape of the two files of a trial, as written: what it was (NAME.trial.yaml) and what was printed of it (NAME.published.yaml).
// Shape only: what the parts must mean together is checked by read-trial.ts and read-published.ts.
import * as z from 'zod'

const number = z.number()
const text = z.string().min(1)
const word = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'write small letters and digits, joined by "-"')
const source = z.string().regex(/^@[a-z0-9-]+$/, 'write "@" and a key of the references, or "@assumed"')
const use = z.enum(['calibrate', 'validate', 'seen'])

const criterion = z.strictObject({ name: text, when: text, source, locator: text })

const correction = z.strictObject({
  name: text,
  value: number.optional(),
  prior: text.optional(),
  source,
  locator: text,
})

/** One endpoint: exactly one of `value`, `when`, `first` and `after` with `event`. Which, is checked after reading. */
const endpoint = z.strictObject({
  id: word,
  label: text,
  /** Of a value or a time; "1" if left out. */
  unit: text.optional(),
  /** A number at each visit. */
  value: text.optional(),
  /** A condition at each visit. */
  when: text.optional(),
  /** The time of the first visit at which a condition holds, among those who reach it. */
  first: text.optional(),
  /** Who is at risk of the event: those who fulfil a condition (or the condition of another endpoint, by its id) at a month. */
  after: z.strictObject({ when: text, month: number }).optional(),
  /** Among those at risk, what is looked for at each later visit; `response.x` is the value of x at the month of `after`. */
  event: text.optional(),
  by: z.literal('cumulative').optional(),
  /** What a condition counts as in the dead and the lost: not fulfilled, or left out. */
  missing: z.enum(['failure', 'omit']).optional(),
})

const background = z.strictObject({ name: word, regimens: z.array(text), title: text.optional() })

export const trialFile = z.strictObject({
  trial: word,
  title: text,
  question: text,
  registration: text.optional(),
  source,
  use,
  population: z.strictObject({ from: text, correct: z.array(correction).optional() }),
  /** Which of the population's priors of the cell effect; its own first one if left out. */
  effect: text.optional(),
  blinded: z.boolean(),
  eligibility: z.array(criterion),
  screening: z.strictObject({ every: text, most: number, baseline_after: text }),
  weights: z
    .strictObject({
      table: z.array(z.strictObject({ name: text, mean: number, sd: number.optional(), locator: text })),
      note: text.optional(),
    })
    .optional(),
  background: z.strictObject({ main: z.array(text), alternatives: z.array(background).optional() }),
  arms: z.array(z.strictObject({ name: word, n: number, label: text.optional(), regimens: z.array(text) })),
  visits: z.strictObject({ unit: z.enum(['month', 'week', 'day']), at: z.array(number) }),
  endpoints: z.array(endpoint),
  rating_shift: z.strictObject({ sd: number, source, locator: text }).optional(),
  dropout: z.strictObject({ per_year: number, source: source.optional(), locator: text.optional() }).optional(),
  split: z.strictObject({ endpoint: text, month: number, arm: text }),
})

export type TrialFile = z.infer<typeof trialFile>

/** One printed row: a mean, a share, a difference of two arms, a direction, or something that the model does not have. */
const row = z.strictObject({
  id: word,
  label: text.optional(),
  arm: text.optional(),
  /** The first minus the second. */
  arms: z.array(text).length(2).optional(),
  endpoint: text.optional(),
  month: number.optional(),
  mean: number.optional(),
  sd: number.optional(),
  events: number.optional(),
  n: number.optional(),
  difference: number.optional(),
  /** The printed 95 % interval of a difference. */
  interval: z.array(number).length(2).optional(),
  direction: z.enum(['decrease', 'increase', 'peak', 'nadir']).optional(),
  significant: z.boolean().optional(),
  /** Computed by us from other rows. */
  derived: z.boolean().optional(),
  not_modelled: text.optional(),
  unit: text.optional(),
  locator: text,
  use: use.optional(),
})

export const publishedFile = z.strictObject({ published: word, source, rows: z.array(row) })

export type PublishedFile = z.infer<typeof publishedFile>
export type PublishedRow = z.infer<typeof row>
