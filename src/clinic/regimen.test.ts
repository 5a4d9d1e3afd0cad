import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hasErrors, type Problem } from '#base'
import { checkModel, gatherModel, type Model, type ModelFile, type Named, parseModel } from '#engine'
import { type BoundRegimen, bindRegimen } from './bind-regimen.ts'
import { readRegimen } from './regimen.ts'

const FILES: readonly ModelFile[] = [
  parseModel(
    'ward.model',
    `model ward "a ward"
time [d]
use cells
input prednisone = 0 [mg/d] "prednisone" @assumed "none"
input noise = 0 [1] "chance" @assumed "none"
param weight = 60 [kg] "weight" @assumed "so"
state drug = 0 [mg] "a drug"
state chain[1..2] = 0 [mg] "two compartments"
der drug = -0.1 [1/d]*drug + noise*prednisone*(1 [d]/1 [d])
der chain[1] = -0.1 [1/d]*chain[1]
der chain[2] = 0.1 [1/d]*chain[1]
run 10 [d] every 1 [d]
`,
  ),
  parseModel(
    'cells.model',
    `model cells "cells"
time [d]
param survival = 0.7 [1] "share that survives" @assumed "so"
state lung = 0 [10*6/kg] "cells"
der lung = -survival/(1 [d])*lung
run 10 [d] every 1 [d]
`,
  ),
].map(({ value }) => value)

const NAMES: readonly Named[] = [
  { name: 'protein', unit: 'g/d', meaning: 'protein' },
  { name: 'sledai', unit: '1', meaning: 'score' },
  { name: 'prednisone', unit: 'mg/d', meaning: 'prednisone' },
  { name: 'weight', unit: 'kg', meaning: 'weight' },
]

const model = ((): Model => {
  const { value, problems } = checkModel(FILES)
  if (!value) throw new Error(problems.map(({ message }) => message).join(' '))
  return value
})()

const HEAD = 'regimen: test\ntitle: A test\nsource: "@assumed"\nlocator: for tests\n'
const RULE = `rules:
  - name: taper
    every: 2 [wk]
    from: 4 [wk]
    when: prednisone > 10 [mg/d]
    do: set prednisone = max(prednisone - 5 [mg/d], 10 [mg/d])
`

/** Reads and binds a regimen file of this text. */
function prescribe(text: string): { value: BoundRegimen | undefined; problems: readonly Problem[] } {
  const read = readRegimen('test.regimen.yaml', text)
  if (!read.value) return { value: undefined, problems: read.problems }
  const bound = bindRegimen(read.value, FILES, model, NAMES)
  return { value: bound.value, problems: [...read.problems, ...bound.problems] }
}

function good(text: string): BoundRegimen {
  const { value, problems } = prescribe(text)
  if (!value) throw new Error(problems.map(({ message }) => message).join(' '))
  return value
}

describe('what is given', () => {
  test('doses and settings become deeds of the model, in its units', () => {
    const { deeds } = good(`${HEAD}give:
  - dose 0.5 [g] into drug at 1 [wk] every 2 [d] times 3 over 12 [h]
  - set prednisone = 60 [mg/d] at 3 [d], reset chain[2] = 1 [mg]
  - dose 100 [10*6]/weight*cells.survival into cells.lung
`)
    expect(deeds.map(({ kind }) => kind)).toEqual(['dose', 'set-input', 'reset', 'dose'])
    expect(deeds[0]).toMatchObject({
      state: 0,
      at: 7,
      every: 2,
      times: 3,
      over: 0.5,
      amount: { kind: 'scale', factor: 1000 },
    })
    expect(deeds[1]).toMatchObject({ input: 0, at: 3 })
    expect(deeds[2]).toMatchObject({ state: 2 })
    expect(deeds[3]).toMatchObject({ state: 3 })
  })
})

describe('rules', () => {
  test('times are days, and the condition and the amount are compiled over the chart', () => {
    const { rules } = good(`${HEAD}${RULE}`)
    const [rule] = rules
    expect(rule).toMatchObject({ name: 'taper', every: 14, from: 28, until: Infinity, times: 1 })
    const chart = (prednisone: number) => [1, 8, prednisone, 60]
    expect([5, 10, 10.5, NaN].map((dose) => rule?.when?.evaluate(chart(dose)))).toEqual([0, 0, 1, NaN])
    const [action] = rule?.do ?? []
    expect(action).toMatchObject({ what: 'input', at: 0, change: 'set' })
    expect([60, 12].map((dose) => action?.value.evaluate(chart(dose)))).toEqual([55, 10])
  })

  test('until, for, several actions, doses and resets', () => {
    const { rules } = good(`${HEAD}rules:
  - name: pulses
    every: 28 [d]
    from: 0 [wk]
    until: 20 [wk]
    for: 2
    do:
      - dose 0.01 [g/kg]*weight into drug
      - reset chain[1] = 0, set prednisone = 7.5 [mg/d]
`)
    expect(rules[0]).toMatchObject({ every: 28, from: 0, until: 140, times: 2 })
    expect(rules[0]?.when).toBeUndefined()
    expect(rules[0]?.do.map(({ what, at, change }) => [what, at, change])).toEqual([
      ['state', 0, 'add'],
      ['state', 1, 'set'],
      ['input', 0, 'set'],
    ])
    expect(rules[0]?.do.map(({ value }) => value.evaluate([1, 8, 20, 60]))).toEqual([600, 0, 7.5]) // mg
  })
})

const rule = (line: string, to: string) => `${HEAD}${RULE.replace(line, to)}`

// [what is wrong, text, code, line and column, what the message or the help says]
const FAULTS: [string, string, string, string, RegExp][] = [
  ['nothing given', HEAD, 'gives-nothing', '1:10', /gives nothing/],
  [
    'another name than the file',
    `${HEAD.replace('regimen: test', 'regimen: tset')}${RULE}`,
    'regimen-name',
    '1:10',
    /test.regimen.yaml/,
  ],
  ['a source without "@"', `${HEAD.replace('"@assumed"', 'somewhere')}${RULE}`, 'wrong-value', '3:9', /"@"/],
  ['two rules of one name', `${HEAD}${RULE}${RULE.replace('rules:\n', '')}`, 'doubled-name', '11:11', /Two rules/],
  ['an unknown key of a rule', rule('when:', 'whne:'), 'unknown-key', '9:5', /did you mean "when"/],
  [
    'a rule that does nothing',
    rule('    do: set prednisone = max(prednisone - 5 [mg/d], 10 [mg/d])\n', ''),
    'missing-key',
    '6:5',
    /"do" is missing/,
  ],
  ['an unknown action', `${HEAD}give: [doze 5 into drug]`, 'syntax', '5:8', /./],
  ['an unknown state', `${HEAD}give:\n  - dose 5 [mg] into drgu`, 'unknown-name', '6:22', /did you mean "drug"/],
  ['a dose in the wrong unit', `${HEAD}give:\n  - dose 5 [mL] into drug`, 'unit-mismatch', '6:10', /\[mL\]/],
  [
    'cells per kilogram forgotten',
    `${HEAD}give:\n  - dose 100 [10*6]*cells.survival into cells.lung`,
    'unit-mismatch',
    '6:10',
    /10\*6/,
  ],
  ['a dose that moves', `${HEAD}give:\n  - dose drug into drug`, 'given-moves', '6:10', /depends on a state/],
  [
    'setting a parameter of the patient',
    `${HEAD}give:\n  - set weight = 5 [kg]`,
    'sets-param',
    '6:5',
    /belongs to the patient/,
  ],
  ['setting chance', `${HEAD}give:\n  - set noise = 5`, 'not-a-medicine', '6:5', /chance/],
  ['setting chance by a rule', rule('set prednisone =', 'set noise = 0*'), 'not-a-medicine', '10:13', /chance/],
  ['a rule every few days', rule('every: 2 [wk]', 'every: 10 [d]'), 'not-weeks', '7:12', /whole number of weeks/],
  ['a rule every nothing', rule('every: 2 [wk]', 'every: 0 [wk]'), 'impossible-time', '7:12', /at least 1 \[wk\]/],
  ['a rule without a unit of time', rule('every: 2 [wk]', 'every: "2"'), 'not-a-time', '7:13', /with its unit/],
  ['a rule in milligrams', rule('from: 4 [wk]', 'from: 4 [mg]'), 'not-a-time', '8:11', /with its unit/],
  [
    'a rule that ends before it begins',
    rule('from: 4 [wk]', 'from: 4 [wk]\n    until: 2 [wk]'),
    'never',
    '9:12',
    /ends before/,
  ],
  ['a rule with a time inside', rule('10 [mg/d])', '10 [mg/d]) at 3 [d]'), 'timed-rule', '10:9', /at once/],
  ['a rule for no look', rule('from: 4 [wk]', 'from: 4 [wk]\n    for: 0'), 'too-small', '9:10', /at least 1/],
  ['a condition that is a number', rule('prednisone > 10 [mg/d]', 'prednisone'), 'not-a-truth', '9:11', /condition/],
  [
    'a condition over an unknown name',
    rule('prednisone > 10 [mg/d]', 'protien > 1 [g/d]'),
    'unknown-name',
    '9:11',
    /did you mean "protein"/,
  ],
  ['a condition over units that do not fit', rule('> 10 [mg/d]', '> 10 [mg]'), 'unit-mismatch', '9:11', /\[mg\]/],
  [
    'a truth that no clinician sees',
    rule('prednisone > 10', 'drug > 10 [mg] and prednisone > 10'),
    'unknown-name',
    '9:11',
    /drug/,
  ],
  [
    'an unknown medicine of a rule',
    rule('set prednisone', 'set prednisne'),
    'unknown-target',
    '10:13',
    /did you mean "prednisone"/,
  ],
  [
    'a dose into what is no state',
    rule('set prednisone =', 'dose 5 [mg] into prednisone #'),
    'unknown-target',
    '10:26',
    /known: drug, chain\[1\]/,
  ],
  [
    'an array without its element',
    rule('set prednisone =', 'dose 5 [mg] into chain #'),
    'unknown-target',
    '10:26',
    /chain/,
  ],
  [
    'an amount in the wrong unit',
    rule('- 5 [mg/d], 10 [mg/d])', '- 5 [mg/d], 10 [mg/d])*(1 [d])'),
    'unit-mismatch',
    '10:26',
    /wanted in \[mg\/d\]/,
  ],
]

test.each(FAULTS)('%s is a problem with its place', (_, text, code, where, says) => {
  const { value, problems } = prescribe(text)
  expect(value).toBeUndefined()
  const [problem] = problems
  expect(problem?.code).toBe(code)
  expect(`${problem?.place?.line}:${problem?.place?.column}`).toBe(where)
  expect(`${problem?.message} ${problem?.help ?? ''}`).toMatch(says)
  expect(problem?.place?.file).toBe('test.regimen.yaml')
})

test('places inside folded text are those of the file', () => {
  const { problems } = prescribe(
    rule('when: prednisone > 10 [mg/d]', 'when: >-\n      prednisone > 10 [mg/d]\n      and protien > 1 [g/d]'),
  )
  expect(problems[0]?.place).toMatchObject({ line: 11, column: 11, length: 7 })
})

test('faults of rules and of what is given are told together', () => {
  const { problems } = prescribe(`${HEAD}give: [dose 5 into drgu]\n${RULE.replace('> 10 [mg/d]', '> 10 [mg]')}`)
  expect(problems.map(({ code }) => code).toSorted()).toEqual(['unit-mismatch', 'unknown-name'])
})

const LIBRARY = fileURLToPath(new URL('../../library/', import.meta.url))

test('a regimen however damaged is read or told about', () => {
  const texts = globSync('regimens/*.yaml', { cwd: LIBRARY })
    .toSorted()
    .map((path) => readFileSync(LIBRARY + path, 'utf8'))
  const damage = fc.record({
    text: fc.constantFrom(...texts),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    cut: fc.nat({ max: 15 }),
    put: fc.oneof(
      fc.string({ maxLength: 5 }),
      fc.constantFrom('', '(', '[', ']', '"', ':', '\n', '1e999', ' at 3 [d]', '>-'),
    ),
  })
  fc.assert(
    fc.property(damage, ({ text, at, cut, put }) => {
      const from = Math.floor(at * text.length)
      const { value, problems } = prescribe(text.slice(0, from) + put + text.slice(from + cut))
      expect(value === undefined).toBe(hasErrors(problems))
      for (const { place } of problems) expect(place?.line).toBeGreaterThan(0)
    }),
    { seed: 8, numRuns: 400 },
  )
})

test('every regimen of the library gives what the joined model takes', async () => {
  const gathered = await gatherModel(`${LIBRARY}models/lupus/lupus.model`, async (file) => readFileSync(file, 'utf8'))
  const { value: lupus } = checkModel(gathered.files)
  if (!lupus) throw new Error('the model of lupus has a fault')
  const named = [...lupus.parameters, ...lupus.inputs, ...lupus.derived].map(({ name, unit, meaning }) => ({
    name: name.replace(/^measured_/, ''),
    unit: unit.text,
    meaning,
  }))
  const scores = ['sledai_clinical', 'course.mycophenolate', 'course.cyclophosphamide']
  const names = [
    ...named,
    ...scores.map((name) => ({ name, unit: name.startsWith('course') ? 'd' : '1', meaning: name })),
  ]
  const once = names.filter(({ name }, i) => names.findIndex((n) => n.name === name) === i)
  for (const path of globSync('regimens/*.yaml', { cwd: LIBRARY })) {
    const read = readRegimen(path, readFileSync(LIBRARY + path, 'utf8'))
    expect(read.problems).toEqual([])
    const bound = read.value && bindRegimen(read.value, gathered.files, lupus, once)
    expect(bound?.problems).toEqual([])
  }
})
