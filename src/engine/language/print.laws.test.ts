// The law of the printer: reading what is printed gives the tree that was printed, for every tree that the grammar allows, and for the library.
import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseActions, parseModel } from './parse.ts'
import { RESERVED } from './parse-expression.ts'
import { printAction, printModel } from './print.ts'
import type { Action, Expression, ModelFile, Statement } from './tree.ts'

const LIBRARY = fileURLToPath(new URL('../../../library/models/', import.meta.url))
const RUNS = 2000
const place = { file: 'x.model', line: 1, column: 1, length: 1 }

// ---- what tokens may hold

const words = fc.stringMatching(/^[\p{L}_][\p{L}\p{N}_]{0,5}$/u)
const freeWords = fc
  .oneof(words, fc.constantFrom('at', 'given', 'dose', 'into', 'param', 'tolerance', 'sum', 'i', 'a1'))
  .filter((word) => !RESERVED.has(word))
const dotted = fc.oneof(
  freeWords,
  fc.tuple(freeWords, freeWords).map(([file, name]) => `${file}.${name}`),
)
const named = (text: fc.Arbitrary<string>) => fc.record({ text, place: fc.constant(place) })
const positives = fc
  .oneof(
    fc.nat({ max: 12 }),
    fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }),
    fc.constantFrom(0, 1e21, 5e-324, 0.1, 1.7976931348623157e308),
  )
  .map((x) => x + 0) // 0, not -0
const nonzero = positives.filter((x) => x > 0)
const numbers = fc.tuple(positives, fc.boolean()).map(([x, minus]) => (minus && x !== 0 ? -x : x))
const inner = fc.string({ unit: 'binary', maxLength: 6 }).map((s) => s.replaceAll(/[[\]\n]/g, ''))
const unitTexts = fc
  .oneof(
    fc.constantFrom('mg/L', '1', '10*9/L', '1/d'),
    inner,
    fc.tuple(inner, inner, inner).map(([a, b, c]) => `${a}[${b}]${c}`),
  )
  .map((s) => s.trim())
const units = named(unitTexts)
const texts = fc.string({ unit: 'binary', maxLength: 12 }).map((s) => s.replaceAll(/["\n]/g, ''))
const comments = fc.string({ unit: 'binary', maxLength: 12 }).map((s) => s.replaceAll('\n', '').trimEnd())
const sources = fc.record(
  { key: fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9:_-]{0,8}$/), locator: texts, place: fc.constant(place) },
  { requiredKeys: ['key', 'place'] },
)

/** A record of which some properties may be absent, as the parser leaves them. */
const maybe = <T extends object>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }, ...optional: (keyof T)[]) =>
  fc.record(model, { requiredKeys: (Object.keys(model) as (keyof T)[]).filter((key) => !optional.includes(key)) })
const k = <const T>(value: T) => fc.constant(value)

// ---- expressions

const elements = fc.integer({ min: 1, max: 200 })
const indices = fc.oneof(
  fc.record({ offset: elements }),
  fc.record({ counter: freeWords, offset: fc.integer({ min: -200, max: 200 }) }),
)
const operators = k(['+', '-', '*', '/', '^', '<', '<=', '>', '>=', '==', '!=', 'and', 'or'] as const).chain((all) =>
  fc.constantFrom(...all),
)

const { expression } = fc.letrec<{ expression: Expression }>((tie) => {
  const part = tie('expression')
  const shared = { place: k(place) }
  return {
    expression: fc.oneof(
      { maxDepth: 5, depthSize: 'small' },
      fc.oneof(
        maybe({ ...shared, kind: k('number'), value: positives, unit: units }, 'unit'),
        fc.record({ ...shared, kind: k('name'), name: fc.oneof(dotted, k('time')) }),
        fc.record({ ...shared, kind: k('element'), name: dotted, index: indices }),
      ),
      fc.record({ ...shared, kind: k('binary'), operator: operators, a: part, b: part }),
      fc.record({ ...shared, kind: k('binary'), operator: operators, a: part, b: part }),
      fc.record({ ...shared, kind: fc.constantFrom('negate', 'not'), a: part }),
      fc.record({ ...shared, kind: k('convert'), a: part, unit: units }),
      fc.record({ ...shared, kind: k('if'), test: part, then: part, otherwise: part }),
      fc.record({ ...shared, kind: k('call'), name: dotted, args: fc.array(part, { minLength: 1, maxLength: 3 }) }),
    ) as fc.Arbitrary<Expression>,
  }
})

// ---- statements

const quantities = maybe({ value: numbers, unit: units, place: k(place) }, 'unit')
const timesAndPlace = { at: quantities, place: k(place) }
const doses = fc.oneof(
  maybe(
    { kind: k('dose'), amount: expression, into: named(dotted), index: indices, over: quantities, ...timesAndPlace },
    'index',
    'at',
    'over',
  ),
  maybe(
    {
      kind: k('dose'),
      amount: expression,
      into: named(dotted),
      index: indices,
      every: quantities,
      times: fc.integer({ min: 1, max: 1e6 }),
      over: quantities,
      ...timesAndPlace,
    },
    'index',
    'at',
    'over',
  ),
)
const actions = fc.oneof(
  doses,
  maybe({ kind: k('set'), name: named(dotted), value: expression, ...timesAndPlace }, 'at'),
  maybe({ kind: k('reset'), name: named(dotted), index: indices, value: expression, ...timesAndPlace }, 'index', 'at'),
) as fc.Arbitrary<Action>
const given = fc.array(actions, { maxLength: 2 })
const limits = fc.oneof(
  fc.record({ kind: k('percent'), percent: nonzero, place: k(place) }),
  fc.record({ kind: k('absolute'), value: nonzero, unit: units, place: k(place) }),
)
const priors = fc.oneof(
  fc.record({ family: k('lognormal'), cv: numbers, place: k(place) }),
  fc.record({ family: fc.constantFrom('lognormal', 'logitnormal', 'normal'), sd: numbers, place: k(place) }),
  fc.record({ family: k('uniform'), from: numbers, to: numbers, place: k(place) }),
)
const ranges = fc.oneof(
  fc.record({ index: elements }),
  fc
    .tuple(freeWords, elements, elements)
    .map(([counter, a, b]) => ({ counter, from: Math.min(a, b), to: Math.max(a, b) })),
)
const defined = { name: named(freeWords), value: expression, unit: units, meaning: texts }
const sourced = { name: named(freeWords), value: numbers, unit: units, meaning: texts, source: sources }
const table = {
  kind: k('table'),
  name: named(freeWords),
  arg: fc.record({ name: named(freeWords), unit: units }),
  points: fc.array(fc.tuple(numbers, numbers), { minLength: 2, maxLength: 4 }),
  unit: units,
  between: fc.constantFrom('linear', 'step'),
  outside: fc.constantFrom('hold', 'strict'),
  meaning: texts,
  source: sources,
}
const args = fc.array(maybe({ name: named(freeWords), unit: units }, 'unit'), { minLength: 1, maxLength: 3 })
const state = {
  kind: k('state'),
  name: named(freeWords),
  size: elements,
  start: expression,
  unit: units,
  tolerance: nonzero,
  meaning: texts,
}

/** One of each kind, so that none can be forgotten. */
const KINDS: { readonly [K in Statement['kind']]: fc.Arbitrary<object> } = {
  comment: fc.record({ kind: k('comment'), text: comments }),
  model: maybe({ kind: k('model'), name: named(words), title: texts }, 'title'),
  time: fc.record({ kind: k('time'), unit: units }),
  use: fc.record({ kind: k('use'), names: fc.array(named(words), { minLength: 1, maxLength: 3 }) }),
  needs: maybe(
    { kind: k('needs'), name: named(freeWords), alone: numbers, unit: units, meaning: texts },
    'alone',
    'meaning',
  ),
  input: maybe({ kind: k('input'), ...sourced }, 'unit', 'meaning', 'source'),
  param: maybe({ kind: k('param'), ...sourced, prior: priors }, 'unit', 'meaning', 'source', 'prior'),
  let: maybe({ kind: k('let'), ...defined }, 'unit', 'meaning'),
  provides: maybe({ kind: k('provides'), ...defined }, 'unit', 'meaning'),
  conserved: maybe({ kind: k('conserved'), ...defined }, 'unit', 'meaning'),
  function: fc.record({ kind: k('function'), name: named(freeWords), args, value: expression }),
  table: maybe(table, 'meaning', 'source'),
  state: maybe(state, 'size', 'unit', 'tolerance', 'meaning'),
  der: maybe({ kind: k('der'), name: named(dotted), range: ranges, value: expression }, 'range'),
  run: fc.record({ kind: k('run'), until: quantities, every: quantities, given }),
  expect: maybe(
    { kind: k('expect'), value: expression, at: quantities, equals: expression, limit: limits, given },
    'at',
  ),
}
const statements = fc
  .tuple(fc.oneof(...Object.values(KINDS)), fc.boolean())
  .map(([bare, gap]) => ({ ...bare, place, gap }) as Statement)
const models = fc
  .array(statements, { minLength: 1, maxLength: 4 })
  .map((list): ModelFile => ({ file: 'x.model', statements: list.map((s, i) => (i === 0 ? { ...s, gap: false } : s)) }))

/** A tree without its places. */
const bare = (tree: unknown): unknown =>
  JSON.parse(JSON.stringify(tree, (key, value: unknown) => (key === 'place' ? undefined : value)))

const holds = <T extends [unknown, ...unknown[]]>(property: fc.IProperty<T>) =>
  fc.assert(property, { seed: 20261120, numRuns: RUNS })

describe('a printed model', () => {
  test('reads back as the tree that was printed, and prints the same', () =>
    holds(
      fc.property(models, (model) => {
        const printed = printModel(model)
        const { value, problems } = parseModel('x.model', printed)
        expect(problems).toEqual([])
        expect(bare(value)).toEqual(bare(model))
        expect(printModel(value)).toBe(printed)
      }),
    ))

  test('reads back from a file with a byte-order mark, CRLF and trailing spaces', () =>
    holds(
      fc.property(models, (model) => {
        const printed = `\ufeff${printModel(model).replaceAll('\n', ' \t\r\n')}`
        expect(bare(parseModel('x.model', printed).value)).toEqual(bare(model))
      }),
    ))

  test('stands on one line a statement', () =>
    holds(
      fc.property(models, (model) => {
        const gaps = model.statements.filter(({ gap }) => gap).length
        expect(printModel(model).split('\n').length - 1).toBe(model.statements.length + gaps)
      }),
    ))
})

test('a printed action reads back', () =>
  holds(
    fc.property(fc.array(actions, { minLength: 1, maxLength: 3 }), (list) => {
      const { value, problems } = parseActions('--give', list.map(printAction).join(', '))
      expect(problems).toEqual([])
      expect(bare(value)).toEqual(bare(list))
    }),
  ))

describe('as few parentheses as keep the tree', () => {
  test.each([
    ['((a)) + (b * c)', 'a + b*c'],
    ['(a + b) * c', '(a + b)*c'],
    ['a - (b - c)', 'a - (b - c)'],
    ['(a - b) - c', 'a - b - c'],
    ['a / (b * c)', 'a/(b*c)'],
    ['-(a ^ 2)', '-a^2'],
    ['(-a) ^ 2', '(-a)^2'],
    ['a ^ (-b)', 'a^-b'],
    ['a ^ (b ^ c)', 'a^b^c'],
    ['(a ^ b) ^ c', '(a^b)^c'],
    ['(not a < b) and c < d', 'not a < b and c < d'],
    ['not (a < b and c < d)', 'not (a < b and c < d)'],
    ['(a + b) in [mg]', 'a + b in [mg]'],
    ['a + (b in [mg])', 'a + (b in [mg])'],
    ['if (a < b) then (if c < d then e else f) else (g)', 'if a < b then if c < d then e else f else g'],
    ['(if a < b then c else d) + 1', '(if a < b then c else d) + 1'],
  ])('%s', (written, printed) => {
    expect(printModel(parseModel('x', `let x = ${written}`).value)).toBe(`let x = ${printed}\n`)
  })

  test.each([
    ['(3) [mg]', '(3) [mg]'],
    ['(a + 3) [mg]', '(a + 3) [mg]'],
    ['(-3) [mg]', '(-3) [mg]'],
    ['(if a < b then 1 else 2) [mg]', '(if a < b then 1 else 2) [mg]'],
    ['(a + 3 [g]) [mg]', 'a + 3 [g] [mg]'],
    ['(2*(a + 3)) [mg]', '2*(a + 3) [mg]'],
    ['a1 [mg]', 'a1 [mg]'],
  ])('a unit after %s stays that of the whole', (written, printed) => {
    expect(printModel(parseModel('x', `let x = ${written}`).value)).toBe(`let x = ${printed}\n`)
  })
})

test('comments inside a statement come before it, and none is lost', () => {
  const text = 'let x = # one\n  a + # two\n  b\n# three\n'
  expect(printModel(parseModel('x', text).value)).toBe('# one\n# two\nlet x = a + b\n# three\n')
})

describe.each(globSync('**/*.model', { cwd: LIBRARY }).toSorted())('library/models/%s', (path) => {
  const { value, problems } = parseModel(path, readFileSync(LIBRARY + path, 'utf8'))
  const printed = printModel(value)

  test('reads back from what is printed', () => {
    expect(problems).toEqual([])
    expect(bare(parseModel(path, printed).value)).toEqual(bare(value))
    expect(printModel(parseModel(path, printed).value)).toBe(printed)
  })
})
