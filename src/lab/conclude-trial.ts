// From what the threads brought home to the result of a trial: members numbered through, scores laid side by side, who was lost counted.
import { uniform } from '#base'
import { layOutChart } from '#conduct'
import { sampleSystematically } from '#stats'
import { type ArmReplicate, type BackgroundRun, conclude, type PoolScores, type TrialResult } from '#trial'
import type { Moved } from './elasticity.ts'
import type { TrialSpec } from './gather-trial.ts'
import { courseOf, coursesOf, joinFunnels, type PoolPiece } from './pool-piece.ts'
import type { ReplicateSeen } from './replicate-piece.ts'
import { hashText } from './report.ts'
import type { TrialRequest } from './run-trial.ts'
import { pieceOfEach, startsOf, type Weighed } from './weigh-pool.ts'

/** One replicate, and which piece of the pool its patients are from. */
export interface PieceSeen extends ReplicateSeen {
  readonly piece: number
}

/** Draws the conclusions of a trial from its pool, its replicates and what was moved. */
export function concludeTrial(
  request: TrialRequest,
  all: readonly PoolPiece[],
  pieces: readonly PoolPiece[],
  { weights, entryTable }: Weighed,
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
    entry: entryOf(spec, pieces, weights),
    ...(entryTable && { entryTable }),
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

/** Mean falls in the arm of the split, had all or none entered on a recent rise: the same pool, weighted alike, of one kind of patient. */
function entrySharesOf({ spec, replicates, seed }: TrialRequest, pieces: readonly PoolPiece[], weights: Float64Array) {
  const { trial } = spec
  const armAt = trial.arms.findIndex(({ name }) => name === trial.split.arm)
  const n = trial.arms[armAt]?.n ?? 0
  const scores = scoresOf(spec, pieces, weights)
  const treated = scores.backgrounds[0]?.arms[armAt]
  const falls = scores.observed.map((value, m) => value - (treated?.[m] ?? NaN))
  const starts = startsOf(pieces)
  return [0, 1].flatMap((share) => {
    const own = pieces.map(({ members }, p) =>
      members.map(({ onFlare }, i) => {
        const m = (starts[p] ?? 0) + i
        return onFlare === (share === 1) && !Number.isNaN(falls[m] ?? NaN) ? (weights[m] ?? 0) : 0
      }),
    )
    const shares = own.map((list) => list.reduce((sum, weight) => sum + weight, 0))
    if (shares.every((weight) => weight === 0)) return []
    const means = pieceOfEach(replicates, shares).map((p, replicate) => {
      const purpose = `entry share ${share}`
      const taken = sampleSystematically(own[p] ?? [], n, (index) =>
        uniform({ seed, subject: p, replicate, purpose, index }),
      )
      return taken.reduce((sum, at) => sum + (falls[(starts[p] ?? 0) + at] ?? NaN), 0) / n
    })
    return [{ share, falls: means }]
  })
}

/** The score at the screening that patients qualified at, and at baseline: what fell before the trial began to count. */
function entryOf(spec: TrialSpec, pieces: readonly PoolPiece[], weights: Float64Array): TrialResult['entry'] {
  const { chart } = layOutChart(spec.model, spec.luck)
  const screening = pieces.flatMap((p) => p.members.map((m) => m.standing.chart?.[chart.screening + spec.score] ?? NaN))
  const baseline = pieces.flatMap((p) => p.records.map((of) => of[0]?.seen[spec.score] ?? NaN))
  const mean = (values: readonly number[]): number => {
    let [total, sum] = [0, 0]
    for (const [i, value] of values.entries()) {
      if (Number.isNaN(value)) continue
      total += weights[i] ?? 0
      sum += (weights[i] ?? 0) * value
    }
    return sum / total
  }
  return { screening: mean(screening), baseline: mean(baseline), weeks: spec.trial.screening.baselineAfterDays / 7 }
}

function elasticitiesOf(spec: TrialSpec, moved: readonly Moved[]): TrialResult['elasticities'] {
  const base = moved.find(({ parameter }) => parameter < 0)
  if (!base) return []
  const { endpoint, month, arm } = spec.trial.split
  const uncertain = new Set(spec.population.uncertain.map((u) => u.parameter))
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
      meaning: `${fileOf(known.name)}: ${known.meaning}${howMoved(spec, uncertain, parameter)}`,
      source: `@${known.source.key}`,
      assumed: known.source.key === 'assumed',
    }
    return [
      { ...shared, change: score - base.score, outcome: level },
      { ...shared, change: added - base.net, outcome: net },
    ].filter(({ change }) => Number.isFinite(change) && change !== 0)
  })
}

const fileOf = (name: string): string => name.slice(0, Math.max(0, name.indexOf('.'))).replaceAll('_', ' ')

const howMoved = ({ effect }: TrialSpec, uncertain: ReadonlySet<number>, at: number): string =>
  at === effect?.parameter ? ' (by its prior in points)' : uncertain.has(at) ? ' (uncertain)' : ' (between patients)'

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
