// Replicates of a trial on one piece of the pool: each draws its patients anew, each patient is observed with new luck, and endpoints are read from what
// was seen. All replicates of a piece share its population draw: what differs between pieces is uncertainty, what differs within is chance.
import { type Address, normal, uniform } from '#base'
import { observe, type Setting } from '#conduct'
import { sampleSystematically } from '#stats'
import type { VisitTable } from '#trial'
import type { TrialSpec } from './gather-trial.ts'
import { courseOf, daysOf, type PoolPiece } from './pool-piece.ts'

export interface ReplicateJob {
  /** Numbers of the replicates. */
  readonly replicates: readonly number[]
  /** One weight per member of the piece, in any scale. */
  readonly weights: Float64Array
}

/** One arm of one replicate. */
export interface ArmSeen {
  readonly background: string
  readonly arm: string
  /** Which members of the piece were drawn, repeats among them. */
  readonly members: readonly number[]
  /** patients x endpoints x visits; NaN where missing */
  readonly values: Float64Array
  /** Day of death or loss, Infinity if never. */
  readonly lostDays: Float64Array
}

export interface ReplicateSeen {
  readonly replicate: number
  readonly arms: readonly ArmSeen[]
}

/** Patients in an arm, at most, as readTrial allows; with it, 200,000 replicates have luck of their own. */
const LARGEST_ARM = 16_384

/** Runs the replicates of a job. */
export function replicateTrial(
  spec: TrialSpec,
  setting: Setting,
  piece: PoolPiece,
  job: ReplicateJob,
): ReplicateSeen[] {
  const { trial } = spec
  return job.replicates.map((number) => {
    const address: Address = {
      seed: setting.seed,
      subject: piece.draw,
      replicate: number + 1,
      purpose: 'rating shift',
      index: 0,
    }
    const ratingShift = trial.ratingShift.sd * normal(address)
    const drawn = drawArms(
      job.weights,
      trial.arms.map(({ n }) => n),
      { ...address, purpose: 'drawn into the trial' },
    )
    // who is drawn does not depend on the background: the same patients, otherwise treated
    const arms = trial.backgrounds.flatMap((background) =>
      trial.arms.map((arm, i): ArmSeen => {
        const members = drawn[i] ?? []
        const course = courseOf(spec, background.name, arm.name)
        return {
          background: background.name,
          arm: arm.name,
          members,
          ...seeArm(spec, setting, piece, members, course, number + 1, ratingShift),
        }
      }),
    )
    return { replicate: number, arms }
  })
}

/** Draws the patients of all arms at once, nobody into two: the piece is a sample of its population, and a trial is a part of it. */
function drawArms(weights: Float64Array, sizes: readonly number[], address: Address): number[][] {
  const all = sizes.reduce((sum, n) => sum + n, 0)
  const taken = sampleSystematically(weights, all, (index) => uniform({ ...address, index }))
  let first = 0
  return sizes.map((n) => taken.slice(first, (first += n)))
}

function seeArm(
  spec: TrialSpec,
  setting: Setting,
  piece: PoolPiece,
  members: readonly number[],
  course: number,
  replicate: number,
  ratingShift: number,
): Pick<ArmSeen, 'values' | 'lostDays'> {
  const days = daysOf(spec)
  const visits = days.visits.map((_, k) => k)
  // one drawn twice is two patients alike, not one seen twice: each place in the arm has its own luck
  const patients = members.map((m, place) => {
    const [member, record] = [piece.members[m], piece.records[m]?.[course]]
    if (!member || !record) throw new Error(`The piece has no course ${course} of member ${m}`)
    return { member, record, replicate: replicate * LARGEST_ARM + place }
  })
  const seen = observe(setting, patients, days, visits, { latent: 'from screening', ratingShift })
  const { width } = setting.chart
  const size = visits.length * width
  // entry was measured once, when the patient was enrolled and perhaps weighted by it
  for (const [p, { record }] of patients.entries()) seen.set(record.seen.subarray(0, width), p * size)
  const values = new Float64Array(members.length * spec.endpoints.length * visits.length)
  for (const [p, { member, record }] of patients.entries()) {
    const table = tableOf(
      spec,
      setting,
      member.standing,
      record.inputs,
      seen.subarray(p * size, (p + 1) * size),
      record.lostDay,
    )
    for (const [e, endpoint] of spec.endpoints.entries())
      values.set(endpoint.evaluate(table), (p * spec.endpoints.length + e) * visits.length)
  }
  return { values, lostDays: Float64Array.from(patients, ({ record }) => record.lostDay) }
}

/** The charts of one patient at all visits, as endpoints read them. */
export function tableOf(
  spec: TrialSpec,
  setting: Setting,
  standing: { readonly parameters: Float64Array; readonly chart?: Float64Array },
  inputs: Float64Array,
  seen: Float64Array,
  lostDay: number,
): VisitTable {
  const { chart, medicines, compiled } = setting
  const { visits } = daysOf(spec)
  const names = chart.names.length
  const values = new Float64Array(visits.length * names).fill(NaN)
  for (const [k, day] of visits.entries()) {
    if (day >= lostDay) continue
    const row = values.subarray(k * names, (k + 1) * names)
    row.set(seen.subarray(k * chart.width, (k + 1) * chart.width))
    row.set(seen.subarray(0, chart.width), chart.baseline)
    if (standing.chart)
      row.set(standing.chart.subarray(chart.screening, chart.screening + chart.width), chart.screening)
    for (const [m, input] of medicines.entries()) row[chart.doses + m] = inputs[k * compiled.inputs + input] ?? NaN
    row.set(standing.parameters, chart.parameters)
    row[chart.day] = day
    row[chart.visit] = k
  }
  return { names: chart.names, days: visits, values, lostDay }
}
