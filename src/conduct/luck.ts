// Luck: which inputs of a model are chance, and of which kind. A file of content beside the model names them; here they are found in the model and
// given their numbers. Each number has an address, so that arms of one patient share their luck and no order of work can change it.
import * as z from 'zod'
import {
  didYouMean,
  exp,
  type Located,
  log,
  normal,
  type Place,
  type Problem,
  type Reading,
  readYaml,
  uniform,
} from '#base'
import type { Model } from '#engine'

const KIND = z.array(
  z.strictObject({
    inputs: z.array(z.string()).min(1),
    /** Time constant. */
    days: z.number().positive(),
    source: z.string().regex(/^@[\w-]+$/),
    locator: z.string().min(1),
  }),
)

const SCHEMA = z.strictObject({
  luck: z.string(),
  /** Ornstein-Uhlenbeck processes of unit variance, held over a week. */
  weekly: KIND,
  /** The same, but of what is seen and not of what happens. */
  latent: KIND,
  /** Afresh at every look. */
  looks: z.array(z.string()),
  triggers: z.strictObject({
    into: z.string(),
    rate: z.string(),
    median: z.string(),
    sd: z.string(),
    most: z.string(),
  }),
  rating: z.string(),
  death: z.string(),
})

export type LuckText = z.infer<typeof SCHEMA>

/** An input and its time constant, in days. */
export interface Process {
  readonly name: string
  readonly input: number
  readonly days: number
}

/** Luck found in a model: positions of inputs, parameters, a state, and names of outputs. Plain data. */
export interface Luck {
  readonly weekly: readonly Process[]
  readonly latent: readonly Process[]
  readonly looks: readonly { readonly name: string; readonly input: number }[]
  readonly triggers: {
    readonly state: number
    /** Name of an output, per day. */
    readonly rate: string
    readonly median: number
    readonly sd: number
    readonly most: number
  }
  readonly rating: number
  /** Name of an output: hazard of death per day. */
  readonly death: string
}

/** Reads the text of a luck file. */
export const readLuck = (file: string, text: string): Reading<Located<LuckText>> =>
  readYaml(file, text, SCHEMA as z.ZodType<LuckText>)

/** Finds luck in a model: every name is there, and of the right kind. */
export function settleLuck(model: Model, { value: text, place }: Located<LuckText>): Reading<Luck> {
  const problems: Problem[] = []
  const find = (kind: string, list: readonly { readonly name: string }[], name: string, at: Place): number => {
    const found = list.findIndex((one) => one.name === name)
    if (found >= 0) return found
    const guess = didYouMean(
      name,
      list.map((one) => one.name),
    )
    problems.push({
      code: 'unknown-name',
      level: 'error',
      message: `The model has no ${kind} "${name}".`,
      place: at,
      ...(guess && { help: `did you mean "${guess}"?` }),
    })
    return -1
  }
  const input = (name: string, ...path: (string | number)[]): number =>
    find('input', model.inputs, name, place(...path))
  const parameter = (name: string, ...path: (string | number)[]): number =>
    find('parameter', model.parameters, name, place(...path))
  const processes = (kind: 'weekly' | 'latent'): Process[] =>
    text[kind].flatMap(({ inputs, days }, i) =>
      inputs.map((name, k) => ({ name, input: input(name, kind, i, 'inputs', k), days })),
    )
  const { triggers: t } = text
  const provided = model.derived.filter((d) => d.provided)
  find('provided output', provided, t.rate, place('triggers', 'rate'))
  find('provided output', provided, text.death, place('death'))
  const luck: Luck = {
    weekly: processes('weekly'),
    latent: processes('latent'),
    looks: text.looks.map((name, i) => ({ name, input: input(name, 'looks', i) })),
    triggers: {
      state: find('state', model.states, t.into, place('triggers', 'into')),
      rate: t.rate,
      median: parameter(t.median, 'triggers', 'median'),
      sd: parameter(t.sd, 'triggers', 'sd'),
      most: parameter(t.most, 'triggers', 'most'),
    },
    rating: input(text.rating, 'rating'),
    death: text.death,
  }
  return { value: problems.length > 0 ? undefined : luck, problems }
}

/** Whose luck: the seed of the run, the patient, and how often the same patient is observed anew. */
export interface Whose {
  readonly seed: number
  readonly subject: number
  readonly replicate: number
}

/**
 * Carries a stationary process of unit variance over some weeks, exactly.
 * @param before its value, or undefined for its first
 * @param days time constant
 * @param week the week it comes to, which addresses the innovation
 * @source Gillespie 1996, Phys Rev E 54:2084, equation 1.9
 */
export function carryProcess(
  before: number | undefined,
  weeks: number,
  days: number,
  name: string,
  whose: Whose,
  week: number,
): number {
  const fresh = normal({ ...whose, purpose: name, index: week })
  if (before === undefined) return fresh
  const kept = exp((-7 * weeks) / days)
  return kept * before + Math.sqrt(1 - kept * kept) * fresh
}

/**
 * Draws the triggers of a week: how large they are together.
 * @param rate per day
 * @param most the largest single trigger
 * @returns 0 in most weeks
 */
export function drawTriggers(
  whose: Whose,
  week: number,
  rate: number,
  size: { readonly median: number; readonly sd: number; readonly most: number },
): number {
  const count = poissonOf(uniform({ ...whose, purpose: 'trigger count', index: week }), 7 * rate)
  let sum = 0
  for (let k = 0; k < count; k++) {
    const score = normal({ ...whose, purpose: 'trigger size', index: week * MOST_TRIGGERS + k })
    sum += Math.min(size.median * exp(size.sd * score), size.most)
  }
  return sum
}

/** The most triggers in one week: at 10 a year, more come once in 10^20 weeks. */
const MOST_TRIGGERS = 16

/** Inverts the Poisson distribution at a uniform number. */
function poissonOf(at: number, mean: number): number {
  let probability = exp(-mean)
  let sum = probability
  let count = 0
  while (at >= sum && count < MOST_TRIGGERS) {
    count++
    probability *= mean / count
    sum += probability
  }
  return count
}

/**
 * Draws whether an event of a given hazard happens in a week; the same uniform number serves all arms.
 * @param hazard per day
 * @returns the day in the week at which it happens, or undefined
 * @source inversion of the exponential distribution
 */
export function drawEvent(whose: Whose, week: number, purpose: string, hazard: number): number | undefined {
  if (!(hazard > 0)) return undefined
  const days = -log(1 - uniform({ ...whose, purpose, index: week })) / hazard
  return days < 7 ? days : undefined
}
