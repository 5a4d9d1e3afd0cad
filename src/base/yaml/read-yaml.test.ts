import { expect, test } from 'vitest'
import * as z from 'zod'
import { type Problem, printProblem } from '../problem.ts'
import { readYaml } from './read-yaml.ts'

const SCHEMA = z.strictObject({
  trial: z.string().regex(/^[a-z-]+$/, 'write small letters'),
  use: z.enum(['calibrate', 'validate']),
  blinded: z.boolean().optional(),
  arms: z.array(z.strictObject({ name: z.string().min(1), n: z.int().min(1) })).min(1),
  visits: z.array(z.number()).optional(),
  do: z.union([z.string(), z.array(z.string()).min(1)]).optional(),
  shift: z.strictObject({ sd: z.number().positive(), locator: z.string() }).optional(),
  set: z.record(z.string(), z.number()).optional(),
})

const GOOD = `trial: deng
use: validate
arms:
  - {name: msc, n: 12}
`

const read = (text: string) => readYaml('a.yaml', text, SCHEMA)

/** Where a problem is, as text: what a reader sees underlined. */
function underlined(text: string, { place }: Problem): string {
  if (!place) throw new Error('no place')
  const line = text.split('\n')[place.line - 1] ?? ''
  return line.slice(place.column - 1, place.column - 1 + place.length)
}

test('a good file is read, and every value has its place', () => {
  const text = `${GOOD}do: "set x = 1 [mg/d]"\nvisits: [0, 6]\n`
  const { value, problems } = read(text)
  expect(problems).toEqual([])
  expect(value?.value).toEqual({
    trial: 'deng',
    use: 'validate',
    arms: [{ name: 'msc', n: 12 }],
    do: 'set x = 1 [mg/d]',
    visits: [0, 6],
  })
  expect(value?.place('trial')).toEqual({ file: 'a.yaml', line: 1, column: 8, length: 4 })
  expect(value?.place('arms', 0, 'n')).toEqual({ file: 'a.yaml', line: 4, column: 20, length: 2 })
  expect(value?.place('do')).toEqual({ file: 'a.yaml', line: 5, column: 6, length: 16 }) // inside the quotation marks
  expect(value?.place('visits', 1)).toEqual({ file: 'a.yaml', line: 6, column: 13, length: 1 })
  expect(value?.place('arms')).toEqual({ file: 'a.yaml', line: 3, column: 1, length: 4 }) // of a list its key
  expect(value?.place('arms', 0)).toEqual({ file: 'a.yaml', line: 4, column: 6, length: 4 }) // of an item its first key
  expect(value?.place('arms', 0, 'label')).toEqual(value?.place('arms', 0)) // of what is missing what is above it
  expect(value?.place('shift', 'sd')).toEqual({ file: 'a.yaml', line: 1, column: 1, length: 5 })
  expect(value?.place()).toEqual({ file: 'a.yaml', line: 1, column: 1, length: 5 })
})

test('a text over several lines has the place of its first character, and can be had as it is written', () => {
  const folded = `${GOOD}do: >-\n  protein < 1\n    and c3 > 90\n`
  const { value } = read(folded)
  expect(value?.value.do).toBe('protein < 1\n  and c3 > 90')
  const written = value?.written('do')
  expect(written?.place).toEqual({ file: 'a.yaml', line: 6, column: 3, length: 11 })
  expect(written?.text).toBe('protein < 1\n    and c3 > 90') // c3 stands where it stands in the file
  const plain = read(`${GOOD}do: protein < 1\n  and c3 > 90\n`).value
  expect(plain?.value.do).toBe('protein < 1 and c3 > 90')
  expect(plain?.written('do').text).toBe('protein < 1\n  and c3 > 90')
  expect(read(`${GOOD}do: 'it''s'\n`).value?.written('do').text).toBe("it's")
  expect(read(`${GOOD}do: "a\\tb"\n`).value?.written('do').text).toBe('a\tb')
  expect(read(GOOD).value?.written('do').text).toBe('')
})

test('line ends of Windows and a byte-order mark change no place', () => {
  const { value } = read(`\ufeff${GOOD.replaceAll('\n', '\r\n')}`)
  expect(value?.place('trial')).toEqual({ file: 'a.yaml', line: 1, column: 8, length: 4 })
  expect(value?.place('arms', 0, 'n')).toEqual({ file: 'a.yaml', line: 4, column: 20, length: 2 })
})

// [what is wrong, text, code, what is underlined, what the message says, what the help says]
const FAULTS: [string, string, string, string, RegExp, RegExp?][] = [
  [
    'an unknown key',
    `${GOOD}bilnded: true`,
    'unknown-key',
    'bilnded',
    /"bilnded" means nothing/,
    /did you mean "blinded"/,
  ],
  ['an unknown key like none', `${GOOD}zzzzzz: 1`, 'unknown-key', 'zzzzzz', /means nothing/, /known here: trial, use/],
  ['an unknown key in a list', GOOD.replace('n: 12', 'n: 12, nam: x'), 'unknown-key', 'nam', /"nam"/, /"name"/],
  [
    'a missing key',
    GOOD.replace('use: validate\n', ''),
    'missing-key',
    'trial',
    /"use" is missing/,
    /calibrate or validate/,
  ],
  ['a missing key in a list', GOOD.replace(', n: 12', ''), 'missing-key', 'name', /"n" is missing/, /a number/],
  ['a misspelled key, told once', GOOD.replace('use', 'ues'), 'unknown-key', 'ues', /"ues"/, /"use"/],
  ['text for a number', GOOD.replace('12', 'twelve'), 'wrong-type', 'twelve', /"n" is to be a number, found "twelve"/],
  ['a broken number', GOOD.replace('12', '1.5'), 'wrong-type', '1.5', /"n" is to be a whole number, found 1.5/],
  ['no number', GOOD.replace('12', '.nan'), 'wrong-type', '.nan', /found NaN/],
  [
    'an endless number',
    `${GOOD}visits: [.inf]`,
    'wrong-type',
    '.inf',
    /Item 1 of "visits" is to be a number, found Infinity/,
  ],
  [
    'a number for text',
    GOOD.replace('deng', '2017'),
    'wrong-type',
    '2017',
    /"trial" is to be text, found 2017/,
    /quotation/,
  ],
  ['yes for true', `${GOOD}blinded: yes`, 'wrong-type', 'yes', /true or false, found "yes"/],
  [
    'nothing behind a key',
    GOOD.replace('deng', ''),
    'wrong-type',
    'trial',
    /is to be text, found nothing/,
    /behind the ":"/,
  ],
  ['an empty text', GOOD.replace('name: msc', 'name: ""'), 'too-small', '"', /"name" is not to be empty/],
  [
    'a word that is not one of the list',
    GOOD.replace('validate', 'valdate'),
    'wrong-value',
    'valdate',
    /calibrate or validate, found "valdate"/,
    /did you mean "validate"/,
  ],
  [
    'a pattern not kept',
    GOOD.replace('deng', 'Deng'),
    'wrong-value',
    'Deng',
    /not written as it must be/,
    /small letters/,
  ],
  ['a number too small', GOOD.replace('12', '0'), 'too-small', '0', /at least 1, found 0/],
  ['a number not above', `${GOOD}shift: {sd: 0, locator: x}`, 'too-small', '0', /above 0, found 0/],
  ['an empty list', 'trial: a\nuse: validate\narms: []', 'too-small', 'arms', /at least 1 item, found an empty list/],
  ['one value for a list', 'trial: a\nuse: validate\narms: msc', 'wrong-type', 'msc', /a list, found "msc"/, /"- "/],
  ['neither of two shapes', `${GOOD}do: 5`, 'wrong-type', '5', /text or a list, found 5/],
  ['the nearer of two shapes', `${GOOD}do: [a, 5]`, 'wrong-type', '5', /Item 2 of "do" is to be text/],
  ['a wrong value of a record', `${GOOD}set: {a: b}`, 'wrong-type', 'b', /"a" is to be a number/],
  ['a list for the file', '- 1', 'wrong-type', '-', /The file is to be keys with values, found a list/],
  ['an empty file', '', 'wrong-type', '', /The file is to be keys with values, found nothing/],
  ['a key twice', `${GOOD}trial: b`, 'doubled-key', 'trial', /"trial" stands here twice/, /first in line 1/],
  ['a reference', `${GOOD.replace('msc', '&a msc')}do: *a`, 'alias', '*', /reference/, /write it out/],
  ['a merge key', `${GOOD}<<: {blinded: true}`, 'unknown-key', '<<', /means nothing/],
  ['a key that programmers know', `${GOOD}__proto__: {a: 1}`, 'unknown-key', '__proto__', /means nothing/],
  ['an open quotation mark', `${GOOD}do: "a`, 'yaml-missing-char', '', /closing quotation mark/],
  ['an open bracket', `${GOOD}visits: [1, 2`, 'yaml-bad-indent', '', /bracket before it is not closed/],
  ['a unit in braces', `${GOOD}set: {a: 1 [mg]}`, 'yaml-unexpected-token', '[', /not expected/, /quotation marks/],
  ['a colon in a text', `${GOOD}do: a: b`, 'yaml-block-as-implicit-key', 'a', /Two keys/, /quotation marks/],
  ['a tab', `${GOOD}shift:\n\tsd: 1`, 'yaml-tab-as-indent', '\t', /tab/, /spaces/],
  ['a tag', GOOD.replace('deng', '!x deng'), 'yaml-tag-resolve-failed', '!x', /tag is not known/],
  ['two documents', `${GOOD}---\na: 1`, 'yaml-multiple-docs', '---', /second document/],
  ['a key that is a list', `${GOOD}? [a]\n: 1`, 'yaml-non-string-key', '[', /plain word/],
  [
    'a strange first letter',
    GOOD.replace('deng', '@deng'),
    'yaml-bad-scalar-start',
    '@',
    /cannot start/,
    /quotation marks/,
  ],
]

test.each(FAULTS)('%s is told with its place', (_, text, code, where, message, help) => {
  const { value, problems } = read(text)
  expect(value).toBeUndefined()
  expect(problems.map((p) => p.code)).toEqual([code])
  const [problem] = problems
  if (!problem) throw new Error('no problem')
  expect(underlined(text, problem)).toBe(where)
  expect(problem.message).toMatch(message)
  if (help) expect(problem.help).toMatch(help)
  expect(printProblem(problem, text)).not.toMatch(/undefined|invalid_|ZodError|Invalid input/)
})

test('several faults of shape are told at once, in the order of the file', () => {
  const { problems } = read('trial: 1\nuse: x\narms:\n  - {name: a, n: b}\nfoo: 1\n')
  expect(problems.map(({ place, code }) => [place?.line, code])).toEqual([
    [1, 'wrong-type'],
    [2, 'wrong-value'],
    [4, 'wrong-type'],
    [5, 'unknown-key'],
  ])
})

test('a few lines cannot grow into gigabytes, nor deep nesting end the program', () => {
  const bomb = Array.from({ length: 20 }, (_, i) => `a${i}: &a${i} [${`*a${i - 1},`.repeat(i === 0 ? 0 : 9)}]`).join(
    '\n',
  )
  expect(read(bomb).problems[0]?.code).toBe('alias')
  expect(read(`a: ${'['.repeat(60)}${']'.repeat(60)}`).problems[0]?.code).toBe('too-deep')
  for (const deep of ['[', '{a: ', '- ', '? ']) expect(read(deep.repeat(50_000)).problems).not.toEqual([])
  expect(read('a'.repeat(1_000_001)).problems[0]?.code).toBe('too-long')
})

test('many faults take little time, and not all are told', () => {
  const start = performance.now()
  const { problems } = read(Array.from({ length: 80_000 }, (_, i) => `k${i}: 1`).join('\n'))
  expect(problems.length).toBeLessThanOrEqual(100)
  expect(performance.now() - start).toBeLessThan(10_000)
})
