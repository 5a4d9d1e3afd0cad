// Tangents of every expression of the library against dual numbers, which know no symbols.
import { expect, test } from 'vitest'
import { normal } from '#base'
import { libraryModels } from '../../../tests/models.ts'
import { type Dual, dual, duals } from '../compile/duals.ts'
import { lowering, plain } from '../compile/lower.ts'
import type { Model, Typed } from '../language/model.ts'
import { slopesOf, tangentAlong } from './tangent.ts'

const POINTS = 5
const models = await libraryModels()

test.each(models.map((model) => [model.name, model] as const))(
  'of %s at drawn points, along drawn directions',
  (_, model) => {
    for (let point = 0; point < POINTS; point++) checkTangents(model, point)
  },
)

// Each leaf of the model is a point and a direction: the tangent of a leaf is a number, which stands at that leaf's place in a list behind the model's own.
function checkTangents(model: Model, point: number): void {
  const draw = (purpose: string): number => normal({ seed: 2, subject: point, replicate: 0, purpose, index: 0 })
  const leaves = {
    parameter: model.parameters.map((p) => dual(p.value * Math.exp(0.02 * draw(p.name)), draw(`${p.name} moves`))),
    input: model.inputs.map((i) => dual(i.value * Math.exp(0.5 * draw(i.name)), draw(`${i.name} moves`))),
    state: model.states.map((s) => dual(Math.exp(0.5 * draw(s.name)), draw(`${s.name} moves`))),
  }
  const time = Math.exp(0.5 * draw('time'))
  const slopes = slopesOf(model.tables)
  const derived: (Typed | undefined)[] = []
  const moving =
    (list: readonly Dual[], of: Model['states' | 'inputs' | 'parameters']) =>
    (at: number): Typed | undefined => {
      const [leaf, owner] = [list[at], of[at]]
      return leaf && owner && { kind: 'number', value: leaf.slope, unit: owner.unit, place: owner.place }
    }
  const tangent = tangentAlong(
    {
      parameter: moving(leaves.parameter, model.parameters),
      input: moving(leaves.input, model.inputs),
      state: moving(leaves.state, model.states),
      derived: (at) => derived[at],
    },
    slopes,
  )
  for (const [at, { value }] of model.derived.entries()) derived[at] = tangent(value)
  const here = lowering(
    plain,
    { derived: model.derived, tables: slopes.tables.slice() },
    {
      time,
      parameter: (at) => leaves.parameter[at]?.value ?? NaN,
      input: (at) => leaves.input[at]?.value ?? NaN,
      state: (at) => leaves.state[at]?.value ?? NaN,
    },
  )
  const along = lowering(duals, model, {
    time: dual(time),
    parameter: (at) => leaves.parameter[at] ?? dual(NaN),
    input: (at) => leaves.input[at] ?? dual(NaN),
    state: (at) => leaves.state[at] ?? dual(NaN),
  })
  const rates = model.states.map(({ rate }) => rate)
  for (const e of [...rates, ...model.derived.map(({ value }) => value)]) {
    const t = tangent(e)
    const [found, wanted] = [t ? here(t) : 0, along(e).slope]
    if (!Number.isFinite(wanted)) continue // an edge, such as a root of 0: there the tangent is 0 by decree
    expect(Math.abs(found - wanted)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(wanted)))
  }
}
