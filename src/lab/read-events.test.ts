// Reading event tables: what each mistake is called, where it is told to be, and who is left out for it.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { modelOf } from '../../tests/models.ts'
import { recordsOf } from './event-subject.ts'
import { eventReader } from './read-events.ts'

const MODEL = modelOf(`model test "test"
time [h]
param k = 0.1 [1/h] "loss" @assumed "test"
input weight = 70 [kg] "covariate" @assumed "test"
state depot = 0 [mg]
state central = 0 [mg]
der depot = -k*depot*weight/(70 [kg])
der central = k*depot - k*central
let rate_central = 5 [mg/h]
`)
const NONLINEAR = modelOf('model test "test"\ntime [h]\nstate A = 0 [mg]\nder A = -A*A/(1 [mg.h])\n')
const TIMED = modelOf('model test "test"\ntime [h]\nstate A = 0 [mg]\nder A = -A*time/(1 [h2])\n')

function read(text: string, model = MODEL) {
  const reader = eventReader('t.csv', model)
  reader.push(text)
  const { value, problems } = reader.end()
  return {
    problems: problems
      .filter(({ level }) => level !== 'note')
      .map(({ code, place }) => (place ? `${code} ${place.line}:${place.column}` : code)),
    notes: problems.filter(({ level }) => level === 'note').map(({ message }) => message),
    whole: value?.subjects.filter(({ rows }) => rows).map(({ id }) => id),
    value,
  }
}

test('a table becomes records, by subject', () => {
  const { value, problems } = read(
    'id,time,amt,cmt,weight,alag,DV\n1,0,100,depot,70,,.\n1,2.5,.,.,NA,.,3\n7,0,50,2,80,1e-1,\n',
  )
  expect(problems).toEqual([])
  expect(value?.inputs).toEqual([0])
  const records = value?.subjects.map((subject) =>
    recordsOf(subject, 1, []).map(({ line, record }) => [
      line,
      record.time,
      record.kind,
      record.state,
      record.amount,
      record.lag,
      ...record.inputs,
    ]),
  )
  expect(records).toEqual([
    [
      [2, 0, 1, 0, 100, NaN, 70],
      [3, 2.5, 0, -1, 0, NaN, NaN],
    ],
    [[4, 0, 1, 1, 50, 0.1, 80]],
  ])
})

test('without EVID a row is what its other cells make it', () => {
  const { value } = read('ID,TIME,AMT,RATE,SS,MDV,CMT\n1,0,5,,,,1\n1,0,0,7,1,,1\n1,0,,,,1,\n1,0,,,,0,\n')
  expect(value?.subjects.flatMap((subject) => recordsOf(subject, 0, []).map(({ record }) => record.kind))).toEqual([
    1, 1, 2, 0,
  ])
})

test('looks of a grid are put among the rows', () => {
  const { value } = read('ID,TIME,AMT,CMT\n1,1,5,1\n')
  const [subject] = value?.subjects ?? []
  expect(subject && recordsOf(subject, 0, [0, 1, 2]).map(({ record }) => [record.time, record.kind])).toEqual([
    [0, 0],
    [1, 1],
    [1, 0],
    [2, 0],
  ])
})

describe('a bad head', () => {
  test.each([
    ['TIME,AMT\n1,2\n', 'missing-column 1:1'],
    ['ID;TIME;AMT\n1;2;3\n', 'missing-column 1:1'],
    ['ID,TIME,time\n1,2,2\n', 'doubled-column 1:9'],
    ['ID,TIME,LAG,ALAG\n1,2,2,2\n', 'doubled-column 1:13'],
    ['ID,TIME,weight,weight\n1,2,2,2\n', 'doubled-column 1:16'],
    ['ID,TIME,DATE\n1,2,2\n', 'unsupported-column 1:9'],
    ['ID,TIME,PCMT\n1,2,2\n', 'unsupported-column 1:9'],
    ['', 'empty-table'],
    ['ID,TIME\n', 'empty-table'],
  ])('%j', (text, problem) => {
    const found = read(text)
    expect(found.problems).toContain(problem)
    expect(found.value).toBeUndefined()
  })

  test('an input named as a column', () => {
    const model = modelOf(
      'model test "test"\ntime [h]\ninput F = 1 [1] "x" @assumed "test"\nstate A = 0 [mg]\nder A = -F*A/(1 [h])\n',
    )
    expect(read('ID,TIME,F\n1,0,1\n', model).problems).toEqual(['ambiguous-column 1:9'])
  })

  test('what is not read is told', () => {
    const found = read('ID,TIME,k,wieght,DV\n1,0,1,1,1\n')
    expect(found.problems).toEqual(['column-not-read 1:9'])
    expect(found.notes.join()).toContain('"wieght" is not read')
    expect(found.notes.join()).toContain('obey "rate_central"')
  })
})

describe('a bad row costs its subject, and no other', () => {
  const HEAD = 'ID,TIME,EVID,AMT,CMT,RATE,II,ADDL,SS,LAG,F,DUR,MDV,weight'
  test.each([
    ['2,0,1,1O0,1,,,,,,,,,', 'bad-cell 3:7'],
    ['2,0,1,1e999,1,,,,,,,,,', 'bad-cell 3:7'],
    ['2,0,1,0x10,1,,,,,,,,,', 'bad-cell 3:7'],
    ['2,8:30,1,1,1,,,,,,,,,', 'bad-cell 3:3'],
    ['2,,1,1,1,,,,,,,,,', 'bad-time 3:3'],
    ['2,-1,1,1,1,,,,,,,,,', 'bad-time 3:3'],
    ['2,0,5,1,1,,,,,,,,,', 'unsupported-evid 3:5'],
    ['2,0,0.5,,,,,,,,,,,', 'unsupported-evid 3:5'],
    ['2,0,0,1,,,,,,,,,,', 'dose-without-evid 3:7'],
    ['2,0,3,,,,12,,,,,,,', 'dose-without-evid 3:10'],
    ['2,0,1,-1,1,,,,,,,,,', 'bad-amount 3:7'],
    ['2,0,1,1,,,,,,,,,,', 'no-compartment 3:9'],
    ['2,0,1,1,3,,,,,,,,,', 'unknown-state 3:9'],
    ['2,0,1,1,depott,,,,,,,,,', 'unknown-state 3:9'],
    ['2,0,2,,-2,,,,,,,,,', 'unsupported-cmt 3:8'],
    ['2,0,1,1,1,-3,,,,,,,,', 'unsupported-rate 3:11'],
    ['2,0,1,0,1,5,,,,,,,,', 'bad-amount 3:7'],
    ['2,0,1,1,1,-1,,,,,,,,', 'no-rate 3:11'],
    ['2,0,1,1,2,-2,,,,,,,,', 'no-duration 3:11'],
    ['2,0,1,1,1,,-1,,,,,,,', 'bad-interval 3:12'],
    ['2,0,1,1,1,,,3,,,,,,', 'bad-interval 3:12'],
    ['2,0,1,1,1,,12,-1,,,,,,', 'unsupported-addl 3:15'],
    ['2,0,1,1,1,,12,1.5,,,,,,', 'bad-count 3:15'],
    ['2,0,1,1,1,,12,,3,,,,,', 'unsupported-ss 3:16'],
    ['2,0,1,1,1,,,,1,,,,,', 'bad-interval 3:12'],
    ['2,0,1,0,1,,12,,1,,,,,', 'bad-amount 3:7'],
    ['2,0,1,0,1,5,,2,1,,,,,', 'bad-interval 3:13'],
    ['2,0,1,0,1,-2,,,1,,,5,,', 'unsupported-rate 3:11'],
    ['2,0,1,1,1,,,,,-1,,,,', 'bad-lag 3:15'],
    ['2,0,1,1,1,,,,,,-1,,,', 'bad-share 3:16'],
    ['2,0,1,1,1,-2,,,,,,0,,', 'bad-duration 3:19'],
    ['2,0,1,1,1,5,,,,,,2,,', 'duration-not-read 3:18'],
    ['2,0,0,,,,,,,,,,2,', 'bad-mdv 3:16'],
    ['2,0,0,,,,,,,,,,,heavy', 'bad-cell 3:17'],
    ['2,0,0', 'row-length 3:5'],
    ['2,0,0,,,,,,,,,,,,,', 'row-length 3:17'],
    ['2,0,"0,,,,,,,,,,,', 'unclosed-quote 3:5'],
  ])('%s', (row, problem) => {
    const found = read(`${HEAD}\n1,0,0,,,,,,,,,,,70\n${row}\n2,1,0,,,,,,,,,,,70\n3,0,0,,,,,,,,,,,70\n`)
    expect(found.problems).toContain(problem)
    expect(found.whole).toEqual([1, 3])
  })

  test.each([
    ['1,5\n2,3\n2,1\n3,0\n', 'time-falls 4:3', [1, 3]],
    ['1,0\n2,0\n1,1\n3,0\n', 'subject-in-two-places 4:1', [2, 3]],
    ['1,0\nx,0\n3,0\n4,0\n', 'bad-id 3:1', [4]],
    ['1,0\n1.5,0\n1,0\n4,0\n', 'bad-id 3:1', [4]],
    ['3,0\n1,0\n2,0\n', '', [3, 1, 2]],
  ])('%j', (rows, problem, whole) => {
    const found = read(`ID,TIME\n${rows}`)
    expect(found.problems).toEqual(problem ? [problem] : [])
    expect(found.whole).toEqual(whole)
  })

  test('steady states that the model does not have', () => {
    const table = (ss: number) => `ID,TIME,AMT,SS,II\n1,0,5,${ss},12\n`
    expect(read(table(1), NONLINEAR).problems).toEqual([])
    expect(read(table(2), NONLINEAR).problems).toEqual(['no-superposition 2:7'])
    expect(read(table(1), TIMED).problems).toEqual(['no-steady-state 2:7'])
  })

  test('a covariate without any value', () => {
    const found = read('ID,TIME,weight\n1,0,.\n1,1,.\n2,0,.\n2,1,70\n')
    expect([found.problems, found.whole]).toEqual([['no-covariate 2:1'], [2]])
  })

  test('ten thousand mistakes are counted, not printed', () => {
    const found = read(`ID,TIME\n${Array.from({ length: 10_000 }, (_, i) => `${i + 1},x\n`).join('')}`)
    expect(found.problems.length).toBe(51)
    expect(found.problems.at(-1)).toBe('more-problems')
  })
})

test('any table is read or told about', () => {
  const cell = fc.constantFrom('', '.', '0', '1', '2', '4', '-1', '-2', '12', 'depot', 'x', '"', '1e400', '"2"', '3,4')
  const head = fc.shuffledSubarray(
    ['ID', 'TIME', 'EVID', 'AMT', 'CMT', 'RATE', 'II', 'ADDL', 'SS', 'LAG', 'F', 'DUR', 'MDV', 'weight', 'x', ''],
    { minLength: 1 },
  )
  const runs = 500 * Number(process.env['IMAGO_FUZZ_RUNS'] ?? 1)
  fc.assert(
    fc.property(head, fc.array(fc.array(cell, { minLength: 1, maxLength: 16 }), { maxLength: 8 }), (names, rows) => {
      const text = [names, ...rows].map((row) => row.join(',')).join('\n')
      const reader = eventReader('t.csv', MODEL)
      reader.push(text)
      const { value, problems } = reader.end()
      const lines = text.split('\n')
      for (const { place, message } of problems) {
        expect(message).toMatch(/\.$/)
        if (place?.file === 't.csv') expect(place.column - 1).toBeLessThanOrEqual(lines[place.line - 1]?.length ?? -1)
      }
      for (const subject of value?.subjects ?? [])
        for (const { record } of recordsOf(subject, value?.inputs.length ?? 0, []))
          expect(record.time).toBeGreaterThanOrEqual(0)
      if (value?.subjects.every((subject) => subject.rows))
        expect(problems.filter(({ level }) => level === 'error')).toEqual([])
    }),
    { seed: 20_250_611, numRuns: runs },
  )
})
