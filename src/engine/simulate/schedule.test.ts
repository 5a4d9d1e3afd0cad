import { expect, test } from 'vitest'
import { modelOf } from '../../../tests/models.ts'
import { type Instant, schedule } from './schedule.ts'

const MODEL = `model test "test"
time [h]
param size = 3 [1] "scales doses" @assumed "test"
input light = 1 [1] "changes" @assumed "test"
state A = 0 [mg]
state B = 0 [mg]
der A = 0*light*A/1 [h]
der B = 0*size*B/1 [h]
`

function scheduled(given: string, parameters: readonly number[] = [3]): Instant[] {
  const model = modelOf(MODEL, given)
  return schedule(model, model.run?.given ?? [], parameters)
}

/** Instants as "time change what number value", which reads as a list. */
const said = (given: string, parameters?: readonly number[]): string[] =>
  scheduled(given, parameters).map(({ time, change, what, at, value }) => `${time} ${change} ${what} ${at} ${value}`)

test('a dose is added at its time, a repeated one again and again', () => {
  expect(said('dose 50 [mg] into A')).toEqual(['0 add state 0 50'])
  expect(said('dose 50 [mg] into B at 2 [h] every 6 [h] times 3')).toEqual([
    '2 add state 1 50',
    '8 add state 1 50',
    '14 add state 1 50',
  ])
})

test('times that a person takes for the same are the same number', () => {
  const [, , , third] = scheduled('dose 1 [mg] into A every 0.1 [h] times 4')
  expect(third?.time).toBe(0.3) // 3 * 0.1 is 0.30000000000000004
})

test('parameters of the subject decide how much', () => {
  expect(said('dose size*10 [mg] into A', [7])).toEqual(['0 add state 0 70'])
  expect(said('reset B = size*1 [mg] at 1 [h]', [7])).toEqual(['1 set state 1 7'])
})

test('what happens at one time keeps the order written, and rates change last', () => {
  const given = 'dose 6 [mg] into A at 1 [h] over 2 [h], dose 5 [mg] into B at 1 [h], reset B = 1 [mg] at 1 [h]'
  expect(said(`${given}, set light = 2 at 1 [h], dose 4 [mg] into B at 0 [h]`)).toEqual([
    '0 add state 1 4',
    '1 add state 1 5',
    '1 set state 1 1',
    '1 set input 0 2',
    '1 set rate 0 3',
    '3 set rate 0 0',
  ])
})

test('a parameter set for the whole run is no instant', () => expect(said('set size = 4')).toEqual([]))

test('infusions that overlap add up and leave nothing behind', () => {
  // 0.1 + 0.2 - 0.1 - 0.2 is not 0: the sums are made afresh
  expect(said('dose 0.1 [mg] into A over 1 [h], dose 0.4 [mg] into A at 0.5 [h] over 2 [h]')).toEqual([
    '0 set rate 0 0.1',
    '0.5 set rate 0 0.30000000000000004',
    '1 set rate 0 0.2',
    '2.5 set rate 0 0',
  ])
})

test('infusions into different states do not mix', () => {
  expect(said('dose 2 [mg] into A over 2 [h], dose 4 [mg] into B at 1 [h] over 2 [h]')).toEqual([
    '0 set rate 0 1',
    '1 set rate 1 2',
    '2 set rate 0 0',
    '3 set rate 1 0',
  ])
})

test('infusions that follow without a gap never meet and never pause', () => {
  const instants = scheduled('dose 1 [mg] into A every 0.1 [h] times 10 over 0.1 [h]')
  expect(instants.map(({ time }) => time)).toEqual([0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1])
  for (const { time, value } of instants) expect(value).toBeCloseTo(time < 1 ? 10 : 0, 12)
  expect(instants.at(-1)?.value).toBe(0)
})

// A clock that stands at 30,000 h holds 1 ms to 12 digits less than it holds it at 0.
test.each(['1 [s]', '1e-3 [s]', '1e-6 [s]'])('all of a dose is given, over %s late in a course', (over) => {
  const [start, end] = scheduled(`dose 100 [mg] into A at 30000 [h] over ${over}`)
  const given = (start?.value ?? NaN) * ((end?.time ?? NaN) - (start?.time ?? NaN))
  expect(Math.abs(given - 100)).toBeLessThan(1e-12)
  expect(end?.value).toBe(0)
})

test('an infusion too short for the clock is a dose at once', () => {
  expect(said('dose 100 [mg] into A at 3 [h] over 1e-12 [s]')).toEqual(['3 add state 0 100'])
})

test('a dose that never comes does not stand in the way', () => {
  expect(scheduled('dose 1 [mg] into A every 1e308 [h] times 3').map(({ time }) => time)).toEqual([0, 1e308, Infinity])
})

test('a hundred thousand infusions are scheduled in passing', () => {
  const instants = scheduled('dose 1 [mg] into A every 1 [h] times 100000 over 0.5 [h]')
  expect(instants).toHaveLength(200_000)
  expect(instants.at(-1)).toMatchObject({ time: 99_999.5, value: 0 })
})
