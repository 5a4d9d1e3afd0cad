// The meaning of a checked expression, over any arithmetic: on nodes it makes the kernels, on plain numbers it evaluates, on dual numbers it
// differentiates. The one place that says what each word of the model language computes.
import { type Arithmetic, numbers } from '#base'
import { ELEMENTARY } from '../ir/elementary.ts'
import type { ElementaryName } from '../ir/nodes.ts'
import { isTruth } from '../language/check-operation.ts'
import type { Model, Table, Typed } from '../language/model.ts'

/** Arithmetic with the elementary functions. */
export interface Meaning<N, B> extends Arithmetic<N, B> {
  elementary(name: ElementaryName, ...args: readonly N[]): N
}

/** Plain numbers. */
export const plain: Meaning<number, boolean> = {
  ...numbers,
  elementary: (name, a = NaN, b = NaN) => ELEMENTARY[name].plain(a, b),
}

/** Where the values of a model are found. */
export interface Sources<N> {
  readonly time: N
  parameter(at: number): N
  input(at: number): N
  state(at: number): N
}

/** Whole powers up to this one are products; larger ones go through `pow`. */
const LARGEST_PRODUCT = 16

/** Makes a function that computes expressions of a model in an arithmetic; shared parts are computed once. */
export function lowering<N, B>(
  b: Meaning<N, B>,
  model: Pick<Model, 'derived' | 'tables'>,
  sources: Sources<N>,
): (e: Typed) => N {
  const known = new Map<Typed, N>()
  const derived: N[] = []
  const derivedAt = (at: number): N => {
    // in order, so that the recursion is never deeper than one expression
    for (let i = derived.length; i <= at; i++) {
      const definition = model.derived[i]
      if (!definition) throw new Error(`The model has ${model.derived.length} derived quantities, wanted number ${i}`)
      derived.push(number(definition.value))
    }
    return derived[at] as N
  }
  const number = (e: Typed): N => {
    const before = known.get(e)
    if (before !== undefined) return before
    const made = lowerNumber(e)
    known.set(e, made)
    return made
  }
  const lowerNumber = (e: Typed): N => {
    switch (e.kind) {
      case 'number':
        return b.constant(e.value)
      case 'time':
        return sources.time
      case 'parameter':
      case 'input':
      case 'state':
        return sources[e.kind](e.at)
      case 'derived':
        return derivedAt(e.at)
      case 'negate':
        return b.neg(number(e.a))
      case 'exp':
      case 'log':
      case 'sin':
      case 'cos':
        return b.elementary(e.kind, number(e.a))
      case 'sqrt':
      case 'abs':
      case 'floor':
        return b[e.kind](number(e.a))
      case 'add':
      case 'sub':
      case 'mul':
      case 'div':
      case 'min':
      case 'max':
        return b[e.kind](number(e.a), number(e.b))
      case 'scale':
        return b.mul(number(e.a), b.constant(e.factor))
      case 'power':
        return lowerPower(b, number(e.a), number(e.b), e.b.kind === 'number' ? e.b.value : NaN)
      case 'if':
        return b.select(truth(e.test), number(e.a), number(e.b))
      case 'lookup': {
        const table = model.tables[e.table]
        if (!table) throw new Error(`The model has ${model.tables.length} tables, wanted number ${e.table}`)
        return lowerLookup(b, table, number(e.a))
      }
      default:
        throw new Error(`"${e.kind}" is a truth value where a number is wanted: the checker let it through`)
    }
  }
  const truth = (e: Typed): B => {
    switch (e.kind) {
      case 'not':
        return b.not(truth(e.a))
      case 'and':
      case 'or':
        return b[e.kind](truth(e.a), truth(e.b))
      case 'less':
      case 'lessEqual':
      case 'equal':
        return b[e.kind](number(e.a), number(e.b))
      case 'if': {
        const test = truth(e.test)
        return b.or(b.and(test, truth(e.a)), b.and(b.not(test), truth(e.b)))
      }
      default:
        throw new Error(
          `"${e.kind}" is ${isTruth(e) ? 'not handled' : 'a number where a condition is wanted'}: the checker let it through`,
        )
    }
  }
  return number
}

/** @param n the exponent where it is a constant, else NaN */
function lowerPower<N, B>(b: Meaning<N, B>, base: N, exponent: N, n: number): N {
  if (n === 0.5) return b.sqrt(base)
  if (Math.floor(n) !== n) return b.elementary('pow', base, exponent)
  if (Math.abs(n) > LARGEST_PRODUCT) {
    const size = b.elementary('pow', b.abs(base), exponent) // `pow` knows no negative base
    return n % 2 === 0 ? size : b.select(b.less(base, b.constant(0)), b.neg(size), size)
  }
  if (n === 0) return b.constant(1)
  let [product, square] = [undefined as N | undefined, base]
  for (let rest = Math.abs(n); rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) product = product === undefined ? square : b.mul(product, square)
    if (rest > 1) square = b.mul(square, square)
  }
  const positive = product ?? base
  return n < 0 ? b.div(b.constant(1), positive) : positive
}

// A chain of choices from the last point down to the first. Outside a strict table lies NaN, which the stepper turns into a status; an argument that
// is NaN passes no test and stays NaN.
function lowerLookup<N, B>(b: Meaning<N, B>, { points, between, outside }: Table, x: N): N {
  const [first, last] = [points[0], points.at(-1)]
  if (!first || !last) throw new Error('A table needs points')
  let value = b.select(b.lessEqual(b.constant(last[0]), x), b.constant(last[1]), b.constant(NaN))
  for (let i = points.length - 2; i >= 0; i--) {
    const [from, to] = [points[i], points[i + 1]]
    if (!from || !to) throw new Error(`A table needs point ${i + 1}`)
    const slope = (to[1] - from[1]) / (to[0] - from[0])
    const inside =
      between === 'step'
        ? b.constant(from[1])
        : b.add(b.constant(from[1]), b.mul(b.sub(x, b.constant(from[0])), b.constant(slope)))
    value = b.select(b.less(x, b.constant(to[0])), inside, value)
  }
  const below = b.less(x, b.constant(first[0]))
  if (outside === 'hold') return b.select(below, b.constant(first[1]), value)
  return b.select(b.or(below, b.less(b.constant(last[0]), x)), b.constant(NaN), value)
}
