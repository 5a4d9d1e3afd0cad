// Whole trajectories against independent integrators and closed forms (tools/golden/trajectories.py). Error: the largest |y - ref| / (|ref| + 1e-3 scale)
// over states and times, where scale is the largest value of that state. What is asserted is three times what was measured.
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { compileModel, DEFAULT_SETTINGS, interpret, openBatch, schedule } from '#engine'
import { libraryModels } from './models.ts'

interface Golden {
  readonly model: string
  readonly states: readonly string[]
  /** Time, then one value per state. */
  readonly rows: readonly (readonly number[])[]
}

const golden = JSON.parse(
  readFileSync(new URL('../src/engine/golden/trajectories.json', import.meta.url), 'utf8'),
) as Golden[]
const models = await libraryModels()

function errorOf({ model: name, states, rows }: Golden, relativeTolerance: number): number {
  const model = models.find((m) => m.name === name)
  if (!model) throw new Error(`The library has no model "${name}"`)
  expect(model.states.map((s) => s.name)).toEqual(states)
  const parameters = model.parameters.map(({ value }) => value)
  const compiled = compileModel(model)
  const times = rows.map((row) => row[0] ?? NaN)
  const subject = { parameters, inputs: [], instants: schedule(model, model.run?.given ?? [], parameters) }
  const batch = openBatch(interpret(compiled.kernel), compiled, [subject], {
    ...DEFAULT_SETTINGS,
    relativeTolerance,
    times,
  })
  batch.advance(times.at(-1) ?? 0)
  const found = batch.rows(0)
  expect(batch.progress(0).rows).toBe(rows.length)
  const errors = rows.flatMap((row, k) =>
    states.map((_, i) => {
      const ref = row[i + 1] ?? NaN
      const scale = Math.max(...rows.map((r) => Math.abs(r[i + 1] ?? 0)))
      return Math.abs((found[k * compiled.outputs.length + i] ?? NaN) - ref) / (Math.abs(ref) + 1e-3 * scale)
    }),
  )
  return Math.max(...errors)
}

const BOUNDS: Readonly<Record<string, readonly (readonly [number, number])[]>> = {
  // measured: 7.0e-6, 1.3e-7, 1.9e-9
  two_compartment: [
    [1e-4, 2.1e-5],
    [1e-6, 3.9e-7],
    [1e-8, 5.7e-9],
  ],
  // measured: 1.7e-3, 4.1e-5, 4.3e-7: undamped, so errors of the phase add up over 40 years
  lotka_volterra: [
    [1e-4, 5.1e-3],
    [1e-6, 1.2e-4],
    [1e-8, 1.3e-6],
  ],
  // measured: 1.9e-5, 1.3e-6, 7.0e-8
  robertson: [
    [1e-4, 5.6e-5],
    [1e-6, 4e-6],
    [1e-8, 2.1e-7],
  ],
  // measured: 6.7e-5, 1.3e-6, 1.8e-8
  friberg: [
    [1e-4, 2e-4],
    [1e-6, 3.8e-6],
    [1e-8, 5.4e-8],
  ],
  // measured: 3.5e-4, 5.0e-6, 1.5e-8
  tmdd: [
    [1e-4, 1.1e-3],
    [1e-6, 1.5e-5],
    [1e-8, 4.5e-8],
  ],
  // measured: 1.2e-3, 6.6e-6, 2.9e-8
  spike: [
    [1e-4, 3.5e-3],
    [1e-6, 2e-5],
    [1e-8, 8.7e-8],
  ],
}

describe.each(golden.map((g) => [g.model, g] as const))('%s', (name, g) => {
  test.each(BOUNDS[name] ?? [[1e-6, 0]])('at relative tolerance %d is within %d', (tolerance, bound) => {
    expect(errorOf(g, tolerance)).toBeLessThan(bound)
  })
})
