// Bad input never gives a stack trace, a NaN or a silent default: place, reason, suggestion, exit code 1.
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { BASICS, folderWith, imago } from './run-imago.ts'

const decay = path.join(BASICS, 'decay.model')
const MODEL = `model bad "b"
time [h]
param k = 0.1 [1/h] "rate" @assumed "test"
state A = 100 [mg] "amount"
`
const bad = (text: string): string => folderWith({ 'bad.model': MODEL + text })

async function refused(args: readonly string[], cwd?: string): Promise<string> {
  const { code, out, err } = await imago(args, cwd)
  expect({ code, out }).toEqual({ code: 1, out: expect.not.stringMatching(/NaN|Infinity/) })
  expect(err).not.toMatch(/\n\s+at |bug of ours/)
  return err
}

describe('a model with a mistake', () => {
  test.each([
    ['a wrong unit', 'der A = -k*A - k\n', ['unit-mismatch  bad.model:5:9', '"k" [1/h]', 'did you mean k*A?']],
    ['an unknown name', 'der A = -kk*A\n', ['unknown-name  bad.model:5:10', 'did you mean "k"?']],
    ['a cyclic definition', 'let x = y*2\nlet y = x*2\nder A = -k*A*x\n', ['cyclic-definition', 'x -> y -> x']],
    ['a division by zero', 'der A = -k*A/0\n', ['division-by-zero  bad.model:5:9']],
    ['a missing file', 'use nowhere\nder A = -k*A\n', ['missing-file  bad.model:5:5', 'nowhere.model']],
    ['a million-character line', `der A = -k*A + ${'x'.repeat(1_000_000)}\n`, ['bad.model:5:16']],
  ])('%s', async (_, text, expected) => {
    const err = await refused(['simulate', 'bad.model', '--until', '1', '--every', '1'], bad(text))
    for (const part of expected) expect(err).toContain(part)
    expect(err.length).toBeLessThan(2000)
  })

  test('every mistake is told at once', async () => {
    const err = await refused(['check', 'bad.model'], bad('der A = -q*A\nparam z = 1\nlet w = A + k\n'))
    for (const code of ['unknown-name', 'missing-unit', 'missing-source', 'unit-mismatch']) expect(err).toContain(code)
  })
})

describe('a run that fails', () => {
  test('a blow-up ends with a status, at its time; the rows before it stay', async () => {
    const folder = bad('der A = k*A*A/(1 [mg])\nrun 1 [h] every 0.05 [h]\n')
    const { code, out, err } = await imago(['simulate', 'bad.model'], folder)
    expect(code).toBe(1)
    expect(err).toMatch(/1 of 1 subjects stopped, the first at 0\.(09999|1)/)
    const last = out.trim().split('\n').at(-1)
    expect(last).toMatch(/^1,0\.\d+,,(not-finite|step-too-small)$/)
    expect(out.split('\n')[2]).toMatch(/^1,0\.05,199\.99\d*,ok$|^1,0\.05,200\.0\d*,ok$/)
  })

  test('growth too fast for any step is not damped away', async () => {
    const { code, err } = await imago(['simulate', decay, '--set', 'k = -1e300', '--until', '48', '--every', '24'])
    expect([code, err]).toEqual([1, expect.stringContaining('not-finite')])
  })

  test('a division by zero at run time is a status, not a NaN', async () => {
    const folder = bad('let zero = k - 0.1 [1/h]\nder A = -k*A*k/zero\nrun 1 [h] every 0.5 [h]\n')
    const { code, out, err } = await imago(['simulate', 'bad.model'], folder)
    expect(code).toBe(1)
    expect(err).toContain('not-finite')
    expect(out).not.toMatch(/NaN|Infinity/)
  })

  test('an output that is not finite leaves empty cells and says so', async () => {
    const folder = bad('der A = -k*A\nprovides ratio = A/(time*k) [mg] "r"\nrun 2 [h] every 1 [h]\n')
    const { code, out, err } = await imago(['simulate', 'bad.model'], folder)
    expect(code).toBe(1)
    expect(err).toContain('"ratio" is not finite in 1 of the rows')
    expect(out.split('\n')[1]).toBe('1,0,100,,ok')
  })
})

describe('a command with a mistake', () => {
  test.each([
    [
      ['simulate', decay, '--subjects', '0'],
      ['--subjects wants a whole number from 1', 'found "0"'],
    ],
    [['simulate', decay, '--subjects', 'ten'], ['found "ten"']],
    [['simulate', decay, '--seed', '-1'], ['--seed wants a whole number from 0']],
    [['simulate', decay, '--set', 'k = NaN'], ['Nothing is called "NaN"']],
    [['simulate', decay, '--set', 'k = 0/0'], ['divides by zero']],
    [
      ['simulate', decay, '--set', 'K = 1'],
      ['unknown-name', 'did you mean "k"?'],
    ],
    [
      ['simulate', decay, '--set', 'k = 1 [mg]'],
      ['unit-mismatch  --set:1:', '[1/h]'],
    ],
    [['simulate', decay, '--set', 'k = -1', '--subjects', '2'], ['its lognormal prior needs a value above 0']],
    [
      ['simulate', decay, '--dose', '100 [mg] into B'],
      ['unknown-name  --dose:1:20', '"B"'],
    ],
    [
      ['simulate', decay, '--dose', '100 [L] into A'],
      ['unit-mismatch', 'a volume'],
    ],
    [
      ['simulate', decay, '--until', '-5'],
      ['bad-time', 'above 0'],
    ],
    [['simulate', decay, '--until', '5 mg'], ['no unit of time']],
    [['simulate', decay, '--until', 'soon'], ['--until:1:1']],
    [['simulate', decay, '--outputs', 'fracton'], ['did you mean "fraction"?']],
    [
      ['simulate', decay, '--every', '1e-9'],
      ['too-large', '--every'],
    ],
    [
      ['simulate', decay, '--out', 'rows.xlsx'],
      ['unknown-format', '.csv or .parquet'],
    ],
    [['simulate', decay, '--backend', 'wsm'], ['did you mean "wasm"?']],
    [
      ['simulate', decay, '--subject', '3'],
      ['unknown option', '--subjects'],
    ],
    [
      ['simulate', 'nowhere.model'],
      ['missing-file', 'nowhere.model'],
    ],
    [['simulate'], ['missing required argument']],
    [
      ['simulat', decay],
      ['unknown command', 'simulate'],
    ],
    [['check', 'nowhere'], ['missing-file']],
    [['new', 'model', '9 lives'], ['bad-name']],
    [
      ['new', 'model', 'if'],
      ['bad-name', 'no word of the language'],
    ],
    [['new', 'model', 'steady.model'], ['bad-name']],
    [
      ['run', decay],
      ['unknown-format', 'imago simulate runs a model'],
    ],
    [
      ['run', 'nowhere.trial.yaml'],
      ['missing-file', 'nowhere.trial.yaml'],
    ],
    [['run', 'nowhere.trial.yaml', '--pool', '0'], ['--pool wants a whole number from 1']],
    [
      ['run', 'nowhere.trial.yaml', '--replicates', 'many'],
      ['--replicates wants a whole number', '"many"'],
    ],
    [
      ['run', 'nowhere.trial.yaml', '--progress', 'jsn'],
      ['bad-option', 'did you mean "json"?'],
    ],
  ])('%j', async (args, expected) => {
    const err = await refused(args)
    for (const part of expected) expect(err).toContain(part)
  })

  test('a model without a run says what to add', async () => {
    expect(await refused(['simulate', 'bad.model'], bad('der A = -k*A\n'))).toContain('--until')
  })
})
