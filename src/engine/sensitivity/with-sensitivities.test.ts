// Sensitivities against closed forms, differentiated by dual numbers, and against differences of whole runs.
import { describe, expect, test } from 'vitest'
import { libraryModel, modelOf } from '../../../tests/models.ts'
import { carry, openers } from '../../../tests/runs.ts'
import { compileModel, defaultOutputs, findOutputs, type Output } from '../compile/compile.ts'
import { dual, duals } from '../compile/duals.ts'
import { lowering } from '../compile/lower.ts'
import type { Model } from '../language/model.ts'
import { schedule, startInputs } from '../simulate/schedule.ts'
import { withSensitivities } from './with-sensitivities.ts'

/** Runs one subject with generated code. */
type Runner = (parameters: readonly number[], times: readonly number[], relativeTolerance: number) => number[][]

/** Prepares runs of a model: for each row its outputs. */
async function runnerOf(model: Model, outputs: readonly Output[]): Promise<Runner> {
  const compiled = compileModel(model, outputs)
  const kernel = await openers.wasm(compiled)
  return (parameters, times, relativeTolerance) => {
    const instants = schedule(model, model.run?.given ?? [], parameters)
    const subject = { parameters, inputs: startInputs(model, instants), instants }
    const settings = { relativeTolerance, mostSteps: 1_000_000, atDose: 'after', times } as const
    const [outcome] = carry(kernel, compiled, [subject], settings, times.slice(-1))
    expect(outcome?.progress.status).toBe('ok')
    return (outcome?.rows ?? []).map((row) => [...row])
  }
}

const found = <T>(value: T | undefined): T => {
  if (value === undefined) throw new Error('not found')
  return value
}

/** The parameters of a model, one of them moved by a share of its typical size. */
const moved = ({ parameters }: Model, name: string, share = 0): number[] =>
  parameters.map((p) => (p.name === name ? p.value + share * Math.abs(p.value) : p.value))

interface Judged {
  readonly model: Model
  readonly outputs: readonly string[]
  readonly times: readonly number[]
  /** Steps of the differences, as a share of the parameter. */
  readonly share?: number
  /** Allowed, as a share of the largest sensitivity over the times. */
  readonly within?: number
}

/** Holds sensitivities to central differences of runs a thousand times more exact, extrapolated after Richardson from two steps. */
async function checkDifferences(judged: Judged, names: readonly string[]): Promise<void> {
  const { model, times, share = 1e-3, within = 1e-5 } = judged
  const outputs = found(findOutputs(model, judged.outputs).value)
  const made = found(withSensitivities(model, outputs, names).value)
  const sensitive = (await runnerOf(made.model, made.outputs))(moved(made.model, ''), times, 1e-9)
  const run = await runnerOf(model, outputs)
  for (const [j, name] of names.entries()) {
    const size = Math.abs(found(model.parameters.find((p) => p.name === name)).value)
    const central = (h: number): number[][] => {
      const [up, down] = [run(moved(model, name, h), times, 1e-12), run(moved(model, name, -h), times, 1e-12)]
      return up.map((row, k) => row.map((value, i) => (value - (down[k]?.[i] ?? NaN)) / (2 * h * size)))
    }
    const [wide, narrow] = [central(share), central(share / 2)]
    for (const i of outputs.keys()) {
      const column = outputs.length + (i * names.length + j) * 2
      const wanted = narrow.map((row, k) => (4 * (row[i] ?? NaN) - (wide[k]?.[i] ?? NaN)) / 3)
      const largest = Math.max(...wanted.map(Math.abs))
      expect(largest).toBeGreaterThan(0)
      for (const [k, value] of wanted.entries())
        expect(Math.abs((sensitive[k]?.[column] ?? NaN) - value) / largest).toBeLessThan(within)
    }
  }
}

const evenly = (until: number, count: number): number[] =>
  Array.from({ length: count + 1 }, (_, k) => (k * until) / count)

describe('in closed form', () => {
  test('a loss: d(A)/d(k) = -t A, d(A)/d(A0) = A/A0, and their elasticities; for whoever is not typical as well', async () => {
    const model = await libraryModel('basics/decay.model')
    const made = found(withSensitivities(model, found(findOutputs(model, ['A']).value), ['k', 'A0']).value)
    expect(made.outputs.map(({ name, unit }) => `${name} [${unit}]`)).toEqual([
      'A [mg]',
      'd(A)/d(k) [mg*h]',
      'dln(A)/dln(k) [1]',
      'd(A)/d(A0) [1]',
      'dln(A)/dln(A0) [1]',
    ])
    const run = await runnerOf(made.model, made.outputs)
    for (const [k, a0] of [
      [0.1, 100],
      [0.03, 250],
    ] as const)
      for (const [row, t] of evenly(48, 12).entries()) {
        const a = a0 * Math.exp(-k * t)
        const shown = run([k, a0], evenly(48, 12), 1e-9)[row] ?? []
        for (const [i, exact] of [a, -t * a, -k * t, a / a0, 1].entries())
          expect(Math.abs((shown[i] ?? NaN) - exact)).toBeLessThanOrEqual(1e-6 * Math.max(1, Math.abs(exact)))
      }
  })

  const cases = [
    ['basics/decay.model', 'k'],
    ['basics/decay.model', 'A0'],
    ...['CL', 'Vc', 'Q', 'Vp'].map((name) => ['basics/two-compartment.model', name] as const),
    ['basics/lotka-volterra.model', 'death'],
  ] as const
  test.each(cases)('what %s expects in closed form, by %s', async (file, name) => {
    const model = await libraryModel(file)
    const by = model.parameters.findIndex((p) => p.name === name)
    let judged = 0
    for (const { value, at, equals, given } of model.expectations) {
      if (at === undefined) continue
      const exact = lowering(duals, model, {
        time: dual(at),
        parameter: (i) => dual(model.parameters[i]?.value ?? NaN, i === by ? 1 : 0),
        input: (i) => dual(model.inputs[i]?.value ?? NaN),
        state: () => dual(NaN),
      })(equals)
      if (exact.slope === 0) continue
      judged++
      const asked = { ...model, run: { until: at, every: at, words: [], given } }
      const made = found(
        withSensitivities(asked, [{ name: 'it', unit: value.unit.text, meaning: '', value }], [name]).value,
      )
      const [row] = (await runnerOf(made.model, made.outputs))(moved(made.model, ''), [at], 1e-9)
      expect(Math.abs((row?.[1] ?? NaN) / exact.slope - 1)).toBeLessThan(1e-6)
    }
    expect(judged).toBeGreaterThan(0)
  })
})

describe('by differences', () => {
  test.each([
    ['basics/two-compartment.model', 'concentration', 84, ['ka', 'F', 'CL', 'Vc', 'Q', 'Vp']],
    ['basics/friberg.model', 'neutrophils', 63, ['circ0', 'mtt', 'gamma', 'slope', 'V1', 'k10']],
    ['basics/lotka-volterra.model', 'prey', 40, ['birth', 'death']],
  ] as const)('%s: %s until %d, through its doses', async (file, output, until, names) => {
    const model = await libraryModel(file)
    await checkDifferences({ model, outputs: [output], times: evenly(until, 21) }, names)
  })

  const TOY = `model test "t"
time [h]
param k = 0.3 [1/h] "rate" @assumed "test"
param p = 2 [1] "the parameter at stake" @assumed "test"
`
  test.each([
    ['an amount', 'state A = 0 [mg]\nder A = -k*A\n', '100 [mg]*p^2 into A every 5 [h] times 3'],
    ['an infusion', 'state A = 0 [mg]\nder A = -k*A\n', '100 [mg]*exp(p) into A at 1 [h] over 4 [h]'],
    ['a reset', 'state A = 50 [mg]*p\nder A = -k*A\n', undefined, 'reset A = 10 [mg]/p at 6 [h]'],
    ['a reset that forgets', 'state A = 50 [mg]*p\nder A = -k*A*p\n', undefined, 'reset A = 10 [mg] at 6 [h]'],
    [
      'an input',
      'input u = 1 [1] "u" @assumed "test"\nstate A = 50 [mg]\nder A = -k*A*u\n',
      undefined,
      'set u = p^2, set u = 1/p at 4 [h], set u = 1 at 8 [h]',
    ],
    ['a start through a let', 'let q = p*3\nlet s = sqrt(q) * 1 [mg]\nstate A = s\nder A = -k*A\n'],
    [
      'kinks',
      'state A = 5 [mg]\nder A = -k*max(A - 1 [mg]*p, min(A, 1 [mg])/4) - 0.1 [mg/h]*abs(cos(p)) + k*(if p > 1 then p else p^2)*0.01 [mg]\n',
    ],
    [
      'a table',
      'table f(x [1]) = (0, 1) (1, 3) (4, 0) [1/h] linear hold "f" @assumed "test"\nstate A = 3.5 [mg]\nder A = -f(A*p/(2 [mg]))*A\n',
    ],
    [
      'powers',
      'state A = 5 [mg]\nder A = -k*(A/(1 [mg]))^p*1 [mg] + k*(1 [mg])*p^(1/2) - k*(1 [mg])*sqrt(p)*sin(p)*log(p)*p^-1\n',
    ],
  ])(
    'of a dose, a start or a rate that depends on it: %s',
    async (...[, text, dose, other]: readonly (string | undefined)[]) => {
      const given = dose === undefined ? other : `dose ${dose}`
      const model = modelOf(`${TOY}${text}`, given)
      await checkDifferences({ model, outputs: ['A'], times: evenly(10, 40).slice(1), within: 1e-6 }, ['p'])
    },
  )

  test('the lupus model under its medicines, by parameters of five mechanisms', async () => {
    const model = await libraryModel('lupus/lupus.model')
    const outputs = ['dsdna', 'c3', 'protein', 'creatinine', 'skin', 'activity_score']
    await checkDifferences({ model, outputs, times: [28, 182, 364], within: 1e-4 }, [
      'loop.rho',
      'antibodies.half_life',
      'kidney.half_life',
      'prednisone.half_dose',
      'mycophenolate.half_level',
    ])
  })
})

describe('where there are none', () => {
  const TOY = `model test "t"
time [h]
param k = 0.3 [1/h] "rate" @assumed "test"
param late = 2 [h] "when it begins" @assumed "test"
state A = 1 [mg]
`
  const codes = (model: Model, names: readonly string[]): string[] =>
    withSensitivities(model, defaultOutputs(model), names).problems.map(
      ({ code, level, help = '' }) => `${level} ${code} ${help}`,
    )

  test('a name that is no parameter is told, with a guess', () => {
    const model = modelOf(`${TOY}der A = -k*A*(time/late)
`)
    expect(codes(model, ['lat', 'A'])).toEqual([
      'error unknown-parameter did you mean "late"?',
      expect.stringMatching(/^error unknown-parameter/),
    ])
  })

  test('a jump that moves with the parameter is told; a kink, which loses nothing, is not', () => {
    const jump = modelOf(`${TOY}der A = if time < late then 0 else -k*A
`)
    expect(codes(jump, ['k'])).toEqual([])
    expect(codes(jump, ['late'])).toEqual([expect.stringMatching(/^warning moving-jump/)])
    expect(
      codes(
        modelOf(`${TOY}der A = -k*A*min(time, late)/late
`),
        ['late', 'k'],
      ),
    ).toEqual([])
  })

  test('more states than fit are refused', () => {
    const model = modelOf(`${TOY}state chain[1..199] = A0
param A0 = 1 [1] "a" @assumed "test"
der A = -k*A*time/late
der chain[1] = -k*chain[1]*A/(1 [mg])/A0
der chain[i=2..199] = k*(chain[i - 1] - chain[i])
`)
    expect(codes(model, ['k', 'A0', 'late'])).toEqual([expect.stringMatching(/^error too-many-states/)])
    expect(codes(model, ['k'])).toEqual([])
  })
})
