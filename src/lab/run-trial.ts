// The data path of a trial, once, left to right: read, compile, fill the pool, weigh, replicate, move parameters, conclude. Which thread does what, and
// how many there are, changes no bit.
import { hasErrors, type Problem, type Reading } from '#base'
import { outputsOf } from '#conduct'
import { compileModel, compileWasm } from '#engine'
import type { TrialResult } from '#trial'
import { concludeTrial, type PieceSeen } from './conclude-trial.ts'
import { type Moved, movableOf } from './elasticity.ts'
import type { TrialSpec } from './gather-trial.ts'
import type { Host, Running } from './host.ts'
import { pack, unpack } from './pack.ts'
import { runPool } from './pool.ts'
import { coursesOf, joinFunnels, type PieceJob, type PoolPiece } from './pool-piece.ts'
import type { ReplicateSeen } from './replicate-piece.ts'
import { hashText } from './report.ts'
import type { Store } from './store.ts'
import { pieceOfEach, startsOf, weighPool } from './weigh-pool.ts'
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
  problems.push(...tooFew(request, filled))
  const { value: weighed, problems: found } = weighPool(spec, filled)
  problems.push(...found)
  if (!weighed) return { value: undefined, problems }
  const seen = await replicateAll(desk, filled, weighed.weights)
  const moved = request.elasticities ? await moveAll(desk, filled) : []
  return { value: concludeTrial(request, pieces, filled, weighed, seen, moved), problems }
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
  worth: (job: TrialJob) => number,
  keep?: (job: number, result: Result) => Promise<void>,
): Promise<Result[]> {
  const onProgress = running.onProgress
  return runPool<TrialJob, Result>(
    host,
    request.workers,
    opening,
    jobs,
    worth,
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

/** Runs so small that their intervals are not to be read. */
function tooFew({ spec, replicates }: TrialRequest, filled: readonly PoolPiece[]): Problem[] {
  const wanted = spec.trial.arms.reduce((sum, { n }) => sum + n, 0)
  const smallest = Math.min(...filled.map(({ members }) => members.length))
  const warn = (code: string, message: string, help: string): Problem => ({ code, level: 'warning', message, help })
  return [
    ...(replicates < 20
      ? [
          warn(
            'few-replicates',
            `Intervals of 90 % stand on ${replicates} replicates.`,
            'ask for at least 20, better 400: --replicates',
          ),
        ]
      : []),
    ...(filled.length < 5
      ? [
          warn(
            'few-draws',
            `What is uncertain about all patients was drawn ${filled.length} times: intervals are too narrow.`,
            'ask for at least 20: --draws',
          ),
        ]
      : []),
    ...(smallest < wanted
      ? [
          warn(
            'small-pieces',
            `A trial takes ${wanted} patients of one draw; the smallest draw has ${smallest}, and some come twice.`,
            'ask for a larger pool (--pool), or fewer draws',
          ),
        ]
      : []),
  ]
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

async function replicateAll(desk: Desk, pieces: readonly PoolPiece[], weights: Float64Array): Promise<PieceSeen[]> {
  const { replicates } = desk.request
  const starts = startsOf(pieces)
  const shares = pieces.map(({ members }, p) => {
    const own = weights.slice(starts[p], (starts[p] ?? 0) + members.length)
    return own.reduce((sum, weight) => sum + weight, 0)
  })
  const owners = pieceOfEach(replicates, shares)
  const jobs = pieces.map((piece, p): TrialJob & { kind: 'replicates' } => ({
    kind: 'replicates',
    piece,
    weights: weights.slice(starts[p], (starts[p] ?? 0) + piece.members.length),
    replicates: owners.flatMap((owner, r) => (owner === p ? [r] : [])),
  }))
  const seen = await ask<ReplicateSeen[]>(desk, 'replicates', jobs, (job) =>
    job.kind === 'replicates' ? job.replicates.length : 0,
  )
  return seen
    .flatMap((list, piece) => list.map((one) => ({ ...one, piece })))
    .toSorted((a, b) => a.replicate - b.replicate)
}

async function moveAll(desk: Desk, pieces: readonly PoolPiece[]): Promise<Moved[]> {
  const { spec } = desk.request
  const rounds = Math.max(...pieces.map(({ members }) => members.length))
  const members = Array.from({ length: rounds }, (_, k) => pieces.flatMap((p) => p.members[k] ?? [])).flat()
  const some = members.slice(0, MOVED_PATIENTS)
  const all = [-1, ...movableOf(spec)]
  const jobs: TrialJob[] = []
  for (let first = 0; first < all.length; first += MOVED_AT_ONCE)
    jobs.push({ kind: 'elasticities', members: some, parameters: all.slice(first, first + MOVED_AT_ONCE) })
  const moved = await ask<Moved[]>(desk, 'elasticities', jobs, (job) =>
    job.kind === 'elasticities' ? job.parameters.length : 0,
  )
  return moved.flat()
}
