import { describe, expect, test } from 'vitest'
import { follow, recordOf, type Row } from '../../../tests/event-tables.ts'
import { modelOf } from '../../../tests/models.ts'
import { type Between, fillInputs } from './moving-inputs.ts'

const MODEL = modelOf(`model test "test"
time [h]
input x = 1 [mg/h] "moves" @assumed "test"
input y = 5 [mg/h] "stays" @assumed "test"
state A = x*2 [h]
state seen = 0 [mg]
let both = x + y
der A = both - y
der seen = 0*y
`)
const rows = (...list: readonly (readonly [time: number, x: number])[]): Row[] =>
  list.map(([time, x]) => ({ time, kind: 0, inputs: [x] }))

describe('values that rows do not have', () => {
  const fill = (between: Between, ...list: readonly (readonly [number, number])[]): number[] =>
    fillInputs(rows(...list).map(recordOf), { at: [0], between, own: 2 }).map(([value = NaN]) => value)
  const table = [
    [0, NaN],
    [1, 4],
    [2, NaN],
    [5, 8],
    [6, NaN],
  ] as const

  test('come from before, from behind, or lie between', () => {
    expect(fill('locf', ...table)).toEqual([4, 4, 4, 8, 8])
    expect(fill('nocb', ...table)).toEqual([4, 4, 8, 8, 8])
    expect(fill('linear', ...table)).toEqual([4, 4, 5, 8, 8])
  })
})

describe('the integral of an input', () => {
  const table = rows([0, 1], [2, 5], [2, 7], [4, 7], [8, 3])
  test.each<[Between, readonly number[]]>([
    ['locf', [2, 4, 4, 18, 46]],
    ['nocb', [2, 12, 12, 26, 38]],
    ['linear', [2, 8, 8, 22, 42]],
  ])('%s', async (between, amounts) => {
    for (const atDose of ['before', 'after'] as const) {
      const found = await follow(MODEL, table, { between, inputs: [0], atDose })
      for (const [i, amount] of amounts.entries()) expect(found.rows[i]?.[0]).toBeCloseTo(amount, 9)
    }
  })
})

test('a reset takes the start that the input has then', async () => {
  for (const between of ['locf', 'nocb', 'linear'] as const) {
    const table: Row[] = [...rows([0, 1], [4, 9]), { time: 4, kind: 3, inputs: [NaN] }, ...rows([4, NaN])]
    const found = await follow(MODEL, table, { between, inputs: [0] })
    expect(found.rows.at(-1)?.[0]).toBe(18)
  }
})
