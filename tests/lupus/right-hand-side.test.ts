// The library's lupus model against the exploratory script behind its plan (tools/golden/lupus.py), an independent implementation in another language:
// rates of change at 200 drawn states, parameters and inputs.
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { lowering, plain } from '../../src/engine/compile/lower.ts'
import { libraryModel } from '../models.ts'

type Case = readonly [parameters: number[], inputs: number[], state: number[], rates: number[]]

interface Golden {
  /** Parameters at the values of the plan's first form. */
  readonly fixed: Readonly<Record<string, number>>
  readonly parameters: readonly string[]
  readonly inputs: readonly string[]
  /** The states whose rates are known, then those that the script has as inputs. */
  readonly states: readonly string[]
  readonly rated: number
  readonly cases: readonly Case[]
}

const model = await libraryModel('lupus/lupus.model')
const path = new URL('golden/right-hand-side.json', import.meta.url)
const golden = JSON.parse(readFileSync(path, 'utf8')) as Golden

// States that the script does not have: what the plan added later, what is seen of the disease, and medicines that it does not take.
const OWN =
  /^person\.years|^start\.average|^kidney\.(memory|albumin_level)|^organs\.\w+_memory|^observation\.recent_|^prednisone\.daily|^mycophenolate\.level|^methylprednisolone\.|^cyclophosphamide\.|^hazards\.deaths/

/** Where the given names stand in a list of named things. */
function positions(list: readonly { readonly name: string }[], names: readonly string[]): number[] {
  const found = names.map((name) => list.findIndex((one) => one.name === name))
  expect(names.filter((_, k) => found[k] === -1)).toEqual([])
  return found
}

/** Values of a list, some of them replaced. */
function replaced(values: readonly number[], at: readonly number[], by: readonly number[]): number[] {
  const all = [...values]
  for (const [k, i] of at.entries()) all[i] = by[k] ?? NaN
  return all
}

const rated = golden.states.slice(0, golden.rated)
const atParameter = positions(model.parameters, golden.parameters)
const atFixed = positions(model.parameters, Object.keys(golden.fixed))
const atInput = positions(model.inputs, golden.inputs)
const atState = positions(model.states, golden.states)

function ratesOf([parameters, inputs, state]: Case): number[] {
  const usual = model.parameters.map(({ value }) => value)
  const set = replaced(replaced(usual, atFixed, Object.values(golden.fixed)), atParameter, parameters)
  const given = replaced(
    model.inputs.map(({ value }) => value),
    atInput,
    inputs,
  )
  const at = replaced(
    model.states.map(() => 0),
    atState,
    state,
  )
  const evaluate = lowering(plain, model, {
    time: 0,
    parameter: (i) => set[i] ?? NaN,
    input: (i) => given[i] ?? NaN,
    state: (i) => at[i] ?? NaN,
  })
  return atState.slice(0, golden.rated).map((i) => {
    const rate = model.states[i]?.rate
    return rate ? evaluate(rate) : NaN
  })
}

/** The largest relative difference of a rate, over all cases. */
function worst(k: number): number {
  const differences = golden.cases.map((one, c) => {
    const [expected, found] = [one[3][k] ?? NaN, rates[c]?.[k] ?? NaN]
    return found === expected ? 0 : Math.abs(found - expected) / Math.abs(expected)
  })
  return differences.reduce((a, b) => (Number.isNaN(b) || b > a ? b : a), 0)
}

const rates = golden.cases.map(ratesOf)

describe('rates of change equal those of the script', () => {
  test.each(rated.map((name, k) => [name, k] as const))('%s', (_, k) => {
    expect(worst(k)).toBeLessThan(1e-9)
  })
})

test('every state of the model is compared, or is known not to be in the script', () => {
  expect(model.states.map(({ name }) => name).filter((name) => !rated.includes(name) && !OWN.test(name))).toEqual([])
})

test('medicines, cells and noise are at work in the cases', () => {
  const idle = golden.inputs.filter((_, k) => golden.cases.filter((one) => one[1][k] !== 0).length < 50)
  expect(idle).toEqual([])
  const cells = golden.states.indexOf('msc.effect')
  expect(golden.cases.filter((one) => (one[2][cells] ?? 0) > 0.1).length).toBeGreaterThan(50)
})
