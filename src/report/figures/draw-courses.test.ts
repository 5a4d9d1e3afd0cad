import { describe, expect, test } from 'vitest'
import type { Element } from '../element.ts'
import type { OutputCourses, Values } from '../output-courses.ts'
import { describeCourses } from './describe-courses.ts'
import { drawCourses } from './draw-courses.ts'

const times = [0, 1, 2, 3, 4]
const spread = (f: (share: number) => Values): OutputCourses['quantiles'] => ({
  p05: f(0.05),
  p25: f(0.25),
  p50: f(0.5),
  p75: f(0.75),
  p95: f(0.95),
})
const population: OutputCourses = {
  name: 'conc',
  unit: 'mg/L',
  meaning: 'drug in plasma',
  times,
  quantiles: spread((share) => times.map((t) => (10 - t) * (1 + share))),
  courses: [
    { id: 1, values: [12, 11, null, 9, 8] },
    { id: 2, values: [13, NaN, 11, null, 9] },
  ],
}
const one: OutputCourses = {
  ...population,
  quantiles: spread(() => [12, 11, 10, 9, 8]),
  courses: [population.courses[0]!],
}

function all(element: Element): Element[] {
  return [element, ...element.children.flatMap((child) => (typeof child === 'string' ? [] : all(child)))]
}
const draw = (output: OutputCourses, marks = [{ time: 1, label: 'dose' }]): Element[] =>
  all(drawCourses(output, { id: 'f', timeUnit: 'd', marks }))
const classed = (list: Element[], name: string): Element[] =>
  list.filter(({ attributes }) => attributes['class']?.split(' ').includes(name))
const texts = (list: Element[]): string[] =>
  list.filter(({ tag }) => tag === 'text').flatMap(({ children }) => children.map(String))

describe('drawCourses', () => {
  test('draws bands, single courses, the median and labels of a population', () => {
    const list = draw(population)
    expect(classed(list, 'band')).toHaveLength(2)
    expect(classed(list, 'single')).toHaveLength(2)
    expect(classed(list, 'median')).toHaveLength(1)
    expect(texts(list)).toEqual(expect.arrayContaining(['5\u00A0%', '25\u00A0%', 'median', '75\u00A0%', '95\u00A0%']))
    expect(texts(list)).toEqual(expect.arrayContaining(['conc (mg/L)', 'time (d)', '0', '4']))
    expect(classed(list, 'mark')).toHaveLength(1)
  })

  test('breaks a line where a value is missing', () => {
    const [first, second] = classed(draw(population), 'single').map(({ attributes }) => attributes['d'] ?? '')
    expect(first?.match(/M/g)).toHaveLength(2)
    expect(second?.match(/M/g)).toHaveLength(3)
    expect(second?.match(/h0/g)).toHaveLength(3)
  })

  test('draws one subject as one line, without bands and labels', () => {
    const list = draw(one)
    expect(classed(list, 'band')).toEqual([])
    expect(classed(list, 'labels')).toEqual([])
    expect(classed(list, 'median')).toHaveLength(1)
  })

  test('takes the error of a solver for no difference', () => {
    const noisy = { ...one, quantiles: spread((share) => times.map((t) => 10 - t + 1e-6 * share)) }
    expect(classed(draw(noisy), 'band')).toEqual([])
  })

  test('shows zero on the axis where it costs less than half the height', () => {
    const between = (low: number, high: number) => ({ ...one, quantiles: spread(() => [low, high]), courses: [] })
    expect(texts(draw(between(40, 100)))).toEqual(expect.arrayContaining(['0', '100']))
    expect(texts(draw(between(60, 100)))).not.toContain('20')
  })

  test('draws at most a dozen single courses', () => {
    const courses = Array.from({ length: 40 }, (_, id) => ({ id, values: times }))
    expect(classed(draw({ ...population, courses }), 'single')).toHaveLength(12)
  })

  test('says where there is nothing to draw', () => {
    for (const empty of [
      { ...one, times: [], quantiles: spread(() => []), courses: [] },
      { ...one, quantiles: spread(() => times.map(() => null)), courses: [] },
    ])
      expect(texts(draw(empty))).toContain('no values')
  })

  test('leaves out of a logarithmic axis what is not positive', () => {
    const log: OutputCourses = { ...one, scale: 'log', quantiles: spread(() => [0, 1, 10, 100, -1]), courses: [] }
    expect(classed(draw(log), 'median')[0]?.attributes['d']?.match(/[ML]/g)).toEqual(['M', 'L', 'L'])
    expect(texts(draw(log))).toEqual(expect.arrayContaining(['1', '10', '100']))
  })

  test('marks only what lies on the axis', () => {
    const marks = [-1, 0, 4, 5, NaN].map((time) => ({ time, label: 'dose' }))
    expect(classed(draw(one, marks), 'mark')).toHaveLength(2)
  })
})

describe('describeCourses', () => {
  test('tells start, end, extremes and spread', () => {
    expect(describeCourses(population, 'd')).toBe(
      'The median starts with 15\u00A0mg/L at 0\u00A0d and ends with 9\u00A0mg/L at 4\u00A0d; it is lowest with 9\u00A0mg/L at 4\u00A0d and highest ' +
        'with 15\u00A0mg/L at 0\u00A0d. In the end 90\u00A0% of the subjects lie between 6.3\u00A0mg/L and 11.7\u00A0mg/L.',
    )
  })

  test('tells of a line without change, and of no line', () => {
    expect(describeCourses({ ...one, quantiles: spread(() => [5, 5, 5, 5, 5]) }, 'd')).toBe(
      'It is 5\u00A0mg/L at all times.',
    )
    expect(describeCourses({ ...one, quantiles: spread(() => []), courses: [] }, 'd')).toBe(
      'There is no value to show.',
    )
  })
})
