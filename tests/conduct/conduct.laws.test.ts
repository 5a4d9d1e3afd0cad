// Laws of carrying patients through a trial, on the flagship's own content: who is beside whom changes nobody, arms share their luck, what is the same is
// the same to the last bit, and the parts of a fall add up.
import { beforeAll, describe, expect, test } from 'vitest'
import {
  type CourseRecord,
  enter,
  expectScore,
  follow,
  type Member,
  observe,
  type Setting,
  type TrialDays,
  underWay,
} from '#conduct'
import type { TrialSpec } from '#lab'
import { drawTypical } from '#patients'
import { libraryTrial, settingOf } from '../trials.ts'

let DAYS: TrialDays
const SEED = 11

let spec: TrialSpec
let setting: Setting
let members: Member[]

const rulesOf = (s: TrialSpec) => ({
  criteria: s.criteria,
  care: s.care,
  runInWeeks: 52,
  screeningEveryWeeks: 4,
  mostScreenings: 13,
  rise: { score: 'sledai', points: 4, withinWeeks: 12 },
  onFlare: 0.5,
})
const enterSome = (first: number, count: number) =>
  enter(setting, rulesOf(spec), drawTypical(spec.population, SEED, 0, 1), 0, first, count)
const courseOf = (...names: string[]) => ({
  name: names.join(),
  regimens: names.flatMap((name) => spec.regimens.get(name) ?? []),
})
const recordOf = (r: CourseRecord | undefined) => ({ states: r?.states, seen: r?.seen, lostDay: r?.lostDay })

beforeAll(async () => {
  spec = await libraryTrial('deng-2017-uc-msc')
  setting = await settingOf(spec, SEED)
  DAYS = { baselineAfterWeeks: 2, visits: [0, 30, 61, 91, 183], dropoutPerYear: 0, care: spec.care }
  members = enterSome(0, 40).members.flatMap((m) => m ?? [])
}, 60_000)

describe('entry', () => {
  test('some qualify, all by every criterion at the screening that they qualified at', () => {
    expect(members.length).toBeGreaterThan(5)
    for (const { standing } of members)
      for (const { formula } of spec.criteria) expect(formula.evaluate(standing.chart ?? [])).toBe(1)
  })

  test('candidates one by one, in two batches or together are the same', () => {
    const together = enterSome(0, 8).members
    const apart = [...enterSome(0, 3).members, ...enterSome(3, 1).members, ...enterSome(4, 4).members]
    expect(apart.map((m) => m?.standing)).toEqual(together.map((m) => m?.standing))
  })

  test('a funnel counts everybody: who did not qualify has a reason', () => {
    const { funnel, members: found } = enterSome(0, 12)
    const missing = found.filter((m) => !m).length
    expect(funnel).toMatchObject({ candidates: 12, qualified: 12 - missing })
    expect(Object.values(funnel.reasons).reduce((a, b) => a + b, 0)).toBeGreaterThanOrEqual(missing)
  })

  test('who enters only on a rise enters no earlier', () => {
    const typical = drawTypical(spec.population, SEED, 0, 1)
    const all = (onFlare: number) => enter(setting, { ...rulesOf(spec), onFlare }, typical, 0, 0, 40)
    const [never, always] = [all(0), all(1)]
    for (const [i, late] of always.members.entries())
      expect(late?.standing.week ?? Infinity).toBeGreaterThanOrEqual(never.members[i]?.standing.week ?? Infinity)
    expect(always.members.some((late, i) => late?.standing.week !== never.members[i]?.standing.week)).toBe(true)
    expect(never.members.every((m) => m === undefined || !m.onFlare)).toBe(true)
    expect(always.members.every((m) => m === undefined || m.onFlare)).toBe(true)
    expect(Object.keys(never.funnel.reasons)).not.toContain('a recent rise of the score')
  })
})

describe('arms share their luck', () => {
  test('two arms that are treated alike are alike, to the last bit', () => {
    const some = members.slice(0, 4)
    const records = follow(setting, some, [courseOf('mp-cyc-then-mmf'), courseOf('mp-cyc-then-mmf')], DAYS)
    for (const [a, b] of records) expect(recordOf(a)).toEqual(recordOf(b))
  })

  test('and are alike until their treatment differs', () => {
    const late = { ...courseOf('msc-uc-1e8-twice'), name: 'late' }
    const delayed = {
      ...late,
      regimens: late.regimens.map((r) => ({
        ...r,
        deeds: r.deeds.map((d) => (d.kind === 'dose' ? { ...d, at: d.at + 70 } : d)),
      })),
    }
    const records = follow(setting, members.slice(0, 4), [courseOf(), delayed], DAYS)
    const states = setting.compiled.states.length
    for (const [frozen, treated] of records) {
      expect(treated?.states.subarray(0, 3 * states)).toEqual(frozen?.states.subarray(0, 3 * states))
      if (frozen?.lostDay === Infinity) expect(treated?.states).not.toEqual(frozen.states)
    }
  })

  test('who is followed beside whom, and on which further courses, changes nobody', () => {
    const course = courseOf('mp-cyc-then-mmf', 'msc-uc-1e8-twice')
    const alone = follow(setting, members.slice(2, 3), [course], DAYS)[0]?.[0]
    const beside = follow(setting, members.slice(0, 5), [courseOf(), course], DAYS)[2]?.[1]
    expect(recordOf(alone)).toEqual(recordOf(beside))
  })
})

describe('observation', () => {
  test('looking again changes what is measured and not what is true', () => {
    const records = follow(setting, members.slice(0, 3), [courseOf()], DAYS)
    const patients = members.slice(0, 3).flatMap((member, i) => {
      const record = records[i]?.[0]
      return record ? [{ member, record }] : []
    })
    const look = (replicate: number, latent: 'fresh' | 'from screening' = 'from screening') =>
      observe(
        setting,
        patients.map((p) => ({ ...p, replicate })),
        DAYS,
        [0, 4],
        { latent, ratingShift: 0 },
      )
    expect(look(1)).toEqual(look(1))
    expect(look(1)).not.toEqual(look(2))
    const before = records.map((r) => r[0]?.states.slice())
    look(3, 'fresh')
    expect(records.map((r) => r[0]?.states)).toEqual(before)
  })

  test('a score stays between 0 and 105, and its items add up to it', () => {
    const { names } = setting.scoring
    const total = names.findIndex(({ name }) => name === 'sledai')
    const items = names.flatMap(({ name }, i) => (/^sledai_(?!clinical)/.test(name) ? [i] : []))
    expect(items.length).toBe(24)
    for (const [record] of follow(setting, members, [courseOf('mp-cyc-then-mmf')], DAYS))
      for (let visit = 0; visit < DAYS.visits.length; visit++) {
        const row = record?.seen.subarray(visit * setting.chart.width, (visit + 1) * setting.chart.width) ?? []
        if (Number.isNaN(row[total] ?? NaN)) continue
        expect(row[total]).toBeGreaterThanOrEqual(0)
        expect(row[total]).toBeLessThanOrEqual(105)
        expect(items.reduce((sum, i) => sum + (row[i] ?? NaN), 0)).toBe(row[total])
      }
  })

  test('a shift of ratings moves clinical items after baseline, one way, and no laboratory value', () => {
    const records = follow(setting, members, [courseOf()], DAYS)
    const patients = members.flatMap((member, i) => {
      const record = records[i]?.[0]
      return record ? [{ member, record, replicate: 1 }] : []
    })
    const at = (name: string): number => setting.scoring.names.findIndex((n) => n.name === name)
    const look = (ratingShift: number) =>
      observe(setting, patients, DAYS, [0, 1], { latent: 'from screening', ratingShift })
    const [kind, plain] = [look(-0.5), look(0)]
    const { width } = setting.chart
    for (let p = 0; p < patients.length; p++) {
      const [first, second] = [2 * p * width, (2 * p + 1) * width]
      expect(kind.subarray(first, second)).toEqual(plain.subarray(first, second))
      expect(kind[second + at('c3')]).toBe(plain[second + at('c3')])
      if (!Number.isNaN(plain[second] ?? NaN))
        expect(kind[second + at('sledai')]).toBeLessThanOrEqual(plain[second + at('sledai')] ?? NaN)
    }
  })
})

describe('what goes on when nothing new is decided', () => {
  test('further pulses of a course, and nothing that sets or begins', async () => {
    const care = (await libraryTrial('wang-2014-uc-msc')).care
    expect(care.rules.length).toBeGreaterThan(5)
    expect(underWay(care).rules.map(({ name }) => name)).toEqual(['further pulses'])
    expect(underWay(care).deeds).toEqual([])
  })

  test('a course of pulses runs on in the frozen arm', async () => {
    const wang = await libraryTrial('wang-2014-uc-msc')
    const own = await settingOf(wang, SEED)
    const pulses = wang.criteria.filter(({ name }) => name === 'immunosuppressant')
    const rules = { ...rulesOf(wang), runInWeeks: 104, criteria: pulses, onFlare: 0 }
    const found = enter(own, rules, drawTypical(wang.population, SEED, 0, 1), 0, 0, 96).members.flatMap((m) => m ?? [])
    const at = own.chart.names.findIndex(({ name }) => name === 'course.cyclophosphamide')
    const onPulses = found.filter(({ standing }) => (standing.chart?.[at] ?? 0) > 0)
    expect(onPulses.length).toBeGreaterThan(0)
    const drug = own.model.states.findIndex(({ name }) => name === 'cyclophosphamide.amount')
    const days = { ...DAYS, care: wang.care, visits: [0, 14, 15, 16, 42, 43, 44] } // pulses fall 4 weeks apart, screening on one
    const given = follow(own, onPulses, [{ name: 'frozen', regimens: [] }], days).map(([record]) =>
      days.visits.some((_, k) => (record?.states[k * own.compiled.states.length + drug] ?? 0) > 1),
    )
    expect(given.filter((g) => g).length).toBeGreaterThan(0)
  })
})

test('of patients chosen without looking, the expected score is the mean of the observed', () => {
  const typical = drawTypical(spec.population, SEED, 0, 1)
  const anybody = enter(setting, { ...rulesOf(spec), criteria: [], onFlare: 0 }, typical, 0, 0, 48).members
  const all = anybody.flatMap((m) => m ?? [])
  const records = follow(setting, all, [courseOf()], DAYS)
  const patients = all.flatMap((member, i) => {
    const record = records[i]?.[0]
    return record ? [{ member, record }] : []
  })
  const score = setting.scoring.names.findIndex(({ name }) => name === 'sledai')
  const expected = expectScore(setting, patients, DAYS, 0, score, 32)
  const gaps = patients.flatMap(({ record }, i) => {
    const gap = (record.seen[score] ?? NaN) - (expected[i] ?? NaN)
    return Number.isNaN(gap) ? [] : [gap]
  })
  const mean = gaps.reduce((a, b) => a + b, 0) / gaps.length
  const spread = Math.sqrt(gaps.reduce((a, b) => a + (b - mean) ** 2, 0) / (gaps.length - 1) / gaps.length)
  expect(gaps.length).toBeGreaterThan(40)
  expect(Math.abs(mean)).toBeLessThan(3.5 * spread)
})
