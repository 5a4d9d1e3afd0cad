// Luck has the moments that it claims, is the same however it is reached, and every name in its file is checked.
import { describe, expect, test } from 'vitest'
import { modelOf } from '../../tests/models.ts'
import { carryProcess, drawEvent, drawTriggers, readLuck, settleLuck, type Whose } from './luck.ts'

const whose = (subject: number): Whose => ({ seed: 4, subject, replicate: 0 })
const N = 20_000
const mean = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0) / list.length

describe('a process of unit variance', () => {
  const DAYS = 45
  const paths = Array.from({ length: N }, (_, s) => {
    let value = carryProcess(undefined, 0, DAYS, 'x', whose(s), 0)
    const first = value
    for (let week = 1; week <= 4; week++) value = carryProcess(value, 1, DAYS, 'x', whose(s), week)
    return { first, last: value, leap: carryProcess(first, 4, DAYS, 'x', whose(s), 4) }
  })

  test('stays one, week by week and in one leap', () => {
    // standard error of a variance of normals: sqrt(2 / N); 4 of them
    for (const list of [paths.map((p) => p.first), paths.map((p) => p.last), paths.map((p) => p.leap)])
      expect(Math.abs(mean(list.map((v) => v * v)) - 1)).toBeLessThan(4 * Math.sqrt(2 / N))
  })

  test.each(['last', 'leap'] as const)('keeps exp(-28/45) of what it was after four weeks (%s)', (how) => {
    const kept = Math.exp(-28 / DAYS)
    const found = mean(paths.map((p) => p.first * p[how]))
    expect(Math.abs(found - kept)).toBeLessThan(4 * Math.sqrt((1 + kept * kept) / N))
  })
})

describe('triggers', () => {
  const size = { median: 1.65, sd: 0.8, most: 12 }

  test('come as often as their rate says, at a lognormal size', () => {
    const rate = 1.3 / 365.25
    const sums = Array.from({ length: N }, (_, s) => drawTriggers(whose(s), 3, rate, { ...size, most: Infinity }))
    const expected = 7 * rate * 1.65 * Math.exp(0.32)
    const spread = Math.sqrt(7 * rate * 1.65 ** 2 * Math.exp(1.28)) // of a compound Poisson sum: rate times the second moment
    expect(Math.abs(mean(sums) - expected)).toBeLessThan((4 * spread) / Math.sqrt(N))
    const none = sums.filter((s) => s === 0).length / N
    expect(Math.abs(none - Math.exp(-7 * rate))).toBeLessThan(4 * Math.sqrt((7 * rate) / N))
  })

  test('are no larger than the largest, and none come at a rate of 0', () => {
    for (let s = 0; s < 2000; s++) {
      expect(drawTriggers(whose(s), 3, 0.01, { ...size, most: 0.5 })).toBeLessThanOrEqual(16 * 0.5)
      expect(drawTriggers(whose(s), 3, 0, size)).toBe(0)
    }
  })
})

test('an event of a hazard happens in a week with 1 - exp(-7 hazard), and no earlier under a smaller hazard', () => {
  const hazard = 0.02
  const days = Array.from({ length: N }, (_, s) => drawEvent(whose(s), 2, 'death', hazard))
  const share = days.filter((d) => d !== undefined).length / N
  const expected = 1 - Math.exp(-7 * hazard)
  expect(Math.abs(share - expected)).toBeLessThan(4 * Math.sqrt((expected * (1 - expected)) / N))
  for (const [s, day] of days.entries())
    expect(drawEvent(whose(s), 2, 'death', hazard / 2) ?? Infinity).toBeGreaterThanOrEqual(day ?? Infinity)
  expect(drawEvent(whose(0), 2, 'death', 0)).toBeUndefined()
})

describe('a luck file', () => {
  const model = modelOf(`model test "test"
time [d]
param median = 1 [1] "median" @assumed "test"
param rate = 0.1 [1/d] "rate" @assumed "test"
input noise = 0 [1] "noise" @assumed "test"
input shift = 0 [1] "shift" @assumed "test"
state pool = 0 [1]
der pool = -rate*pool + noise/1 [d]*median
provides come = rate [1/d] "how often"
provides death = rate*shift [1/d] "hazard"
`)
  const text = (into: string): string => `luck: test
weekly: [{inputs: [noise], days: 30, source: "@assumed", locator: test}]
latent: []
looks: []
triggers: {into: ${into}, rate: come, median: median, sd: median, most: median}
rating: shift
death: death
`
  const settle = (written: string) => {
    const { value, problems } = readLuck('test.luck.yaml', written)
    return value ? settleLuck(model, value) : { value: undefined, problems }
  }

  test('is found in the model', () => {
    const { value, problems } = settle(text('pool'))
    expect(problems).toEqual([])
    expect(value).toMatchObject({ weekly: [{ input: 0, days: 30 }], triggers: { state: 0, median: 0 }, rating: 1 })
  })

  test.each([
    [text('pol'), 'unknown-name', 5, 'did you mean "pool"?'],
    [text('pool').replace('rating: shift', 'rating: shft'), 'unknown-name', 6, 'did you mean "shift"?'],
    [text('pool').replace('rate: come', 'rate: rate'), 'unknown-name', 5, undefined],
  ])('or is refused where it is wrong (%#)', (written, code, line, help) => {
    const { value, problems } = settle(written)
    expect(value).toBeUndefined()
    expect(problems[0]).toMatchObject({ code, place: { line } })
    if (help) expect(problems[0]?.help).toBe(help)
  })
})
