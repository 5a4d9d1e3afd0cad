// imago evidence and imago clinic as a user runs them: lists, answers, pages, forms, and whatever can be wrong with what was given.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { folderWith, imago, ROOT } from './run-imago.ts'

const SLOW = 120_000

test(
  'lists, one question, and a name that is mistyped',
  async () => {
    const list = await imago(['evidence'])
    expect(list).toMatchObject({ code: 0, err: '' })
    expect(list.out).toContain('msc-sledai-controlled')
    expect(list.out).toMatch(/\d+ questions, \d+ studies of \d+ cohorts, \d+ claims\./)
    const answer = await imago(['evidence', 'msc-sledai-controlled'])
    expect(answer.out).toContain('Certainty: very low, from high by design')
    const wrong = await imago(['evidence', 'msc-sledai-controled'])
    expect(wrong).toMatchObject({ code: 1, out: '' })
    expect(wrong.err).toContain('did you mean "msc-sledai-controlled"?')
    const study = await imago(['evidence', 'deng-2017'])
    expect(study.err).toContain('library/evidence/studies/deng-2017.yaml')
  },
  SLOW,
)

test(
  'claims: a list, words, a file, and JSON that can be read',
  async () => {
    const list = await imago(['evidence', 'claims'])
    expect(list.out).toMatch(/suppress-tregs\s+contradicted/)
    const words = await imago(['evidence', 'claims', 'Stem cells cure lupus without side effects.'])
    expect(words).toMatchObject({ code: 0, err: '' })
    expect(words.out).toContain('■ Stem cells cure lupus.  CONTRADICTED')
    const file = await imago(['evidence', 'claims', path.join(ROOT, 'examples/claims/own-fat.html'), '--json'])
    const { findings } = JSON.parse(file.out) as { findings: { claim: string; place: { line: number } }[] }
    expect(findings).toContainEqual(expect.objectContaining({ claim: 'fat-cells-same' }))
  },
  SLOW,
)

test(
  'claims: nothing there, no text, no file, an address, a folder, a page of a million characters',
  async () => {
    const none = await imago(['evidence', 'claims', 'The weather is fine.'])
    expect(none.code).toBe(0)
    expect(none.err).toContain('note no-claims')
    const folder = folderWith({
      'empty.txt': '',
      'zip.txt': 'PK\u0000\u0003',
      'large.txt': 'Stem cells cure lupus. '.repeat(43_000),
      'larger.txt': 'a '.repeat(600_000),
    })
    const tell = async (given: string) => {
      const { code, err } = await imago(['evidence', 'claims', given], folder)
      return `${code} ${err.split('\n')[0]}`
    }
    expect(await tell('empty.txt')).toBe('1 error empty-text  empty.txt:1:1')
    expect(await tell('zip.txt')).toBe('1 error not-text  zip.txt:1:1')
    expect(await tell('larger.txt')).toBe('1 error too-long  larger.txt:1:1')
    expect(await tell('missing.html')).toBe('1 error missing-file')
    expect(await tell('https://example.org/lupus')).toBe('1 error no-network')
    expect(await tell('.')).toBe('1 error not-a-file')
    const large = await imago(['evidence', 'claims', 'large.txt'], folder)
    expect(large.code).toBe(0)
    expect(large.out).toContain('1 claim in 43000 sentences')
  },
  SLOW,
)

test(
  'a form is written, refused while empty, and read when filled; the sheet is a page',
  async () => {
    const folder = folderWith()
    expect((await imago(['clinic'], folder)).err).toContain('imago clinic --new')
    expect((await imago(['clinic', '--new'], folder)).out).toContain('wrote clinic.yaml')
    expect((await imago(['clinic', '--new'], folder)).err).toContain('error file-exists')
    const empty = await imago(['clinic', 'clinic.yaml'], folder)
    expect(empty).toMatchObject({ code: 1, out: '' })
    expect(empty.err).toContain('error empty-form  clinic.yaml:7:1')
    const form = path.join(ROOT, 'examples/claims/renew-shores.clinic.yaml')
    const filled = await imago(['clinic', form, '--sheet', 'sheet.html'], folder)
    expect(filled).toMatchObject({ code: 0, err: '' })
    expect(filled.out).toContain('Worrying: ')
    expect(readFileSync(path.join(folder, 'sheet.html'), 'utf8')).toMatch(/^<!doctype html>/)
  },
  SLOW,
)

test(
  'a library that is not there, and one with a study that cannot be',
  async () => {
    const folder = folderWith()
    const studies = path.join(folder, 'evidence/studies')
    mkdirSync(studies, { recursive: true })
    const right = readFileSync(path.join(ROOT, 'library/evidence/studies/barbado-2018.yaml'), 'utf8')
    writeFileSync(path.join(studies, 'barbado-2018.yaml'), right.replace('n: 3', 'n: 2'))
    const wrong = await imago(['evidence', '--library', folder])
    expect(wrong).toMatchObject({ code: 1, out: '' })
    expect(wrong.err).toContain('3 patients are more than the 2 of the study.')
    expect((await imago(['evidence', '--library', path.join(folder, 'evidence')])).err).toContain('error no-library')
    expect((await imago(['clinic', 'x.yaml', '--library', folder])).err).toContain('error missing-file')
  },
  SLOW,
)
