// Laws that every instrument keeps, over whatever a table can say. Fixed seed.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Column, Findings } from './column.ts'
import { type Instrument, standardSettings } from './instrument.ts'
import { INSTRUMENTS } from './instruments.ts'
import type { Possible, Verdict } from './verdict.ts'

const SETTINGS = { seed: 2019, numRuns: 500 }

/** Numbers near each other, so that comparisons fall on either side; some at the ends. */
function valueOf(column: Column): fc.Arbitrary<boolean | number | string> {
  if (column.kind === 'truth') return fc.boolean()
  if (column.kind === 'word') return fc.constantFrom(...column.words)
  const { least, most, whole } = column
  if (whole) return fc.integer({ min: least, max: Math.min(most, least + 30) })
  const near = [0.5, 1, 2.5, 3, 5, 7.5, 10, 40, 60, 100].filter((one) => one >= least && one <= most)
  return fc.oneof(fc.constantFrom(least, most, ...near), fc.double({ min: least, max: most, noNaN: true }))
}

/** Everything that an instrument reads. */
const whole = ({ needs }: Instrument): fc.Arbitrary<Findings> =>
  fc.record(
    Object.fromEntries(
      [...new Map(needs.map((one) => [one.name, one])).values()].map((column) => [column.name, valueOf(column)]),
    ),
  )

const settingsOf = ({ params }: Instrument): fc.Arbitrary<Record<string, string>> =>
  fc.record(Object.fromEntries(params.map(({ name, allowed }) => [name, fc.constantFrom(...allowed)])))

// Where two columns tell of one thing, the first named goes before the other: a rater before a measurement, a total before its items. To say it later is
// to correct what was said, not to fill in what was missing.
const CORRECTING = new Set(
  'arthritis haematuria proteinuria pyuria complement dna_binding fever thrombocytopenia leucopenia renal sledai clinical_sledai new_bilag_a new_bilag_b major_organ_activity'.split(
    ' ',
  ),
)

/** Leaves out some of what was said. */
const without = (found: Findings, hidden: ReadonlySet<string>): Findings =>
  Object.fromEntries(Object.entries(found).filter(([name]) => !hidden.has(name)))

const holds = (possible: Possible, { value, possible: now }: Verdict): boolean => {
  if ('range' in possible) {
    const [least, most] = possible.range
    const [from, to] = 'range' in now ? now.range : [Number.NaN, Number.NaN]
    const within = (x: number): boolean => x >= least - 1e-9 && x <= most + 1e-9
    return within(from) && within(to) && (typeof value !== 'number' || within(value))
  }
  return 'among' in now && now.among.every((one) => possible.among.includes(one))
}

const cases = INSTRUMENTS.map((one) => [one.name, one] as const)

describe.each(cases)('%s', (_, instrument) => {
  const drawn = fc.record({
    found: whole(instrument),
    settings: settingsOf(instrument),
    hidden: fc.uniqueArray(fc.constantFrom(...instrument.needs.map(({ name }) => name))),
    more: fc.uniqueArray(
      fc.constantFrom(...instrument.needs.map(({ name }) => name).filter((name) => !CORRECTING.has(name))),
    ),
  })

  test('whatever is filled in, the verdict stays within what was possible', () => {
    fc.assert(
      fc.property(drawn, ({ found, settings, hidden, more }) => {
        const hiddenMore = instrument.compute(without(found, new Set([...hidden, ...more])), settings)
        const hiddenLess = instrument.compute(without(found, new Set(hidden)), settings)
        expect(holds(hiddenMore.possible, hiddenLess)).toBe(true)
        if (hiddenMore.value !== undefined && settings['missing'] !== 'prorate')
          expect(hiddenLess.value).toEqual(hiddenMore.value)
      }),
      SETTINGS,
    )
  })

  test('a value is told exactly where one thing is possible, and what lacks is named', () => {
    fc.assert(
      fc.property(drawn, ({ found, settings, hidden }) => {
        const { value, possible, missing, parts } = instrument.compute(without(found, new Set(hidden)), settings)
        const isSettled = 'range' in possible ? possible.range[0] === possible.range[1] : possible.among.length === 1
        if (isSettled && settings['missing'] !== 'prorate') expect(value).toBeDefined()
        if (value !== undefined && settings['missing'] !== 'prorate') expect(isSettled).toBe(true)
        for (const name of missing) expect(instrument.needs.map((one) => one.name)).toContain(name)
        for (const name of missing) expect(hidden).toContain(name)
        for (const { because, points } of parts) {
          expect(because).not.toBe('')
          if (points) expect(points[0]).toBeLessThanOrEqual(points[1])
        }
      }),
      SETTINGS,
    )
  })

  test('the order of what is said changes nothing', () => {
    fc.assert(
      fc.property(drawn, ({ found, settings }) => {
        const turned = Object.fromEntries(Object.entries(found).toReversed())
        expect(instrument.compute(turned, settings)).toEqual(instrument.compute(found, settings))
      }),
      { ...SETTINGS, numRuns: 100 },
    )
  })

  test('a row that says nothing gets no value, and is not invented', () => {
    const { value, missing } = instrument.compute({}, standardSettings(instrument))
    expect(value).toBeUndefined()
    expect(missing.length).toBeGreaterThan(0)
  })

  test('the example of the guide has a value', () => {
    const { example } = instrument
    const { value } = instrument.compute(example.found, { ...standardSettings(instrument), ...example.settings })
    expect(value).toBeDefined()
  })
})

// A finding more never makes these better. SLICC is not among them: haemolytic anaemia takes away the Coombs criterion.
const GROWING = ['sledai-2k', 'clinical-sledai', 'sdi', 'eular-acr-2019', 'hct-ci']

test.each(cases.filter(([name]) => GROWING.includes(name)))(
  '%s: a present item never lowers the score',
  (_, instrument) => {
    const truths = instrument.needs.filter(({ kind }) => kind === 'truth').map(({ name }) => name)
    const settings = standardSettings(instrument)
    const scoreOf = (found: Findings): readonly number[] => {
      const { possible, parts } = instrument.compute(found, settings)
      if ('range' in possible) return possible.range
      return [0, 1].map((end) => parts.reduce((sum, { points }) => sum + (points?.[end] ?? 0), 0))
    }
    fc.assert(
      fc.property(whole(instrument), fc.constantFrom(...truths), (found, name) => {
        const [absent, present] = [scoreOf({ ...found, [name]: false }), scoreOf({ ...found, [name]: true })]
        expect(present[0]).toBeGreaterThanOrEqual(absent[0] ?? 0)
        expect(present[1]).toBeGreaterThanOrEqual(absent[1] ?? 0)
      }),
      SETTINGS,
    )
  },
)
