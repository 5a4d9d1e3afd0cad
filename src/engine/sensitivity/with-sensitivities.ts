// Forward sensitivities: a model that carries, beside each state, how the state moves with chosen parameters. It is a model like any other, so every
// method and backend computes it, to the same tolerance, through doses, infusions, resets and settings.
import { didYouMean, divideUnits, type Problem, type Reading, unitOne } from '#base'
import type { Output } from '../compile/compile.ts'
import { MOST_STATES } from '../language/check-states.ts'
import type { Deed, Derived, Input, Model, Parameter, State, Typed } from '../language/model.ts'
import { jumpsAlong, reach } from './reach.ts'
import { slopesOf, tangentAlong } from './tangent.ts'

/** A model with its sensitivities, and the outputs that show them. */
export interface Sensitive {
  readonly model: Model
  /** Those asked for, and for each of them and each parameter d(output)/d(parameter) and dln(output)/dln(parameter). */
  readonly outputs: readonly Output[]
}

/**
 * Adds to a model its forward sensitivities: for each state y and parameter p that moves it, a state s with ds/dt = J s + df/dp, where s is the move
 * of y if p moves by its own typical size. So s has the unit, the scale and the tolerance of y.
 * @param names of parameters
 * @source Hindmarsh AC et al. SUNDIALS. ACM Trans Math Softw 2005;31:363-396, section 2.5; the scaling as in CVODES
 */
export function withSensitivities(
  model: Model,
  outputs: readonly Output[],
  names: readonly string[],
): Reading<Sensitive> {
  const chosen = [...new Set(names)].map((name) => ({ name, at: model.parameters.findIndex((p) => p.name === name) }))
  const unknown = chosen.filter(({ at }) => at < 0).map(({ name }) => unknownParameter(model, name))
  if (unknown.length > 0) return { value: undefined, problems: unknown }
  const grown = grow(model)
  const along = chosen.map(({ at }) => addDirection(grown, model, at))
  const states = grown.states.length
  if (states > MOST_STATES) return { value: undefined, problems: [tooMany(states)] }
  const { inputs, derived, given, slopes } = grown
  const { run } = model
  return {
    value: {
      model: {
        ...model,
        inputs,
        states: grown.states,
        derived,
        tables: slopes.tables,
        conserved: [],
        expectations: [],
        ...(run && { run: { ...run, given } }),
      },
      outputs: [...outputs, ...outputs.flatMap((output) => along.flatMap((show) => show(output)))],
    },
    problems: chosen.flatMap(({ at }) => jumpsAlong(model, at).map((e) => jumpProblem(model, at, e))),
  }
}

interface Grown {
  readonly inputs: Input[]
  readonly states: State[]
  readonly derived: Derived[]
  given: readonly Deed[]
  readonly slopes: ReturnType<typeof slopesOf>
}

const grow = (model: Model): Grown => ({
  inputs: [...model.inputs],
  states: [...model.states],
  derived: [...model.derived],
  given: model.run?.given ?? [],
  slopes: slopesOf(model.tables),
})

/** Adds the tangents of all that one parameter moves; what comes back shows the sensitivities of an output. */
function addDirection(grown: Grown, model: Model, parameter: number): (output: Output) => Output[] {
  const p = model.parameters[parameter]
  if (!p) throw new Error(`The model has ${model.parameters.length} parameters, wanted number ${parameter}`)
  const size = Math.abs(p.value) || 1
  const seed: Typed = { kind: 'number', value: size, unit: p.unit, place: p.place }
  const moved = reach(model, parameter)
  const [inputs, states] = [new Map<number, number>(), new Map<number, number>()]
  const derived: (Typed | undefined)[] = []
  const named = <T extends { name: string }>(of: T): T => ({ ...of, name: `${of.name} along ${p.name}` })
  for (const i of moved.inputs) {
    const input = model.inputs[i]
    if (input) inputs.set(i, grown.inputs.push({ ...named(input), value: 0 }) - 1)
  }
  for (const [next, i] of moved.states.entries()) states.set(i, grown.states.length + next)
  const tangent = tangentAlong(
    {
      parameter: (at) => (at === parameter ? seed : undefined),
      input: (at) => refer('input', inputs.get(at), model.inputs[at]),
      state: (at) => refer('state', states.get(at), model.states[at]),
      derived: (at) => derived[at],
    },
    grown.slopes,
  )
  const nothing = (of: Typed): Typed => ({ kind: 'number', value: 0, unit: of.unit, place: of.place })
  const move = (e: Typed): Typed => tangent(e) ?? nothing(e)
  for (const [at, d] of model.derived.entries()) {
    const value = tangent(d.value)
    if (!value) continue
    const made = grown.derived.push({ ...named(d), value, provided: false }) - 1
    derived[at] = { kind: 'derived', at: made, unit: d.unit, place: d.place }
  }
  for (const i of moved.states) {
    const state = model.states[i]
    if (state) grown.states.push({ ...named(state), start: move(state.start), rate: move(state.rate) })
  }
  grown.given = grown.given.flatMap((deed) => [deed, ...echo(deed, move, states, inputs)])
  const own: Typed = { kind: 'parameter', at: parameter, unit: p.unit, place: p.place }
  return (output) => sensitivitiesOf(output, move(output.value), p, { own, seed })
}

/** A reference to the tangent of what a model has at some place, if it has one. */
const refer = (
  kind: 'input' | 'state',
  at: number | undefined,
  of: Pick<State, 'unit' | 'place'> | undefined,
): Typed | undefined => (at === undefined || !of ? undefined : { kind, at, unit: of.unit, place: of.place })

/** What is done to the tangents when something is done to a subject: they get the tangent of what is given or set. */
function echo(
  deed: Deed,
  move: (e: Typed) => Typed,
  states: ReadonlyMap<number, number>,
  inputs: ReadonlyMap<number, number>,
): Deed[] {
  if (deed.kind === 'set-parameter') return []
  const target = deed.kind === 'set-input' ? inputs.get(deed.input) : states.get(deed.state)
  if (target === undefined) return []
  if (deed.kind === 'set-input') return [{ ...deed, input: target, value: move(deed.value) }]
  if (deed.kind === 'reset') return [{ ...deed, state: target, value: move(deed.value) }]
  const amount = move(deed.amount)
  return amount.kind === 'number' && amount.value === 0 ? [] : [{ ...deed, state: target, amount }]
}

// The tangent is for a move by the seed: per unit of the parameter, and as the share of the output for a share of the parameter.
function sensitivitiesOf(
  { name, value }: Output,
  tangent: Typed,
  parameter: Parameter,
  { own, seed }: { own: Typed; seed: Typed },
): Output[] {
  const { place } = value
  const slope: Typed = { kind: 'div', a: tangent, b: seed, unit: divideUnits(value.unit, parameter.unit), place }
  const zero: Typed = { kind: 'number', value: 0, unit: value.unit, place }
  const still: Typed = { kind: 'equal', a: tangent, b: zero, unit: unitOne, place }
  const byShare: Typed = { kind: 'mul', a: slope, b: own, unit: value.unit, place }
  const share: Typed = { kind: 'div', a: byShare, b: value, unit: unitOne, place }
  // what stands still at 0, as a drug before its dose, has an elasticity of 0 rather than 0/0
  const elasticity: Typed = { kind: 'if', test: still, a: { ...zero, unit: unitOne }, b: share, unit: unitOne, place }
  return [
    {
      name: `d(${name})/d(${parameter.name})`,
      unit: slope.unit.text,
      meaning: `change of ${name} per change of ${parameter.name}`,
      value: slope,
    },
    {
      name: `dln(${name})/dln(${parameter.name})`,
      unit: unitOne.text,
      meaning: `percent change of ${name} per percent of ${parameter.name}`,
      value: elasticity,
    },
  ]
}

function unknownParameter({ parameters, states, inputs }: Model, name: string): Problem {
  const other = [...states, ...inputs].some((one) => one.name === name)
  const guess = didYouMean(
    name,
    parameters.map((p) => p.name),
  )
  return {
    code: 'unknown-parameter',
    level: 'error',
    message: `No parameter is called "${name}"${other ? ': it is a state or an input' : ''}.`,
    help: guess ? `did you mean "${guess}"?` : 'sensitivities are taken to parameters of the model',
  }
}

const tooMany = (states: number): Problem => ({
  code: 'too-many-states',
  level: 'error',
  message: `With the sensitivities the model would have ${states} states; at most ${MOST_STATES} fit.`,
  help: 'ask for fewer parameters at a time',
})

const jumpProblem = ({ parameters }: Model, parameter: number, { place }: Typed): Problem => ({
  code: 'moving-jump',
  level: 'warning',
  message: `"${parameters[parameter]?.name ?? ''}" has a say in when a rate of change takes another branch here. If the rate jumps there, the sensitivities to it leave out that the jump moves.`,
  place,
  help: 'where both branches meet, nothing is lost',
})
