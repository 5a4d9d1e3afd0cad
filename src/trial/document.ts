// The one JSON document that a replayed trial prints for other programs: a published shape (docs), so keys only ever come to it.
import * as z from 'zod'
import type { Compared, EntryTable, Interval, Split, TrialResult } from './result.ts'

const interval = z.strictObject({
  median: z.number(),
  lo50: z.number(),
  hi50: z.number(),
  lo90: z.number(),
  hi90: z.number(),
})

const outcome = z.strictObject({
  id: z.string(),
  label: z.string(),
  arm: z.string().describe('a difference names both arms: "msc - placebo"'),
  time_months: z.number(),
  unit: z.string(),
  observed: z.number().nullable().describe('null where only a direction was printed'),
  observed_text: z.string().describe('as printed'),
  observed_lo90: z.number().nullable(),
  observed_hi90: z.number().nullable(),
  n: z.number().nullable().describe('patients behind the printed number'),
  predicted: interval.nullable().describe('null for a direction, and where the model has no such quantity'),
  predicted_available_cases: interval.nullable().describe('where it differs'),
  skipped_replicates: z.number().describe('had no such number, as when nobody reached it'),
  probability: z.number().nullable().describe('of the printed direction, or of an effect at least as large'),
  p: z.number().nullable().describe('posterior predictive, two-sided, mid-p'),
  inside90: z.boolean().nullable(),
  inside50: z.boolean().nullable(),
  use: z.enum(['calibrate', 'validate', 'seen']),
  locator: z.string(),
  not_modelled: z.string().nullable().describe('why the model has no such quantity'),
})

const parts = { measurement: interval, natural: interval, background: interval, cells: interval }
const split = z.strictObject({
  ...parts,
  total: interval,
  arm: z.string(),
  assumed_background: z.string(),
  month: z.number(),
  omitted: z.number().describe('share of patients who died or were lost before the month'),
  remainder_sd: z
    .number()
    .describe('open-label rating and trial effect, outside the parts: SD on the log scale of ratings, not in points'),
})

/** The shape of the document; `z.toJSONSchema` publishes it. */
export const trialDocument = z.strictObject({
  format: z.literal('imago-trial-1'),
  trial: z.string(),
  title: z.string(),
  question: z.string(),
  answer: z.array(z.string()).length(2),
  outcomes: z.array(outcome).describe('on the main background'),
  split: split.nullable().describe("of the fall in the split's arm on the main background; a positive part is a fall"),
  splits: z.array(split).describe('of every arm on every background'),
  alternatives: z.array(z.strictObject({ background: z.string(), outcomes: z.array(outcome) })),
  power: z.array(
    z.strictObject({
      difference: z.number(),
      simulated: z.strictObject({ per_arm: z.number(), lo: z.number(), hi: z.number() }).nullable(),
      closed_form: z.number(),
      sd: z.number(),
    }),
  ),
  entry_shares: z.array(z.strictObject({ share: z.number(), fall: interval })),
  effect_prior: z.strictObject({
    text: z.string(),
    mean: z.number().nullable(),
    sd: z.number().nullable(),
    locator: z.string(),
  }),
  funnel: z.strictObject({
    candidates: z.number(),
    qualified: z.number(),
    reasons: z.array(z.strictObject({ criterion: z.string(), removed: z.number() })),
  }),
  entry: z
    .strictObject({ screening: z.number().nullable(), baseline: z.number().nullable(), weeks: z.number() })
    .describe('mean score of the split at the qualifying screening, and at baseline so many weeks later'),
  entry_table: z
    .strictObject({
      note: z.string(),
      met: z.boolean(),
      effective_patients: z.number(),
      effective_draws: z.number(),
      rows: z.array(
        z.strictObject({
          name: z.string(),
          mean: z.number(),
          sd: z.number().nullable(),
          pool_mean: z.number().nullable(),
          pool_sd: z.number().nullable(),
        }),
      ),
    })
    .nullable()
    .describe('the published entry table that the pool was weighted toward, and what came of it'),
  assumed: z.strictObject({ parameters: z.number(), assumed: z.number() }),
  coverage: z.strictObject({ rows: z.number(), inside50: z.number(), inside90: z.number() }),
  attrition: z.array(
    z.strictObject({ arm: z.string(), entered: z.number(), died: z.number(), lost: z.number(), failed: z.number() }),
  ),
  provenance: z.strictObject({
    seed: z.number(),
    pool: z.number(),
    draws: z.number(),
    replicates: z.number(),
    version: z.string(),
    hashes: z.record(z.string(), z.string()),
    patient_years: z.number(),
    failed: z.number(),
  }),
})

export type TrialDocument = z.infer<typeof trialDocument>

/**
 * Makes the document of a result.
 * @returns plain values that fulfil `trialDocument`
 */
export function toJson(result: TrialResult): TrialDocument {
  const { trial, provenance } = result
  const { patientYears, ...made } = provenance
  const splits = result.splits.map(toSplit)
  return {
    format: 'imago-trial-1',
    trial: trial.name,
    title: trial.title,
    question: trial.question,
    answer: [...result.answer],
    outcomes: result.compared.map(toOutcome),
    split: splits[0] ?? null,
    splits,
    alternatives: result.alternatives.map(({ background, compared }) => ({
      background,
      outcomes: compared.map(toOutcome),
    })),
    power: result.power.map(({ difference, simulated, closedForm, sd }) => ({
      difference,
      simulated: simulated && { per_arm: simulated.perArm, lo: simulated.lo, hi: simulated.hi },
      closed_form: closedForm,
      sd,
    })),
    entry_shares: result.entryShares.map(({ share, fall }) => ({ share, fall })),
    effect_prior: toPrior(result.effectPrior),
    funnel: { ...result.funnel, reasons: result.funnel.reasons.map((reason) => ({ ...reason })) },
    entry: { ...result.entry, screening: orNull(result.entry.screening), baseline: orNull(result.entry.baseline) },
    entry_table: result.entryTable ? toEntryTable(result.entryTable) : null,
    assumed: result.assumed,
    coverage: result.coverage,
    attrition: result.attrition.map((one) => ({ ...one })),
    provenance: { ...made, patient_years: patientYears },
  }
}

const toEntryTable = ({
  note,
  met,
  effectiveSize,
  effectiveDraws,
  rows,
}: EntryTable): TrialDocument['entry_table'] => ({
  note,
  met,
  effective_patients: effectiveSize,
  effective_draws: effectiveDraws,
  rows: rows.map(({ name, mean, sd, poolMean, poolSd }) => ({
    name,
    mean,
    sd,
    pool_mean: orNull(poolMean),
    pool_sd: orNull(poolSd),
  })),
})

/** JSON knows no NaN. */
const orNull = (value: number): number | null => (Number.isFinite(value) ? value : null)

/** Without a prior there is no mean and no SD. */
const toPrior = ({ text, mean, sd, locator }: TrialResult['effectPrior']): TrialDocument['effect_prior'] => ({
  text,
  mean: orNull(mean),
  sd: orNull(sd),
  locator,
})

const toOutcome = ({ observed, notModelled, available, skipped, ...row }: Compared): z.infer<typeof outcome> => ({
  id: row.id,
  label: row.label,
  arm: row.arm,
  time_months: row.time_months,
  unit: row.unit,
  observed: observed.value,
  observed_text: observed.text,
  observed_lo90: observed.lo90 ?? null,
  observed_hi90: observed.hi90 ?? null,
  n: observed.n,
  predicted: row.predicted,
  predicted_available_cases: available ?? null,
  skipped_replicates: skipped ?? 0,
  probability: row.probability,
  p: row.p,
  inside90: row.inside90,
  inside50: row.inside50,
  use: row.use,
  locator: row.locator,
  not_modelled: notModelled ?? null,
})

function toSplit({ arm, background, month, total, parts: listed, omitted, remainder }: Split): z.infer<typeof split> {
  const part = (name: Split['parts'][number]['name']): Interval => {
    const found = listed.find((one) => one.name === name)
    if (!found) throw new Error(`A split has no part "${name}"`)
    return found.interval
  }
  return {
    measurement: part('measurement'),
    natural: part('natural'),
    background: part('background'),
    cells: part('cells'),
    total,
    arm,
    assumed_background: background,
    month,
    omitted: omitted ?? 0,
    remainder_sd: remainder.sd,
  }
}
