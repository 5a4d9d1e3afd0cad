// The curve from the scale of an effect to points of the score: the same patients, carried with and without the arm's own regimens, at one scale after
// the other. Made once, kept as content; a prior in points is turned into scales by it.
import { expectScore, follow, type Member, openSetting, outputsOf, type Setting } from '#conduct'
import { compileModel, compileWasm, instantiate } from '#engine'
import type { EffectCurve } from '#patients'
import { isotonic, momentsOf } from '#stats'
import type { TrialSpec } from './gather-trial.ts'
import { coursesOf, courseOf, daysOf, makePiece } from './pool-piece.ts'
import { hashText } from './report.ts'

export interface CurveRequest {
  readonly spec: TrialSpec
  /** Position of the parameter that is the scale. */
  readonly parameter: number
  /** Rising. */
  readonly scales: readonly number[]
  readonly draws: number
  readonly perDraw: number
  readonly seed: number
}

/** The hash of all that a curve is made from, whatever the files are called from. */
export function curveHash({ texts }: TrialSpec): string {
  const made = [...texts].filter(([file]) => !/\.(curve|published)\.yaml$/.test(file))
  const named = made.map(([file, text]) => [file.slice(file.lastIndexOf('/') + 1), text] as const)
  return hashText(JSON.stringify(named.toSorted(([a], [b]) => (a < b ? -1 : 1)))).slice(0, 16)
}

/** Draws of observation behind an expected score. */
const EXPECTED_OVER = 32

/**
 * Traces the curve.
 * @param onDraw told after each draw
 */
export async function traceEffect(request: CurveRequest, onDraw: (done: number) => void): Promise<EffectCurve> {
  const { spec, parameter, scales, draws, perDraw, seed } = request
  const compiled = compileModel(spec.model, outputsOf(spec.model))
  const kernel = instantiate(await compileWasm(compiled.kernel))
  const setting = openSetting(spec.model, spec.population, spec.luck, { compiled, kernel }, seed)
  const nets: number[][] = scales.map(() => [])
  let patients = 0
  for (let draw = 0; draw < draws; draw++) {
    const { members } = makePiece(spec, setting, { draw, draws, quota: perDraw })
    patients += members.length
    for (const [k, scale] of scales.entries()) nets[k]?.push(...netEffects(spec, setting, members, parameter, scale))
    onDraw(draw + 1)
  }
  const moments = nets.map((list) => momentsOf(list))
  // simulated with the same luck, the curve falls but for rounding of rare events; what rises is pooled
  const falling = isotonic(moments.map(({ mean }) => -mean)).map((value) => -value)
  const { month, endpoint } = spec.trial.split
  return {
    curve: 'msc-effect',
    parameter: spec.model.parameters[parameter]?.name ?? '',
    reference: {
      trial: spec.name,
      score: endpoint,
      month,
      patients,
      seed,
      hash: curveHash(spec),
    },
    points: scales.map((scale, k) => {
      const { sd, n } = moments[k] ?? { sd: NaN, n: NaN }
      return { scale, net: round(falling[k] ?? NaN), se: round(sd / Math.sqrt(n)) }
    }),
  }
}

const round = (value: number): number => Number(value.toPrecision(4))

/** What the arm's own regimens take from the score of each patient, expected, at the month of the split. */
function netEffects(
  spec: TrialSpec,
  setting: Setting,
  members: readonly Member[],
  at: number,
  scale: number,
): number[] {
  const { arm, day } = spec.trial.split
  const scaled = members.map((m): Member => {
    const parameters = m.standing.parameters.slice()
    parameters[at] = scale
    return { ...m, standing: { ...m.standing, parameters } }
  })
  const all = coursesOf(spec)
  const courses = [courseOf(spec, 'main'), courseOf(spec, 'main', arm)].flatMap((c) => all[c] ?? [])
  const days = { ...daysOf(spec), visits: [0, day] }
  const records = follow(setting, scaled, courses, days)
  const [without = [], withIt = []] = courses.map((_, c) => {
    const seen = scaled.flatMap((member, i) => {
      const record = records[i]?.[c]
      return record ? [{ member, record }] : []
    })
    return Array.from(expectScore(setting, seen, days, 1, spec.score, EXPECTED_OVER))
  })
  return withIt.flatMap((value, i) => {
    const net = value - (without[i] ?? NaN)
    return Number.isNaN(net) ? [] : [net]
  })
}
