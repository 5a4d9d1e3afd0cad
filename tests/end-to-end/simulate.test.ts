import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { describe, expect, test } from 'vitest'
import { momentsOf, quantile } from '#stats'
import { BASICS, folderWith, imago, ROOT } from './run-imago.ts'

const friberg = path.join(BASICS, 'friberg.model')
const decay = path.join(BASICS, 'decay.model')

describe('the same bytes', () => {
  test('with one worker, with two, and from the interpreter', async () => {
    const run = (...more: string[]): ReturnType<typeof imago> =>
      imago(['simulate', friberg, '--subjects', '100', '--seed', '1', ...more])
    const [one, two] = [await run('--workers', '1'), await run('--workers', '2')]
    expect([one.code, two.code]).toEqual([0, 0])
    expect(one.out.split('\n').length).toBe(100 * 253 + 2)
    expect(two.out === one.out).toBe(true)
    const few = ['--until', '21 d', '--every', '1 d', '--subjects', '20', '--workers', '1']
    const [fast, slow] = [
      await imago(['simulate', friberg, ...few]),
      await imago(['simulate', friberg, ...few, '--backend', 'interpreter']),
    ]
    expect(fast.out.length).toBeGreaterThan(1000)
    expect(slow.out === fast.out).toBe(true)
  })

  test('subject by subject, whoever else is in the run', async () => {
    const lines = async (subjects: string): Promise<string[]> =>
      (await imago(['simulate', decay, '--subjects', subjects, '--seed', '3'])).out.split('\n').slice(1, 50)
    expect(await lines('70')).toEqual(await lines('1'))
  })
})

test('Parquet reads back in DuckDB as the CSV does', async () => {
  const folder = folderWith()
  for (const name of ['rows.csv', 'rows.parquet'])
    expect(
      (await imago(['simulate', friberg, '--subjects', '30', '--until', '30 d', '--out', name], folder)).code,
    ).toBe(0)
  const database = await (await DuckDBInstance.create(':memory:')).connect()
  const count = async (sql: string): Promise<unknown> => (await database.runAndReadAll(sql)).getRowsJS()
  const file = (name: string): string => `'${path.join(folder, name)}'`
  expect(await count(`SELECT count(*)::INT, count(DISTINCT id)::INT, max(time) FROM ${file('rows.parquet')}`)).toEqual([
    [30 * 121, 30, 30],
  ])
  const both = `FROM ${file('rows.parquet')} p JOIN read_csv(${file('rows.csv')}) c USING (id, time)`
  expect(
    await count(
      `SELECT count(*)::INT ${both} WHERE p.neutrophils = c.neutrophils AND p."transit[2]" = c."transit[2]" AND p.status = 'ok'`,
    ),
  ).toEqual([[30 * 121]])
  expect(
    await count(
      `SELECT decode(value) FROM parquet_kv_metadata(${file('rows.parquet')}) WHERE decode(key) = 'unit.neutrophils'`,
    ),
  ).toEqual([['10*9/L']])
})

describe('what is asked for', () => {
  const rows = async (...more: string[]): Promise<string[][]> =>
    (await imago(['simulate', decay, ...more])).out
      .trim()
      .split('\n')
      .map((line) => line.split(','))

  test('until, every, outputs, set and dose', async () => {
    const found = await rows(
      '--until',
      '2 d',
      '--every',
      '24 h',
      '--set',
      'k = 0',
      '--outputs',
      'A',
      '--dose',
      '0.05 [g] into A at 24 [h]',
    )
    expect(found).toEqual([
      ['id', 'time', 'A', 'status'],
      ['1', '0', '100', 'ok'],
      ['1', '24', '150', 'ok'],
      ['1', '48', '150', 'ok'],
    ])
  })

  test('rows at a dose show the state before it, if asked', async () => {
    const found = await rows(
      '--until',
      '24',
      '--every',
      '24',
      '--set',
      'k = 0',
      '--outputs',
      'A',
      '--dose',
      '50 into A at 24',
      '--at-dose',
      'before',
    )
    expect(found.at(-1)).toEqual(['1', '24', '100', 'ok'])
  })

  test('sensitivities: a column for the slope and one for the elasticity', async () => {
    const found = await rows('--until', '10', '--every', '10', '--outputs', 'A', '--sensitivity', 'k, A0')
    expect(found[0]).toEqual([
      'id',
      'time',
      'A',
      'd(A)/d(k)',
      'dln(A)/dln(k)',
      'd(A)/d(A0)',
      'dln(A)/dln(A0)',
      'status',
    ])
    const left = 100 * Math.exp(-1)
    for (const [i, exact] of [left, -10 * left, -1, left / 100, 1].entries())
      expect(Number(found[2]?.[i + 2])).toBeCloseTo(exact, 4)
    expect(found[1]?.slice(2)).toEqual(['100', '0', '0', '1', '1', 'ok'])
    const { code, err } = await imago(['simulate', decay, '--sensitivity', 'kk'])
    expect([code, err]).toEqual([1, expect.stringContaining('did you mean "k"?')])
  })

  test('reset', async () => {
    const found = await rows(
      '--until',
      '2',
      '--every',
      '1',
      '--set',
      'k=0',
      '--outputs',
      'A',
      '--reset',
      'A = 7 at 1 [h]',
    )
    expect(found.map((row) => row[2])).toEqual(['A', '100', '7', '7'])
  })
})

describe('nothing half-written', () => {
  test('Ctrl-C in the middle', async () => {
    const folder = folderWith()
    const long = [
      'simulate',
      friberg,
      '--subjects',
      '100000',
      '--every',
      '63 d',
      '--out',
      'rows.csv',
      '--progress',
      'json',
    ]
    const { code, err } = await imago(long, folder, (text, kill) => {
      if (/"done":[1-9]/.test(text)) kill('SIGINT')
    })
    expect(code).toBe(130)
    expect(err).toContain('stopped; nothing was written')
    expect(readdirSync(folder)).toEqual([])
  })

  test('Ctrl-C after rows have been written, to Parquet too', async () => {
    const folder = folderWith()
    const long = ['simulate', decay, '--subjects', '1000000', '--out', 'rows.parquet', '--progress', 'json']
    let begun = false
    const { code } = await imago(long, folder, (text, kill) => {
      const [half] = readdirSync(folder)
      if (begun || half === undefined || statSync(path.join(folder, half)).size < 1_000_000) return
      begun = true
      kill('SIGINT')
    })
    expect([code, begun]).toEqual([130, true])
    expect(readdirSync(folder)).toEqual([])
  })

  test('a folder that cannot be written is told in a line', async () => {
    const folder = folderWith({ taken: '' })
    const { code, err } = await imago(['simulate', decay, '--out', 'taken/rows.csv'], folder)
    expect(code).toBe(1)
    expect(err).toMatch(/error E[A-Z]+/)
    expect(err).not.toContain('    at ')
  })
})

test('a reader that has enough ends the program in peace', async () => {
  const child = spawn('sh', [
    '-c',
    `"${process.execPath}" "${path.join(ROOT, 'apps/cli/main.ts')}" simulate "${decay}" --subjects 5000 | head -c 10`,
  ])
  let err = ''
  child.stderr.on('data', (piece: Buffer) => {
    err += piece.toString()
  })
  await once(child, 'close')
  expect(err).toBe('')
})

describe('the population without its rows', () => {
  const asked = ['simulate', decay, '--subjects', '300', '--until', '20', '--every', '5', '--outputs', 'A']
  const measured = ['--reduce', 'mean, sd, q05, q50, auc, cmax, tmax, first A < 50 [mg]']
  const columns = (text: string): string[][] =>
    text
      .trim()
      .split('\n')
      .map((line) => line.split(','))

  test('is what R would make of the rows, whatever the workers', async () => {
    const folder = folderWith()
    const write = async (name: string, ...more: string[]): Promise<string> => {
      expect((await imago([...asked, '--summary', name, ...measured, ...more], folder)).code).toBe(0)
      return readFileSync(path.join(folder, name), 'utf8')
    }
    const [one, two] = [await write('one.csv', '--workers', '1'), await write('two.csv', '--workers', '2')]
    expect(two).toBe(one)
    const [head, ...told] = columns(one)
    expect(head).toEqual(['what', 'unit', 'time', 'n', 'never', 'mean', 'sd', 'q05', 'q50', 'error'])
    const rows = columns((await imago(asked)).out).slice(1)
    const values = (time: string): number[] => rows.filter((row) => row[1] === time).map((row) => Number(row[2]))
    for (const time of ['0', '5', '10', '15', '20']) {
      const at = values(time)
      const [, unit, , n, , ...found] = told.find((row) => row[0] === 'A' && row[2] === time) ?? []
      const { mean, sd } = momentsOf(at)
      const sorted = at.toSorted((a, b) => a - b)
      expect([unit, n]).toEqual(['mg', '300'])
      for (const [i, exact] of [mean, sd, quantile(sorted, 0.05), quantile(sorted, 0.5), 0].entries())
        expect(Number(found[i])).toBeCloseTo(exact ?? NaN, 11)
    }
    const firsts = ['5', '10', '15', '20'].map((time) => values(time).filter((a) => a < 50).length)
    const first = told.find((row) => row[0] === 'first A < 50 [mg]') ?? []
    expect([first[1], Number(first[3]), Number(first[4])]).toEqual(['h', firsts.at(-1), 300 - (firsts.at(-1) ?? 0)])
    expect(told.map((row) => row[0]).slice(5)).toEqual(['auc A', 'cmax A', 'tmax A', 'first A < 50 [mg]'])
  })

  test('as JSON', async () => {
    const folder = folderWith()
    expect((await imago([...asked, '--summary', 's.json', ...measured], folder)).code).toBe(0)
    const { subjects, largestError, rows } = JSON.parse(readFileSync(path.join(folder, 's.json'), 'utf8'))
    expect([subjects, largestError, rows.length]).toEqual([300, 0, 9])
    expect(rows[0]).toEqual({
      what: 'A',
      unit: 'mg',
      time: 0,
      n: 300,
      never: 0,
      mean: 100,
      sd: 0,
      q05: 100,
      q50: 100,
      error: 0,
    })
    expect(rows[6]).toMatchObject({ what: 'cmax A', unit: 'mg', time: null, q50: 100 })
  })

  test.each([
    ['q105', 'Nothing is called "q105"'],
    ['meen', 'did you mean "mean"'],
    ['first A < 50 [L]', 'need one unit'],
    ['first B < 50', 'Nothing is called "B"'],
    ['first A', 'is a number where a condition is needed'],
  ])('asked for %s is refused with its place', async (list, reason) => {
    const { code, err } = await imago([...asked, '--summary', 's.csv', '--reduce', `mean, ${list}`])
    expect(code).toBe(1)
    expect(err).toContain(reason)
    expect(err).toMatch(/--reduce:1:/)
  })
})

test('a report is one file without outside resources', async () => {
  const folder = folderWith()
  expect((await imago(['simulate', friberg, '--subjects', '20', '--report', 'report.html'], folder)).code).toBe(0)
  const html = readFileSync(path.join(folder, 'report.html'), 'utf8')
  expect(html).toContain('Neutrophils under docetaxel')
  expect(html).toContain('<svg')
  expect(html).not.toMatch(/(src|href)="(https?:)?\/\//)
  expect(html).not.toMatch(/NaN|Infinity|undefined/)
  expect(statSync(path.join(folder, 'report.html')).size).toBeLessThan(2_000_000)
})

test('new model writes a file that passes, and never over another', async () => {
  const folder = folderWith()
  expect((await imago(['new', 'model', 'my-drug'], folder)).code).toBe(0)
  expect(existsSync(path.join(folder, 'my-drug.model'))).toBe(true)
  expect((await imago(['check', 'my-drug.model'], folder)).out).toContain(
    '1 of 1 files pass; 2 numbers, 0 with a source, 2 assumed',
  )
  expect((await imago(['simulate', 'my-drug.model', '--subjects', '3'], folder)).code).toBe(0)
  const again = await imago(['new', 'model', 'my_drug'], folder)
  expect([again.code, again.err]).toEqual([1, expect.stringContaining('is there already')])
})
