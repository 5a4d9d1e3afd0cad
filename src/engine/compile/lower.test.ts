// What each construct of the language computes, against numbers worked out by hand.
import { describe, expect, test } from 'vitest'
import { checkModel } from '../language/check-model.ts'
import { parseModel } from '../language/parse.ts'
import { lowering, plain } from './lower.ts'

const BASE = `model m
time [h]
param k = 3 [1] "three" @assumed "to reckon with"
param m = 7 [mg] "seven" @assumed "to reckon with"
param w = 0.25 [g] "a quarter" @assumed "to reckon with"
param V = 4 [L] "four" @assumed "to reckon with"
param d = 3 [d] "three days" @assumed "to reckon with"
input u = 5 [1] "five" @assumed "to reckon with"
state A = 2 [mg]
state X[1..3] = 1 [1]
der A = 0
der X[1] = 0
der X[i=2..3] = X[i - 1]*10 [1/h] + X[i]*1 [1/h]
`
const AT = { time: 6, A: 2, X: [10, 20, 30] }

/** The value of an expression, given as its text, where time, A and X are those of AT. */
function valueOf(expression: string, more = '', time = AT.time): number {
  const text = `${BASE}${more}\nlet wanted = ${expression}\n`
  const { value: file, problems } = parseModel('m.model', text)
  const { value: model, problems: found } = checkModel([file])
  expect([...problems, ...found].filter(({ level }) => level === 'error')).toEqual([])
  const at = model?.derived.findIndex(({ name }) => name === 'wanted') ?? -1
  const wanted = model?.derived[at]?.value
  if (!model || !wanted) throw new Error('the model must be there')
  const y = [AT.A, ...AT.X]
  return lowering(plain, model, {
    time,
    parameter: (i) => model.parameters[i]?.value ?? NaN,
    input: (i) => model.inputs[i]?.value ?? NaN,
    state: (i) => y[i] ?? NaN,
  })(wanted)
}

const EXACT: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  'names and numbers': { '2.5': 2.5, '1e-3': 0.001, '.5': 0.5, k: 3, u: 5, A: 2, 'X[2]': 20, time: 6 },
  'arithmetic, by precedence': {
    '2 + 3*4': 14,
    '(2 + 3)*4': 20,
    '10 - 3 - 2': 5,
    '10 - (3 - 2)': 9,
    '24/4/2': 3,
    '24/(4/2)': 12,
    '2*3/4*6': 9,
    '2 - -3': 5,
    '-2*3': -6,
    '2*-3': -6,
    '--2': 2,
    '0.1 + 0.2': 0.30000000000000004,
  },
  'powers: before a minus on the left, from the right': {
    '-2^2': -4,
    '(-2)^2': 4,
    '(-2)^3': -8,
    '2^-1': 0.5,
    '2^-2': 0.25,
    '2^3^2': 512,
    '(2^3)^2': 64,
    '2^-1^2': 0.5,
    '2*3^2': 18,
    '3^0': 1,
    '0^0': 1,
    '0^-1': Infinity,
    '2^0.5': Math.SQRT2,
    '4^(1/2)': 2,
    '(-4)^0.5': NaN,
    'k^2': 9,
    '(-2)^k': NaN,
    '(-2)^18': 262144,
    '(-2)^19': -524288,
    '(-2)^-17': -1 / 131072,
    '0^17': 0,
    '(-8)^(1/3)': NaN,
  },
  'functions that round nothing': {
    'exp(0)': 1,
    'log(1)': 0,
    'log(0)': -Infinity,
    'log(-1)': NaN,
    'sin(0)': 0,
    'cos(0)': 1,
    'sqrt(16)': 4,
    'sqrt(-1)': NaN,
    'abs(-3)': 3,
    'floor(2.7)': 2,
    'floor(-2.5)': -3,
    'min(3, 1, 2)': 1,
    'max(3, 1, 2)': 3,
    'max(-1, log(-1))': NaN,
    'sum(X)': 60,
  },
  conditions: {
    'if 1 < 2 then 3 else 4': 3,
    'if 2 < 2 then 3 else 4': 4,
    'if 2 <= 2 then 3 else 4': 3,
    'if 2 > 2 then 3 else 4': 4,
    'if 2 >= 2 then 3 else 4': 3,
    'if 2 == 2 then 3 else 4': 3,
    'if 2 != 2 then 3 else 4': 4,
    'if 1 < 2 and 2 < 1 then 3 else 4': 4,
    'if 1 < 2 or 2 < 1 then 3 else 4': 3,
    'if not 1 < 2 then 3 else 4': 4,
    'if not 1 < 2 or 1 < 2 then 3 else 4': 3,
    'if not (1 < 2 or 1 < 2) then 3 else 4': 4,
    'if 1 < 2 or 1 < 2 and 2 < 1 then 3 else 4': 3,
    'if (1 < 2 or 1 < 2) and 2 < 1 then 3 else 4': 4,
    'if 1 + 1 < 3*1 then 3 else 4': 3,
    'if 1 > 2 then 3 else if 1 < 2 then 5 else 6': 5,
    'if (if 1 < 2 then 2 < 1 else 1 < 2) then 3 else 4': 4,
    'if 1 < 2 then 3 else 4 + 10': 3,
    '(if 1 < 2 then 3 else 4) + 10': 13,
    'if log(-1) < 0 then 3 else 4': 4,
    'if log(-1) == log(-1) then 3 else 4': 4,
    'if k > 4 then 1/(k - 3) else 5': 5,
  },
  'units, converted only where it is written': {
    'm + 3 [mg]': 10,
    'm/V': 1.75,
    'w in [mg]': 250,
    '(w in [mg]) + m': 257,
    'm in [g]': 0.007,
    'd in [h]': 72,
    '36 [h] in [d]': 1.5,
    '50 [%] in [1]': 0.5,
    '0.5 in [%]': 50,
    '(m/V) in [g/L]': 0.00175,
    '(m/V) in [ug/mL]': 1.75,
    '1 [10*9/L] in [1/uL]': 1000,
    'sqrt(m*m)': 7,
    'm^2/m': 7,
    '(V^0.5)^2': 4,
    'V^-1*V': 1,
    'if m > 0 then 1 else 2': 1,
    'min(0, m)': 0,
    'max(m, 8 [mg])': 8,
  },
}

describe.each(Object.entries(EXACT))('%s', (_, cases) => {
  test.each(Object.entries(cases))('%s is %d', (expression, value) => {
    expect(valueOf(expression)).toBe(value)
  })
})

// the elementary functions have tests of their own in #base: here only which one is meant
test.each(
  Object.entries({
    'exp(1)': Math.E,
    'log(10)': Math.LN10,
    'sin(1)': Math.sin(1),
    'cos(1)': Math.cos(1),
    '2^17': 131072,
    '2^k': 8,
    '9^1.5': 27,
    '8^(1/3)': 2,
    '2^-0.5': Math.SQRT1_2,
    'm^0.25*m^0.75': 7,
  }),
)('%s is close to %d', (expression, value) => {
  expect(Math.abs(valueOf(expression) / value - 1)).toBeLessThan(1e-15)
})

describe('functions', () => {
  const more = `function twice(x) = x + x
function hill(c [mg], half [mg], n) = c^n/(half^n + c^n)
function both(x, y) = twice(x)*twice(y) + k
function shadow(k) = k*10
function late(x) = x + after
let after = 100
`
  test.each([
    ['twice(k)', 6],
    ['twice(2 [mg])/m', 4 / 7],
    ['twice(twice(twice(1)))', 8],
    ['both(2, 3)', 27],
    ['hill(m, 7 [mg], 2)', 0.5],
    ['hill(0, m, 2)', 0],
    ['shadow(2)', 20],
    ['late(1)', 101],
    ['twice(A)', 4],
  ])('%s is %d', (expression, value) => {
    expect(valueOf(expression, more)).toBe(value)
  })
})

describe('tables', () => {
  const POINTS = '(0, 10) (2, 20) (6, 40) (7, 0) [mg]'
  const rest = '"a table" @assumed "to reckon with"'
  const more = ['linear', 'step']
    .flatMap((between) =>
      ['hold', 'strict'].map(
        (outside) => `table ${between}_${outside}(t [h]) = ${POINTS} ${between} ${outside} ${rest}`,
      ),
    )
    .join('\n')
  const at = (table: string, time: number): number => valueOf(`${table}(time)`, more, time)

  test.each([
    // time, linear, step
    [0, 10, 10],
    [0.5, 12.5, 10],
    [1.9999999, 19.9999995, 10],
    [2, 20, 20],
    [4, 30, 20],
    [5, 35, 20],
    [6, 40, 40],
    [6.75, 10, 40],
    [7, 0, 0],
  ])('at %d they give %d in between, %d in steps', (time, linear, step) => {
    for (const outside of ['hold', 'strict']) {
      expect(at(`linear_${outside}`, time)).toBeCloseTo(linear, 12)
      expect(at(`step_${outside}`, time)).toBe(step)
    }
  })

  test.each([
    [-1e-9, 10],
    [-5, 10],
    [7.0000001, 0],
    [1e300, 0],
    [Infinity, 0],
    [-Infinity, 10],
  ])('at %d, outside, they hold %d or are strict', (time, held) => {
    for (const between of ['linear', 'step']) {
      expect(at(`${between}_hold`, time)).toBe(held)
      expect(at(`${between}_strict`, time)).toBeNaN()
    }
  })

  test('what is not a number has no value in a table', () => {
    for (const between of ['linear', 'step'])
      for (const outside of ['hold', 'strict']) expect(at(`${between}_${outside}`, NaN)).toBeNaN()
  })
})

test('a shared part is computed once, however often it is used', () => {
  let count = 0
  const counting = { ...plain, add: (a: number, b: number) => (count++, a + b) }
  const doubling = Array.from({ length: 30 }, (_, i) => `let x${i + 1} = x${i} + x${i}`).join('\n')
  const { value: file } = parseModel(
    'm.model',
    `${BASE}let x0 = k\n${doubling}\nfunction f(a) = a + a\nlet y = ${'f('.repeat(30)}k${')'.repeat(30)}\n`,
  )
  const { value: model } = checkModel([file])
  const [x, y] = ['x30', 'y'].map((name) => model?.derived.find((derived) => derived.name === name)?.value)
  if (!model || !x || !y) throw new Error('the model must be there')
  const lower = lowering(counting, model, { time: 0, parameter: () => 3, input: () => 0, state: () => 0 })
  expect([lower(x), lower(y)]).toEqual([3 * 2 ** 30, 3 * 2 ** 30])
  expect(count).toBe(60)
})
