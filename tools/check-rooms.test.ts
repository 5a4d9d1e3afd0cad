import { describe, expect, test } from 'vitest'
import { checkFile } from './check-rooms.ts'
import { checkFaces } from './rooms/floors.ts'

/** Lists the codes of what the checker finds, with lines. */
const found = (path: string, text: string): string[] =>
  checkFile({ path, text }).map(({ code, place }) => `${code}:${place?.line}`)

describe('floors', () => {
  test.each([
    [
      'a room below through its face',
      'src/trial/design.ts',
      "import { log } from '#base'\nimport type { Frame } from '#stats'",
    ],
    [
      'a file of its own room',
      'src/engine/ir/walk.ts',
      "export { x } from './nodes.ts'\nimport y from '../golden/y.json' with { type: 'json' }",
    ],
    [
      'any face, from an app',
      'apps/cli/main.ts',
      "import { run } from '#lab'\nimport { readFile } from 'node:fs'\nimport { bar } from './bar.ts'",
    ],
    ['node: in a test', 'src/base/x.test.ts', "import { readFileSync } from 'node:fs'"],
    ['what tests share, in a test', 'apps/cli/x.test.ts', "import { run } from '../../tests/end-to-end/run.ts'"],
    ['a package', 'src/base/x.ts', "import { sha256 } from '@noble/hashes/sha2.js'"],
  ])('let pass %s', (_, path, text) => expect(found(path, text)).toEqual([]))

  test.each([
    ['import-up', 'src/base/x.ts', "import { simulate } from '#engine'"],
    ['import-up', 'src/base/x.ts', "import type { Model } from '#engine'"],
    ['import-up', 'src/base/x.test.ts', "export * from '#lab'"],
    ['import-up', 'src/base/x.ts', "const later = () => import('#engine')"],
    ['import-up', 'src/base/x.ts', "type Model = import('#engine').Model"],
    ['import-sideways', 'src/stats/x.ts', "import { score } from '#clinic'"],
    ['import-past-face', 'src/lab/x.ts', "import { walk } from '#engine/ir/walk.ts'"],
    ['import-past-face', 'src/lab/x.ts', "import { walk } from '../engine/ir/walk.ts'"],
    ['import-past-face', 'apps/cli/x.ts', "import { walk } from '../../src/engine/index.ts'"],
    ['import-past-face', 'src/lab/x.ts', "import { readText } from '../../tools/repository.ts'"],
    ['import-past-face', 'apps/cli/x.ts', "import { run } from '../../tests/end-to-end/run.ts'"],
    ['import-own-face', 'src/lab/x.ts', "import { run } from '#lab'"],
    ['import-extension', 'src/lab/x.ts', "import { run } from './run'"],
    ['import-node', 'src/lab/x.ts', "import { readFile } from 'node:fs/promises'"],
    ['import-node', 'src/lab/x.ts', "import { readFile } from 'fs'"],
    ['unknown-room', 'src/lab/x.ts', "import { readFile } from '#stat'"],
  ])('refuse %s in %s: %s', (code, path, text) => expect(found(path, `// first line\n${text}`)).toEqual([`${code}:2`]))

  test('name what a room may import', () => {
    const [problem] = checkFile({ path: 'src/stats/x.ts', text: "import { draw } from '#patients'" })
    expect(problem).toMatchObject({
      message: '"stats" imports "patients", which stands above it.',
      help: '"stats" may import base, engine; move the shared part down, or pass it in as an argument',
      place: { file: 'src/stats/x.ts', line: 1, column: 22, length: 11 },
    })
  })

  test('want a face for every room and a room for every face', () => {
    const faces = (paths: string[], imports: object) =>
      checkFaces(paths, { path: 'package.json', text: JSON.stringify({ imports }) }).map(
        ({ code, message }) => `${code} ${message}`,
      )
    expect(faces(['src/base/index.ts'], { '#base': './src/base/index.ts' })).toEqual([])
    expect(faces(['src/base/x.ts'], {})).toEqual(['room-without-face The room "base" has no face.'])
    expect(faces(['src/base/index.ts'], {})).toEqual([
      'room-without-face package.json does not name the face of "base".',
    ])
    expect(faces(['src/x.ts'], {})).toEqual(['unknown-room "src/x.ts" is no room.'])
    expect(faces([], { '#lab': './src/lab/index.ts' })).toEqual([
      'face-without-room package.json names "#lab", but "./src/lab/index.ts" does not exist.',
    ])
  })
})

describe('purity', () => {
  test.each([
    'const x = Math.sqrt(Math.abs(-1)) + Math.imul(2, 3)',
    "const table = { Date: 1, process: 2 }, log = (x: { console: string }) => x.console + 'Math.random()'",
    'export const ROWS: ReadonlyMap<string, number> = new Map([["a", 1]])',
    'export function f() { let n = 0; n += 1; return new Map() }',
    'declare const WebAssembly: unknown // console.log',
  ])('lets pass: %s', (text) => expect(found('src/base/x.ts', text)).toEqual([]))

  test.each([
    ['no-chance', 'const f = () => Math.random()'],
    ['no-clock', 'const f = () => new Date()'],
    ['no-clock', 'const f = () => Date.now()'],
    ['no-clock', 'const f = () => performance.now()'],
    ['no-world', 'const f = () => console.log(1)'],
    ['no-world', 'const f = () => process.argv'],
    ['no-world', "const f = () => fetch('x')"],
    ['no-world', 'const f = () => globalThis'],
    ['no-world', 'const f = (g: () => void) => setTimeout(g, 1)'],
    ['no-world', 'const f = () => ({ process })'],
    ['no-world', 'const here = import.meta.url'],
    ['math-of-base', 'const f = (x: number) => Math.exp(x)'],
    ['math-of-base', 'const f = (x: number) => Math.round(x)'],
    ['math-of-base', 'const turn = 2 * Math.PI'],
    ['math-of-base', 'const { log } = Math'],
    ['math-of-base', "const f = () => Math['exp'](1)"],
    ['math-of-base', 'const f = (x: number) => x ** 2'],
    ['math-of-base', 'const f = (x: number) => { x **= 2 }'],
    ['no-locale', 'const f = (x: number) => x.toLocaleString()'],
    ['no-locale', 'const f = (a: string, b: string) => a.localeCompare(b)'],
    ['no-locale', "const f = () => new Intl.NumberFormat('es')"],
    ['no-state', 'let count = 0'],
    ['no-state', 'export let count = 0'],
    ['no-state', 'const cache = new Map()'],
    ['no-state', "register('x')"],
    ['no-state', 'for (const x of [1]) f(x)'],
  ])('refuses %s: %s', (code, text) => {
    expect(found('src/base/x.ts', `\n${text}`)).toEqual([`${code}:2`])
    expect(found('src/base/x.test.ts', text)).toEqual([])
    expect(found('apps/cli/x.ts', text)).toEqual([])
  })
})

describe('words', () => {
  test.each([
    ['no-medicine', 'src/engine/x.ts', 'const patientCount = 1'],
    ['no-medicine', 'src/engine/x.ts', 'interface Run { readonly trials: number }'],
    ['no-medicine', 'src/engine/x.ts', 'const f = (x: { sledai: number }) => x.sledai'],
    ['no-medicine', 'src/engine/steroids/prednisone-dose.ts', ''],
    ['fhir-in-twin', 'src/trial/x.ts', "import type { Bundle } from '@medplum/fhirtypes'"],
    ['fhir-in-twin', 'src/lab/x.ts', 'const readFhir = 1'],
  ])('refuse %s in %s: %s', (code, path, text) => expect([...new Set(found(path, text))]).toEqual([`${code}:1`]))

  test.each([
    ['a comment', 'src/engine/x.ts', '// one lane a patient\nconst harm = "lupus"'],
    ['a longer word', 'src/engine/x.ts', 'const harmonic = 1, armature = 2'],
    ['a test', 'src/engine/x.test.ts', 'const patient = 1'],
    ['a room above', 'src/patients/x.ts', 'const patient = 1'],
    ['twin', 'src/twin/x.ts', "import type { Bundle } from '@medplum/fhirtypes'"],
  ])('let pass %s', (_, path, text) => expect(found(path, text)).toEqual([]))
})

describe('shape', () => {
  test.each([
    ['no-default-export', 'src/base/x.ts', 'export default 1'],
    ['no-default-export', 'apps/web/x.tsx', 'export default () => <p />'],
    ['no-default-export', 'src/base/index.ts', "export { x as default } from './x.ts'"],
    ['face-only-exports', 'src/base/index.ts', 'export const x = 1'],
    ['face-only-exports', 'src/engine/ir/index.ts', "import { x } from './x.ts'"],
    ['vague-name', 'src/base/util/x.ts', ''],
    ['vague-name', 'src/base/unit-helpers.ts', ''],
    ['vague-name', 'apps/cli/data.test.ts', ''],
    ['kebab-name', 'src/base/normalQuantile.ts', ''],
    ['syntax', 'src/base/x.ts', 'const = 1'],
  ])('refuses %s in %s', (code, path, text) => expect(found(path, text)).toEqual([`${code}:1`]))

  test('lets a face pass types, values and whole files on', () => {
    expect(
      found('src/base/index.ts', "export type { A } from './a.ts'\nexport { b } from './b.ts'\nexport * from './c.ts'"),
    ).toEqual([])
  })

  test('warns of a file over 400 lines, and only warns', () => {
    const lines = (count: number) => checkFile({ path: 'src/base/x.ts', text: '//\n'.repeat(count) })
    expect(lines(400)).toEqual([])
    expect(lines(401)).toMatchObject([
      { code: 'long-file', level: 'warning', message: '"src/base/x.ts" has 401 lines; the longest should have 400.' },
    ])
  })

  test('counts lines and columns past Windows line ends and wide letters', () => {
    expect(checkFile({ path: 'src/base/x.ts', text: "const é = '𝛼'\r\nconst f = () => Math.random()" })).toMatchObject([
      { place: { line: 2, column: 17, length: 11 } },
    ])
  })
})
