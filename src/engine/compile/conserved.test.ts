// What is declared as conserved is held against the equations themselves, without running them.
import { describe, expect, test } from 'vitest'
import { checkModel } from '../language/check-model.ts'
import { parseModel } from '../language/parse.ts'
import { checkConserved } from './conserved.ts'

/** What is said about the conserved quantities of a model, but for the size of the leak. */
function told(lines: string): string[] {
  const { value: file, problems } = parseModel(
    'm.model',
    `model m\ntime [h]\nparam k = 0.1 [1/h] "k" @assumed "k"\n${lines}`,
  )
  const { value: model, problems: found } = checkModel([file])
  expect([...problems, ...found].filter(({ level }) => level === 'error')).toEqual([])
  return checkConserved(model ?? expect.fail('the model must be there')).map(
    ({ code, place, message, help }) =>
      `${code} ${place?.line}:${place?.column} ${message.replace(/\d[\d.]*%/, 'N%')}${help === undefined ? '' : ` (${help})`}`,
  )
}

const leak = (name: string, place: string, states: string): string =>
  `not-conserved ${place} "${name}" is declared as conserved, and changes: at a drawn point its flows leave N% of the largest of them. (the flows of ${states} must cancel)`

const CHAIN = 'state A = 3 [mg]\nstate B = 0 [mg]\nder A = -k*A\n'

describe('a quantity that is conserved', () => {
  test.each([
    ['a mass that moves', `${CHAIN}der B = k*A\nconserved total = A + B\n`],
    ['with a weight', `${CHAIN}der B = 2*k*A\nconserved total = A + B/2\n`],
    [
      'in another unit',
      'state A = 3 [g]\nstate B = 0 [mg]\nder A = -k*A\nder B = (k*A in [mg/h])\nconserved total = A + (B in [g])\n',
    ],
    [
      'an array',
      'state X[1..3] = 1\nder X[1] = -k*X[1]\nder X[2] = k*(X[1] - X[2])\nder X[3] = k*X[2]\nconserved total = sum(X)\n',
    ],
    ['a product', 'state A = 3\nstate B = 2\nder A = k*A\nder B = -k*B\nconserved p = A*B\n'],
    ['a circle', 'state x = 1\nstate y = 0\nder x = -k*y\nder y = k*x\nconserved r = sqrt(x^2 + y^2)\n'],
    [
      'a pendulum',
      'state x = 1\nstate v = 0\nder x = v*1 [1/h]\nder v = -sin(x)*1 [1/h]\nconserved e = v^2/2 - cos(x)\n',
    ],
    ['through time', 'state A = 3\nder A = k\nconserved since = A - k*time\n'],
    ['through a power', 'state A = 3\nder A = k*A^1.5\nconserved c = A^-0.5 + k*time/2\n'],
    [
      'through conditions',
      `${CHAIN}der B = if A > 0 then k*A else 0\nconserved total = A + B\n`.replace(
        '-k*A',
        'if A > 0 then -k*A else 0',
      ),
    ],
    [
      'through a definition and a function',
      `${CHAIN}function flow(a [mg]) = k*a\nlet f = flow(A)\nder B = f\nconserved total = A + B\n`,
    ],
    ['a logarithm, where it is one', 'state A = 3\nder A = k*A\nconserved c = log(A) - k*time\n'],
  ])('%s', (_, lines) => {
    expect(told(lines)).toEqual([])
  })
})

describe('a quantity that is not', () => {
  test.each([
    ['a flow that is missing', `${CHAIN}der B = 0\nconserved total = A + B\n`, leak('total', '8:11', 'A')],
    ['a flow that is counted twice', `${CHAIN}der B = 2*k*A\nconserved total = A + B\n`, leak('total', '8:11', 'A, B')],
    ['a flow of the wrong sign', `${CHAIN}der B = -k*A\nconserved total = A + B\n`, leak('total', '8:11', 'A, B')],
    ['a leak of a millionth', `${CHAIN}der B = 0.999999*k*A\nconserved total = A + B\n`, leak('total', '8:11', 'A, B')],
  ])('%s', (_, lines, message) => {
    expect(told(lines)).toEqual([message])
  })

  test('what only the typical subject conserves', () => {
    const two = (prior: string): string =>
      `param l = 0.1 [1/h] ${prior} "l" @assumed "as k"\n${CHAIN}der B = l*A\nconserved total = A + B\n`
    expect(told(two(''))).toEqual([])
    expect(told(two('lognormal cv 30%'))).toEqual([leak('total', '9:11', 'A, B')])
  })

  test('time alone', () => {
    expect(told('state A = 3\nder A = 0\nconserved c = A*0 + k*time\n')).toEqual([
      expect.stringMatching(/flows leave N% of the largest of them\. \(it changes with time alone\)$/),
    ])
  })

  test('each is told of', () => {
    expect(told(`${CHAIN}der B = k*A\nconserved a = A\nconserved total = A + B\nconserved b = 2*B\n`)).toEqual([
      leak('a', '8:11', 'A'),
      leak('b', '10:11', 'B'),
    ])
  })

  test('what is finite nowhere is not taken on trust', () => {
    expect(told('state A = 3\nder A = k*A\nconserved c = log(-exp(A))\n')).toEqual([
      'not-conserved 6:11 "c" could not be checked: it is not finite at any of 20 points around the start.',
    ])
  })
})
