// Times at which the equations jump or bend by themselves: knots of tables of time, and comparisons of time with what does not change. The stepper
// must stop there, or it could step over a pulse without ever seeing it.
import { lowering, plain } from '../compile/lower.ts'
import { dependsOn, type Model, partsOf, type Typed } from '../language/model.ts'
import { roundTime } from '../language/round-time.ts'

/** A time at which equations jump, or what is compared with time. */
export type Jump = number | Typed

/** Lists the times above 0 at which some equation of the model jumps or bends, rising, for one subject's parameters. */
export function jumpTimes(model: Model, parameters: ArrayLike<number>, jumps: readonly Jump[]): number[] {
  if (jumps.length === 0) return []
  const value = lowering(plain, model, {
    time: NaN,
    parameter: (i) => parameters[i] ?? NaN,
    input: () => NaN,
    state: () => NaN,
  })
  const times = jumps.map((jump) => (typeof jump === 'number' ? jump : value(jump)))
  return [...new Set(times.filter((t) => t > 0 && Number.isFinite(t)).map(roundTime))].toSorted((a, b) => a - b)
}

/** Finds the jumps of a model, once for all its subjects. */
export const findJumps = (model: Model): Jump[] =>
  everyNode(model).flatMap((e): Jump[] => {
    if (e.kind === 'lookup' && e.a.kind === 'time') return (model.tables[e.table]?.points ?? []).map(([x]) => x)
    if (e.kind !== 'less' && e.kind !== 'lessEqual' && e.kind !== 'equal' && e.kind !== 'min' && e.kind !== 'max')
      return []
    const other = e.a.kind === 'time' ? e.b : e.b.kind === 'time' ? e.a : undefined
    return other && isFixed(model, other) ? [other] : []
  })

/** Lists the places where an equation jumps in time in a way that cannot be found beforehand, as `floor(time)` does. */
export function hiddenJumps(model: Model): Typed[] {
  return everyNode(model).filter((e) => {
    const compared = e.kind === 'less' || e.kind === 'lessEqual' || e.kind === 'equal'
    if (!compared && e.kind !== 'floor' && e.kind !== 'lookup') return false
    const moving = partsOf(e).filter((part) => part.kind !== 'time' && onTime(model, part))
    return moving.length > 0 || (e.kind === 'floor' && e.a.kind === 'time')
  })
}

const onTime = (model: Model, e: Typed): boolean => dependsOn(e, model.derived, ['time']) !== undefined

const isFixed = (model: Model, e: Typed): boolean =>
  dependsOn(e, model.derived, ['state', 'time', 'input']) === undefined

function everyNode({ states, derived }: Model): Typed[] {
  const seen = new Set<Typed>()
  const open = [...states.map(({ rate }) => rate), ...derived.map(({ value }) => value)]
  for (let e = open.pop(); e !== undefined; e = open.pop()) {
    if (seen.has(e)) continue
    seen.add(e)
    open.push(...partsOf(e))
  }
  return [...seen]
}
