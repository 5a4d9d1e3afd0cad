// The reader and the checker against every kind of text: they never throw, they end quickly, and each problem says where. Fixed seed; IMAGO_FUZZ_RUNS=10
// runs ten times as many inputs.
import { spawnSync } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Problem, printProblem } from '#base'
import { compileModel } from '../compile/compile.ts'
import { checkConserved } from '../compile/conserved.ts'
import { checkModel } from './check-model.ts'
import { MOST_PROBLEMS } from './cursor.ts'
import { parseActions, parseModel, parseQuantity } from './parse.ts'

const TIMES = Number(process.env['IMAGO_FUZZ_RUNS'] ?? 1)
const RUNS = { strings: 1500 * TIMES, words: 3000 * TIMES, mutants: 1500 * TIMES }
const QUICKLY = 5000 // ms, on a busy machine; the slowest input takes some 500
const LIBRARY = fileURLToPath(new URL('../../../library/models/', import.meta.url))
const MODELS = globSync('**/*.model', { cwd: LIBRARY })
  .toSorted()
  .map((path) => readFileSync(LIBRARY + path, 'utf8'))

/** Holds problems to what every problem owes its reader. */
function expectTold(problems: readonly Problem[], file: string, text: string): void {
  const lines = text.replace(/^\ufeff/, '').split('\n') // a byte-order mark takes no column
  for (const problem of problems) {
    const { place, message, code } = problem
    const line = place && lines[place.line - 1]
    if (!place || line === undefined) throw new Error(`Line ${place?.line} of ${lines.length}: ${message}`)
    // the end of a line may be pointed at
    if (place.column < 1 || place.length < 1 || place.column - 1 + place.length > line.length + 1)
      throw new Error(`Columns ${place.column} + ${place.length} of ${line.length}: ${message}`)
    expect(place.file).toBe(file)
    expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/)
    expect(message).toMatch(/^\S[^]*\S$/)
    expect(message.length + (problem.help?.length ?? 0)).toBeLessThan(1500)
    expect(printProblem(problem, text)).toContain(`${place.line}:${place.column}`)
  }
}

/** Reads, checks and, where nothing is wrong, compiles; returns the codes of the problems. */
function expectSurvival(text: string): string[] {
  const began = performance.now()
  const { value, problems } = parseModel('x.model', text)
  const checked = checkModel([value])
  const all = [...problems, ...checked.problems]
  expect(performance.now() - began).toBeLessThan(QUICKLY)
  expect(problems.length).toBeLessThanOrEqual(MOST_PROBLEMS)
  expect(checked.problems.length).toBeLessThanOrEqual(MOST_PROBLEMS)
  expectTold(all.length < 50 ? all : [...all.slice(0, 25), ...all.slice(-25)], 'x.model', text)
  expect(checked.value === undefined || !checked.problems.some((p) => p.level === 'error')).toBe(true)
  if (checked.value && checked.value.states.length < 50) {
    compileModel(checked.value)
    checkConserved(checked.value)
  }
  return all.map(({ code }) => code)
}

const run = <T extends [unknown, ...unknown[]]>(numRuns: number, property: fc.IProperty<T>) =>
  fc.assert(property, { seed: 20261120, numRuns })

// ---- texts out of the language's own words, which reach deeper than noise

const KEYWORDS = `use needs input param let function table state der conserved provides run expect steady at every times over into given
  dose set reset within in if then else and or not lognormal normal uniform cv sd from to linear step hold strict tolerance`
const OTHERS = `A A b f T i x.A time exp sum min + - * / ^ ( ) ( ) < == = = = , % .. [ ] A[1] A[i-1]
  0 1 2.5 1e-3 1e400 [mg] [1/h] [mg [foo] [] "m" " @key # é`
const WORDS = [
  'model x',
  'time [h]',
  '@assumed "w"',
  ...KEYWORDS.split(/\s+/),
  ...OTHERS.split(/\s+/),
  '\n',
  '\n\n',
  '\n  ',
  '\r\n',
  '\t',
  '\0',
  '\u2028',
  '\ufeff',
]
const HEAD = 'model x\ntime [h]\n'
const USEFUL = [
  'param b = 1 [1/h] "m" @assumed "w"',
  'param c = 2 [mg] lognormal cv 30% "m" @key',
  'input u = 1 [1] "m" @assumed "w"',
  'state A = 1 [mg]',
  'state B[1..3] = c',
  'der A = -b*A',
  'der B[1] = b*(A - B[1])',
  'der B[i=2..3] = b*(B[i-1] - B[i])',
  'function f(y) = if y > 0 [mg] then y^2 else min(y*y, c*c)',
  'table T(t [h]) = (0, 1) (5, 2) [mg] linear hold "m" @key',
  'let d = f(A)/c + T(time)',
  'provides e = sum(B) in [g] [g] "m"',
  'conserved total = A + sum(B)',
  'run 1 [h] every 1 [h] given dose c into B[1] at 1 [h] every 2 [h] times 3 over 1 [h], set u = 2 at 1 [h]',
  'expect A at 1 [h] = c*exp(-b*time) within 1% given reset A = c',
]
const wordTexts = fc
  .array(
    fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom(...WORDS) },
      { weight: 1, arbitrary: fc.constant('\n') },
      { weight: 1, arbitrary: fc.constantFrom(...USEFUL.map((s) => `\n${s}\n`)) },
    ),
    {
      maxLength: 40,
    },
  )
  .map((list) => HEAD + list.join(' ').replaceAll(/\n /g, '\n'))

// ---- library files, damaged

const share = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true })
const damage = fc.record({
  what: fc.constantFrom('delete', 'insert', 'duplicate', 'swap', 'replace'),
  lines: fc.boolean(),
  at: share,
  to: share,
  size: fc.integer({ min: 1, max: 8 }),
  word: fc.oneof(fc.constantFrom(...WORDS), fc.string({ unit: 'binary', maxLength: 3 })),
})

function mutate(
  text: string,
  { what, lines, at, to, size, word }: typeof damage extends fc.Arbitrary<infer D> ? D : never,
): string {
  const parts = lines ? text.split(/(?<=\n)/) : [...text]
  const [i, j] = [Math.floor(at * parts.length), Math.floor(to * parts.length)]
  const count = lines ? 1 : size
  const cut = parts.slice(i, i + count)
  if (what === 'delete') parts.splice(i, count)
  if (what === 'insert') parts.splice(i, 0, word)
  if (what === 'replace') parts.splice(i, count, word)
  if (what === 'duplicate') parts.splice(j, 0, ...cut)
  if (what === 'swap') [parts[i], parts[j]] = [parts[j] ?? '', parts[i] ?? '']
  return parts.join('')
}

describe('reader and checker never throw, and tell each problem with its place', { timeout: 60_000 * TIMES }, () => {
  test(`on ${RUNS.strings} arbitrary strings`, () =>
    run(
      RUNS.strings,
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string({ size: 'medium' })), (text) => {
        expectSurvival(text)
        expectSurvival(HEAD + text)
        expectTold(parseActions('--give', text).problems, '--give', text)
        expectTold(parseQuantity('--until', text).problems, '--until', text)
      }),
    ))

  test(`on ${RUNS.words} texts made of the language's own words`, () =>
    run(
      RUNS.words,
      fc.property(wordTexts, (text) => void expectSurvival(text)),
    ))

  test(`on ${RUNS.mutants} damaged library files`, () => {
    let whole = 0
    run(
      RUNS.mutants,
      fc.property(fc.constantFrom(...MODELS), fc.array(damage, { minLength: 1, maxLength: 4 }), (text, list) => {
        const name = /^model (\w+)/m.exec(text)?.[1] ?? ''
        const damaged = list.reduce(mutate, text).replace(new RegExp(`^model ${name}\\b`, 'm'), 'model x')
        if (expectSurvival(damaged).length === 0) whole++
      }),
    )
    expect(whole).toBeGreaterThan(RUNS.mutants / 20) // the compiler is reached as well
  })
})

// ---- texts that once broke something, or are built to

const lines = (count: number, line: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => `${line(i)}\n`).join('')
const nest = (count: number, open: string, inner: string, close: string): string =>
  open.repeat(count) + inner + close.repeat(count)
const chains = (count: number): string => {
  let e = '1'
  for (let i = 0; i < count; i++) e = `(${e})${'+1'.repeat(100)}`
  return e
}

const HOSTILE: Record<string, readonly [text: string, codes: readonly string[]]> = {
  nothing: ['', ['missing-model', 'missing-time']],
  'a byte-order mark': ['\ufeff', ['missing-model', 'missing-time']],
  NUL: [`${HEAD}\0`, ['unknown-statement']],
  'a million NUL': ['\0'.repeat(1e6), ['unknown-statement']],
  'half a pair': [`${HEAD}let \ud83d = 1`, ['syntax']],
  'an emoji': [`${HEAD}let 🙂 = 1`, ['syntax']],
  '100,000 parentheses': [`${HEAD}let x = ${nest(1e5, '(', '1', ')')}`, ['too-deep']],
  '100,000 open parentheses': [`${HEAD}let x = ${'('.repeat(1e5)}`, ['too-deep']],
  '100,000 minuses': [`${HEAD}let x = ${'-'.repeat(1e5)}1`, ['too-deep']],
  '100,000 nots': [`${HEAD}let x = ${'not '.repeat(1e5)}1`, ['too-deep']],
  '100,000 powers': [`${HEAD}let x = ${'2^'.repeat(1e5)}1`, ['too-deep']],
  '100,000 ifs': [`${HEAD}let x = ${'if '.repeat(1e5)}1`, ['too-deep']],
  '100,000 else ifs': [`${HEAD}let x = ${'if 1 < 2 then 3 else '.repeat(1e5)}4`, ['too-deep']],
  '100,000 terms': [`${HEAD}let x = 1${'+1'.repeat(1e5)}`, ['too-deep']],
  '100,000 factors': [`${HEAD}let x = 1${'*1'.repeat(1e5)}`, ['too-deep']],
  '100,000 ors': [`${HEAD}let x = 1 < 2${' or 1 < 2'.repeat(1e5)}`, ['too-deep']],
  '100,000 arguments': [`${HEAD}let x = min(1${',1'.repeat(1e5)})`, ['too-many-arguments']],
  'chains inside chains': [`${HEAD}let x = ${chains(90)}`, ['too-deep']],
  'functions inside functions': [
    `${HEAD}function f0(a) = a\n${lines(500, (i) => `function f${i + 1}(a) = ${nest(40, '(1 + ', `f${i}(a)`, ')')}`)}let x = f500(1)`,
    ['too-deep'],
  ],
  'calls inside calls': [
    `${HEAD}function f(a) = ${nest(90, '(1 + ', 'a', ')')}\nlet x = ${nest(40, 'f(', '1', ')')}`,
    ['too-deep'],
  ],
  'functions that double': [
    `${HEAD}function f0(a) = a + a\n${lines(60, (i) => `function f${i + 1}(a) = f${i}(a) + f${i}(a)`)}let x = f60(1)`,
    ['too-large'],
  ],
  'an exponent that doubles': [`${HEAD}function d(a) = a + a\nlet x = 2^(0*${nest(40, 'd(', '1', ')')})`, ['no-state']],
  'a unit that doubles': [
    `${HEAD}let a0 = 1 [g]\n${lines(1200, (i) => `let a${i + 1} = a${i}*a${i}`)}`,
    ['unit-power'],
  ],
  'a unit that grows': [`${HEAD}let a0 = 1\n${lines(900, (i) => `let a${i + 1} = a${i}*1 [{u${i}}]`)}`, ['unit-power']],
  'definitions in reverse': [`${HEAD}${lines(2e4, (i) => `let a${i} = a${i + 1} + 1`)}let a20000 = 1`, ['too-deep']],
  'a long cycle': [`${HEAD}${lines(2e4, (i) => `let a${i} = a${(i + 1) % 2e4}`)}`, ['too-deep']],
  'definitions in order': [
    `${HEAD}let a0 = 1\n${lines(2e4, (i) => `let a${i + 1} = a${i}`)}state S = a20000\nder S = 0`,
    [],
  ],
  '30,000 unknown names': [`${HEAD}${lines(3e4, (i) => `let a${i} = b${i}`)}`, ['unknown-name']],
  '2000 rates for 200 elements': [
    `${HEAD}state X[1..200] = 0\n${lines(2000, () => 'der X[i=1..200] = 0')}`,
    ['doubled-rate'],
  ],
  '2000 arrays': [`${HEAD}${lines(2000, (i) => `state X${i}[1..200] = 0`)}`, ['too-many-states']],
  '200,000 comments in a statement': [`${HEAD}let x =\n${lines(2e5, () => ' #')} 1`, ['no-state']],
  '500,000 wrong lines': ['x\n'.repeat(5e5), ['unknown-statement']],
  'a million-character name': [`${HEAD}let ${'a'.repeat(1e6)} = nowhere + ${'b'.repeat(1e6)}`, ['unknown-name']],
  'a million-character number': [`${HEAD}let x = ${'9'.repeat(1e6)}`, ['number-too-large']],
  'a million-character unit': [`${HEAD}let x = 1 [${'g'.repeat(1e6)}]`, ['bad-unit']],
  'a million-character comment': [`${HEAD}#${'#'.repeat(1e6)}`, ['no-state']],
  '300,000 open brackets': [`${HEAD}let x = ${'['.repeat(3e5)}`, ['syntax']],
  'a bracket that never closes': [`${HEAD}let x = 1 [${'a[b]'.repeat(2.5e5)}`, ['syntax']],
  'a text that never closes': [`${HEAD}let x = 1 "${'a'.repeat(1e6)}`, ['syntax']],
  'a million carriage returns': [`${HEAD}${'\r'.repeat(1e6)}`, ['no-state']],
  'names of JavaScript': [
    `${HEAD}let constructor = __proto__ + toString\n__proto__ = 1\nlet y = hasOwnProperty(1)`,
    ['unknown-name', 'unknown-statement', 'unknown-function'],
  ],
}

test.each(Object.entries(HOSTILE))('survives %s', (_, [text, codes]) => {
  const found = expectSurvival(text)
  for (const code of codes) expect(found).toContain(code)
  if (codes.length === 0) expect(found).toEqual([])
})

// Node gives its main thread 984 KB of stack, the thread of a test 4 MB, a browser's worker perhaps 500 KB.
test('and on half of the stack that Node gives, together with what lies just inside the limits', () => {
  const bodies = [
    ['(1 + ', ')'],
    ['if b > (', ') then 1 else 2'],
    ['exp(b*', ')'],
    ['id(b + ', ')'],
    ['(b + ', ')^2'],
  ] as const
  const deep = bodies.flatMap(([open, close]) =>
    [2, 4, 8, 16].map((count) => {
      const body = (i: number): string => nest(Math.floor(96 / count) * 2, open, i === 0 ? 'a' : `f${i - 1}(a)`, close)
      const functions = lines(count, (i) => `function f${i}(a) = ${body(i)}`)
      return `${HEAD}param b = 1 [1] "m" @assumed "w"\nfunction id(a) = a\n${functions}state A = 1\nder A = f${count - 1}(b)*A/(1 [h])\nconserved c = A\n`
    }),
  )
  const texts = [
    `${HEAD}let x = ${nest(99, '(', '1', ')')}`,
    `${HEAD}let x = 1${'+1'.repeat(249)}`,
    ...deep,
    ...Object.values(HOSTILE).map(([text]) => text),
  ]
  const script = `import { readFileSync } from 'node:fs'
    import { checkConserved, checkModel, compileModel, parseModel, printModel } from '#engine'
    for (const text of JSON.parse(readFileSync(0, 'utf8'))) {
      const { value } = parseModel('x.model', text)
      const { value: model } = checkModel([value])
      if (text.length < 100_000) printModel(value)
      if (model && model.states.length < 50) compileModel(model), checkConserved(model)
    }`
  const { status, stderr } = spawnSync(
    process.execPath,
    ['--stack-size=492', '--input-type=module-typescript', '--eval', script],
    {
      cwd: fileURLToPath(new URL('.', import.meta.url)),
      input: JSON.stringify(texts.map((t) => t.slice(0, 60_000))),
      encoding: 'utf8',
    },
  )
  expect(stderr).toBe('')
  expect(status).toBe(0)
})

test.each([
  ['100,000 parentheses', `dose ${'('.repeat(1e5)}`],
  ['100,000 doses', `dose 1 into A${', dose 1 into A'.repeat(1e5)}`],
  ['100,000 numbers', '1 '.repeat(1e5)],
  ['100,000 spaces', `1${' '.repeat(1e5)}h${' '.repeat(1e5)}`],
  ['100,000 digits', '1'.repeat(1e5)],
  ['an unknown unit', '  1 foo'],
])('an action and a quantity survive %s', (_, text) => {
  const began = performance.now()
  expectTold(parseActions('--give', text).problems, '--give', text)
  expectTold(parseQuantity('--until', text).problems, '--until', text)
  expect(performance.now() - began).toBeLessThan(QUICKLY)
})
