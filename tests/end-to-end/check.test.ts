// imago check on content: each kind of file, alone and in a folder, with what is wrong in it.
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { folderWith, imago, ROOT } from './run-imago.ts'

const TRIAL = 'library/trials/deng-2017-uc-msc.trial.yaml'
const PUBLISHED = 'library/trials/deng-2017-uc-msc.published.yaml'
const POPULATION = 'library/populations/lupus-nephritis.population.yaml'
const REGIMEN = 'library/regimens/msc-uc-1e8-twice.regimen.yaml'

test.each([TRIAL, PUBLISHED, POPULATION, REGIMEN])('%s passes, and its sources are counted', async (file) => {
  const { code, out, err } = await imago(['check', file])
  expect({ code, err }).toEqual({ code: 0, err: '' })
  expect(out).toMatch(
    new RegExp(`^✓ ${file} {2}\\d+ sourced and \\d+ assumed numbers\n\n1 of 1 files pass; [1-9]\\d* numbers,`),
  )
})

describe('a file with a mistake is told with its place', () => {
  const folder = folderWith()
  cpSync(path.join(ROOT, 'library'), path.join(folder, 'library'), { recursive: true })

  test.each([
    [TRIAL, 'blinded: true', 'blinded: yes', ['blinded']],
    [TRIAL, 'source: "@deng-2017"', 'source: "@deng-2071"', ['unknown-source', 'did you mean @deng-2017?']],
    [TRIAL, 'albumin - baseline.albumin', 'albumin - baseline.creatinine', ['unit-mismatch', 'baseline.creatinine']],
    [PUBLISHED, 'arm: placebo', 'arm: plazebo', ['unknown-arm', 'did you mean "placebo"?']],
    [
      POPULATION,
      'model: ../models/lupus/lupus.model',
      'model: ../models/lupus/lupos.model',
      ['missing-file', 'lupos.model'],
    ],
    [REGIMEN, /dose .*? into/, 'dose into', []],
  ] as const)('%s: %s', async (file, from, to, expected) => {
    const whole = readFileSync(path.join(folder, file), 'utf8')
    writeFileSync(path.join(folder, file), whole.replace(from, to))
    try {
      const { code, out, err } = await imago(['check', file], folder)
      expect([code, out]).toEqual([1, expect.stringMatching(new RegExp(`^✗ ${file}[^]*0 of 1 files pass`))])
      for (const part of [`${file}:`, ...expected]) expect(err).toContain(part)
      expect(err).not.toMatch(/\n\s+at |bug of ours/)
    } finally {
      writeFileSync(path.join(folder, file), whole)
    }
  })

  test('printed rows without their trial', async () => {
    const alone = folderWith({ 'x.published.yaml': 'published: x\nsource: "@assumed"\nrows: []\n' })
    const { code, err } = await imago(['check', alone])
    expect([code, err]).toEqual([1, expect.stringMatching(/missing-file[^]*x\.trial\.yaml/)])
  })

  test('a folder without content', async () => {
    const { code, err } = await imago(['check', folderWith({ 'notes.txt': '' })])
    expect([code, err]).toEqual([1, expect.stringContaining('no-content')])
  })
})
