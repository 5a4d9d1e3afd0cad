// Three years of care before screening are enough for activity to settle where care does not change the disease for good: six change nothing beyond
// chance. What cannot settle is left out: lost nephrons, which only grow in number; and under immunosuppression memory, which fades for a decade: there
// the years before screening are the patient's history. docs/decisions/0005 has the numbers.
import { beforeAll, expect, test } from 'vitest'
import { enter, type Member, type Setting } from '#conduct'
import type { TrialSpec } from '#lab'
import { drawTypical } from '#patients'
import { libraryTrial, settingOf } from '../trials.ts'

const SEED = 5
const CANDIDATES = 480

let spec: TrialSpec
let setting: Setting

beforeAll(async () => {
  spec = await libraryTrial('deng-2017-uc-msc')
  setting = await settingOf(spec, SEED)
}, 60_000)

const pool = (runInWeeks: number): Member[] => {
  const rules = {
    criteria: spec.criteria,
    care: spec.care,
    runInWeeks,
    screeningEveryWeeks: 4,
    mostScreenings: 13,
    rise: { score: 'sledai', points: 4, withinWeeks: 12 },
    onFlare: 0.65,
  }
  const typical = drawTypical(spec.population, SEED, 0, 1)
  return enter(setting, rules, typical, 0, 0, CANDIDATES).members.flatMap((m) => m ?? [])
}

const mean = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0) / list.length
const standardError = (list: readonly number[]): number => {
  const m = mean(list)
  return Math.sqrt(list.reduce((s, v) => s + (v - m) ** 2, 0) / (list.length - 1) / list.length)
}
const of = (members: readonly Member[], name: string): number[] => {
  const at = setting.chart.names.findIndex((n) => n.name === name)
  return members.map(({ standing }) => standing.chart?.[at] ?? NaN)
}

test('six years before screening change nothing that three did not', () => {
  const [three, six] = [pool(156), pool(312)]
  expect(Math.min(three.length, six.length)).toBeGreaterThan(15)
  // shares of candidates: standard error of a difference of two, as if apart, is at least that of the paired ones here
  const shares = [three, six].map((m) => m.length / CANDIDATES) as [number, number]
  const spread = Math.sqrt(shares.reduce((s, p) => s + (p * (1 - p)) / CANDIDATES, 0))
  expect(Math.abs(shares[0] - shares[1])).toBeLessThan(3 * spread)
  for (const name of ['screening.sledai', 'screening.protein', 'screening.c3', 'screening.dsdna']) {
    const [a, b] = [of(three, name).map(Math.log1p), of(six, name).map(Math.log1p)]
    expect(Math.abs(mean(a) - mean(b))).toBeLessThan(3 * Math.hypot(standardError(a), standardError(b)))
  }
}, 120_000)
