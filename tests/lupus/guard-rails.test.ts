// What the lupus model must do whatever its numbers are: the guard rails of its plan.
import { describe, expect, test } from 'vitest'
import { drawn, follow, followOne, indexOf, lupus, type Patient, TIMELESS, typical } from './patients.ts'

const days = (until: number, every = 1): number[] =>
  Array.from({ length: Math.round(until / every) + 1 }, (_, k) => k * every)
const last = (values: readonly number[]): number => values.at(-1) ?? NaN
const MEDICINES = { prednisone: 20, hydroxychloroquine: 400, mycophenolate: 2 }

/** Everything that can be given, to anybody. */
const treated = (parameters: readonly number[]): Patient => ({
  parameters,
  inputs: MEDICINES,
  doses: [
    ['methylprednisolone.amount', 500, 0],
    ['cyclophosphamide.amount', 1000, 14],
    ['cyclophosphamide.amount', 1000, 42],
    ['triggers.pool', 3, 60],
    ['msc.lung', 0.7, 100],
    ['msc.lung', 0.7, 107],
    ['triggers.pool', 12, 300],
  ],
})

describe('fifty drawn patients under noise, triggers and every treatment', () => {
  const patients = Array.from({ length: 50 }, (_, k) => treated(drawn(k)))
  const courses = follow(patients, days(728, 7), true)

  test('all reach the end', () => {
    expect(courses.map(({ status }) => status)).toEqual(patients.map(() => 'ok'))
  })

  test.each(lupus.states.map(({ name }) => name))('%s never falls below 0 by more than rounding', (name) => {
    const values = courses.flatMap((course) => course.values(name))
    const scale = Math.max(...values.map(Math.abs))
    expect(Math.min(...values)).toBeGreaterThanOrEqual(-1e-6 * scale)
  })

  test('every output is a number', () => {
    for (const { name } of lupus.derived.filter(({ provided }) => provided))
      for (const course of courses) expect(course.values(name).every(Number.isFinite), name).toBe(true)
  })

  test('items are 0 or 1, and the judgement lies on its scale', () => {
    for (const { name } of lupus.derived.filter((d) => d.name.startsWith('item_')))
      for (const course of courses)
        expect(
          course.values(name).every((v) => v === 0 || v === 1),
          name,
        ).toBe(true)
    for (const course of courses) expect(course.values('measured_pga').every((v) => v >= 0 && v <= 3)).toBe(true)
  })
})

describe('without medicine and cells', () => {
  const rested = (activity: number): number[] => {
    const parameters = typical({ ...TIMELESS, 'loop.rho': 1, 'start.activity': activity })
    return [...followOne({ parameters }, [0, 29_200]).end]
  }

  // What counts or averages time goes on, and the person grows older.
  const CLOCKS = /^(person\.years|damage\.index|hazards\.)/

  test.each([0, 1])('a state at rest stays there, from activity %d', (activity) => {
    const before = rested(activity)
    const parameters = typical({ ...TIMELESS, 'loop.rho': 1, 'start.activity': activity, 'msc.scale': 3 })
    const after = followOne(
      {
        parameters,
        doses: [
          ['msc.lung', 0, 10],
          ['cyclophosphamide.amount', 0, 20],
          ['methylprednisolone.amount', 0, 30],
        ],
      },
      [0, 29_200],
    ).end
    for (const [i, { name }] of lupus.states.entries())
      if (!CLOCKS.test(name))
        expect(Math.abs((after[i] ?? NaN) - (before[i] ?? NaN)), name).toBeLessThan(
          1e-3 * Math.abs(before[i] ?? NaN) + 1e-6,
        )
  })

  test('the size of the effect of cells changes nothing, to the last bit', () => {
    const [plain, scaled] = follow(
      [1, 7].map((scale) => ({ parameters: typical({ 'msc.scale': scale }), inputs: MEDICINES })),
      days(365, 73),
    )
    expect(scaled?.end).toEqual(plain?.end)
  })

  test('a scale of 0 makes cells that do nothing but to themselves', () => {
    const doses = [['msc.lung', 1, 0]] as const
    const parameters = typical({ 'msc.scale': 0 })
    const [given, not] = follow([{ parameters, doses }, { parameters }], days(180, 30))
    for (const output of ['effector', 'treg', 'activated_b', 'cytokines', 'interferon', 'upcr'])
      for (const [k, value] of (given?.values(output) ?? []).entries())
        expect(value / (not?.values(output)[k] ?? NaN), output).toBeCloseTo(1, 4)
  })
})

test('cells at a negative scale harm, and every factor stays above 0', () => {
  const course = followOne({ parameters: typical({ 'msc.scale': -3 }), doses: [['msc.lung', 3, 0]] }, days(90))
  const factors = ['t', 'b', 'cytokine', 'pdc', 'treg', 'repair'].map((f) => `msc_${f}_factor`)
  for (const factor of factors)
    expect(
      course.values(factor).every((v) => v > 0 && v < 30),
      factor,
    ).toBe(true)
  expect(course.values('msc_t_factor')[10]).toBeGreaterThan(1.5)
  expect(course.values('msc_treg_factor')[10]).toBeLessThan(0.5)
})

test('IgG falls with its half-life once none is made', () => {
  const none = {
    'antibodies.igg_from_plasma_cells': 0,
    'antibodies.igg_from_b_cells': 0,
    'antibodies.igg_from_autoreactive': 0,
  }
  const parameters = typical({ ...none, 'start.activity': 0, 'loop.rho': 0.7 })
  const [before = NaN, half = NaN, quarter = NaN] = followOne({ parameters }, [0, 23, 46]).values('igg')
  expect(half / before).toBeCloseTo(0.5, 4)
  expect(quarter / before).toBeCloseTo(0.25, 4)
})

test('anti-dsDNA falls with its own half-life once none is made', () => {
  const none = { 'antibodies.from_blasts': 0, 'antibodies.from_long_lived': 0, 'antibodies.basal': 0 }
  const parameters = typical({ ...none, 'kidney.susceptibility': 1e-9 })
  const [before = NaN, half = NaN] = followOne({ parameters }, [0, 21]).values('dsdna')
  expect(half / before).toBeCloseTo(0.5, 4)
})

test('of the cells that are given none is lost from the count: they live or have died', () => {
  const parameters = typical()
  const rate = (name: string): number => parameters[indexOf(lupus.parameters, name)] ?? NaN
  const step = 0.02
  const times = days(40, step)
  const course = followOne({ parameters, doses: [['msc.lung', 1, 0]] }, times)
  const [lung, body, immunity] = ['msc.lung', 'msc.body', 'msc.alloimmunity'].map((name) => course.values(name))
  const deaths = times.map((_, k) => {
    const [l = NaN, b = NaN, r = NaN] = [lung?.[k], body?.[k], immunity?.[k]]
    const killed = rate('msc.rejection_kill') * r
    return (rate('msc.lung_death') + killed) * l + (rate('msc.body_death') + killed) * b
  })
  // Simpson's rule: weights 1 4 2 4 … 2 4 1
  const dead =
    deaths.reduce((sum, d, k) => sum + d * (k === 0 || k === deaths.length - 1 ? 1 : k % 2 === 1 ? 4 : 2), 0) *
    (step / 3)
  expect(dead + last(lung ?? []) + last(body ?? [])).toBeCloseTo(1, 5)
  expect(last(lung ?? []) + last(body ?? [])).toBeLessThan(0.01)
})

describe('cyclophosphamide', () => {
  const nadirOf = (dose: number): { day: number; depth: number; recovered: number } => {
    const values = followOne({ parameters: typical(), doses: [['cyclophosphamide.amount', dose, 0]] }, days(60)).values(
      'neutrophils',
    )
    const depth = Math.min(...values)
    const recovered = values.findIndex((v, day) => day > values.indexOf(depth) && v >= 0.95 * (values[0] ?? NaN))
    return { day: values.indexOf(depth), depth, recovered }
  }

  test.each([500, 1000, 1600])(
    '%d mg bring the lowest neutrophils in the second week, and they come back within four',
    (dose) => {
      const { day, recovered } = nadirOf(dose)
      expect(day).toBeGreaterThanOrEqual(8)
      expect(day).toBeLessThanOrEqual(14)
      expect(recovered).toBeGreaterThan(day)
      expect(recovered).toBeLessThanOrEqual(28)
    },
  )

  test('more kills more: shallow after 500 mg, neutropenia after 1 g/m2, no agranulocytosis', () => {
    const [low, high] = [nadirOf(500), nadirOf(1600)]
    expect(low.depth).toBeGreaterThan(2)
    expect(high.depth).toBeLessThan(1.5)
    expect(high.depth).toBeGreaterThan(0.5)
  })
})

describe('what the kidney loses', () => {
  test('albumin is normal without proteinuria and low in nephrosis', () => {
    const albuminAt = (injury: number): number =>
      last(
        followOne(
          { parameters: typical({ 'kidney.upcr_of_injury': injury, 'kidney.susceptibility': 1.5 }) },
          days(180, 30),
        ).values('albumin'),
      )
    expect(
      last(
        followOne({ parameters: typical({ 'start.activity': 0, 'loop.rho': 0.7 }) }, days(180, 30)).values('albumin'),
      ),
    ).toBeCloseTo(42, 0)
    expect(albuminAt(8)).toBeLessThan(28)
    expect(albuminAt(8)).toBeGreaterThan(18)
    expect(albuminAt(3)).toBeGreaterThan(albuminAt(8))
  })

  test('creatinine is that from which CKD-EPI 2021 estimates the filtration', () => {
    const course = followOne({ parameters: typical({ 'kidney.nephron_loss': 1e-3 }) }, days(1500, 50))
    const [egfr, creatinine, age] = ['egfr', 'creatinine', 'age_now'].map((name) => course.values(name))
    for (const [k, umol] of (creatinine ?? []).entries()) {
      const ratio = umol / 88.4 / 0.7
      const estimate =
        142 * Math.min(ratio, 1) ** -0.241 * Math.max(ratio, 1) ** -1.2 * 0.9938 ** (age?.[k] ?? NaN) * 1.012
      expect(estimate / (egfr?.[k] ?? NaN)).toBeCloseTo(1, 3)
    }
    expect(last(egfr ?? [])).toBeLessThan(30)
  })

  test('creatinine clearance is that of Cockcroft and Gault', () => {
    const course = followOne({ parameters: typical() }, [0])
    const [clearance = NaN, umol = NaN] = [course.values('clearance')[0], course.values('creatinine')[0]]
    expect(clearance).toBeCloseTo((0.85 * (140 - 33) * 60) / (72 * (umol / 88.4)), 0)
  })
})

test('pulses of methylprednisolone act for weeks and are gone after months', () => {
  const doses = [0, 1, 2].map((day) => ['methylprednisolone.amount', 500, day] as const)
  const effect = followOne({ parameters: typical(), doses }, days(120)).values('steroid_effect')
  expect(effect[3]).toBeGreaterThan(0.7)
  expect(effect[3]).toBeLessThan(1)
  expect(effect[14]).toBeGreaterThan(0.3)
  expect(effect[120]).toBeLessThan(0.01)
})
