// From what the threads brought home to the result of a trial: members numbered through, scores laid side by side, who was lost counted.
import { uniform } from '#base'
import { layOutChart } from '#conduct'
import { type ArmReplicate, type BackgroundRun, conclude, type PoolScores, type TrialResult } from '#trial'
import type { Moved } from './elasticity.ts'
import type { TrialSpec } from './gather-trial.ts'
import { courseOf, coursesOf, joinFunnels, type PoolPiece } from './pool-piece.ts'
import type { ReplicateSeen } from './replicate-piece.ts'
import { hashText } from './report.ts'
import type { TrialRequest } from './run-trial.ts'

/** One replicate, and which piece of the pool its patients are from. */
export interface PieceSeen extends ReplicateSeen {
  readonly piece: number
}

/** Counts the members of earlier pieces, for each piece. */
export const startsOf = (pieces: readonly PoolPiece[]): number[] => {
  let sum = 0
  return pieces.map(({ members }) => (sum += members.length) - members.length)
}

/** Draws the conclusions of a trial from its pool, its replicates and what was moved. */
export function concludeTrial(
  request: TrialRequest,
  all: readonly PoolPiece[],
  pieces: readonly PoolPiece[],
  weights: Float64Array,
  seen: readonly PieceSeen[],
  moved: readonly Moved[],
): TrialResult {
  const { spec } = request
  const { trial } = spec
  const starts = startsOf(pieces)
  const runs = trial.backgrounds.map(
    ({ name }): BackgroundRun => ({
      name,
      replicates: seen.map(({ arms, piece }) =>
        arms.flatMap((a): ArmReplicate[] =>
          a.background === name
            ? [{ members: a.members.map((m) => m + (starts[piece] ?? 0)), values: a.values, lostDays: a.lostDays }]
            : [],
        ),
      ),
    }),
  )
  const funnel = all.map((p) => p.funnel).reduce(joinFunnels)
  const parameters = spec.model.parameters
  const failed = pieces.reduce(
    (sum, { records }) => sum + records.filter((courses) => courses.some(({ why }) => why === 'numerics')).length,
    0,
  )
  return conclude({
    trial,
    published: spec.published ?? {
      file: '',
      name: trial.name,
      source: trial.source,
      rows: [],
      place: { file: trial.file, line: 1, column: 1, length: 1 },
    },
    runs,
    pool: scoresOf(spec, pieces, weights),
    entryShares: entrySharesOf(request, pieces, weights),
    elasticities: elasticitiesOf(spec, moved),
    attrition: attritionOf(spec, pieces),
    funnel: {
      candidates: funnel.candidates,
      qualified: funnel.qualified,
      reasons: Object.entries(funnel.reasons)
        .map(([criterion, removed]) => ({ criterion, removed }))
        .toSorted((a, b) => b.removed - a.removed || (a.criterion < b.criterion ? -1 : 1)),
    },
    assumed: {
      parameters: parameters.length,
      assumed: parameters.filter(({ source }) => source.key === 'assumed').length,
    },
    effectPrior: effectOf(spec, pieces),
    provenance: {
      seed: request.seed,
      pool: pieces.reduce((sum, { members }) => sum + members.length, 0),
      draws: pieces.length,
      replicates: request.replicates,
      version: request.version,
      hashes: hashesOf(spec),
      patientYears: all.reduce((sum, { patientYears }) => sum + patientYears, 0),
      failed,
    },
  })
}

/** Scores of all members: expected ones from the pool, observed ones with the luck of the pool. */
function scoresOf(spec: TrialSpec, pieces: readonly PoolPiece[], weights: Float64Array): PoolScores {
  const { trial } = spec
  const visit = trial.visits.findIndex(({ day }) => day === trial.split.day)
  const courses = coursesOf(spec).length
  const onCourse = (course: number): Float64Array =>
    Float64Array.from(
      pieces.flatMap(({ expectedAtSplit }) => Array.from(expectedAtSplit).filter((_, i) => i % courses === course)),
    )
  const { chart } = layOutChart(spec.model, spec.luck)
  const seenAt = (course: number, at: number): number[] =>
    pieces.flatMap(({ records }) => records.map((of) => of[course]?.seen[at * chart.width + spec.score] ?? NaN))
  const observed = Float64Array.from(seenAt(0, 0))
  const background = seenAt(courseOf(spec, 'main'), visit)
  return {
    weights,
    observed,
    expected: Float64Array.from(pieces.flatMap((p) => Array.from(p.expectedAtBaseline))),
    frozen: onCourse(0),
    backgrounds: trial.backgrounds.map(({ name }) => ({
      name,
      score: onCourse(courseOf(spec, name)),
      arms: trial.arms.map((arm) => onCourse(courseOf(spec, name, arm.name))),
    })),
    changes: Float64Array.from(background, (value, i) => value - (observed[i] ?? NaN)),
  }
}

/** Mean falls in the arm of the split, had all or none entered on a recent rise: the same pool, drawn from one kind of patient. */
function entrySharesOf({ spec, replicates, seed }: TrialRequest, pieces: readonly PoolPiece[], weights: Float64Array) {
  const { trial } = spec
  const { arm } = trial.split
  const n = trial.arms.find(({ name }) => name === arm)?.n ?? 0
  const scores = scoresOf(spec, pieces, weights)
  const armAt = trial.arms.findIndex(({ name }) => name === arm)
  const treated = scores.backgrounds[0]?.arms[armAt]
  const starts = startsOf(pieces)
  return [0, 1].flatMap((share) => {
    const falls = Array.from({ length: replicates }, (_, replicate) => {
      const p = replicate % pieces.length
      const own = (pieces[p]?.members ?? []).flatMap(({ onFlare }, i) =>
        onFlare === (share === 1) ? [(starts[p] ?? 0) + i] : [],
      )
      const kept = own.filter((m) => !Number.isNaN(treated?.[m] ?? NaN))
      if (kept.length === 0) return NaN
      let sum = 0
      for (let index = 0; index < n; index++) {
        const at = uniform({ seed, subject: p, replicate, purpose: `entry share ${share}`, index })
        const m = kept[Math.floor(at * kept.length)] ?? 0
        sum += (scores.observed[m] ?? NaN) - (treated?.[m] ?? NaN)
      }
      return sum / n
    })
    const known = falls.filter((fall) => !Number.isNaN(fall))
    return known.length > 0 ? [{ share, falls: known }] : []
  })
}

function elasticitiesOf(spec: TrialSpec, moved: readonly Moved[]): TrialResult['elasticities'] {
  const base = moved.find(({ parameter }) => parameter < 0)
  if (!base) return []
  const { endpoint, month, arm } = spec.trial.split
  const label = spec.trial.endpoints.find(({ id }) => id === endpoint)?.label ?? endpoint
  const [level, net] = [
    `${label} at month ${month} with ${arm}`,
    `what ${arm} adds to the background, ${label} at month ${month}`,
  ]
  return moved.flatMap(({ parameter, score, net: added }) => {
    const known = spec.model.parameters[parameter]
    if (!known) return []
    const shared = {
      parameter: known.name,
      meaning: known.meaning,
      source: `@${known.source.key}`,
      assumed: known.source.key === 'assumed',
    }
    return [
      { ...shared, change: score - base.score, outcome: level },
      { ...shared, change: added - base.net, outcome: net },
    ].filter(({ change }) => Number.isFinite(change) && change !== 0)
  })
}

function attritionOf(spec: TrialSpec, pieces: readonly PoolPiece[]): TrialResult['attrition'] {
  return spec.trial.arms.map(({ name }) => {
    const course = courseOf(spec, 'main', name)
    const records = pieces.flatMap((p) => p.records.flatMap((of) => of[course] ?? []))
    const count = (why: string): number => records.filter((r) => r.why === why).length
    return {
      arm: name,
      entered: records.length,
      died: count('death'),
      lost: count('dropout'),
      failed: count('numerics'),
    }
  })
}

function effectOf({ effect }: TrialSpec, pieces: readonly PoolPiece[]): TrialResult['effectPrior'] {
  if (!effect) return { text: 'none: the model as it is', mean: NaN, sd: NaN, locator: '' }
  const { name, mean, sd, unit, locator } = effect.prior
  const beyond = pieces.filter((p) => p.beyond).length
  const cut = beyond > 0 ? `; ${beyond} of ${pieces.length} draws lay beyond what the model can do and were cut` : ''
  return { text: `${name}: N(${mean}, ${sd}) ${unit}${cut}`, mean, sd, locator }
}

/** Hashes of the texts, by their bare names: results hold no paths. */
function hashesOf({ texts }: TrialSpec): Record<string, string> {
  const named = [...texts].map(
    ([file, text]) => [file.slice(file.lastIndexOf('/') + 1), hashText(text).slice(0, 12)] as const,
  )
  return Object.fromEntries(named.toSorted(([a], [b]) => (a < b ? -1 : 1)))
}
