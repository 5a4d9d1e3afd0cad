// The reader of YAML against every kind of text: it never throws, and each problem says where. Fixed seed; IMAGO_FUZZ_RUNS=10 runs ten times as many.
import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as z from 'zod'
import { type Problem, printProblem, type Reading } from '../problem.ts'
import { type Located, readYaml } from './read-yaml.ts'

const TIMES = Number(process.env['IMAGO_FUZZ_RUNS'] ?? 1)
const LIBRARY = fileURLToPath(new URL('../../../library/', import.meta.url))
const FILES = globSync('**/*.yaml', { cwd: LIBRARY })
  .toSorted()
  .map((path) => readFileSync(LIBRARY + path, 'utf8'))

const SCHEMA = z.strictObject({
  regimen: z.string().min(1),
  title: z.string().optional(),
  give: z.array(z.string()).optional(),
  rules: z
    .array(
      z.strictObject({
        name: z.string(),
        for: z.int().min(1).optional(),
        do: z.union([z.string(), z.array(z.string())]),
      }),
    )
    .optional(),
})
/** What YAML is made of, and what these files are made of, between "§". */
const WORDS =
  'a§: §\n§  §- §[§]§{§}§, §"§\'§#§&a §*a§!t §|§>-§\t§---\n§? §%§\r\n§~§\\§€§\ufeff§<<: §__proto__§1§.nan§1e999§true' +
  '§regimen: x\n§give:\n§rules:\n§name: §do: §for: '

/** Takes whatever YAML can hold. */
const ANYTHING = z.unknown()

function expectTold({ value, problems }: Reading<Located<unknown>>, text: string): void {
  expect(value === undefined).toBe(problems.length > 0)
  const lines = text.replace(/^\ufeff/, '').split('\n')
  for (const problem of problems) expectPlace(problem, lines, text)
  expect(problems.length).toBeLessThanOrEqual(100)
}

function expectPlace(problem: Problem, lines: readonly string[], text: string): void {
  const { place, message, code } = problem
  const line = place && lines[place.line - 1]
  if (!place || line === undefined) throw new Error(`Line ${place?.line} of ${lines.length}: ${message}`)
  if (place.column < 1 || place.length < 1 || place.column - 1 + place.length > line.length + 1)
    throw new Error(`Columns ${place.column} + ${place.length} of ${line.length}: ${message}`)
  expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/)
  expect(message).toMatch(/^\S[^]*\.$/)
  expect(message.length + (problem.help?.length ?? 0)).toBeLessThan(1500)
  expect(printProblem(problem, text)).not.toContain('undefined')
}

const settings = (runs: number) => ({ seed: 20_250_611, numRuns: runs * TIMES })

test('any text is read or told about', () => {
  const words = fc.constantFrom(...WORDS.split('§'))
  const texts = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.array(words, { maxLength: 40 }).map((w) => w.join('')),
  )
  fc.assert(
    fc.property(texts, (text) => {
      expectTold(readYaml('f.yaml', text, SCHEMA), text)
      expectTold(readYaml('f.yaml', text, ANYTHING), text)
    }),
    settings(3000),
  )
})

test('a damaged file of the library is read or told about', () => {
  const cut = fc.record({
    file: fc.nat({ max: FILES.length - 1 }),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    length: fc.nat({ max: 12 }),
    put: fc.oneof(
      fc.string({ maxLength: 4 }),
      fc.constantFrom('', ':', '\n', '  ', '"', '[', '}', '*a', '&a', '- ', '\t', '#'),
    ),
  })
  fc.assert(
    fc.property(cut, ({ file, at, length, put }) => {
      const text = FILES[file] ?? ''
      const from = Math.floor(at * text.length)
      const damaged = text.slice(0, from) + put + text.slice(from + length)
      expectTold(readYaml('f.yaml', damaged, ANYTHING), damaged)
      expectTold(readYaml('f.yaml', damaged, SCHEMA), damaged)
    }),
    settings(400),
  )
})

test('every text in the library is where its place says', () => {
  const visit = (
    located: Located<unknown>,
    node: unknown,
    path: readonly (string | number)[],
    lines: readonly string[],
  ): number => {
    if (typeof node === 'string') {
      const { place, text } = located.written(...path)
      const [first = ''] = text.split('\n')
      expect(lines[place.line - 1]?.slice(place.column - 1)).toSatisfy((rest: string) => rest.startsWith(first))
      return 1
    }
    if (typeof node !== 'object' || node === null) return 0
    const entries: [string | number, unknown][] = Array.isArray(node) ? [...node.entries()] : Object.entries(node)
    return entries.reduce((sum, [key, inner]) => sum + visit(located, inner, [...path, key], lines), 0)
  }
  let texts = 0
  for (const text of FILES) {
    const { value } = readYaml('f.yaml', text, ANYTHING)
    if (value) texts += visit(value, value.value, [], text.split('\n'))
  }
  expect(texts).toBeGreaterThan(500)
})
