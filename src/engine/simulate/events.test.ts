// Event tables, one by one: the combinations that are easily got wrong, each against a closed form written out here.
import { describe, expect, test } from 'vitest'
import { follow, type Row } from '../../../tests/event-tables.ts'
import { modelOf } from '../../../tests/models.ts'

const K = 0.2
const MODEL = modelOf(`model test "test"
time [h]
param k = ${K} [1/h] "loss" @assumed "test"
state A = 0 [mg]
der A = -k*A
`)
const LOOKS = [0, 1, 3, 5, 6, 8, 11.5, 12, 12.5, 20, 24, 31]
const looks = LOOKS.map((time): Row => ({ time, kind: 0 }))
const sorted = (rows: readonly Row[]): Row[] => rows.toSorted((a, b) => a.time - b.time)

/** What is left of 1 mg given at once, or of a rate of 1 mg/h kept for some time. */
const bolus = (t: number): number => (t < 0 ? 0 : Math.exp(-K * t))
const flow = (t: number, over: number): number => {
  const running = Math.min(Math.max(t, 0), over)
  return ((1 - Math.exp(-K * running)) / K) * Math.exp(-K * Math.max(t - over, 0))
}
/** The sum over doses every `ii` without beginning, of which the last n come after time 0 too. */
const always = (one: (t: number) => number, ii: number, after: number) => (t: number) =>
  Array.from({ length: 400 + after }, (_, i) => one(t - (i - 399) * ii)).reduce((sum, value) => sum + value, 0)

const CASES: readonly (readonly [name: string, rows: readonly Row[], exact: (t: number) => number])[] = [
  ['a dose', [{ time: 3, kind: 1, amount: 10 }], (t) => 10 * bolus(t - 3)],
  [
    'two at one time',
    [
      { time: 3, kind: 1, amount: 10 },
      { time: 3, kind: 1, amount: 5 },
    ],
    (t) => 15 * bolus(t - 3),
  ],
  [
    'ADDL with a lag',
    [{ time: 1, kind: 1, amount: 10, every: 6, more: 2, lag: 2.5 }],
    (t) => 10 * (bolus(t - 3.5) + bolus(t - 9.5) + bolus(t - 15.5)),
  ],
  [
    'an infusion with F: as fast, but shorter',
    [{ time: 1, kind: 1, amount: 60, rate: 10, share: 0.5 }],
    (t) => 10 * flow(t - 1, 3),
  ],
  [
    'RATE -2 with F: as long, but slower',
    [{ time: 1, kind: 1, amount: 60, rate: -2, duration: 6, share: 0.5 }],
    (t) => 5 * flow(t - 1, 6),
  ],
  [
    'SS, a bolus',
    [{ time: 3, kind: 1, amount: 10, steady: 1, every: 6 }],
    (t) => (t < 3 ? 0 : 10 * always(bolus, 6, 0)(t - 3)),
  ],
  [
    'SS with ADDL',
    [{ time: 0, kind: 1, amount: 10, steady: 1, every: 6, more: 2 }],
    (t) => 10 * always(bolus, 6, 2)(t),
  ],
  [
    'SS with a lag',
    [{ time: 0, kind: 1, amount: 10, steady: 1, every: 6, lag: 4 }],
    (t) => 10 * always(bolus, 6, 0)(t - 4),
  ],
  [
    'SS with a lag as long as the interval',
    [{ time: 0, kind: 1, amount: 10, steady: 1, every: 6, lag: 6 }],
    (t) => 10 * always(bolus, 6, 0)(t - 6),
  ],
  [
    'SS with a lag of two intervals and a half',
    [{ time: 0, kind: 1, amount: 10, steady: 1, every: 6, lag: 15 }],
    (t) => 10 * always(bolus, 6, 0)(t - 15),
  ],
  [
    'SS, an infusion',
    [{ time: 0, kind: 1, amount: 10, rate: 5, steady: 1, every: 6 }],
    (t) => 5 * always((s) => flow(s, 2), 6, 0)(t),
  ],
  [
    'SS, an infusion as long as the interval',
    [{ time: 0, kind: 1, amount: 30, rate: 5, steady: 1, every: 6 }],
    (t) => 5 * always((s) => flow(s, 6), 6, 0)(t),
  ],
  [
    'SS, an infusion as long as the interval through F',
    [{ time: 0, kind: 1, amount: 60, rate: 5, share: 0.5, steady: 1, every: 6 }],
    (t) => 5 * always((s) => flow(s, 6), 6, 0)(t),
  ],
  [
    'SS, an infusion longer than two intervals, with a lag and ADDL',
    [{ time: 0, kind: 1, amount: 75, rate: 5, steady: 1, every: 6, more: 1, lag: 4 }],
    (t) => 5 * always((s) => flow(s, 15), 6, 1)(t - 4),
  ],
  [
    'SS with RATE -2 and F',
    [{ time: 0, kind: 1, amount: 60, rate: -2, duration: 9, share: 0.5, steady: 1, every: 6 }],
    (t) => (30 / 9) * always((s) => flow(s, 9), 6, 0)(t),
  ],
  [
    'SS 1 forgets, infusions too',
    [
      { time: 0, kind: 1, amount: 500, rate: 50 },
      { time: 1, kind: 1, amount: 9, every: 2, more: 9, lag: 3 },
      { time: 5, kind: 1, amount: 10, steady: 1, every: 6 },
    ],
    (t) => (t >= 5 ? 10 * always(bolus, 6, 0)(t - 5) : 50 * flow(t, 10) + 9 * bolus(t - 4)),
  ],
  [
    'SS 2 adds',
    [
      { time: 0, kind: 1, amount: 500, rate: 50 },
      { time: 5, kind: 1, amount: 10, steady: 2, every: 6 },
    ],
    (t) => 50 * flow(t, 10) + (t < 5 ? 0 : 10 * always(bolus, 6, 0)(t - 5)),
  ],
  [
    'a constant infusion at steady state ends at its record',
    [{ time: 5, kind: 1, rate: 7, steady: 1 }],
    (t) => (t < 5 ? 0 : (7 / K) * bolus(t - 5)),
  ],
  [
    'EVID 3 forgets what is there, flows, waits',
    [
      { time: 0, kind: 1, amount: 100, rate: 5, lag: 1 },
      { time: 0, kind: 1, amount: 9, every: 5, more: 5 },
      { time: 4, kind: 1, amount: 20, lag: 7 },
      { time: 6, kind: 3 },
    ],
    (t) => (t >= 6 ? 0 : 5 * flow(t - 1, 20) + 9 * (bolus(t) + bolus(t - 5))),
  ],
  [
    'EVID 4 resets at its time and doses after its lag',
    [
      { time: 0, kind: 1, amount: 100 },
      { time: 5, kind: 4, amount: 10, lag: 3 },
    ],
    (t) => (t < 5 ? 100 * bolus(t) : 10 * bolus(t - 8)),
  ],
  [
    'EVID 4 with SS and a lag',
    [
      { time: 0, kind: 1, amount: 100 },
      { time: 5, kind: 4, amount: 10, steady: 1, every: 6, lag: 4 },
    ],
    (t) => (t < 5 ? 100 * bolus(t) : 10 * always(bolus, 6, 0)(t - 9)),
  ],
  [
    'a reset at the time of an additional dose comes after it',
    [
      { time: 0, kind: 1, amount: 10, every: 6, more: 3 },
      { time: 12, kind: 3 },
    ],
    (t) => (t >= 12 ? 0 : 10 * (bolus(t) + bolus(t - 6))),
  ],
]

describe('the amount', () => {
  test.each(CASES)('after %s', async (_, rows, exact) => {
    const found = await follow(MODEL, sorted([...looks, ...rows]))
    expect(found.progress).toMatchObject({ status: 'ok', rows: LOOKS.length })
    const off = found.rows.map(([amount = NaN], i) => Math.abs(amount - exact(LOOKS[i] ?? NaN)))
    expect(Math.max(...off)).toBeLessThan(1e-7) // measured: 2.4e-8 at most, of amounts up to 300 mg
  })

  test('rows at the time of a dose show what was before, if asked', async () => {
    const rows = [...looks, { time: 6, kind: 1, amount: 10, steady: 1, every: 6, more: 1 } as const]
    const found = await follow(MODEL, sorted(rows), { atDose: 'before' })
    const value = (time: number): number => found.rows[LOOKS.indexOf(time)]?.[0] ?? NaN
    expect(value(6)).toBe(0)
    expect(value(12)).toBeCloseTo(10 * always(bolus, 6, 0)(5.9999999), 5)
    expect(value(12.5)).toBeCloseTo(10 * always(bolus, 6, 1)(6.5), 6)
  })
})

test('a subject begins at its first record, from the start of the model', async () => {
  const model = modelOf('model test "test"\ntime [h]\nstate A = 8 [mg]\nder A = -0.2 [1/h]*A\n')
  const { rows } = await follow(
    model,
    [100, 105].map((time) => ({ time, kind: 0 })),
  )
  expect(rows[0]).toEqual([8])
  expect(rows[1]?.[0]).toBeCloseTo(8 * Math.exp(-1), 7)
  const reset = await follow(model, [
    { time: 0, kind: 0 },
    { time: 5, kind: 3 },
    { time: 5, kind: 0 },
  ])
  expect(reset.rows[1]).toEqual([8])
})

describe('what goes no further', () => {
  const growing = modelOf(`model test "test"
time [h]
param late = -1 [h] "lag" @assumed "test"
state A = 0 [mg]
state area = 0 [mg.h]
der A = -0.2 [1/h]*A
der area = A
let lag_area = late
`)
  test('a state that only grows never settles; the rows before are kept', async () => {
    const { plan, progress, rows } = await follow(growing, [
      { time: 0, kind: 1, amount: 10 },
      { time: 1, kind: 0 },
      { time: 2, kind: 1, amount: 10, steady: 1, every: 6 },
      { time: 3, kind: 0 },
    ])
    expect(plan.fault).toMatchObject({
      record: 2,
      reason: 'not-steady',
      message: expect.stringContaining('"area" still moves'),
    })
    expect(progress).toMatchObject({ status: 'notFinite', time: 2 })
    expect(rows.length).toBe(1)
  })

  test('elimination that is slower than the doses', async () => {
    const saturated = modelOf('model test "test"\ntime [h]\nstate A = 0 [mg]\nder A = -2 [mg/h]*A/(5 [mg] + A)\n')
    const steady = (amount: number) =>
      follow(saturated, [
        { time: 0, kind: 1, amount, every: 6, steady: 1 },
        { time: 0, kind: 0 },
      ])
    expect((await steady(11)).plan.fault).toBeUndefined()
    expect((await steady(13)).plan.fault?.reason).toBe('not-steady')
  })

  test('a lag below 0 that the model makes', async () => {
    const { plan } = await follow(growing, [{ time: 4, kind: 1, amount: 10, state: 1 }])
    expect(plan.fault).toMatchObject({ reason: 'bad-dose', message: '"lag_area" is -1' })
  })
})
