// Steady states: slow and oscillating approaches, what is conserved, and how exact they are at the tolerance of everyday.
import { expect, test } from 'vitest'
import { follow, type Row } from '../../../tests/event-tables.ts'
import { libraryModel, modelOf } from '../../../tests/models.ts'

const steady = (row: Partial<Row>): Row[] => [
  { time: 0, kind: 1, amount: 1, every: 1, steady: 1, ...row },
  { time: 0, kind: 0 },
]

test.each([1, 0.1, 0.01, 0.001, 0.0001])('a loss of %d of the amount between two doses', async (k) => {
  const model = modelOf(`model test "test"\ntime [d]\nstate A = 0 [mg]\nder A = -${k} [1/d]*A\n`)
  const { rows, plan } = await follow(model, steady({}), { relativeTolerance: 1e-6 })
  expect(plan.fault).toBeUndefined()
  const exact = 1 / -Math.expm1(-k)
  expect(Math.abs((rows[0]?.[0] ?? NaN) / exact - 1)).toBeLessThan(1e-6)
})

test('a slow mode behind a fast one', async () => {
  const model = modelOf(`model test "test"
time [d]
state fast = 0 [mg]
state slow = 0 [mg]
der fast = -2 [1/d]*fast
der slow = 0.0001 [1/d]*fast - 0.002 [1/d]*slow
`)
  const { rows } = await follow(model, steady({ amount: 100 }), { relativeTolerance: 1e-6 })
  const [a, b] = [-Math.expm1(-2), -Math.expm1(-0.002)]
  const slow = (100 * 0.0001 * (Math.exp(-0.002) / b - Math.exp(-2) / a)) / (2 - 0.002)
  expect(Math.abs((rows[0]?.[1] ?? NaN) / slow - 1)).toBeLessThan(2e-6)
})

test('an approach that swings', async () => {
  const model = modelOf(`model test "test"
time [d]
state A = 0 [mg]
state B = 0 [mg]
der A = -0.05 [1/d]*A - 2 [1/d]*B
der B = 2 [1/d]*A - 0.05 [1/d]*B
`)
  const { rows } = await follow(model, steady({}))
  // the sum over all past doses of exp(-k/20) (cos 2k, sin 2k)
  const past = Array.from(
    { length: 2000 },
    (_, k) => [Math.exp(-k / 20) * Math.cos(2 * k), Math.exp(-k / 20) * Math.sin(2 * k)] as const,
  )
  for (const state of [0, 1] as const)
    expect(rows[0]?.[state]).toBeCloseTo(
      past.reduce((sum, pair) => sum + pair[state], 0),
      7,
    )
})

test('what is conserved stays what it was at the start', async () => {
  const model = modelOf(`model test "test"
time [d]
state drug = 0 [mg]
state free = 10 [mg]
state bound = 0 [mg]
let on = 0.3 [1/mg/d]*drug*free - 0.5 [1/d]*bound
der drug = -on - 0.4 [1/d]*drug
der free = -on
der bound = on
`)
  const found = await follow(model, steady({ amount: 5 }))
  const [drug = NaN, free = NaN, bound = NaN] = found.rows[0] ?? []
  expect(free + bound).toBeCloseTo(10, 8)
  const many = await follow(model, [
    { time: 0, kind: 1, amount: 5, every: 1, more: 400 },
    { time: 400, kind: 0 },
  ])
  for (const [i, value] of [drug, free, bound].entries())
    expect(Math.abs(value - (many.rows[0]?.[i] ?? NaN))).toBeLessThan(1e-6)
})

test('a chain with feedback under doses every three weeks, as repeated doses lead there', async () => {
  const model = await libraryModel('basics/friberg.model')
  const at = model.states.findIndex(({ name }) => name === 'drug')
  const dose = { time: 0, kind: 1, state: at, amount: 20, every: 21 } as const
  const once = await follow(
    model,
    [
      { ...dose, steady: 1 },
      { time: 0, kind: 0 },
      { time: 10, kind: 0 },
    ],
    { relativeTolerance: 1e-7 },
  )
  const many = await follow(
    model,
    [
      { ...dose, more: 200 },
      { time: 4200, kind: 0 },
      { time: 4210, kind: 0 },
    ],
    { relativeTolerance: 1e-7 },
  )
  for (const [row, values] of many.rows.entries())
    for (const [i, value] of values.entries())
      expect(Math.abs((once.rows[row]?.[i] ?? NaN) - value) / (1e-3 + Math.abs(value))).toBeLessThan(1e-5)
})

test('a constant infusion at steady state, and none', async () => {
  const model = modelOf(`model test "test"
time [d]
state A = 0 [mg]
state B = 3 [mg]
der A = 2 [mg/d] - 0.001 [1/d]*A
der B = 0.5 [1/d]*(A/100 - B)
`)
  const constant = (rate: number) => follow(model, steady({ amount: 0, every: 0, rate }), { relativeTolerance: 1e-7 })
  expect((await constant(0)).rows[0]?.map((value) => Math.round(value * 1e3) / 1e3)).toEqual([2000, 20])
  expect((await constant(1)).rows[0]?.map((value) => Math.round(value * 1e3) / 1e3)).toEqual([3000, 30])
})
