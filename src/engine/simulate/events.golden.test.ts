// Event tables on a model with saturable loss and a moving covariate against deSolve (tools/golden/events.r).
import { expect, test } from 'vitest'
import { follow, type Row } from '../../../tests/event-tables.ts'
import { modelOf } from '../../../tests/models.ts'
import golden from '../golden/events.json' with { type: 'json' }
import type { Between } from './moving-inputs.ts'

const MODEL = modelOf(`model test "test"
time [h]
input weight = 70 [kg] "weight" @assumed "test"
state depot = 0 [mg]
state central = 0 [mg]
let loss = 12 [mg/h]*weight/(70 [kg])*central/(30 [mg] + central)
der depot = -0.9 [1/h]*depot
der central = 0.9 [1/h]*depot - loss
`)
const steady = { kind: 1, time: 0, steady: 1, every: 12, inputs: [70] } as const
const weights: readonly Row[] = [
  { time: 0, kind: 1, amount: 200, inputs: [70] },
  { time: 10, kind: 2, inputs: [90] },
  { time: 24, kind: 2, inputs: [60] },
  { time: 36, kind: 2, inputs: [75] },
]
const TABLES: Readonly<Record<string, { rows: readonly Row[]; between?: Between }>> = {
  'steady bolus with a lag of 3': { rows: [{ ...steady, amount: 100, lag: 3 }] },
  'steady infusion over 18 every 12': { rows: [{ ...steady, state: 1, amount: 90, rate: 5 }] },
  'steady infusion over 12 every 12 with a lag of 5': {
    rows: [{ ...steady, state: 1, amount: 110, rate: -2, duration: 12, lag: 5 }],
  },
  locf: { rows: weights, between: 'locf' },
  nocb: { rows: weights, between: 'nocb' },
  linear: { rows: weights, between: 'linear' },
}

test.each(golden)('$case', async (course) => {
  const { rows, between = 'locf' } = TABLES[course.case] ?? { rows: [] }
  const looks = course.rows.map(([time = NaN]): Row => ({ time, kind: 0, inputs: [NaN] }))

  const table = [...rows, ...looks].toSorted((a, b) => a.time - b.time)
  const found = await follow(MODEL, table, { between, inputs: [0] })
  expect(found.progress.status).toBe('ok')
  const shown = found.rows.filter((_, i) => table.filter(({ kind }) => kind !== 1)[i]?.kind === 0)
  for (const [i, [time, ...states]] of course.rows.entries())
    for (const [state, value] of states.entries())
      expect(Math.abs((shown[i]?.[state] ?? NaN) - value) / (1 + value), `at ${time}`).toBeLessThan(1e-6)
})
