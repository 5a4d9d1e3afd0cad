// The report as text, against golden files: UPDATE=1 writes them anew. Look at a changed page in a browser before it is committed.

import { readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { OutputCourses } from './output-courses.ts'
import { renderCourses } from './render-courses.ts'
import { renderSimulation, renderSimulations } from './simulation-report.ts'
import type { SimulationSummary } from './simulation-summary.ts'

const times = [0, 1, 2, 4, 8, 12, 24]
const bateman = (t: number, size: number): number => size * (Math.exp(-0.1 * t) - Math.exp(-t))
const at = (size: number): number[] => times.map((t) => bateman(t, size))
const concentration: OutputCourses = {
  name: 'concentration',
  unit: 'ug/mL',
  meaning: 'drug in plasma',
  times,
  quantiles: { p05: at(60), p25: at(85), p50: at(100), p75: at(120), p95: at(165) },
  courses: [
    { id: 1, values: at(92) },
    { id: 2, values: at(130).map((value, k) => (k > 4 ? null : value)) },
  ],
}
const population: SimulationSummary = {
  title: 'One compartment <with absorption>',
  kind: 'Teaching model',
  description: '2 states, 3 parameters; time in h.',
  modelFile: 'library/models/basics/one-compartment.model',
  timeUnit: 'h',
  seed: 7,
  subjects: 12,
  failed: [{ status: 'stepLimit', count: 1, firstTime: 9.5 }],
  outputs: [concentration, { ...concentration, name: 'share', unit: '1', meaning: 'share left', scale: 'log' }],
  parameters: [
    {
      name: 'ka',
      value: 1,
      unit: '1/h',
      prior: 'lognormal, CV 30%',
      meaning: 'absorption',
      source: 'assumed',
      locator: 'a round number',
      assumed: true,
    },
    {
      name: 'CL',
      value: 0.204,
      unit: 'L/d',
      prior: 'fixed',
      meaning: 'clearance',
      source: 'struemper-2018',
      locator: 'final model',
      assumed: false,
    },
  ],
  given: ['100 mg into depot at 0 h'],
  marks: [{ time: 0, label: '100 mg' }],
  provenance: [
    { label: 'Model file, SHA-256', value: '0123456789abcdef' },
    { label: 'Method', value: 'Rodas5P, order 5' },
  ],
  command: 'imago simulate one-compartment.model --subjects 12 --seed 7',
  cautions: ['Nothing here is medical advice.', 'A teaching model: nobody has validated it.'],
}
const single: SimulationSummary = {
  ...population,
  title: 'One subject',
  subjects: 1,
  failed: [],
  outputs: [
    {
      ...concentration,
      quantiles: { p05: at(100), p25: at(100), p50: at(100), p75: at(100), p95: at(100) },
      courses: [{ id: 1, values: at(100) }],
    },
  ],
  parameters: population.parameters.map((parameter) => ({ ...parameter, prior: 'fixed' })),
  cautions: ['Nothing here is medical advice.'],
}

function checkGolden(name: string, text: string): void {
  const file = new URL(`golden/${name}`, import.meta.url)
  if (process.env['UPDATE'] === '1') writeFileSync(file, text)
  expect(text).toBe(readFileSync(file, 'utf8'))
}

describe('golden files', () => {
  test('several simulations', () =>
    checkGolden('simulations.html', renderSimulations('First look', [population, single])))
  test('a figure alone', () =>
    checkGolden(
      'courses.svg',
      renderCourses(concentration, { id: 'courses', timeUnit: 'h', marks: population.marks! }),
    ))
})

describe('renderSimulation', () => {
  const html = renderSimulation(population)
  const words = html
    .replace(/<style>.*?<\/style>/s, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')

  test.each([
    'never medical advice',
    '1 of 12 subjects failed.',
    'step limit: 1 of 12 (8.3 %), the first at 9.5 h',
    'Subjects differ in ka . All else is the same for each.',
    'Assumed, without a source: 1 of 2 (50 %).',
    'ASSUMED : a round number',
    'struemper-2018, final model',
    'Of only 12 subjects, the outer band is little more than the lowest and the highest.',
    'Simulation · Teaching model',
    'What this must not be used for',
    'Seed 7',
    'imago simulate one-compartment.model --subjects 12 --seed 7',
  ])('says "%s"', (text) => expect(words).toContain(text))

  test('says the title once as a heading, and each caution once', () => {
    expect(html.match(/<h1>/g)).toHaveLength(1)
    expect(words.match(/One compartment &lt;with absorption&gt;/g)).toHaveLength(2) // the document's title and the heading
    expect(words.match(/nobody has validated it/g)).toHaveLength(1)
  })

  test('loads nothing and runs nothing', () => {
    expect(html).not.toMatch(/<script|<link|<img|<iframe|@import|url\(|\son\w+=|https?:(?!\/\/www\.w3\.org\/2000\/svg)/)
  })

  test('leaves out when the first subject failed, where nobody knows', () => {
    const failed = [{ status: 'notFinite', count: 2, firstTime: Infinity }]
    expect(renderSimulation({ ...population, failed })).toContain('<li>not finite: 2 of 12 (17\u00A0%)</li>')
  })

  test('tables at most a hundred times of a figure, and about ten beside it', () => {
    const long = { ...concentration, times: Array.from({ length: 5001 }, (_, k) => k) }
    const bodies = renderSimulation({ ...population, outputs: [long] }).match(/<tbody>.*?<\/tbody>/gs) ?? []
    const [beside, behind] = bodies.map((body) => body.match(/<tr>/g)?.length)
    expect(beside).toBe(6)
    expect(behind).toBeGreaterThan(50)
    expect(behind).toBeLessThanOrEqual(100)
  })

  test('warns even where nobody gave a caution', () => {
    expect(renderSimulation({ ...population, cautions: [] })).toContain(
      'no number here may decide how anybody is treated',
    )
  })
})

describe('renderSimulations', () => {
  test('says whose caution it is where not all have it', () => {
    const html = renderSimulations('Two', [population, single])
    expect(html).toContain('<li>Nothing here is medical advice.</li>')
    expect(html).toContain(
      '<li>One compartment &lt;with absorption&gt;: A teaching model: nobody has validated it.</li>',
    )
  })

  test('stands with nothing to show', () => {
    expect(renderSimulations('Nothing', [])).toContain('What this must not be used for')
    expect(renderSimulation({ ...population, outputs: [], parameters: [], given: [], provenance: [] })).toContain(
      'No output was asked for',
    )
  })
})
