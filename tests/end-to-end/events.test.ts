// imago simulate --events from a file to rows, as a user runs it.
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { describe, expect, test } from 'vitest'
import { BASICS, folderWith, imago } from './run-imago.ts'

const MODEL = `model pk "One compartment"
time [h]
param k = 0.2 [1/h] lognormal cv 30% "loss" @assumed "test"
param late = 1 [h] lognormal cv 20% "lag" @assumed "test"
input weight = 70 [kg] "weight" @assumed "test"
state depot = 0 [mg]
state central = 0 [mg]
let lag_depot = late
der depot = -1 [1/h]*depot
der central = 1 [1/h]*depot - k*central*weight/(70 [kg])
`
const TABLE = `ID,TIME,EVID,AMT,CMT,RATE,II,ADDL,SS,weight
1,0,1,100,depot,,12,2,1,70
1,0,0,,,,,,,
1,30,0,,,,,,,90
2,0,1,100,central,50,,,,80
2,5,0,,,,,,,
2,6,4,40,2,,,,,
2,6,0,,,,,,,
2,6,0,,,,,,,
3,24,1,10,1,,,,,60
3,30.5,2,,,,,,,
`
const run =
  (...args: string[]) =>
  (files: Record<string, string>) =>
    imago(['simulate', 'pk.model', ...args], folderWith({ 'pk.model': MODEL, ...files }))
const csv = (text: string): string[][] =>
  text
    .trim()
    .split('\n')
    .map((line) => line.split(','))

describe('rows', () => {
  test('stand at the times of the table, in its convention', async () => {
    const { code, out, err } = await run('--events', 't.csv', '--outputs', 'central')({ 't.csv': TABLE })
    expect([code, err]).toEqual([0, expect.stringContaining('obey "lag_depot"')])
    const rows = csv(out)
    expect(rows.map((row) => [row[0], row[1], row[2], row[4]].join(' '))).toEqual([
      'ID TIME EVID STATUS',
      '1 0 0 ok',
      '1 30 0 ok',
      '2 5 0 ok',
      '2 6 0 ok',
      '2 6 0 ok',
      '3 30.5 2 ok',
    ])
    expect(rows[4]?.[3]).toBe('40')
    const k = (0.2 * 80) / 70
    expect(Number(rows[3]?.[3])).toBeCloseTo(((50 / k) * (1 - Math.exp(-2 * k))) / Math.exp(3 * k), 4)
  })

  test('are the same bytes on one thread, on two, from the interpreter, in other company and in Parquet', async () => {
    const many =
      TABLE +
      Array.from(
        { length: 100 },
        (_, i) => `${i + 4},0,1,${i},1,,6,3,${i % 3},${50 + i}\n${i + 4},7.5,0,,,,,,,\n`,
      ).join('')
    const drawn = ['--events', 't.csv', '--drawn', '--seed', '3', '--covariates', 'linear']
    const one = await run(...drawn, '--workers', '1')({ 't.csv': many })
    const two = await run(...drawn, '--workers', '2')({ 't.csv': many })
    expect(one.code).toBe(0)
    expect(two.out === one.out).toBe(true)
    const few = await run(...drawn)({ 't.csv': TABLE })
    const slow = await run(...drawn, '--backend', 'interpreter')({ 't.csv': TABLE })
    expect([slow.out === few.out, one.out.startsWith(few.out)]).toEqual([true, true])
    expect(few.out).not.toBe((await run('--events', 't.csv', '--covariates', 'linear')({ 't.csv': TABLE })).out)
    const folder = folderWith({ 'pk.model': MODEL, 't.csv': many })
    await imago(['simulate', 'pk.model', ...drawn, '--out', 'rows.parquet'], folder)
    const database = await (await DuckDBInstance.create(':memory:')).connect()
    const found = await database.runAndReadAll(
      `SELECT ID, TIME, EVID, central, STATUS FROM '${path.join(folder, 'rows.parquet')}'`,
    )
    expect(found.getRowsJS().map((row) => row.map(String).join())).toEqual(
      csv(one.out)
        .slice(1)
        .map(([id, time, kind, , central, status]) => [id, time, kind, central, status].join()),
    )
  })

  test('stand on a grid where the table asks for none', async () => {
    const table = 'ID,TIME,AMT,CMT\n1,1,10,2\n'
    const { code, out } = await run(
      '--events',
      't.csv',
      '--until',
      '2',
      '--every',
      '1',
      '--outputs',
      'central',
      '--set',
      'k = 0',
    )({ 't.csv': table })
    expect([
      code,
      csv(out)
        .slice(1)
        .map((row) => row.join(' ')),
    ]).toEqual([0, ['1 0 0 0 ok', '1 1 0 10 ok', '1 2 0 10 ok']])
    const before = await run(
      '--events',
      't.csv',
      '--until',
      '2',
      '--every',
      '1',
      '--outputs',
      'central',
      '--set',
      'k = 0',
      '--at-dose',
      'before',
    )({ 't.csv': table })
    expect(csv(before.out)[2]?.join(' ')).toBe('1 1 0 0 ok')
  })
})

describe('what is wrong', () => {
  test('one bad cell among many rows: its place, its subject, and all others', async () => {
    const subjects = 20_000
    const line = (id: number) => `${id},0,1,${id === 12_345 ? '1O0' : 100},central\n${id},1,0,,\n`
    const table = `ID,TIME,EVID,AMT,CMT\n${Array.from({ length: subjects }, (_, i) => line(i + 1)).join('')}`
    const { code, out, err } = await run('--events', 't.csv')({ 't.csv': table })
    expect(code).toBe(1)
    expect(err).toContain('bad-cell  t.csv:24690:11')
    expect(err).toContain('AMT is "1O0"')
    expect(err).toContain('1 of 20000 subjects')
    const rows = csv(out)
    expect(rows.length).toBe(subjects + 1)
    expect(rows[12_345]).toEqual(['12345', '', '', '', '', 'refused'])
    expect(rows.filter((row) => row.at(-1) === 'ok').length).toBe(subjects - 1)
  })

  test('a subject that never settles is told with its line; the others go on', async () => {
    const model = `${MODEL}state area = 0 [mg.h]\nder area = central\n`
    const table =
      'ID,TIME,EVID,AMT,CMT,II,SS\n1,0,1,5,central,,\n1,1,0,,,,\n2,0,0,,,,\n2,3,1,5,central,12,1\n2,4,0,,,,\n'
    const folder = folderWith({ 'pk.model': model, 't.csv': table })
    const { code, out, err } = await imago(
      ['simulate', 'pk.model', '--events', 't.csv', '--outputs', 'central'],
      folder,
    )
    expect(code).toBe(1)
    expect(err).toContain('not-steady  t.csv:5:1')
    expect(err).toContain('"area" still moves')
    expect(
      csv(out)
        .slice(1)
        .map((row) => [row[0], row[1], row[4]].join(' ')),
    ).toEqual(['1 1 ok', '2 0 ok', '2 3 not-steady'])
  })

  test.each([
    [['--events', 'nowhere.csv'], 'missing-file'],
    [['--events', 't.xlsx'], 'reads .csv'],
    [['--events', 't.csv', '--subjects', '3'], '--drawn draws'],
    [['--events', 't.csv', '--dose', '3 into central'], 'write a row with EVID 1'],
    [['--events', 't.csv', '--report', 'r.html'], 'No report'],
    [['--events', 't.csv', '--every', '1', '--until', '2'], '--until and --every'],
    [['--events', 't.csv', '--covariates', 'loc'], 'did you mean "locf"?'],
    [['--events', 't.csv', '--set', 'weight = 3'], 'give it a column'],
    [['--drawn', '--until', '1', '--every', '1'], 'name one: --events'],
  ])('%j', async (args, part) => {
    const { code, out, err } = await run(...args)({ 't.csv': TABLE, 't.xlsx': '' })
    expect([code, out, err]).toEqual([1, '', expect.stringContaining(part)])
    expect(err).not.toMatch(/\n\s+at |bug of ours/)
  })

  test('dosing rows alone, and no grid', async () => {
    const { code, err } = await run('--events', 't.csv')({ 't.csv': 'ID,TIME,AMT,CMT\n1,1,10,2\n' })
    expect([code, err]).toEqual([1, expect.stringContaining('no-looks')])
  })
})

test('the example of docs/events.md runs', async () => {
  const text = readFileSync(new URL('../../docs/events.md', import.meta.url), 'utf8')
  const table = /```csv\n([^]*?)```/.exec(text)?.[1] ?? ''
  const folder = folderWith({ 'table.csv': table })
  const { code, out } = await imago(
    ['simulate', path.join(BASICS, 'two-compartment.model'), '--events', 'table.csv', '--out', 'rows.csv'],
    folder,
  )
  expect([code, out, existsSync(path.join(folder, 'rows.csv'))]).toEqual([0, '', true])
})
