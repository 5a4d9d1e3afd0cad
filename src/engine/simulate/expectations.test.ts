// What `expect` lines say when they do not hold. All of the library's hold.
import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { interpret } from '../backends/index.ts'
import { checkConserved } from '../compile/conserved.ts'
import { checkModel } from '../language/check-model.ts'
import { gatherModel } from '../language/gather.ts'
import type { Model } from '../language/model.ts'
import { parseModel } from '../language/parse.ts'
import { runExpectations } from './expectations.ts'

const LIBRARY = fileURLToPath(new URL('../../../library/models/basics/', import.meta.url))
const BASE = `model m
time [h]
param k = 0.1 [1/h] lognormal cv 30% "loss" @assumed "round"
input feed = 0 [mg/h] "feed" @assumed "none"
state A = 100 [mg]
state clock = 0 [1]
der A = feed - k*A
der clock = 1 [1/h]
`

function modelOf(text: string): Model {
  const { value: file, problems } = parseModel('m.model', text)
  const { value: model, problems: found } = checkModel([file])
  expect([...problems, ...found].filter(({ level }) => level === 'error')).toEqual([])
  if (!model) throw new Error('the model must be there')
  return model
}

const run = (model: Model) => runExpectations(model, (kernel) => Promise.resolve(interpret(kernel)))

/** What is said about expectations: lines and messages. */
async function told(...lines: string[]): Promise<string[]> {
  const { count, problems } = await run(modelOf(`${BASE}${lines.join('\n')}\n`))
  expect(count).toBe(lines.length)
  expect(problems.every(({ code, level }) => code === 'expectation' && level === 'error')).toBe(true)
  return problems.map(
    ({ place, message, help }) => `${place?.line}:${place?.column} ${message}${help ? ` (${help})` : ''}`,
  )
}

/** Numbers in a message, cut after five digits: the last ones belong to the solver. */
const short = (messages: readonly string[]): string[] =>
  messages.map((message) => message.replaceAll(/\d+\.\d{4,}/g, (digits) => Number(digits).toPrecision(5)))

describe('an expectation that does not hold', () => {
  test('says what was expected, what was found, and how far off that is', async () => {
    expect(short(await told('expect A at 10 [h] = 40 [mg] within 1%'))).toEqual([
      '9:1 Expected 40 [mg], found 36.788: off by 8.03%.',
    ])
    expect(short(await told('expect A at 10 [h] = 40 [mg] within 1 [mg]'))).toEqual([
      '9:1 Expected 40 [mg], found 36.788: off by 3.21 [mg].',
    ])
    expect(short(await told('expect steady A = 5 [mg] within 1 [ug]'))).toEqual([
      expect.stringMatching(/^9:1 Expected 5 \[mg\], found [-\d.e]+: off by 5 \[mg\]\.$/),
    ])
  })

  test('leaves the others alone', async () => {
    expect(
      short(
        await told(
          'expect A at 10 [h] = 100 [mg]*exp(-k*time) within 0.001%',
          'expect A at 0 [h] = 99 [mg] within 0.1%',
          'expect steady A = 0 [mg] within 1 [ug]',
          'expect clock at 3 [h] = 4 within 1%',
        ),
      ),
    ).toEqual(['10:1 Expected 99 [mg], found 100: off by 1.01%.', '12:1 Expected 4 [1], found 3.0000: off by 25%.'])
  })

  test('may lie within its limit, and just outside', async () => {
    expect(await told('expect clock at 2 [h] = 2.1 within 5%', 'expect clock at 2 [h] = 2.2 within 5%')).toEqual([
      expect.stringMatching(/^10:1 Expected 2\.2/),
    ])
  })
})

describe('an expectation that cannot hold', () => {
  test.each([
    [
      'a steady state that never comes',
      'expect steady clock = 3 within 1%',
      '9:1 The value has not settled after a time of 1099511627776.',
    ],
    [
      'growth without end',
      'expect steady A = 3 [mg] within 1% given set k = -1',
      /^9:1 The run stops at time \d+\.\d+ \[h\]: a rate, a state or a dose is no finite number\.$/,
    ],
    [
      'a run that fails',
      'expect A at 300 [h] = 3 [mg] within 1% given reset A = log(0)*1 [mg] at 2 [h]',
      /^9:1 The run stops at time 2 \[h\]: a rate, a state or a dose is no finite number\.$/,
    ],
    [
      'a share of 0',
      'expect steady A = 0 [mg] within 1%',
      '9:1 A share of 0 is 0 and leaves no room. (write an absolute limit: within 0.001 [mg])',
    ],
    [
      'an expected value that is none',
      'expect A at 1 [h] = log(-1)*1 [mg] within 1%',
      '9:1 What is expected is no finite number: NaN.',
    ],
    [
      'more doses than fit',
      'expect A at 1 [h] = 3 [mg] within 1% given dose 1 [mg] into A every 1 [h] times 200001',
      '9:1 What is given takes 200001 instants; at most 200000 fit.',
    ],
  ])('%s', async (_, line, message) => {
    expect(await told(line)).toEqual([typeof message === 'string' ? message : expect.stringMatching(message)])
  })

  test('a setting that its param cannot take', async () => {
    const { problems } = await run(
      modelOf(`${BASE}expect A at 1 [h] = 3 [mg] within 1% given set k = log(0)*1 [1/h]\n`),
    )
    expect(problems).toEqual([
      expect.objectContaining({
        code: 'bad-setting',
        message: '"k" cannot be set to -Infinity: it is not a finite number.',
      }),
    ])
  })
})

describe('what is given', () => {
  test('counts, and what is expected knows of it', async () => {
    expect(
      await told(
        'expect A at 5 [h] = 100 [mg]*exp(-k*time) within 0.001% given set k = 0.5',
        'expect A at 5 [h] = 7 [mg]*exp(-k*(time - 2 [h])) within 0.001% given reset A = 7 [mg] at 2 [h]',
        'expect A at 5 [h] = 100 [mg]*exp(-k*time) + 10 [mg] within 0.001% given dose 10 [mg] into A at 5 [h]',
        'expect A at 5 [h] = 100 [mg]*exp(-k*time) + 10 [mg]*(1 + exp(-k*2 [h])) within 0.001% given dose 0.01 [g] into A at 3 [h] every 2 [h] times 2',
        'expect steady A = feed/k within 0.001% given set feed = 3',
        'expect A at 5 [h] = 100 [mg]*exp(-k*time) within 0.001% given set feed = 3 at 5 [h]',
        'expect clock at 60 [min] = time*1 [1/h] within 0.001%',
      ),
    ).toEqual([])
  })
})

test('a model without expectations runs none', async () => {
  expect(await run(modelOf(BASE))).toEqual({ count: 0, problems: [] })
})

test.each(globSync('*.model', { cwd: LIBRARY }).toSorted())(
  'library/models/basics/%s holds what it claims',
  async (file) => {
    const gathered = await gatherModel(file, (path) => Promise.resolve(readFileSync(LIBRARY + path, 'utf8')))
    const { value: model, problems } = checkModel(gathered.files)
    expect([...gathered.problems, ...problems]).toEqual([])
    if (!model) throw new Error('the model must be there')
    expect(checkConserved(model)).toEqual([])
    const expectations = await run(model)
    expect(expectations.problems).toEqual([])
    expect(expectations.count).toBeGreaterThan(0)
  },
)
