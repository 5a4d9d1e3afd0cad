import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { conclude, type Replayed } from './conclude.ts'
import { toJson, trialDocument } from './document.ts'
import type { Published } from './published.ts'
import { readPublished } from './read-published.ts'
import { readTrial } from './read-trial.ts'
import type { ArmReplicate } from './replicate.ts'
import type { Trial } from './trial.ts'

const read = (name: string): string => readFileSync(new URL(`examples/${name}`, import.meta.url), 'utf8')
const TEXT = read('small.trial.yaml')
const published = readPublished('small.published.yaml', read('small.published.yaml')).value as Published
const readWith = (from: string, to: string): Trial => {
  expect(TEXT).toContain(from)
  return readTrial('small.trial.yaml', TEXT.replace(from, to)).value as Trial
}

const MEMBERS = 10
const each = <T>(make: (member: number) => T): T[] => Array.from({ length: MEMBERS }, (_, member) => make(member))

/** Member m enters with 10 + m, falls by `fall` at month 1 and stays; protein follows. */
function patientOf(trial: Trial, member: number, fall: number): number[] {
  const scores = trial.visits.map((_, visit) => 10 + member - (visit === 0 ? 0 : fall))
  const answers: Record<string, number[]> = {
    sledai: scores,
    'sledai-change': scores.map((score) => score - 10 - member),
    protein: scores.map((score) => 100 * score),
    remission: scores.map((score) => (score < 10 ? 1 : 0)),
    quiet: scores.map((score) => (score < 5 ? 1 : 0)),
  }
  return trial.endpoints.flatMap(({ id }) => answers[id] ?? scores.map(() => NaN))
}

function armOf(trial: Trial, members: readonly number[], fall: number): ArmReplicate {
  const values = Float64Array.from(members.flatMap((member) => patientOf(trial, member, fall)))
  return { members, values, lostDays: members.map(() => Infinity) }
}

/** Falls: 1 by measurement, 1 by nature, 2 by background, 3 by cells; the last member dies on the background. */
function poolOf(trial: Trial) {
  const courses = (fall: number, deadly = false): Float64Array =>
    Float64Array.from(each((member) => (deadly && member === 9 ? NaN : 10 + member - fall)))
  return {
    weights: new Float64Array(MEMBERS).fill(1),
    observed: Float64Array.from(each((member) => 10 + member)),
    expected: Float64Array.from(each((member) => 9 + member)),
    frozen: courses(2),
    backgrounds: trial.backgrounds.map(({ name }) => ({
      name,
      score: courses(name === 'main' ? 4 : 2, true),
      arms: trial.arms.map((arm) => courses((name === 'main' ? 4 : 2) + (arm.regimens.length > 0 ? 3 : 0))),
    })),
    changes: Float64Array.from(each((member) => (member === 9 ? NaN : member - 8))),
  }
}

function replay(trial: Trial): Replayed {
  const draws = [0, 1, 2, 3, 4].map((k) =>
    trial.arms.map(({ n }, a) => each((m) => (m + k + 3 * a) % MEMBERS).slice(0, n)),
  )
  return {
    trial,
    published,
    runs: trial.backgrounds.map(({ name }, b) => ({
      name,
      replicates: draws.map((arms) => arms.map((members, a) => armOf(trial, members, 4 + 3 * a - 2 * b))),
    })),
    pool: poolOf(trial),
    entryShares: [
      { share: 0, falls: [1, 2, 3] },
      { share: 1, falls: [3, 4, 5] },
    ],
    elasticities: [],
    attrition: trial.arms.map(({ name, n }) => ({ arm: name, entered: 5 * n, died: 0, lost: 0, failed: 0 })),
    entry: { screening: 20, baseline: 18, weeks: 2 },
    funnel: { candidates: 100, qualified: MEMBERS, reasons: [{ criterion: 'active', removed: 90 }] },
    assumed: { parameters: 10, assumed: 4 },
    effectPrior: { text: 'N(-1.5, 1.25) points', mean: -1.5, sd: 1.25, locator: 'an example' },
    provenance: {
      seed: 1,
      pool: MEMBERS,
      draws: 1,
      replicates: 5,
      version: '0',
      hashes: { trial: 'abc' },
      patientYears: 12,
      failed: 0,
    },
  }
}

const trial = readWith('', '')
const result = conclude(replay(trial))

describe('a trial of two arms', () => {
  test('compares every row on every background', () => {
    expect(result.compared.map(({ id }) => id)).toEqual(published.rows.map(({ id }) => id))
    expect(result.compared[0]?.predicted?.median).toBe(-7)
    expect(result.alternatives.map(({ background }) => background)).toEqual(['frozen'])
    expect(result.alternatives[0]?.compared[0]?.predicted?.median).toBe(-5)
  })
  test('counts coverage over printed numbers that were neither calibrated to nor derived', () => {
    // five numbers; one is calibrated to, one derived, one (a time) nobody reached. Left: a mean of -8 where all replicates have -7, outside, and a
    // share of 3/4 where they have 4, 3, 2, 1 and 1 of 4, inside
    expect(result.coverage).toEqual({ rows: 2, inside50: 1, inside90: 1 })
  })
  test('splits every arm on every background, its own arm first, without the dead', () => {
    expect(result.splits.map(({ arm, background }) => [arm, background])).toEqual([
      ['cells', 'main'],
      ['placebo', 'main'],
      ['cells', 'frozen'],
      ['placebo', 'frozen'],
    ])
    const [cells, placebo, frozen] = result.splits.map(({ total, parts }) => [
      total.median,
      ...parts.map(({ interval }) => interval.median),
    ])
    expect(cells).toEqual([7, 1, 1, 2, 3])
    expect(placebo).toEqual([4, 1, 1, 2, 0])
    expect(frozen).toEqual([5, 1, 1, 0, 3])
    expect(result.splits[0]?.remainder).toEqual({ sd: 0.3, locator: 'an example' })
    expect(result.splits[0]?.omitted).toBeCloseTo(2 / 20, 12) // member 9 is drawn twice
  })
  test('draws courses of values, not of a change whose level is there', () => {
    expect(result.courses.map(({ endpoint }) => endpoint)).toEqual(['sledai', 'protein'])
    const [placebo, cells] = result.courses[0]?.arms ?? []
    expect(cells?.days).toEqual([0, 30, 91, 183])
    expect(cells?.singles).toHaveLength(12)
    expect(placebo?.bands[0]?.median).toBe(13) // the entry scores are 10 11 12, 11 12 13 … 14 15 16
    expect(placebo?.bands[0]?.lo90).toBeCloseTo(10.7, 12)
  })
  test('answers in two sentences with their ranges, and says what cannot be identified', () => {
    const [first, second] = result.answer
    expect(first).toBe(
      'By month 6 the model predicts that SLEDAI-2K changes by -7.0 (90 %: -7.0 to -7.0) with cells and by -4.0 (90 %: -4.0 to -4.0) with placebo: a difference of -3.0 (90 %: -3.0 to -3.0) between 4 and 3 patients.',
    )
    expect(second).toContain('3.0 (90 %: 3.0 to 3.0) to the cells')
    expect(second).toMatch(/a true difference of -2 with 80 % power takes about \d+ patients per arm\.$/)
    expect(second).toContain('cannot identify')
    expect(result.answer.join(' ')).not.toMatch(/prove/i)
  })
})

describe('a trial of one arm', () => {
  const alone = readWith('  - { name: placebo, n: 3, regimens: [] }\n', '')
  const own = { ...published, rows: published.rows.filter(({ kind }) => kind !== 'difference') }
  const { answer } = conclude({ ...replay(alone), published: own })

  test('says that it cannot identify its answer, and how far it hangs on the background', () => {
    expect(answer[0]).toMatch(
      /^By month 6 the model predicts that SLEDAI-2K falls by 7\.0 \(90 %: 7\.0 to 7\.0\) with cells/,
    )
    expect(answer[1]).toContain('model-based: a single arm cannot identify this')
    expect(answer[1]).toContain('over the 2 backgrounds that could have been given its median lies between 3.0 and 3.0')
  })
})

describe('the document', () => {
  const document = toJson(result)

  test('fulfils its published shape, through JSON and back', () => {
    expect(trialDocument.parse(JSON.parse(JSON.stringify(document)))).toEqual(document)
    expect(z.toJSONSchema(trialDocument)).toMatchObject({ type: 'object' })
  })
  test('has an outcome per row and the split of the main background', () => {
    expect(document.outcomes[0]).toMatchObject({
      id: 'fall-cells',
      arm: 'cells',
      time_months: 6,
      observed: -8,
      predicted: { median: -7 },
      inside90: false,
    })
    expect(document.split).toMatchObject({
      measurement: { median: 1 },
      cells: { median: 3 },
      assumed_background: 'main',
    })
  })
})

test('the same replay gives the same result', () => expect(conclude(replay(trial))).toEqual(result))
