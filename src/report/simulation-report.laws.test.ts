// Whatever the data, a report is sound: no number that is none, a tree that screen readers can walk, the same text for the same data.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Element } from './element.ts'
import type { Share, Values } from './output-courses.ts'
import { drawSimulations, renderSimulations } from './simulation-report.ts'
import type { SimulationSummary } from './simulation-summary.ts'

const NO_NUMBER = /NaN|Infinity|undefined|\[object/
const text = fc
  .oneof(fc.string({ unit: 'binary', maxLength: 12 }), fc.constantFrom('<b>', '"', '10*9/L', '1', '', '{}', '\r\n'))
  .filter((said) => !NO_NUMBER.test(said))
const number = fc.oneof(
  { weight: 6, arbitrary: fc.double({ min: -100, max: 100, noNaN: true }) },
  { weight: 2, arbitrary: fc.constantFrom(0, -0, 1, 5, 1e-9, 1e9, -1e9) },
  { weight: 1, arbitrary: fc.double() }, // with NaN, infinities, subnormals and the largest
)
const values = (length: number): fc.Arbitrary<Values> =>
  fc.oneof(
    fc.array(fc.option(number), { minLength: length, maxLength: length }),
    number.map((value) => Array.from({ length }, () => value)),
    fc.constant([]),
  )
const ordered = (length: number): fc.Arbitrary<Record<Share, Values>> =>
  fc
    .array(fc.array(number, { minLength: 5, maxLength: 5 }), { minLength: length, maxLength: length })
    .map((rows) => rows.map((row) => row.toSorted((a, b) => a - b)))
    .map((rows) => {
      const column = (i: number): Values => rows.map((row) => row[i] ?? null)
      return { p05: column(0), p25: column(1), p50: column(2), p75: column(3), p95: column(4) }
    })
const output = fc
  .oneof(
    { weight: 12, arbitrary: fc.integer({ min: 0, max: 6 }) },
    { weight: 1, arbitrary: fc.constantFrom(120, 1100) },
  )
  .chain((length) =>
    fc.record(
      {
        name: text,
        unit: text,
        meaning: text,
        times: fc.oneof(
          { weight: 3, arbitrary: fc.constant(Array.from({ length }, (_, k) => k / 4)) },
          { weight: 1, arbitrary: fc.array(number, { minLength: length, maxLength: length }) },
        ),
        quantiles: fc.oneof(
          ordered(length),
          fc.record({
            p05: values(length),
            p25: values(length),
            p50: values(length),
            p75: values(length),
            p95: values(length),
          }),
        ),
        courses: fc.array(fc.record({ id: fc.nat(), values: values(length) }), { maxLength: 14 }),
        scale: fc.constantFrom('linear' as const, 'log' as const),
      },
      { requiredKeys: ['name', 'unit', 'meaning', 'times', 'quantiles', 'courses'] },
    ),
  )
const summary: fc.Arbitrary<SimulationSummary> = fc.record({
  title: text,
  kind: text,
  description: text,
  modelFile: text,
  timeUnit: text,
  seed: fc.oneof(fc.nat(), number),
  subjects: fc.oneof(fc.integer({ min: 0, max: 30 }), number),
  failed: fc.array(fc.record({ status: text, count: fc.oneof(fc.nat(), number), firstTime: number }), { maxLength: 3 }),
  outputs: fc.array(output, { maxLength: 2 }),
  parameters: fc.array(
    fc.record({
      name: text,
      value: number,
      unit: text,
      prior: fc.oneof(fc.constant('fixed'), text),
      meaning: text,
      source: text,
      locator: text,
      assumed: fc.boolean(),
    }),
    { maxLength: 3 },
  ),
  given: fc.array(text, { maxLength: 2 }),
  marks: fc.array(fc.record({ time: number, label: text }), { maxLength: 3 }),
  provenance: fc.array(fc.record({ label: text, value: text }), { maxLength: 2 }),
  command: text,
  cautions: fc.array(text, { maxLength: 2 }),
})
const summaries = fc.array(summary, { maxLength: 2 })

function all(element: Element): Element[] {
  return [element, ...element.children.flatMap((child) => (typeof child === 'string' ? [] : all(child)))]
}

const tagged = (list: readonly Element[], tag: string): Element[] => list.filter((element) => element.tag === tag)

const childTags = ({ children }: Element): string[] =>
  children.flatMap((child) => (typeof child === 'string' ? [] : [child.tag]))

test('no report holds a number that is none, and the same data give the same text', () => {
  fc.assert(
    fc.property(text, summaries, (title, list) => {
      const html = renderSimulations(title, list)
      expect(html.match(NO_NUMBER)).toBeNull()
      expect(html.match(/[MLhlxy"=,]-0[",LMZ]/)).toBeNull()
      expect(renderSimulations(title, structuredClone(list))).toBe(html)
    }),
    { numRuns: 300, seed: 20121 },
  )
})

test('headings go down one level at a time, after a single h1', () => {
  fc.assert(
    fc.property(text, summaries, (title, list) => {
      const levels = all(drawSimulations(title, list)).flatMap(({ tag }) => (/^h\d$/.test(tag) ? [Number(tag[1])] : []))
      expect(levels.filter((level) => level === 1)).toHaveLength(1)
      for (const [i, level] of levels.entries()) expect(level - (levels[i - 1] ?? 0)).toBeLessThanOrEqual(1)
    }),
    { numRuns: 100, seed: 20122 },
  )
})

test('names are unique and every reference has its target', () => {
  fc.assert(
    fc.property(text, summaries, (title, list) => {
      const elements = all(drawSimulations(title, list))
      const ids = elements.flatMap(({ attributes }) => attributes['id'] ?? [])
      expect(new Set(ids).size).toBe(ids.length)
      const wanted = elements.flatMap(({ attributes }) => [
        ...(attributes['aria-labelledby']?.split(' ') ?? []),
        ...(attributes['href'] === undefined ? [] : [attributes['href'].slice(1)]),
      ])
      for (const id of wanted) expect(ids).toContain(id)
    }),
    { numRuns: 100, seed: 20123 },
  )
})

test('every table has a caption and headed columns and rows of equal length; every figure a title, a description and a caption', () => {
  fc.assert(
    fc.property(text, summaries, (title, list) => {
      const elements = all(drawSimulations(title, list))
      for (const table of tagged(elements, 'table')) {
        expect(childTags(table)).toEqual(['caption', 'thead', 'tbody'])
        const [head = [], ...rows] = tagged(all(table), 'tr').map(childTags)
        expect(head.every((tag) => tag === 'th')).toBe(true)
        for (const row of rows) expect(row).toEqual(['th', ...Array.from({ length: head.length - 1 }, () => 'td')])
        expect(tagged(all(table), 'th').every(({ attributes }) => attributes['scope'])).toBe(true)
      }
      expect(tagged(elements, 'figure').map(childTags)).toEqual(
        tagged(elements, 'figure').map(() => ['svg', 'figcaption']),
      )
      for (const svg of tagged(elements, 'svg')) expect(childTags(svg).slice(0, 2)).toEqual(['title', 'desc'])
    }),
    { numRuns: 100, seed: 20124 },
  )
})

test('everything is drawn within its figure', () => {
  fc.assert(
    fc.property(output, (drawn) => {
      const [base] = fc.sample(summary, { numRuns: 1, seed: 1 })
      const figures = tagged(all(drawSimulations('t', [{ ...base!, outputs: [drawn] }])), 'svg')
      for (const { attributes } of figures.flatMap(all))
        for (const [, x, y] of (attributes['d'] ?? '').matchAll(/[ML]([-\d.]+),([-\d.]+)/g)) {
          if (!(Number(x) >= 0 && Number(x) <= 560)) expect.fail(`x is ${x}, beyond 0 to 560`)
          if (!(Number(y) >= 0 && Number(y) <= 300)) expect.fail(`y is ${y}, beyond 0 to 300`)
        }
    }),
    { numRuns: 300, seed: 20125 },
  )
})
