// imago run, as a user does it, on the flagship with a handful of patients: the same bytes however it is done, and every mistake told with its place.
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { trialDocument } from '#trial'
import { folderWith, imago, ROOT } from './run-imago.ts'

const FLAGSHIP = 'library/trials/deng-2017-uc-msc.trial.yaml'
const SMALL = ['--pool', '8', '--draws', '2', '--replicates', '20', '--no-elasticities']

/** What is said of a run as small as these. */
const SMALLNESS = ['warning few-draws', 'warning small-pieces']
const codesIn = (err: string): string[] => err.match(/^(?:error|warning|note) [a-z-]+/gm) ?? []

/** A folder with a copy of the library, some of its files changed. */
function libraryWith(changes: Readonly<Record<string, readonly [from: string | RegExp, to: string]>> = {}): string {
  const folder = folderWith()
  cpSync(path.join(ROOT, 'library'), path.join(folder, 'library'), { recursive: true })
  for (const [name, [from, to]] of Object.entries(changes)) {
    const file = path.join(folder, name)
    const before = readFileSync(file, 'utf8')
    const after = before.replace(from, to)
    if (after === before) throw new Error(`${name} does not hold ${String(from)}`)
    writeFileSync(file, after)
  }
  return folder
}

/** Every file that a run wrote, but for the pieces it keeps. */
const written = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder)
      .filter((name) => /\.(json|html)$/.test(name))
      .map((name) => [name, readFileSync(path.join(folder, name), 'utf8')]),
  )

const piecesIn = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.piece'))
    : []

describe('the same bytes', () => {
  const folder = libraryWith()
  const run = (out: string, workers: number, ...more: string[]): ReturnType<typeof imago> =>
    imago(['run', FLAGSHIP, ...SMALL, '--workers', String(workers), '--out', out, ...more], folder)
  let whole: Record<string, string> = {}
  let document = ''

  beforeAll(async () => {
    const { code, out, err } = await run('one', 1, '--json')
    expect({ code, codes: codesIn(err) }).toEqual({ code: 0, codes: SMALLNESS })
    document = out
    whole = written(path.join(folder, 'one'))
  })

  test('a run leaves its folder: report, result, what was run', () => {
    expect(Object.keys(whole)).toEqual(['report.html', 'result.json', 'spec.json'])
    expect(whole['result.json']).toBe(document)
    expect(trialDocument.safeParse(JSON.parse(document)).error).toBeUndefined() // a number that is none would be null here
    expect(JSON.parse(whole['spec.json'] ?? '')).toMatchObject({
      trial: 'deng-2017-uc-msc',
      pool: 8,
      draws: 2,
      seed: 1,
    })
    for (const text of Object.values(whole)) {
      expect(text).not.toContain(folder)
      expect(text).not.toMatch(/NaN|Infinity|undefined/)
    }
  })

  test('with one worker and with two, from wherever it is called', async () => {
    const [trial, target] = [path.join(folder, FLAGSHIP), path.join(folder, 'two')]
    const { code, out } = await imago(
      ['run', trial, ...SMALL, '--workers', '2', '--out', target, '--json'],
      folderWith(),
    )
    expect(code).toBe(0)
    expect(out === document).toBe(true)
    expect(written(path.join(folder, 'two'))).toEqual(whole)
  })

  test('after Ctrl-C in the middle, by the same command', async () => {
    const args = ['run', FLAGSHIP, ...SMALL, '--workers', '1', '--out', 'three', '--progress', 'json']
    mkdirSync(path.join(folder, 'three'))
    for (const name of ['spec.json', 'result.json']) writeFileSync(path.join(folder, 'three', name), 'of another run')
    const stopped = await imago(args, folder, (text, kill) => {
      if (/"done":[1-9]/.test(text)) kill('SIGINT')
    })
    expect(stopped.code).toBe(130)
    expect(stopped.err).toContain(`the same command goes on from there: imago ${args.join(' ')}`)
    expect(Object.keys(written(path.join(folder, 'three')))).toEqual(['spec.json'])
    expect(piecesIn(path.join(folder, 'three')).length).toBeGreaterThan(0)
    const resumed = await imago([...args, '--json'], folder)
    expect(resumed.code).toBe(0)
    expect(resumed.err).toMatch(/^\{[^\n]*"done":0,"total":4,/) // the draw that was finished is not done again
    expect(resumed.out === document).toBe(true)
    expect(written(path.join(folder, 'three'))).toEqual(whole)
  })

  test('with damaged pieces, which are told and made anew', async () => {
    cpSync(path.join(folder, 'one'), path.join(folder, 'four'), { recursive: true })
    const pieces = piecesIn(path.join(folder, 'four'))
    expect(pieces.length).toBeGreaterThan(0)
    const damage = (name: string, change: (bytes: Buffer) => Uint8Array): void => {
      const file = path.join(folder, 'four', name)
      writeFileSync(file, change(readFileSync(file)))
    }
    for (const name of pieces) damage(name, (bytes) => bytes.fill((bytes.at(-1) ?? 0) ^ 1, bytes.length - 1))
    damage(pieces[0] ?? '', (bytes) => bytes.subarray(0, 50))
    const { code, out, err } = await run('four', 2, '--json')
    expect([code, out === document]).toEqual([0, true])
    for (const name of pieces) expect(err).toContain(`warning damaged-piece  ${path.join('four', name)}:1:1`)
    expect(err).toContain('help: it is made anew')
    const again = await run('four', 2, '--json')
    expect([again.code, codesIn(again.err), again.out === document]).toEqual([0, SMALLNESS, true])
  })

  test('on a terminal: the table, and where the report lies', async () => {
    const { code, out } = await run('one', 2)
    expect(code).toBe(0)
    expect(out).toContain('published')
    expect(out).toContain(`report  ${path.join('one', 'report.html')}`)
    expect((await run('one', 2, '--quiet')).out).toBe(`report  ${path.join('one', 'report.html')}\n`)
  })
})

describe('refused: place, reason, suggestion, and nothing left behind', () => {
  const TRIALS = 'library/trials'
  const cases: readonly [string, Parameters<typeof libraryWith>[0], readonly string[], readonly string[]][] = [
    [
      'an unknown regimen',
      { [FLAGSHIP]: ['msc-uc-1e8-twice', 'msc-uc-1e8-twise'] },
      [],
      [`missing-file  ${FLAGSHIP}:`, 'no regimen "msc-uc-1e8-twise"', 'did you mean "msc-uc-1e8-twice"?'],
    ],
    [
      'an unknown endpoint',
      { [`${TRIALS}/deng-2017-uc-msc.published.yaml`]: ['endpoint: remission', 'endpoint: remision'] },
      [],
      [`unknown-endpoint  ${TRIALS}/deng-2017-uc-msc.published.yaml:`, 'did you mean "remission"?'],
    ],
    [
      'an unknown quantity in an endpoint',
      { [FLAGSHIP]: ['value: albumin}', 'value: albumen}'] },
      [],
      [`unknown-name  ${FLAGSHIP}:`, 'did you mean "albumin"?'],
    ],
    [
      'a wrong unit in a dose',
      { 'library/regimens/msc-uc-1e8-twice.regimen.yaml': [/dose .*?\]/, 'dose 1 [mg]'] },
      [],
      ['unit-mismatch  library/regimens/msc-uc-1e8-twice.regimen.yaml:'],
    ],
    [
      'a wrong unit in a criterion',
      { [FLAGSHIP]: ['creatinine <= 250 [umol/L]', 'creatinine <= 250 [mg/L]'] },
      [],
      [`unit-mismatch  ${FLAGSHIP}:`],
    ],
    ['no patients in an arm', { [FLAGSHIP]: ['n: 6,', 'n: 0,'] }, [], [`no-patients  ${FLAGSHIP}:`, 'from 1 to 10000']],
    ['no patients at all', {}, ['--pool', '0'], ['bad-option', '--pool wants a whole number from 1']],
    [
      'visits that go back in time',
      { [FLAGSHIP]: ['at: [0, 1, 2, 3, 4, 5, 6]', 'at: [0, 1, 2, 3, 5, 4, 6]'] },
      [],
      [`impossible-visit  ${FLAGSHIP}:`, 'rising'],
    ],
    [
      'visits before entry',
      { [FLAGSHIP]: ['at: [0, 1', 'at: [-2, 1'] },
      [],
      [`impossible-visit  ${FLAGSHIP}:`, 'before entry'],
    ],
    [
      'an unknown key',
      { [FLAGSHIP]: ['blinded:', 'blinde:'] },
      [],
      [`unknown-key  ${FLAGSHIP}:`, 'did you mean "blinded"?'],
    ],
    ['no YAML', { [FLAGSHIP]: ['arms:', 'arms: ]'] }, [], [FLAGSHIP]],
    [
      'a population that is not there',
      { [FLAGSHIP]: ['from: lupus-nephritis', 'from: lupus-nefritis'] },
      [],
      [`missing-file  ${FLAGSHIP}:`, 'did you mean "lupus-nephritis"?'],
    ],
    [
      'nobody who qualifies',
      { [FLAGSHIP]: ['person.age >= 16 [a]', 'person.age >= 200 [a]'] },
      ['--pool', '2'],
      ['nobody-qualifies', '"age"'],
    ],
  ]

  test.each(cases)('%s', async (_, changes, more, expected) => {
    const folder = libraryWith(changes)
    const { code, out, err } = await imago(['run', FLAGSHIP, ...SMALL, '--out', 'out', ...more], folder)
    expect({ code, out }).toEqual({ code: 1, out: '' })
    for (const part of expected) expect(err).toContain(part)
    expect(err).not.toMatch(/\n\s+at |bug of ours/)
    expect(readdirSync(folder)).toEqual(['library'])
  })

  test('a trial that is not there', async () => {
    const folder = folderWith()
    const { code, err } = await imago(['run', 'nowhere.trial.yaml'], folder)
    expect([code, err]).toEqual([1, expect.stringMatching(/missing-file[^]*nowhere\.trial\.yaml/)])
    expect(readdirSync(folder)).toEqual([])
  })

  test('a file in place of the run folder, or of a folder on the way to it', async () => {
    const folder = libraryWith()
    writeFileSync(path.join(folder, 'taken'), '')
    const whole = await imago(['run', FLAGSHIP, ...SMALL, '--out', 'taken'], folder)
    expect([whole.code, whole.err]).toEqual([1, expect.stringMatching(/not-a-folder[^]*"taken"[^]*help: .*--out/)])
    const onTheWay = await imago(['run', FLAGSHIP, ...SMALL, '--out', 'taken/out'], folder)
    expect([onTheWay.code, onTheWay.err]).toEqual([1, expect.stringMatching(/error ENOTDIR[^]*help: /)])
    expect(readdirSync(folder).toSorted()).toEqual(['library', 'taken'])
  })

  // A full disk cannot be had in a test; a limit on the size of files (32 blocks, more than what was run takes and less than a piece) is met alike.
  test.skipIf(process.platform === 'win32')('a disk that takes no more', () => {
    const folder = libraryWith()
    const command = `ulimit -f 32; "${process.execPath}" "${path.join(ROOT, 'apps/cli/main.ts')}" run ${FLAGSHIP} ${SMALL.join(' ')} --out out`
    const { status, stderr } = spawnSync('sh', ['-c', command], { cwd: folder, encoding: 'utf8' })
    expect([status, stderr]).toEqual([1, expect.stringMatching(/error EFBIG[^]*\.piece[^]*help: /)])
    expect(written(path.join(folder, 'out'))).toEqual({})
    expect(piecesIn(path.join(folder, 'out'))).toEqual([])
    expect(
      readdirSync(path.join(folder, 'out'), { recursive: true }).filter((name) => String(name).endsWith('.part')),
    ).toEqual([])
  })
})
