// What a parameter moves: the inputs that are set by it, the states whose start, dose or rate of change feels it, directly or through others; and the
// places where it may move a jump.
import { type Model, partsOf, type Typed } from '../language/model.ts'
import { slopedParts } from './tangent.ts'

/** Positions in the model, rising. */
export interface Reach {
  readonly inputs: readonly number[]
  readonly states: readonly number[]
}

type Leaf = `${'parameter' | 'input' | 'state'} ${number}`

/** Finds what one parameter moves. */
export function reach(model: Model, parameter: number): Reach {
  const moving = new Set<Leaf>([`parameter ${parameter}`])
  const feels = (e: Typed): boolean => [...leavesOf(model, e, slopedParts)].some((leaf) => moving.has(leaf))
  const given = model.run?.given ?? []
  for (const deed of given) if (deed.kind === 'set-input' && feels(deed.value)) moving.add(`input ${deed.input}`)
  for (const [i, { start }] of model.states.entries()) if (feels(start)) moving.add(`state ${i}`)
  for (const deed of given)
    if ((deed.kind === 'dose' && feels(deed.amount)) || (deed.kind === 'reset' && feels(deed.value)))
      moving.add(`state ${deed.state}`)
  const rates = model.states.map(({ rate }) => [...leavesOf(model, rate, slopedParts)])
  for (let before = -1; moving.size > before; ) {
    before = moving.size
    for (const [i, leaves] of rates.entries()) if (leaves.some((leaf) => moving.has(leaf))) moving.add(`state ${i}`)
  }
  return {
    inputs: [...model.inputs.keys()].filter((i) => moving.has(`input ${i}`)),
    states: [...model.states.keys()].filter((i) => moving.has(`state ${i}`)),
  }
}

/** Lists the places in the rates of change where a jump may come sooner or later as one parameter moves: sensitivities do not see that it comes. */
export function jumpsAlong(model: Model, parameter: number): Typed[] {
  const moved = reach(model, parameter)
  const moving = new Set<Leaf>([
    `parameter ${parameter}`,
    ...moved.inputs.map((i): Leaf => `input ${i}`),
    ...moved.states.map((i): Leaf => `state ${i}`),
  ])
  const feels = (e: Typed): boolean => [...leavesOf(model, e, partsOf)].some((leaf) => moving.has(leaf))
  const nodes = new Set<Typed>(model.states.map(({ rate }) => rate))
  for (const e of nodes) for (const part of withDefinition(model, e, partsOf)) nodes.add(part) // grows while it is gone through
  return [...nodes].filter((e) => {
    if (e.kind === 'if') return feels(e.test)
    if (e.kind === 'floor') return feels(e.a)
    return e.kind === 'lookup' && model.tables[e.table]?.between === 'step' && feels(e.a)
  })
}

type Parts = (e: Typed) => readonly Typed[]

function withDefinition(model: Model, e: Typed, parts: Parts): readonly Typed[] {
  const definition = e.kind === 'derived' ? model.derived[e.at]?.value : undefined
  return definition ? [definition] : parts(e)
}

/** What an expression is made of in the end, through derived quantities. */
function leavesOf(model: Model, e: Typed, parts: Parts): Set<Leaf> {
  const leaves = new Set<Leaf>()
  const seen = new Set([e])
  for (const node of seen) {
    if (node.kind === 'parameter' || node.kind === 'input' || node.kind === 'state')
      leaves.add(`${node.kind} ${node.at}`)
    for (const part of withDefinition(model, node, parts)) seen.add(part) // the set grows while it is gone through
  }
  return leaves
}
