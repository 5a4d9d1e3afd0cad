// The right-hand side and the Jacobian of a model as C for other people's solvers: the same expressions as in Imago's kernel, with what is constant
// for a subject computed beforehand, and with exp, log and pow of C's own library. Nobody is handicapped by how the equations are written.
import type { Model } from '#engine'
import { emitC } from '../../src/engine/backends/c/emit.ts'
import { derive } from '../../src/engine/compile/derive.ts'
import { hoist } from '../../src/engine/compile/hoist.ts'
import { lowering } from '../../src/engine/compile/lower.ts'
import { sharingBuilder } from '../../src/engine/ir/build.ts'
import type { Num, Routine } from '../../src/engine/ir/nodes.ts'
import { store } from '../../src/engine/ir/statements.ts'

export interface Equations {
  /** Functions of one memory: `model_prologue`, `model_initialise`, `model_rates` and `model_jacobian`, and where in it everything lies. */
  readonly text: string
  /** Slots of what an instant changes. */
  readonly slots: { readonly state: number; readonly input: number; readonly rate: number }
}

/** Writes the equations of a model as C. */
export function equationsOf(model: Model): Equations {
  const b = sharingBuilder()
  const n = model.states.length
  const at = { parameters: 0, inputs: model.parameters.length, rates: 0, state: 0, now: 0, hoisted: 0 }
  at.rates = at.inputs + model.inputs.length
  at.state = at.rates + n
  at.now = at.state + n
  at.hoisted = at.now + 1
  const lower = lowering(b, model, {
    time: b.load(at.now),
    parameter: (i) => b.load(at.parameters + i),
    input: (i) => b.load(at.inputs + i),
    state: (i) => b.load(at.state + i),
  })
  const rates = model.states.map(({ rate }, i) => b.add(lower(rate), b.load(at.rates + i)))
  const starts = model.states.map(({ start }) => lower(start))
  const columns = derive(
    b,
    rates,
    model.states.map((_, column) => b.load(at.state + column)),
  )
  const entries = rates.flatMap((_, row) =>
    columns.flatMap((slopes, column) => {
      const value = slopes[row]
      return value ? [{ row, column, value: finite(value) }] : []
    }),
  )
  // a power may have no slope at 0, as in Imago's own Jacobian
  function finite(slope: Num): Num {
    return b.select(b.less(b.abs(slope), b.constant(Infinity)), slope, b.constant(0))
  }
  const roots = [...rates, ...starts, ...entries.map(({ value }) => value)]
  const hoisted = hoist(b, roots, at.hoisted, (slot) => slot < at.rates)
  const [allRates, allStarts, slopes] = [rates, starts, entries.map(({ value }) => value)].map((list) =>
    list.map(hoisted.rewrite),
  ) as [Num[], Num[], Num[]]
  const out = at.hoisted + hoisted.values.length
  const slots = out + Math.max(n, entries.length)
  const routine = (name: string, base: number, values: readonly Num[]): Routine => ({
    name,
    params: [],
    body: values.map((value, i) => store({ base: base + i }, value)),
    exported: true,
  })
  const routines = [
    routine('prologue', at.hoisted, hoisted.values),
    routine('initialise', at.state, allStarts),
    routine('rates', out, allRates),
    routine('jacobian', out, slopes),
  ]
  const sizes = {
    SLOTS: slots,
    GIVEN: at.rates,
    INPUTS: at.inputs,
    STATES: n,
    ENTRIES: entries.length,
    AT_STATE: at.state,
    AT_NOW: at.now,
    AT_OUT: out,
  }
  const list = (name: string, values: readonly number[]): string =>
    `static const int ${name}[] = {${values.join(', ')}};\n`
  return {
    text: [
      emitC({ model: { routines, slots } }, { elementary: 'library' }).text,
      ...Object.entries(sizes).map(([name, value]) => `#define ${name} ${value}\n`),
      list(
        'ROW',
        entries.map(({ row }) => row),
      ),
      list(
        'COLUMN',
        entries.map(({ column }) => column),
      ),
    ].join(''),
    slots: { state: at.state, input: at.inputs, rate: at.rates },
  }
}
