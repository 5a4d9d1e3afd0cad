// The data path of a trial, once, left to right: read, compile, fill the pool, weigh, replicate, move parameters, conclude. Which thread does what, and
// how many there are, changes no bit.
import { hasErrors, type Problem, type Reading, uniform } from '#base'
import { layOutChart, outputsOf } from '#conduct'
import { compileModel, compileWasm } from '#engine'
import { balance } from '#stats'
import { type ArmReplicate, type BackgroundRun, conclude, type PoolScores, type TrialResult } from '#trial'
import type { Moved } from './elasticity.ts'
import type { TrialSpec } from './gather-trial.ts'
import type { Host, Running } from './host.ts'
import { pack, unpack } from './pack.ts'
import { runPool } from './pool.ts'
import { courseOf, coursesOf, joinFunnels, type PieceJob, type PoolPiece } from './pool-piece.ts'
import type { ReplicateSeen } from './replicate-piece.ts'
import { hashText } from './report.ts'
import type { Store } from './store.ts'
import type { TrialJob, TrialOpening } from './trial-thread.ts'

export interface TrialRequest {
  readonly spec: TrialSpec
  /** Patients who qualify, over all draws. */
  readonly pool: number
  /** Draws of what is uncertain about all patients at once. */
  readonly draws: number
  readonly replicates: number
  readonly seed: number
  readonly workers: number
  readonly version: string
  readonly elasticities: boolean
}

/** Patients for whom parameters are moved, and parameters moved in one job. */
const MOVED_PATIENTS = 12
const MOVED_AT_ONCE = 8

/** Replays a trial. The problems tell what cannot be run; a patient that the numbers failed is counted in the result. */
export async function runTrial(
  host: Host,
  request: TrialRequest,
  store: Store,
  running: Running,
): Promise<Reading<TrialResult>> {
  const { spec } = request
  const problems = faultsOf(request)
  if (hasErrors(problems)) return { value: undefined, problems }
  const compiled = compileModel(spec.model, outputsOf(spec.model))
  const { kernel, ...plan } = compiled
  const opening: TrialOpening = {
    kind: 'open-trial',
    file: spec.trial.file,
    texts: spec.texts,
    seed: request.seed,
    module: await compileWasm(kernel),
    compiled: { ...plan, kernel: { routines: [], slots: kernel.slots } },
  }
  const desk: Desk = { host, request, opening, store, running }
  const pieces = await fillPool(desk)
  const filled = pieces.filter(({ members }) => members.length > 0)
  problems.push(...shortages(request, pieces))
  if (filled.length === 0) return { value: undefined, problems }
  const weights = weigh(spec, filled, problems)
  if (!weights) return { value: undefined, problems }
  const seen = await replicateAll(desk, filled, weights)
  const moved = request.elasticities ? await moveAll(desk, filled) : []
  return { value: concludeAll(request, pieces, filled, weights, seen, moved), problems }
}

interface Desk {
  readonly host: Host
  readonly request: TrialRequest
  readonly opening: TrialOpening
  readonly store: Store
  readonly running: Running
}

/** Asks threads for jobs; what is done is told as one phase of the run. */
function ask<Result>(
  { host, request, opening, running }: Desk,
  what: string,
  jobs: readonly TrialJob[],
  weigh: (job: TrialJob) => number,
  keep?: (job: number, result: Result) => Promise<void>,
): Promise<Result[]> {
  const onProgress = running.onProgress
  return runPool<TrialJob, Result>(
    host,
    request.workers,
    opening,
    jobs,
    weigh,
    { ...running, ...(onProgress && { onProgress: (step) => onProgress({ ...step, what }) }) },
    keep,
  )
}

/** The hash of all that the pool is made from: change the analysis, and the pool stays. */
export function poolHash({ spec, pool, draws, seed, version }: TrialRequest): string {
  const { trial, texts } = spec
  const written = [...texts].filter(([file]) => !/\.(trial|published)\.yaml$/.test(file)).map(([, text]) => text)
  const asked = {
    effect: trial.effect?.text,
    correct: trial.population.correct.map((c) => [c.name.text, c.value, c.prior?.text]),
    eligibility: trial.eligibility.map(({ name, when }) => [name, when.text]),
    screening: trial.screening,
    courses: coursesOf(spec).map(({ name, regimens }) => [name, regimens.map((r) => r.name)]),
    visits: trial.visits,
    split: trial.split,
    dropout: trial.dropoutPerYear,
  }
  return hashText(JSON.stringify([version, pool, draws, seed, asked, written]))
}

/** The name of a run's folder: the trial, and the hash of all that was asked for. */
export function runNameOf(request: TrialRequest): string {
  const { spec, replicates, elasticities } = request
  const asked = [
    poolHash(request),
    [...spec.texts.values()],
    spec.trial.arms.map(({ n }) => n),
    replicates,
    elasticities,
  ]
  return `${spec.name}-${hashText(JSON.stringify(asked)).slice(0, 8)}`
}

async function fillPool(desk: Desk): Promise<PoolPiece[]> {
  const { request, store, running } = desk
  const { pool, draws } = request
  const hash = poolHash(request).slice(0, 16)
  const keyOf = (draw: number): string => `pool-${hash}-draw-${draw}`
  const jobs = Array.from(
    { length: draws },
    (_, draw): PieceJob => ({
      draw,
      draws,
      quota: Math.floor(((draw + 1) * pool) / draws) - Math.floor((draw * pool) / draws),
    }),
  ).filter(({ quota }) => quota > 0)
  const pieces: (PoolPiece | undefined)[] = []
  for (const { draw } of jobs) {
    const bytes = running.signal?.aborted ? undefined : await store.get(keyOf(draw))
    pieces.push(bytes && (unpack(bytes) as PoolPiece))
  }
  const missing = jobs.filter((_, i) => !pieces[i])
  const made = await ask<PoolPiece>(
    desk,
    'pool',
    missing.map((job) => ({ kind: 'piece', ...job })),
    (job) => (job.kind === 'piece' ? job.quota : 0),
    (job, piece) => store.put(keyOf(missing[job]?.draw ?? NaN), pack(piece)),
  )
  let next = 0
  return pieces.flatMap((piece) => piece ?? made[next++] ?? [])
}

function faultsOf({ spec, pool, draws, replicates }: TrialRequest): Problem[] {
  const problems: Problem[] = []
  const add = (code: string, message: string, help: string): number =>
    problems.push({ code, level: 'error', message, help })
  if (!(pool >= 1 && draws >= 1 && replicates >= 1))
    add('nothing-asked', 'A run needs at least one patient, one draw and one replicate.', 'see imago run --help')
  if (spec.effect && !spec.effect.curve)
    add(
      'no-curve',
      'The prior of the effect is in points, and no curve turns them into a scale.',
      'make it: node tools/effect-curve.ts',
    )
  return problems
}

/** Draws without anybody who qualified: an error if they are all, else a warning. */
function shortages({ spec, pool }: TrialRequest, pieces: readonly PoolPiece[]): Problem[] {
  const { candidates, qualified, reasons } = pieces.map((p) => p.funnel).reduce(joinFunnels)
  const place = spec.trial.eligibility[0]?.when.place
  const why = Object.entries(reasons)
    .toSorted(([, a], [, b]) => b - a)
    .map(([name, count]) => `"${name}" was met at no visit by ${count}`)
  const found = pieces.reduce((sum, { members }) => sum + members.length, 0)
  if (qualified === 0)
    return [
      {
        code: 'nobody-qualifies',
        level: 'error',
        message: `None of ${candidates} candidates qualifies for the trial.`,
        ...(place && { place }),
        notes: why.slice(0, 5),
        help: 'ease the criterion that most of them fail, or take another population',
      },
    ]
  if (found >= pool) return []
  const empty = pieces.filter(({ members }) => members.length === 0).length
  return [
    {
      code: 'few-qualify',
      level: 'warning',
      message: `Only ${found} of ${pool} patients wanted were found among ${candidates} candidates${empty > 0 ? `; ${empty} of ${pieces.length} draws have none` : ''}.`,
      ...(place && { place }),
      notes: why.slice(0, 5),
    },
  ]
}

/** One weight per member of the filled pieces, toward the entry table if there is one. */
function weigh(spec: TrialSpec, pieces: readonly PoolPiece[], problems: Problem[]): Float64Array | undefined {
  const members = pieces.flatMap(({ members: own, records }) =>
    own.map(({ standing }, i) => ({ chart: standing.chart, seen: records[i]?.[0]?.seen })),
  )
  if (!spec.trial.weights) return new Float64Array(members.length).fill(1)
  const { chart } = layOutChart(spec.model, spec.luck)
  const targets = spec.trial.weights.table.map(({ name, mean, sd }) => {
    const at = chart.names.findIndex((n) => n.name === name.text)
    const isBaseline = at >= chart.baseline && at < chart.baseline + chart.width
    if (at < 0 || at < chart.baseline)
      problems.push({
        code: 'unknown-name',
        level: 'error',
        message: `Patients cannot be weighted by "${name.text}".`,
        place: name.place,
        help: 'a parameter such as person.age, or what was measured such as screening.sledai or baseline.sledai',
      })
    const values = Float64Array.from(
      members,
      ({ chart: known, seen }) => (isBaseline ? seen?.[at - chart.baseline] : known?.[at]) ?? NaN,
    )
    return { name: name.text, values, mean, ...(sd !== undefined && { sd }) }
  })
  if (hasErrors(problems)) return undefined
  const found = balance(targets)
  const place = spec.trial.weights.table[0]?.name.place
  if (found.status === 'infeasible')
    problems.push({
      code: 'not-balanced',
      level: 'warning',
      message: `No weights make the ${members.length} patients of the pool look like the entry table: ${found.unmet.join(', ')} not met. They count alike.`,
      ...(place && { place }),
      help: 'take a larger pool (--pool), or leave out an entry',
    })
  return found.status === 'infeasible' ? new Float64Array(members.length).fill(1) : found.weights
}

async function replicateAll(
  desk: Desk,
  pieces: readonly PoolPiece[],
  weights: Float64Array,
): Promise<(ReplicateSeen & { readonly piece: number })[]> {
  const { replicates } = desk.request
  const starts = startsOf(pieces)
  const jobs = pieces.map((piece, p): TrialJob & { kind: 'replicates' } => ({
    kind: 'replicates',
    piece,
    weights: weights.slice(starts[p], (starts[p] ?? 0) + piece.members.length),
    replicates: Array.from({ length: replicates }, (_, r) => r).filter((r) => r % pieces.length === p),
  }))
  const seen = await ask<ReplicateSeen[]>(desk, 'replicates', jobs, (job) =>
    job.kind === 'replicates' ? job.replicates.length : 0,
  )
  return seen
    .flatMap((list, piece) => list.map((one) => ({ ...one, piece })))
    .toSorted((a, b) => a.replicate - b.replicate)
}

/** Members of earlier pieces, for each piece. */
const startsOf = (pieces: readonly PoolPiece[]): number[] => {
  let sum = 0
  return pieces.map(({ members }) => (sum += members.length) - members.length)
}

async function moveAll(desk: Desk, pieces: readonly PoolPiece[]): Promise<Moved[]> {
  const { spec } = desk.request
  const rounds = Math.max(...pieces.map(({ members }) => members.length))
  const members = Array.from({ length: rounds }, (_, k) => pieces.flatMap((p) => p.members[k] ?? [])).flat()
  const some = members.slice(0, MOVED_PATIENTS)
  const all = [-1, ...spec.model.parameters.map((_, i) => i)]
  const jobs: TrialJob[] = []
  for (let first = 0; first < all.length; first += MOVED_AT_ONCE)
    jobs.push({ kind: 'elasticities', members: some, parameters: all.slice(first, first + MOVED_AT_ONCE) })
  const moved = await ask<Moved[]>(desk, 'elasticities', jobs, (job) =>
    job.kind === 'elasticities' ? job.parameters.length : 0,
  )
  return moved.flat()
}

function concludeAll(
  request: TrialRequest,
  all: readonly PoolPiece[],
  pieces: readonly PoolPiece[],
  weights: Float64Array,
  seen: readonly (ReplicateSeen & { readonly piece: number })[],
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
  const { scoring, chart } = layOutChart(spec.model, spec.luck)
  const score = scoring.names.findIndex(({ name }) => name === 'sledai')
  const seenAt = (course: number, at: number): number[] =>
    pieces.flatMap(({ records }) => records.map((of) => of[course]?.seen[at * chart.width + score] ?? NaN))
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
  return moved.flatMap(({ parameter, score, net }) => {
    const known = spec.model.parameters[parameter]
    if (!known) return []
    const shared = {
      parameter: known.name,
      meaning: known.meaning,
      source: `@${known.source.key}`,
      assumed: known.source.key === 'assumed',
    }
    return [
      { ...shared, change: score - base.score, outcome: 'score' },
      { ...shared, change: net - base.net, outcome: 'net' },
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
