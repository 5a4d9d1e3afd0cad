// Event tables on a linear model against the sum of closed forms over every single dose: steady states are there a long past of doses, resets forget.
// No part of the engine's own way of cancelling, lagging or settling is used. Fixed seed; IMAGO_FUZZ_RUNS=10 runs ten times as many.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { follower, recordOf, type Row } from '../../../tests/event-tables.ts'
import { modelOf } from '../../../tests/models.ts'

const [KA, K] = [0.9, 0.25]
const MODEL = modelOf(`model test "test"
time [h]
param ka = ${KA} [1/h] "absorption" @assumed "test"
param k = ${K} [1/h] "loss" @assumed "test"
param late = 1.5 [h] "lag" @assumed "test"
param pace = 40 [mg/h] "rate" @assumed "test"
state depot = 0 [mg]
state central = 0 [mg]
der depot = -ka*depot
der central = ka*depot - k*central
let lag_depot = late
let F_depot = 0.8
let duration_depot = 120 [min]
let rate_central = pace
`)
const TERMS = [
  { lag: 1.5, share: 0.8, rate: NaN, duration: 2 },
  { lag: 0, share: 1, rate: 40, duration: NaN },
] as const

/** What is in [depot, central] a time t after one unit of amount entered a state; nothing before. */
const atOnce = (state: number, t: number): [number, number] => {
  if (t < 0) return [0, 0]
  if (state === 1) return [0, Math.exp(-K * t)]
  return [Math.exp(-KA * t), (KA / (KA - K)) * (Math.exp(-K * t) - Math.exp(-KA * t))]
}
/** The integral of `atOnce` from 0 to t. */
const upTo = (state: number, t: number): [number, number] => {
  const s = Math.max(t, 0)
  const [fast, slow] = [-Math.expm1(-KA * s) / KA, -Math.expm1(-K * s) / K]
  return state === 1 ? [0, slow] : [fast, (KA / (KA - K)) * (slow - fast)]
}

interface Single {
  readonly at: number
  readonly amount: number
  readonly over: number
  readonly state: number
  /** Doses written by records before this one are forgotten from its time on. */
  readonly record: number
}

function singles(row: Row, record: number): Single[] {
  const r = recordOf(row)
  const terms = TERMS[r.state === 0 ? 0 : 1]
  const [lag, share] = [Number.isNaN(r.lag) ? terms.lag : r.lag, Number.isNaN(r.share) ? terms.share : r.share]
  const amount = r.amount * share
  const rate = r.rate === -1 ? terms.rate : r.rate
  const over = r.rate === -2 ? (Number.isNaN(r.duration) ? terms.duration : r.duration) : rate > 0 ? amount / rate : 0
  const past = r.steady > 0 ? Math.ceil((40 / K + over + lag) / r.every) : 0
  return Array.from({ length: past + 1 + r.more }, (_, i) => ({
    at: r.time + (i - past) * r.every + lag,
    amount,
    over,
    state: r.state,
    record,
  }))
}

/** The sum over all doses that are not forgotten. */
function exact(rows: readonly Row[], time: number): [number, number] {
  const forgets = rows.findLastIndex(
    (row) => row.time <= time && (row.kind >= 3 || (row.kind === 1 && row.steady === 1)),
  )
  const doses = rows.flatMap((row, i) =>
    i >= forgets && row.time <= time && (row.kind === 1 || row.kind === 4) ? singles(row, i) : [],
  )
  return doses.reduce<[number, number]>(
    ([depot, central], { at, amount, over, state }) => {
      const t = time - at
      const [a, b] = over > 0 ? upTo(state, t) : atOnce(state, t)
      const [c, d] = over > 0 ? upTo(state, t - over) : [0, 0]
      const size = over > 0 ? amount / over : amount
      return [depot + size * (a - c), central + size * (b - d)]
    },
    [0, 0],
  )
}

const quarter = (max: number) => fc.integer({ min: 1, max: max * 4 }).map((n) => n / 4)
const lag = fc.oneof(fc.constant(NaN), fc.constant(0), quarter(20))
const doseRow = fc
  .record({
    kind: fc.constantFrom<1 | 4>(1, 1, 1, 4),
    state: fc.constantFrom(0, 1),
    amount: fc.integer({ min: 1, max: 200 }),
    given: fc.constantFrom('once', 'rate', 'modelled'),
    duration: fc.oneof(fc.constant(NaN), quarter(30)),
    rate: quarter(40),
    every: quarter(12).map((n) => n + 1),
    more: fc.constantFrom(0, 0, 1, 3),
    steady: fc.constantFrom<0 | 1 | 2>(0, 0, 0, 1, 2),
    lag,
    share: fc.oneof(fc.constant(NaN), fc.constantFrom(0, 0.5, 1, 1.75)),
  })
  .map(({ given, rate, duration, ...row }): Omit<Row, 'time'> => {
    const modelled = row.state === 1 && Number.isNaN(duration) ? -1 : -2
    return {
      ...row,
      rate: given === 'once' ? 0 : given === 'rate' ? rate : modelled,
      duration: modelled === -2 && given === 'modelled' ? duration : NaN,
    }
  })
const otherRow = fc.constantFrom<Omit<Row, 'time'>>({ kind: 3 }, { kind: 0 }, { kind: 2 })
const LOOKS = Array.from({ length: 97 }, (_, i) => i / 2)
const tables = fc
  .array(
    fc.tuple(
      fc.integer({ min: 0, max: 40 }).map((n) => n / 2),
      fc.oneof({ weight: 3, arbitrary: doseRow }, otherRow),
    ),
    { minLength: 1, maxLength: 5 },
  )
  .map((events) =>
    [
      ...events.map(([time, row]): Row => ({ ...row, time })),
      ...LOOKS.map((time): Row => ({ time, kind: 0 })),
    ].toSorted((a, b) => a.time - b.time),
  )

test('any table does what the sum of its single doses says', async () => {
  const follow = await follower(MODEL)
  fc.assert(
    fc.property(tables, (rows) => {
      const found = follow(rows)
      expect(found.progress.status).toBe('ok')
      const looks = rows.filter(({ kind }) => kind === 0 || kind === 2)
      for (const [i, { time }] of looks.entries())
        for (const [state, value] of exact(rows, time).entries()) {
          // measured over 3000 tables: 4.4e-10 at most
          const off = Math.abs((found.rows[i]?.[state] ?? NaN) - value) / (1 + Math.abs(value))
          if (!(off < 1e-8)) throw new Error(`At ${time} state ${state} is ${found.rows[i]?.[state]}, wanted ${value}`)
        }
    }),
    { seed: 20_250_611, numRuns: 200 * Number(process.env['IMAGO_FUZZ_RUNS'] ?? 1) },
  )
})
