// The prior of an effect that no data pin down: said in points of an outcome, where people can judge it, and turned into the model's own scale by a
// curve that was simulated once. Both are files of content.
import * as z from 'zod'
import { type Located, type Problem, type Reading, readYaml } from '#base'

const EFFECTS = z.strictObject({
  effects: z
    .array(
      z.strictObject({
        name: z.string(),
        mean: z.number(),
        sd: z.number().positive(),
        unit: z.string(),
        source: z.string().regex(/^@[\w-]+$/),
        locator: z.string().min(1),
      }),
    )
    .min(1),
})

const CURVE = z.strictObject({
  curve: z.string(),
  parameter: z.string(),
  reference: z.strictObject({
    trial: z.string(),
    score: z.string(),
    month: z.number(),
    patients: z.number(),
    seed: z.number(),
    /** Of what was simulated. */
    hash: z.string(),
  }),
  /** Net effect in points at each scale, with its Monte-Carlo standard error. */
  points: z.array(z.strictObject({ scale: z.number(), net: z.number(), se: z.number().min(0) })).min(3),
})

export type EffectPrior = z.infer<typeof EFFECTS>['effects'][number]
export type EffectCurve = z.infer<typeof CURVE>

/** Reads the priors of an effect. */
export const readEffects = (
  file: string,
  text: string,
): Reading<Located<{ readonly effects: readonly EffectPrior[] }>> =>
  readYaml(file, text, EFFECTS as z.ZodType<z.infer<typeof EFFECTS>>)

/** Reads a curve from scale to net effect: scales rise, net effects fall. */
export function readEffectCurve(file: string, text: string): Reading<EffectCurve> {
  const { value, problems } = readYaml(file, text, CURVE as z.ZodType<EffectCurve>)
  if (!value) return { value: undefined, problems }
  const { points } = value.value
  const more: Problem[] = points.flatMap((p, i): Problem[] => {
    const before = points[i - 1]
    if (!before || (p.scale > before.scale && p.net <= before.net)) return []
    return [
      {
        code: 'bad-curve',
        level: 'error',
        message: 'Scales must rise and net effects must not.',
        place: value.place('points', i),
        help: 'make it again: node tools/effect-curve.ts',
      },
    ]
  })
  return { value: more.length > 0 ? undefined : value.value, problems: [...problems, ...more] }
}

/**
 * Finds the scale at which an effect of so many points is simulated, between the points of the curve by straight lines.
 * @returns the scale, and whether the effect lay beyond the curve, whose end then stands for it
 */
export function scaleAt({ points }: EffectCurve, net: number): { readonly scale: number; readonly beyond: boolean } {
  const [first, last] = [points[0], points.at(-1)]
  if (!first || !last) throw new Error('A curve needs points')
  if (net >= first.net) return { scale: first.scale, beyond: net > first.net }
  for (const [i, p] of points.entries()) {
    const before = points[i - 1]
    if (!before || net < p.net) continue
    const share = before.net === p.net ? 0 : (before.net - net) / (before.net - p.net)
    return { scale: before.scale + share * (p.scale - before.scale), beyond: false }
  }
  return { scale: last.scale, beyond: net < last.net }
}
