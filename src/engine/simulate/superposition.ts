// Whether a model may be asked for steady states, and whether one may be added to what is there already: the first needs equations that do not read
// the time, the second that amounts add up.
import { dependsOn, type Model, partsOf, type Typed } from '../language/model.ts'

/** Says why a model has no steady state under repeated doses; undefined if it may have one. */
export function noSteadyState(model: Model): string | undefined {
  const state = model.states.find(({ rate }) => dependsOn(rate, model.derived, ['time']) !== undefined)
  return state && `the rate of "${state.name}" reads the time, so nothing repeats itself`
}

/** Says why two courses of a model cannot be added; undefined if every rate is linear in the states and every state starts at 0. */
export function noSuperposition(model: Model): string | undefined {
  const known = new Map<Typed, Degree>()
  for (const { value } of model.derived) degreeOf(model, known, value) // in order, so that the recursion is never deeper than one expression
  for (const { name, rate, start } of model.states) {
    const degree = degreeOf(model, known, rate)
    if (degree !== 'linear' && degree !== 'zero') return `the rate of "${name}" is not linear in the states`
    if (start.kind !== 'number' || start.value !== 0) return `"${name}" does not start at 0`
  }
  return undefined
}

/** What doubling the states does to a value: nothing is there, it stays, it doubles, anything else. */
type Degree = 'zero' | 'fixed' | 'linear' | 'other'

function degreeOf(model: Model, known: Map<Typed, Degree>, e: Typed): Degree {
  const before = known.get(e)
  if (before) return before
  const degree = ownDegree(e, (part) => degreeOf(model, known, part), model)
  known.set(e, degree)
  return degree
}

function ownDegree(e: Typed, of: (part: Typed) => Degree, model: Model): Degree {
  switch (e.kind) {
    case 'number':
      return e.value === 0 ? 'zero' : 'fixed'
    case 'state':
      return 'linear'
    case 'derived': {
      const definition = model.derived[e.at]
      return definition ? of(definition.value) : 'other'
    }
    case 'negate':
    case 'scale':
      return of(e.a)
    case 'add':
    case 'sub':
      return same(of(e.a), of(e.b))
    case 'mul':
      return product(of(e.a), of(e.b))
    case 'div':
      return of(e.b) === 'fixed' ? of(e.a) : 'other'
    case 'if':
      return of(e.test) === 'fixed' ? same(of(e.a), of(e.b)) : 'other'
    default:
      return partsOf(e).every((part) => of(part) === 'fixed' || of(part) === 'zero') ? 'fixed' : 'other'
  }
}

const same = (a: Degree, b: Degree): Degree => (a === 'zero' ? b : b === 'zero' || a === b ? a : 'other')

const product = (a: Degree, b: Degree): Degree => {
  if (a === 'zero' || b === 'zero') return 'zero'
  if (a === 'fixed') return b
  return b === 'fixed' ? a : 'other'
}
