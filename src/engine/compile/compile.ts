// From a checked model to a kernel: equations lowered, differentiated, hoisted and factored, then joined with the method's steps and the integrator.
import { didYouMean, type Problem, type Reading } from '#base'
import { type Builder, sharingBuilder } from '../ir/build.ts'
import type { Kernel, Node, Num, Routine } from '../ir/nodes.ts'
import { hidden, run, store } from '../ir/statements.ts'
import { inOrder, operands } from '../ir/walk.ts'
import type { Model, Typed } from '../language/model.ts'
import {
  attemptExplicit,
  attemptRosenbrock,
  denseCoefficients,
  interpolate,
  type Method,
  rodas5p,
} from '../solvers/index.ts'
import { derive } from './derive.ts'
import { type Elimination, eliminate, type Pattern } from './factor.ts'
import { hoist } from './hoist.ts'
import { integrator } from './integrate.ts'
import { type Layout, layOut } from './layout.ts'
import { linearRoutines, slots } from './linear.ts'
import { lowering } from './lower.ts'
import { assignment } from './pieces.ts'

/** An expression to report, with the name of its column. */
export interface Output {
  readonly name: string
  readonly unit: string
  readonly meaning: string
  readonly value: Typed
}

/** A model as a kernel, plain data that can be posted to a worker. */
export interface CompiledModel {
  readonly kernel: Kernel
  readonly layout: Layout
  readonly outputs: readonly { readonly name: string; readonly unit: string; readonly meaning: string }[]
  readonly parameters: number
  readonly inputs: number
  readonly states: readonly { readonly name: string; readonly tolerance?: number }[]
  readonly method: string
}

/**
 * Compiles a model for the outputs that are wanted.
 * @param outputs what each row holds; `defaultOutputs` are the states and all that is provided
 */
export function compileModel(
  model: Model,
  outputs: readonly Output[] = defaultOutputs(model),
  method: Method = rodas5p,
): CompiledModel {
  const b = sharingBuilder()
  const n = model.states.length
  const sizes = {
    parameters: model.parameters.length,
    inputs: model.inputs.length,
    states: n,
    stages: method.stages,
    dense: method.dense.length,
    outputs: outputs.length,
  }
  const first = layOut(sizes)
  const e = equations(b, model, outputs, first, method.kind === 'rosenbrock')
  const { parameters, inputs } = first.subject
  const isConstant = (slot: number): boolean =>
    (slot >= parameters && slot < parameters + sizes.parameters) || (slot >= inputs && slot < inputs + sizes.inputs)
  const roots = [
    ...e.starts,
    ...e.ratesAtState,
    ...e.ratesAtStage,
    ...e.observed,
    ...e.drift,
    ...e.jacobian.map(({ value }) => value),
  ]
  const hoisted = hoist(b, roots, first.hoisted, isConstant)
  const rewrite = (list: readonly Num[]): Num[] => list.map(hoisted.rewrite)
  const [starts, ratesAtState, ratesAtStage, observed, drift] = [
    e.starts,
    e.ratesAtState,
    e.ratesAtStage,
    e.observed,
    e.drift,
  ].map(rewrite) as [Num[], Num[], Num[], Num[], Num[]]
  const entries = e.jacobian.map((entry) => ({ ...entry, value: hoisted.rewrite(entry.value) }))
  const elimination = eliminate({ size: method.kind === 'rosenbrock' ? n : 0, entries })
  const l = layOut({
    ...sizes,
    hoisted: hoisted.values.length,
    jacobian: entries.length,
    factors: elimination.count,
    half: elimination.block < elimination.order.length ? n : 0,
  })
  const own = (name: string, body: Routine['body']): Routine => hidden(name, [], body)
  const linearised = [
    ...slots(l.slope, ratesAtState),
    ...slots(
      l.jacobian,
      entries.map(({ value }) => value),
    ),
    ...slots(l.drift, drift),
  ]
  const { routines: routinesOfSweeps, sweeps } = integrator(b, method.order, l, { states: n, outputs: outputs.length })
  const routines = [
    ...assignment('prologue', slots(l.hoisted, hoisted.values)),
    ...assignment('initialise', slots(l.subject.state, starts)),
    ...assignment('linearise_here', linearised),
    own('linearise', [
      store({ base: l.now }, b.max(b.load(l.subject.time), b.load(l.control.first))),
      run('linearise_here'),
    ]),
    ...assignment('slope', slots(l.slope, ratesAtStage)),
    ...assignment('observe', slots(l.outputs, observed)),
    ...attempt(b, method, l, n, { elimination, entries, moving: e.moving }),
    own('dense', denseCoefficients(b, method, l, n)),
    own('interpolate', interpolate(b, method, l, n)),
    ...routinesOfSweeps,
  ]
  return {
    kernel: { routines, slots: l.slots, own: l.own, sweeps },
    layout: l,
    outputs: outputs.map(({ name, unit, meaning }) => ({ name, unit, meaning })),
    parameters: sizes.parameters,
    inputs: sizes.inputs,
    states: model.states.map(({ name, tolerance }) => ({ name, ...(tolerance !== undefined && { tolerance }) })),
    method: method.name,
  }
}

/** The routine `attempt`, and what it alone runs. */
function attempt(
  b: Builder,
  method: Method,
  l: Layout,
  n: number,
  system: { elimination: Elimination; entries: Pattern['entries']; moving: boolean },
): Routine[] {
  const { elimination, entries, moving } = system
  if (method.kind === 'explicit') return [hidden('attempt', [], attemptExplicit(b, method, l, n, moving))]
  const g = b.mul(b.load(l.control.inverse), b.constant(1 / method.gamma))
  return [
    ...linearRoutines(b, l, elimination, g, entries),
    hidden('attempt', [], attemptRosenbrock(b, method, l, n, moving)),
  ]
}

interface Equations {
  readonly starts: readonly Num[]
  readonly ratesAtState: readonly Num[]
  readonly ratesAtStage: readonly Num[]
  readonly observed: readonly Num[]
  /** Whether the rates read the time. */
  readonly moving: boolean
  /** df/dt, empty if the rates do not read the time, or if no slopes are wanted; as is the Jacobian then. */
  readonly drift: readonly Num[]
  readonly jacobian: readonly { readonly row: number; readonly column: number; readonly value: Num }[]
}

function equations(b: Builder, model: Model, outputs: readonly Output[], l: Layout, withSlopes: boolean): Equations {
  const time = b.load(l.now)
  const lowerAt = (state: number): ((e: Typed) => Num) =>
    lowering(b, model, {
      time,
      parameter: (at) => b.load(l.subject.parameters + at),
      input: (at) => b.load(l.subject.inputs + at),
      state: (at) => b.load(state + at),
    })
  const [atState, atStage] = [lowerAt(l.subject.state), lowerAt(l.stage)]
  const infused = (rate: Num, i: number): Num => b.add(rate, b.load(l.subject.rates + i))
  const rates = model.states.map(({ rate }) => atState(rate))
  const states = model.states.map((_, i) => b.load(l.subject.state + i))
  const tamed = withoutPoles(b)
  const [drift = [], ...columns] = derive(b, rates, withSlopes ? [time, ...states] : []).map((slopes) =>
    slopes.map((slope) => slope && tamed(slope)),
  )
  // not whether a derivative is there: a step table of time has none, and yet every stage must know its time
  const moving = inOrder<Node>(rates, operands).includes(time)
  return {
    starts: model.states.map(({ start }) => atState(start)),
    ratesAtState: rates.map(infused),
    ratesAtStage: model.states.map(({ rate }, i) => infused(atStage(rate), i)),
    observed: outputs.map(({ value }) => atStage(value)),
    moving,
    drift: moving ? drift.map((d) => d ?? b.constant(0)) : [],
    jacobian: rates.flatMap((_, row) =>
      columns.flatMap((slopes, column) => {
        const value = slopes[row]
        return value ? [{ row, column, value }] : []
      }),
    ),
  }
}

// A power or a root may be finite where its slope is not: x^0.6 at 0, where an effect waits for its first dose. There the slope counts as 0: the step
// errs more, the error shows it, and shorter steps lead out of the point. What is not finite itself still fails.
function withoutPoles(b: Builder): (slope: Num) => Num {
  const listed = new Set<Node>()
  const rooted = new Set<Node>() // those of the listed that have a root or a power in them
  return (slope) => {
    for (const node of inOrder<Node>([slope], operands, listed))
      if (
        node.op === 'sqrt' ||
        (node.op === 'elementary' && node.name === 'pow') ||
        operands(node).some((part) => rooted.has(part))
      )
        rooted.add(node)
    return rooted.has(slope) ? b.select(b.less(b.abs(slope), b.constant(Infinity)), slope, b.constant(0)) : slope
  }
}

/** The states and all that the model provides, in that order. */
export function defaultOutputs(model: Model): Output[] {
  const states = model.states.map(
    ({ name, unit, meaning, place }, at): Output => ({
      name,
      unit: unit.text,
      meaning,
      value: { kind: 'state', at, unit, place },
    }),
  )
  return [...states, ...derivedOutputs(model).filter((_, at) => model.derived[at]?.provided)]
}

/** Finds outputs by name: states, arrays of states, and derived quantities. A name that is none is a problem. */
export function findOutputs(model: Model, names: readonly string[]): Reading<Output[]> {
  const all = new Map([...defaultOutputs(model), ...derivedOutputs(model)].map((output) => [output.name, output]))
  const problems: Problem[] = []
  const found = names.flatMap((name): Output[] => {
    const output = all.get(name)
    if (output) return [output]
    const elements = [...all.values()].filter((o) => o.name.startsWith(`${name}[`))
    if (elements.length > 0) return elements
    const guess = didYouMean(name, all.keys())
    problems.push({
      code: 'unknown-output',
      level: 'error',
      message: `The model has no state or derived quantity "${name}".`,
      help: guess ? `did you mean "${guess}"?` : `there are: ${[...all.keys()].join(' ')}`.slice(0, 300),
    })
    return []
  })
  return { value: problems.length > 0 ? undefined : found, problems }
}

const derivedOutputs = (model: Model): Output[] =>
  model.derived.map(({ name, unit, meaning, place }, at) => ({
    name,
    unit: unit.text,
    meaning,
    value: { kind: 'derived', at, unit, place },
  }))
