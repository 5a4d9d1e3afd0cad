// imago score as a user runs it.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { folderWith, imago } from '../../../tests/end-to-end/run-imago.ts'

const GOOD = 'id,clinical_sledai,pga,prednisone [mg/d]\nP1,0,0.4,5\nP2,0,0.5,5\nP3,0,0.4,\n'

describe('a table', () => {
  const folder = folderWith({
    'good.csv': GOOD,
    'good.json': JSON.stringify([{ id: 'P1', clinical_sledai: 0, pga: 0.4, 'prednisone [mg/d]': 5 }]),
  })

  test('on a terminal: values, what is possible, what was not said', async () => {
    const { code, out, err } = await imago(['score', 'doris-2021', 'good.csv'], folder)
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toMatch(/^DORIS remission, 2021 \(variant 2k, window_days 30\)/)
    expect(out).toMatch(/2 {2}P1 {2}yes[^]*3 {2}P2 {2}no[^]*4 {2}P3 {2}open {3}yes or no {2}1[^]*3 rows scored\n$/)
  })

  test('item by item', async () => {
    const { out } = await imago(['score', 'doris-2021', 'good.csv', '--explain'], folder)
    expect(out).toContain('line 3 · P2\n  DORIS remission, 2021: no; PGA below 0.5 (pga 0.5: not below 0.5)\n')
    expect(out).toContain('  ? Prednisone at most 5 mg/d: prednisone not said\n')
  })

  test('as one JSON document, from CSV and JSON alike', async () => {
    const fromCsv = JSON.parse((await imago(['score', 'doris-2021', 'good.csv', '--json'], folder)).out)
    const fromJson = JSON.parse((await imago(['score', 'doris-2021', 'good.json', '--json'], folder)).out)
    expect(fromCsv).toMatchObject({
      instrument: 'doris-2021',
      settings: { variant: '2k', window_days: '30' },
      problems: [],
    })
    expect(fromCsv.rows.map((row: { value: unknown }) => row.value)).toEqual([true, false, null])
    expect(fromCsv.rows[2]).toMatchObject({ id: 'P3', possible: { among: [true, false] }, missing: ['prednisone'] })
    expect({ ...fromJson.rows[0], line: 2 }).toEqual(fromCsv.rows[0])
  })

  test('into files', async () => {
    expect((await imago(['score', 'doris-2021', 'good.csv', '--out', 'scores.csv'], folder)).out).toBe(
      '3 rows scored\n',
    )
    const [head, first] = readFileSync(path.join(folder, 'scores.csv'), 'utf8').split('\n')
    expect(head).toBe('line,id,value,possible,missing,words')
    expect(first).toMatch(/^2,P1,true,yes,,"?DORIS remission, 2021: yes; /)
    await imago(['score', 'doris-2021', 'good.csv', '--out', 'scores.json'], folder)
    expect(JSON.parse(readFileSync(path.join(folder, 'scores.json'), 'utf8')).rows).toHaveLength(3)
  })

  test('a variant is stamped on what it changes', async () => {
    const table = folderWith({ 't.csv': 'joints\n2\n' })
    const { out } = await imago(
      ['score', 'sledai-2k', '--set', 'variant=original', '--set', 'window_days=10', 't.csv', '--json'],
      table,
    )
    const { settings, rows } = JSON.parse(out)
    expect(settings).toEqual({ variant: 'original', window_days: '10' })
    expect(rows[0].parts.find(({ id }: { id: string }) => id === 'arthritis').points).toEqual([0, 0])
  })

  test('what is not confirmed is said with every result', async () => {
    const table = folderWith({ 't.csv': 'upcr [g/g]\n0.4\n' })
    expect((await imago(['score', 'renal-kdigo', 't.csv'], table)).out).toContain(
      'not confirmed: the wording of KDIGO 2024',
    )
    expect(JSON.parse((await imago(['score', 'renal-kdigo', 't.csv', '--json'], table)).out).unconfirmed).toContain(
      'KDIGO',
    )
  })
})

test('a hundred thousand rows with three bad ones', async () => {
  const rows = Array.from({ length: 100_000 }, (_, i) => `P${i},0,0.${i % 10},5`)
  rows[9] = 'P9,0,0.4,2024-01-01'
  rows[49_999] = 'P49999,0,4,5'
  rows[99_999] = 'P99999,none of it,0.4,5'
  const folder = folderWith({ 'large.csv': `id,clinical_sledai,pga,prednisone [mg/d]\n${rows.join('\n')}\n` })
  const { code, out, err } = await imago(['score', 'doris-2021', 'large.csv', '--out', 'scores.csv'], folder)
  expect([code, out]).toEqual([1, '99997 rows scored, 3 left out\n'])
  for (const told of [
    'date-in-number  large.csv:11:10',
    'impossible-value  large.csv:50001:10',
    'no-number  large.csv:100001:8',
  ])
    expect(err).toContain(told)
  expect(readFileSync(path.join(folder, 'scores.csv'), 'utf8').trimEnd().split('\n')).toHaveLength(99_998)
})

describe('what is wrong is told, without a trace of the program', () => {
  const folder = folderWith({
    'good.csv': GOOD,
    'empty.csv': '',
    'typo.csv': 'pga,prednison [mg/d]\n0.1,5\n',
    'many.csv': `pga\n${'x\n'.repeat(200)}`,
    'notes.txt': '',
  })

  test.each([
    [['score'], 'no-instrument'],
    [['score', 'doris'], 'did you mean "doris-2021"?'],
    [['score', 'sle-das', 'good.csv'], 'SLE-DAS is not in Imago: its 17 items'],
    [['score', 'lumos', 'good.csv'], 'LuMOS is not in Imago'],
    [['score', 'bilag-2004', 'good.csv'], 'how its 97 items make grades was not obtained'],
    [['score', 'doris-2021'], 'no-file'],
    [['score', 'doris-2021', 'nowhere.csv'], 'missing-file'],
    [['score', 'doris-2021', 'notes.txt'], 'unknown-format'],
    [['score', 'doris-2021', 'empty.csv'], 'empty-table'],
    [['score', 'doris-2021', 'typo.csv'], 'did you mean "prednisone"?'],
    [['score', 'doris-2021', 'good.csv', '--set', 'varant=2k'], 'did you mean "variant"?'],
    [['score', 'doris-2021', 'good.csv', '--set', 'variant=3k'], '--set variant wants "2k" or "original"'],
    [['score', 'doris-2021', 'good.csv', '--out', 'scores.xlsx'], '--out wants a name that ends in'],
    [['score', 'doris-2021', 'many.csv'], 'and 150 more problems'],
  ])('%j', async (args, expected) => {
    const { code, err } = await imago(args, folder)
    expect(code).toBe(1)
    expect(err).toContain(expected)
    expect(err).not.toMatch(/\n\s+at |bug of ours/)
  })
})

test('--list shows every instrument, and the columns and variants of one', async () => {
  const all = await imago(['score', '--list'])
  expect(all.code).toBe(0)
  for (const name of ['sledai-2k', 'sri', 'renal-perr', 'ctcae-v6', 'SLE-DAS']) expect(all.out).toContain(name)
  const one = await imago(['score', 'ckd-epi-2021', '--list'])
  expect(one.out).toMatch(/creatinine +mg\/dL +Creatinine in serum/)
  expect((await imago(['score', 'lldas', '--list'])).out).toContain('--set investigational=excluded|waived')
})
