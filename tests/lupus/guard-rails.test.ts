// What the lupus model must do whatever its numbers are: the guard rails of its plan. (Rest at low and high gain: steady-states.test.ts.)
import { describe, expect, test } from 'vitest'
import { days, drawn, follow, followOne, indexOf, last, lupus, type Patient, TIMELESS, typical } from './patients.ts'

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
  const provided = lupus.derived.filter((d) => d.provided).map(({ name }) => name)

  /** The outputs of which some value, of anybody at any time, is not as wanted. */
  const offenders = (outputs: readonly string[], wanted: (value: number) => boolean): string[] =>
    outputs.filter((output) => !courses.every((course) => course.values(output).every(wanted)))

  test('all reach the end', () => {
    expect(courses.map(({ status }) => status)).toEqual(patients.map(() => 'ok'))
  })

  test.each(lupus.states.map(({ name }) => name))('%s never falls below 0 by more than rounding', (name) => {
    const values = courses.flatMap((course) => course.values(name))
    const scale = Math.max(...values.map(Math.abs))
    expect(Math.min(...values)).toBeGreaterThanOrEqual(-1e-6 * scale)
  })

  test('every output is a number', () => {
    expect(offenders(provided, Number.isFinite)).toEqual([])
  })

  test('items are 0 or 1, and the judgement lies on its scale', () => {
    const items = provided.filter((name) => name.startsWith('item_'))
    expect(offenders(items, (v) => v === 0 || v === 1)).toEqual([])
    expect(offenders(['measured_pga'], (v) => v >= 0 && v <= 3)).toEqual([])
  })
})

describe('without medicine and cells', () => {
  const GOES_ON = /^(person\.years|damage\.index|hazards\.)/ // age, and what adds up over time

  test.each([0, 1])('rest is kept when doses of nothing are given, from activity %d', (activity) => {
    const parameters = typical({ ...TIMELESS, 'loop.rho': 1, 'start.activity': activity, 'msc.scale': 3 })
    const rest = followOne({ parameters }, [0, 29_200]).end
    const doses = ['msc.lung', 'cyclophosphamide.amount', 'methylprednisolone.amount'].map((s) => [s, 0, 10] as const)
    const later = followOne({ parameters, doses, from: rest }, [0, 365]).end
    const moved = lupus.states.filter(
      (_, i) => Math.abs((later[i] ?? NaN) - (rest[i] ?? NaN)) > 1e-4 * (rest[i] ?? NaN) + 1e-7,
    )
    expect(moved.map(({ name }) => name).filter((name) => !GOES_ON.test(name))).toEqual([])
  })

  test('the size of the effect of cells changes nothing, to the last bit', () => {
    const [one, seven] = [1, 7].map(
      (scale) => followOne({ parameters: typical({ 'msc.scale': scale }), inputs: MEDICINES }, days(365, 73)).end,
    )
    expect(seven).toEqual(one)
  })
})

describe('cells', () => {
  const doses = [['msc.lung', 1, 0]] as const

  test('of those given none is lost from the count: they live or have died', () => {
    const parameters = typical()
    const rate = (name: string): number => parameters[indexOf(lupus.parameters, `msc.${name}`)] ?? NaN
    const step = 0.02
    const times = days(40, step)
    const course = followOne({ parameters, doses }, times)
    const at = (name: string): ((k: number) => number) => {
      const values = course.values(`msc.${name}`)
      return (k) => values[k] ?? NaN
    }
    const [lung, body, immunity] = [at('lung'), at('body'), at('alloimmunity')]
    const deaths = times.map((_, k) => {
      const killed = rate('rejection_kill') * immunity(k)
      return (rate('lung_death') + killed) * lung(k) + (rate('body_death') + killed) * body(k)
    })
    const end = times.length - 1
    const simpson = (k: number): number => (k === 0 || k === end ? 1 : k % 2 === 1 ? 4 : 2)
    const dead = deaths.reduce((sum, d, k) => sum + d * simpson(k), 0) * (step / 3)
    expect(dead + lung(end) + body(end)).toBeCloseTo(1, 5)
    expect(lung(end) + body(end)).toBeLessThan(0.01)
  })

  test('do nothing to the disease at a scale of 0', () => {
    const parameters = typical({ 'msc.scale': 0 })
    const [given, not] = follow([{ parameters, doses }, { parameters }], [0, 180])
    for (const output of ['effector', 'treg', 'activated_b', 'cytokines', 'interferon', 'upcr'])
      expect(last(given?.values(output)) / last(not?.values(output))).toBeCloseTo(1, 4)
    expect(last(given?.values('msc_effect'))).toBeGreaterThan(0)
  })

  test('raise regulatory T cells and lower activated ones; at a negative scale it is the other way round', () => {
    const [help, harm] = [1, -3].map((scale) =>
      followOne({ parameters: typical({ 'msc.scale': scale }), doses }, days(30)),
    )
    expect(last(help?.values('msc_treg_factor'))).toBeGreaterThan(1.5)
    expect(last(help?.values('msc_t_factor'))).toBeLessThan(0.8)
    expect(last(harm?.values('msc_treg_factor'))).toBeLessThan(0.5)
    expect(last(harm?.values('msc_t_factor'))).toBeGreaterThan(1.5)
    for (const factor of ['t', 'b', 'cytokine', 'pdc', 'treg', 'repair'])
      expect(Math.min(...(harm?.values(`msc_${factor}_factor`) ?? []))).toBeGreaterThan(0)
  })
})

describe('antibody falls with its half-life once none is made', () => {
  test('IgG', () => {
    const none = ['plasma_cells', 'b_cells', 'autoreactive'].map((from) => [`antibodies.igg_from_${from}`, 0] as const)
    const parameters = typical({ ...Object.fromEntries(none), 'start.activity': 0, 'loop.rho': 0.7 })
    const [before = NaN, half = NaN, quarter = NaN] = followOne({ parameters }, [0, 23, 46]).values('igg')
    expect(half / before).toBeCloseTo(0.5, 4)
    expect(quarter / before).toBeCloseTo(0.25, 4)
  })

  test('anti-dsDNA', () => {
    const none = ['from_blasts', 'from_long_lived', 'basal'].map((from) => [`antibodies.${from}`, 0] as const)
    const parameters = typical({ ...Object.fromEntries(none), 'kidney.susceptibility': 0 })
    const [before = NaN, half = NaN] = followOne({ parameters }, [0, 21]).values('dsdna')
    expect(half / before).toBeCloseTo(0.5, 4)
  })
})

describe('cyclophosphamide', () => {
  const nadirOf = (dose: number): { day: number; depth: number; recovered: number } => {
    const doses = [['cyclophosphamide.amount', dose, 0]] as const
    const values = followOne({ parameters: typical(), doses }, days(60)).values('neutrophils')
    const depth = Math.min(...values)
    const day = values.indexOf(depth)
    return { day, depth, recovered: values.findIndex((v, d) => d > day && v >= 0.95 * (values[0] ?? NaN)) }
  }

  test.each([500, 1000, 1600])('%d mg: fewest neutrophils in the second week, back within four', (dose) => {
    const { day, recovered } = nadirOf(dose)
    expect(day).toBeGreaterThanOrEqual(8)
    expect(day).toBeLessThanOrEqual(14)
    expect(recovered).toBeGreaterThan(day)
    expect(recovered).toBeLessThanOrEqual(28)
  })

  test('is mild at 500 mg, deep at 1 g/m2, never without any neutrophils', () => {
    expect(nadirOf(500).depth).toBeGreaterThan(2)
    expect(nadirOf(1600).depth).toBeLessThan(1.5)
    expect(nadirOf(1600).depth).toBeGreaterThan(0.5)
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

describe('the laboratory of the kidney', () => {
  const albuminAfter = (set: Readonly<Record<string, number>>): number =>
    last(followOne({ parameters: typical(set) }, [0, 180]).values('albumin'))

  test('albumin is normal without proteinuria and low in nephrosis', () => {
    expect(albuminAfter({ 'start.activity': 0, 'loop.rho': 0.7 })).toBeCloseTo(42, 0)
    const nephrotic = albuminAfter({ 'kidney.susceptibility': 1.5, 'kidney.upcr_of_injury': 8 })
    expect(nephrotic).toBeGreaterThan(18)
    expect(nephrotic).toBeLessThan(28)
  })

  test('creatinine is that from which CKD-EPI 2021 estimates the filtration', () => {
    const course = followOne({ parameters: typical({ 'kidney.nephron_loss': 1e-3 }) }, days(1500, 50))
    const estimates = course.values('creatinine').map((umol, k) => {
      const ratio = umol / 88.4 / 0.7
      const byCreatinine = Math.min(ratio, 1) ** -0.241 * Math.max(ratio, 1) ** -1.2
      return 142 * byCreatinine * 0.9938 ** (course.values('age_now')[k] ?? NaN) * 1.012
    })
    for (const [k, egfr] of course.values('egfr').entries()) expect((estimates[k] ?? NaN) / egfr).toBeCloseTo(1, 3)
    expect(last(estimates)).toBeLessThan(30)
  })

  test('creatinine clearance is that of Cockcroft and Gault', () => {
    const course = followOne({ parameters: typical() }, [0])
    const milligrams = last(course.values('creatinine')) / 88.4
    expect(last(course.values('clearance'))).toBeCloseTo((0.85 * (140 - 33) * 60) / (72 * milligrams), 0)
  })
})
