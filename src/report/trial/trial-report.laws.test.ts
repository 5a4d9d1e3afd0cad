// Whatever came of a trial, its report is sound: no number that is none, a tree that screen readers can walk, everything within its figure.

import type { Interval, TrialResult } from '#trial'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Element } from '../element.ts'
import { drawTrial, renderTrial } from './trial-report.ts'
import { trialText } from './trial-text.ts'

const NO_NUMBER = /NaN|Infinity|undefined|\[object|\bnull\b/
const text = fc
  .oneof(
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc.constantFrom(
      '<b>',
      '"',
      '10*9/L',
      '1',
      '',
      '{}',
      '\r\n',
      '</style>',
      '1/2',
      'a'.repeat(90),
      '-8 (SD 4), derived',
    ),
  )
  .filter((said) => !NO_NUMBER.test(said))
const number = fc.oneof(
  { weight: 6, arbitrary: fc.double({ min: -100, max: 100, noNaN: true }) },
  { weight: 2, arbitrary: fc.constantFrom(0, -0, 1, 1e-9, 1e9, -1e9) },
  { weight: 1, arbitrary: fc.double() },
)
const share = fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0, 1, NaN))
const count = fc.integer({ min: 0, max: 5000 })
const interval: fc.Arbitrary<Interval> = fc.oneof(
  fc.record({ median: number, lo50: number, hi50: number, lo90: number, hi90: number }),
  fc.array(number, { minLength: 5, maxLength: 5 }).map((values) => {
    const [lo90 = 0, lo50 = 0, median = 0, hi50 = 0, hi90 = 0] = values.toSorted((a, b) => a - b)
    return { median, lo50, hi50, lo90, hi90 }
  }),
)
const use = fc.constantFrom('calibrate' as const, 'validate' as const, 'seen' as const)
const months = fc.constantFrom(0, 3, 6, 12)
const armName = fc.constantFrom('placebo', 'msc', '<arm>')
const compared = fc.record(
  {
    id: text,
    label: fc.oneof(fc.constantFrom('SLEDAI-2K change', 'Remission'), text),
    arm: fc.oneof(armName, fc.constant('msc - placebo'), text),
    time_months: months,
    unit: fc.oneof(fc.constantFrom('1', 'g/d', 'umol/L'), text),
    observed: fc.record(
      { text, value: fc.option(number), lo90: number, hi90: number, n: fc.option(count) },
      { requiredKeys: ['text', 'value', 'n'] },
    ),
    predicted: fc.option(interval),
    probability: fc.option(share),
    p: fc.option(share),
    inside90: fc.option(fc.boolean()),
    inside50: fc.option(fc.boolean()),
    use,
    locator: text,
    notModelled: text,
    available: interval,
  },
  {
    requiredKeys: [
      ...(['id', 'label', 'arm', 'time_months', 'unit', 'observed', 'predicted', 'probability', 'p'] as const),
      ...(['inside90', 'inside50', 'use', 'locator'] as const),
    ],
  },
)
const split = fc.record(
  {
    arm: armName,
    background: text,
    month: months,
    total: interval,
    parts: fc
      .subarray(['measurement', 'natural', 'background', 'cells'] as const)
      .chain((names) => fc.tuple(...names.map((name) => interval.map((one) => ({ name, interval: one }))))),
    remainder: fc.record({ sd: number, locator: text }),
    omitted: share,
  },
  { requiredKeys: ['arm', 'background', 'month', 'total', 'parts', 'remainder'] },
)
const course = fc.record({
  endpoint: fc.oneof(fc.constant('sledai'), text),
  label: text,
  unit: text,
  arms: fc.array(
    fc.nat(4).chain((length) =>
      fc.record({
        name: armName,
        days: fc.constant(Array.from({ length }, (_, k) => Math.round(k * 30.4375))),
        bands: fc.array(interval, { minLength: length, maxLength: length }),
        singles: fc.array(fc.array(number, { maxLength: length }), { maxLength: 13 }),
      }),
    ),
    { maxLength: 4 },
  ),
})
const coverage = count.chain((rows) =>
  fc.record({
    rows: fc.constant(rows),
    inside50: fc.integer({ min: 0, max: rows }),
    inside90: fc.integer({ min: 0, max: rows }),
  }),
)
const trial = fc.record({
  name: text,
  title: text,
  question: text,
  registration: text,
  source: text,
  use,
  blinded: fc.boolean(),
  arms: fc.array(fc.record({ name: armName, n: count, label: text }), { maxLength: 3 }),
  months: fc.array(months, { maxLength: 4 }),
})
const simulated = fc.record({ perArm: count, lo: count, hi: count })
const result: fc.Arbitrary<TrialResult> = fc.record({
  trial,
  answer: fc.tuple(text, text),
  compared: fc.array(compared, { maxLength: 5 }),
  alternatives: fc.array(fc.record({ background: text, compared: fc.array(compared, { maxLength: 2 }) }), {
    maxLength: 2,
  }),
  splits: fc.array(split, { maxLength: 3 }),
  courses: fc.array(course, { maxLength: 3 }),
  power: fc.array(fc.record({ difference: number, simulated: fc.option(simulated), closedForm: number, sd: number }), {
    maxLength: 3,
  }),
  elasticities: fc.array(
    fc.record({
      parameter: text,
      meaning: text,
      source: text,
      assumed: fc.boolean(),
      change: number,
      outcome: fc.constantFrom('SLEDAI', 'b'),
    }),
    { maxLength: 4 },
  ),
  attrition: fc.array(fc.record({ arm: armName, entered: count, died: count, lost: count, failed: count }), {
    maxLength: 2,
  }),
  entry: fc.record({ screening: number, baseline: number, weeks: fc.integer({ min: 1, max: 8 }) }),
  funnel: fc.record({
    candidates: count,
    qualified: count,
    reasons: fc.array(fc.record({ criterion: text, removed: count }), { maxLength: 3 }),
  }),
  coverage,
  assumed: fc.record({ parameters: count, assumed: count }),
  effectPrior: fc.record({ text, mean: number, sd: number, locator: text }),
  entryShares: fc.array(fc.record({ share, fall: interval }), { maxLength: 2 }),
  provenance: fc.record({
    seed: count,
    pool: count,
    draws: count,
    replicates: count,
    patientYears: number,
    failed: count,
    version: text,
    hashes: fc.dictionary(text, text, { maxKeys: 2 }),
  }),
})

function all(element: Element): Element[] {
  return [element, ...element.children.flatMap((child) => (typeof child === 'string' ? [] : all(child)))]
}
const tagged = (list: readonly Element[], tag: string): Element[] => list.filter((element) => element.tag === tag)
const textOf = ({ children }: Element): string =>
  children.map((child) => (typeof child === 'string' ? child : textOf(child))).join('')
const childTags = ({ children }: Element): string[] =>
  children.flatMap((child) => (typeof child === 'string' ? [] : [child.tag]))

test('no report and no text holds a number that is none; the same result gives the same text', () => {
  fc.assert(
    fc.property(result, (one) => {
      const html = renderTrial(one)
      expect(html.match(NO_NUMBER)).toBeNull()
      expect(html.match(/[MLHVlhxy"=,]-0[",LMZHV]/)).toBeNull()
      expect(renderTrial(structuredClone(one))).toBe(html)
      expect(trialText(one, 100).match(NO_NUMBER)).toBeNull()
    }),
    { numRuns: 300, seed: 20131 },
  )
})

test('headings go down one level at a time, names are unique, every reference has its target', () => {
  fc.assert(
    fc.property(result, (one) => {
      const elements = all(drawTrial(one))
      const levels = elements.flatMap(({ tag }) => (/^h\d$/.test(tag) ? [Number(tag[1])] : []))
      expect(levels.filter((level) => level === 1)).toHaveLength(1)
      for (const [i, level] of levels.entries()) expect(level - (levels[i - 1] ?? 0)).toBeLessThanOrEqual(1)
      const ids = elements.flatMap(({ attributes }) => attributes['id'] ?? [])
      expect(new Set(ids).size).toBe(ids.length)
      for (const { attributes } of elements) {
        const targets = [
          ...(attributes['aria-labelledby']?.split(' ') ?? []),
          ...(attributes['href'] ? [attributes['href'].slice(1)] : []),
        ]
        for (const id of targets) expect(ids).toContain(id)
      }
    }),
    { numRuns: 100, seed: 20132 },
  )
})

test('every table has a caption, headed columns and rows of equal length; every figure a caption, every picture a title and a description', () => {
  fc.assert(
    fc.property(result, (one) => {
      const elements = all(drawTrial(one))
      for (const table of tagged(elements, 'table')) {
        expect(childTags(table).slice(0, 2)).toEqual(['caption', 'thead'])
        const heads = tagged(all(tagged(all(table), 'thead')[0]!), 'th')
        for (const row of tagged(tagged(all(table), 'tbody').flatMap(all), 'tr'))
          if (row.attributes['class'] === 'group') {
            const cells = row.children.flatMap((cell) => (typeof cell === 'string' ? [] : [cell.attributes]))
            expect(cells).toEqual([{ scope: 'rowgroup', colspan: String(heads.length) }])
          } else expect(childTags(row)).toEqual(['th', ...Array.from({ length: heads.length - 1 }, () => 'td')])
        expect(tagged(all(table), 'th').every(({ attributes }) => attributes['scope'])).toBe(true)
      }
      for (const figure of tagged(elements, 'figure')) expect(childTags(figure).at(-1)).toBe('figcaption')
      for (const svg of tagged(elements, 'svg')) expect(childTags(svg).slice(0, 2)).toEqual(['title', 'desc'])
    }),
    { numRuns: 100, seed: 20133 },
  )
})

test('every row is in the table, whatever it is', () => {
  fc.assert(
    fc.property(result, (one) => {
      const table = tagged(all(drawTrial(one)), 'table').find((each) => textOf(each).startsWith('Every published row'))
      const rows = tagged(all(table!), 'tr').filter(
        ({ attributes, children }) =>
          attributes['class'] !== 'group' && (children[0] as Element).attributes['scope'] === 'row',
      )
      const ids = rows.map(({ children }) => textOf(children.at(-1) as Element))
      expect(ids.toSorted()).toEqual(one.compared.map(({ id }) => id).toSorted())
    }),
    { numRuns: 100, seed: 20134 },
  )
})

test('everything is drawn within its figure', () => {
  fc.assert(
    fc.property(result, (one) => {
      for (const svg of tagged(all(drawTrial(one)), 'svg')) {
        const [, , width = 0, height = 0] = svg.attributes['viewBox']?.split(' ').map(Number) ?? []
        const within = (value: string | undefined, most: number): void => {
          if (value !== undefined && !(Number(value) >= 0 && Number(value) <= most))
            expect.fail(`${value} is beyond 0 to ${most}`)
        }
        for (const { tag, attributes } of all(svg)) {
          const path = attributes['d'] ?? ''
          for (const [, x, y] of path.matchAll(/[ML]([-\d.]+),([-\d.]+)/g)) {
            within(x, width)
            within(y, height)
          }
          for (const [, x] of path.matchAll(/H([-\d.]+)/g)) within(x, width)
          for (const [, y] of path.matchAll(/V([-\d.]+)/g)) within(y, height)
          within(attributes[tag === 'circle' ? 'cx' : 'x'], width)
          within(attributes[tag === 'circle' ? 'cy' : 'y'], height)
        }
      }
    }),
    { numRuns: 200, seed: 20135 },
  )
})
