// The report of two trials: rows as two publications printed them, beside predictions that were made up for these tests and say nothing of any trial.

import { readFileSync } from 'node:fs'
import type { Compared, TrialResult } from '#trial'
import { describe, expect, test } from 'vitest'
import { renderTrial } from './trial-report.ts'

const read = (name: string): TrialResult =>
  JSON.parse(readFileSync(new URL(`../golden/${name}.result.json`, import.meta.url), 'utf8'))
const two = read('two-arms')
const one = read('single-arm')

const wordsOf = (html: string): string =>
  html
    .replace(/<style>.*?<\/style>/s, '')
    .replace(/<(?:title|desc) id.*?<\/(?:title|desc)>/gs, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/\u00A0/g, ' ')
    .replace(/\s+/g, ' ')
const sectionOf = (html: string, id: string): string =>
  wordsOf(new RegExp(`<section id="${id}".*?(?=<section id|</main>)`, 's').exec(html)?.[0] ?? '')
const page = renderTrial(two)
const single = renderTrial(one)

describe('a trial of two arms', () => {
  const words = wordsOf(page)

  test('asks, answers and warns before anything else', () => {
    const order = [
      two.trial.title,
      'never medical advice',
      two.trial.question,
      'a difference of −1.3',
      'printed numbers inside 90 % 38 of 40',
      'Courses by arm',
    ]
    const places = order.map((text) => words.indexOf(text))
    expect(places).toEqual(places.toSorted((a, b) => a - b))
    expect(Math.min(...places)).toBeGreaterThan(-1)
  })

  test('tables each row with what was printed, by its id', () => {
    for (const { id, locator } of two.compared)
      expect(words).toMatch(new RegExp(`${locator.split(/[ ;(]/)[0]}[^|]*? ${id} `))
    expect(words).toContain('msc − placebo 6 −3 (95 %: −9.79 to 3.79), derived −2.9 (−10.3 to 4.5)')
    expect(words).toContain('not modelled: the model has no ANA titre')
  })

  test('names each miss where it begins, and marks it by a word and a shape', () => {
    const missed = two.compared.filter(({ inside90 }) => inside90 === false)
    expect(missed.map(({ id }) => id)).toEqual(['time-to-remission-placebo', 'clearance-change-msc'])
    expect(sectionOf(page, 'compared')).toContain(
      '38 of 40 printed numbers lie inside the predicted 90 %. Outside: Time to remission, of those who reach it, placebo, month 6; Creatinine clearance change, msc, month 6.',
    )
    expect(page.match(/<strong class="miss">outside<\/strong>/g)).toHaveLength(2)
    expect(page.match(/>outside<\/text>/g)).toHaveLength(2)
    expect(page.match(/<figure class="many">.*?<\/figure>/s)?.[0].match(/class="missed"/g)).toHaveLength(2)
  })

  test('has the available cases where they print differently', () => {
    expect(words).toContain('33.7 (26.4 to 41.0) available cases: 34.1 (26.8 to 41.4)')
    expect(words).toContain('With available cases only, 4 of 65 rows have another prediction')
  })

  test.each([
    ['coverage', '38 of 40 (95 %) lie inside 90 %, 26 of 40 (65 %) inside 50 %. Both shares lie where they should'],
    [
      'split',
      'With msc the score falls by 7.9 (4.8 to 11.0) points by month 6; the part of the cells is 1.3 (−0.8 to 3.4), a range that holds zero.',
    ],
    ['split', 'Model-based: a single arm cannot identify this.'],
    ['split', 'Medians need not add up: those of the parts come to 7.9, that of the whole is 7.9.'],
    ['split', 'The median fall is 5.4 where nobody needs a recent rise and 8.6 where all need a recent rise.'],
    ['split', 'SD 1.34 points of SLEDAI-2K at 6 months, with 90 % from −3.5 to 0.9.'],
    [
      'power',
      'would have taken 61 per arm for 3 points, 136 per arm for 2 points and about 529 per arm for 1 point; the trial had 6 and 12.',
    ],
    ['power', '−2 5.80 136 130 to 141 133'],
    ['power', '−1 5.80 more than tried – 529'],
    ['assumptions', '“scale of the cell effect” (−1.31); 3 of the 5 most influential parameters are assumed.'],
    ['patients', '412 of 5210 candidates (7.9 %) qualified; most were turned away by “activity”.'],
    ['patients', 'Each candidate is counted once.'],
    ['patients', 'msc 8000 88 0 1 7911 99 %'],
    ['not-for', 'To decide how anybody is treated.'],
    [
      'credibility',
      'Compared with deng-2017, registered as NCT01539902. Sources of the parameters that were moved: 1981 to 2017.',
    ],
    ['credibility', '71 of 143 parameters (50 %) rest on no source.'],
    ['provenance', 'Seed 1 Pool 400 patients Draws 20 Replicates 400 Simulated 41250 patient-years Failed 2'],
  ])('in %s says "%s"', (id, text) => expect(sectionOf(page, id)).toContain(text))

  test('loads nothing and runs nothing', () => {
    expect(page).not.toMatch(/<script|<link|<img|<iframe|@import|url\(|\son\w+=|https?:(?!\/\/www\.w3\.org\/2000\/svg)/)
  })

  test('draws each arm of each course, and a difference beside its arms', () => {
    for (const { label } of two.courses)
      expect(page).toMatch(new RegExp(`<title id="course-\\d-title">${label}[^<]* by arm</title>`))
    expect(page.match(/placebo, n = 6/g)).toHaveLength(two.courses.length)
    expect(page.match(/id="outcome-\d+-d-title"/g)).toHaveLength(
      two.compared.filter(({ arm }) => arm === 'msc - placebo').length,
    )
  })
})

describe('a single arm', () => {
  const words = wordsOf(single)

  test('says that nothing is compared, and that its outcomes were known', () => {
    expect(words).toContain('Virtual trial · open label · seen')
    expect(sectionOf(single, 'not-for')).toContain('this trial has one arm')
    expect(sectionOf(single, 'not-for')).toContain(
      'As a test of the model. Its outcomes were known while the model was built',
    )
  })

  test('shows each background and the range over all, the headline first', () => {
    const text = sectionOf(single, 'split')
    expect(text).toContain(
      'Over 3 backgrounds the median of the fall runs from 4.7 to 6.1 points, that of the cells’ part from 1.6 to 2.1.',
    )
    expect(text).toContain('published taper (headline) intensified frozen range over all')
    expect(text).toContain('msc 6 13/40 0.29 (0.13 to 0.45) 0.39 (0.23 to 0.56) 0.23 (0.07 to 0.40) 0.07 to 0.56')
  })

  test('scores directions by their chances, outside the coverage', () => {
    const chances = one.compared.flatMap(({ inside90, probability }) =>
      inside90 === null && probability !== null ? [probability] : [],
    )
    const brier = chances.reduce((sum, chance) => sum + (1 - chance) ** 2, 0) / chances.length
    expect(sectionOf(single, 'coverage')).toContain(`Of ${chances.length} rows only a direction was printed.`)
    expect(sectionOf(single, 'coverage')).toContain(`a Brier score of ${brier.toFixed(2)}`)
    expect(sectionOf(single, 'coverage')).toContain('Of so few rows the share says little either way.')
  })
})

describe('where something is missing', () => {
  test('stands without split, courses, power, elasticities and whatever else', () => {
    const bare: TrialResult = {
      ...two,
      compared: [],
      alternatives: [],
      splits: [],
      courses: [],
      power: [],
      elasticities: [],
      attrition: [],
      entryShares: [],
      coverage: { rows: 0, inside50: 0, inside90: 0 },
      funnel: { candidates: 0, qualified: 0, reasons: [] },
    }
    const words = wordsOf(renderTrial(bare))
    for (const text of [
      'No printed number could be compared',
      'The fall was not split',
      'No course was kept',
      'Not looked at in this run',
      'No printed number counts toward coverage',
      'Nobody entered',
    ])
      expect(words).toContain(text)
  })

  test('says "not estimable" for what is no number, in figure and table', () => {
    const broken = { median: NaN, lo50: -Infinity, hi50: Infinity, lo90: -Infinity, hi90: Infinity }
    const rows = two.compared.map(
      (row): Compared =>
        row.id === 'sledai-change-msc' ? { ...row, predicted: broken, inside90: null, inside50: null } : row,
    )
    const html = renderTrial({ ...two, compared: rows, splits: [{ ...two.splits[0]!, total: broken }] })
    expect(wordsOf(html)).toContain('−8 (SD 4) not estimable')
    expect(html).toMatch(/<text[^>]*>not estimable<\/text>/)
    expect(html).not.toMatch(/NaN|Infinity/)
  })

  test('over-coverage is called a fault', () => {
    expect(
      sectionOf(renderTrial({ ...two, coverage: { rows: 40, inside90: 40, inside50: 34 } }), 'coverage'),
    ).toContain('That is over-coverage')
    expect(
      sectionOf(renderTrial({ ...two, coverage: { rows: 40, inside90: 28, inside50: 10 } }), 'coverage'),
    ).toContain('That is under-coverage')
  })

  test('no name becomes markup', () => {
    const nasty = '<script>alert("&")</script>'
    const [first] = two.compared
    const html = renderTrial({
      ...two,
      trial: { ...two.trial, title: nasty, question: nasty, arms: [{ name: nasty, n: 1, label: nasty }] },
      answer: [nasty, nasty],
      compared: [{ ...first!, id: nasty, label: nasty, arm: nasty, locator: nasty, unit: nasty }],
      courses: [{ ...two.courses[0]!, label: nasty, arms: [{ ...two.courses[0]!.arms[0]!, name: nasty }] }],
      funnel: { ...two.funnel, reasons: [{ criterion: nasty, removed: 1 }] },
    })
    expect(html).not.toContain('<script')
    expect(html).toContain('&lt;script&gt;')
  })
})
