// How an expression moves when what it is made of does: the derivative along one direction, as an expression again. A tangent has the unit of what it
// is the tangent of, so it says by how much, not how steeply.
import { divideUnits, type Unit, unitOne } from '#base'
import { partsOf, type Table, type Typed } from '../language/model.ts'

/** The tangents of what expressions are made of; undefined for what does not move. */
export interface Directions {
  parameter(at: number): Typed | undefined
  input(at: number): Typed | undefined
  state(at: number): Typed | undefined
  derived(at: number): Typed | undefined
}

/** The slopes of tables, as step tables behind those of the model. */
export interface Slopes {
  readonly tables: readonly Table[]
  /** The place of the slopes of a linear table; undefined for a step table, which has none. */
  of(table: number): number | undefined
}

/** Collects tables of slopes as they are asked for. */
export function slopesOf(own: readonly Table[]): Slopes {
  const tables = [...own]
  const known = new Map<number, number>()
  return {
    tables,
    of: (at) => {
      const table = own[at]
      if (!table) throw new Error(`The model has ${own.length} tables, wanted number ${at}`)
      if (table.between === 'step') return undefined
      const before = known.get(at)
      if (before !== undefined) return before
      const points = table.points.map(([x, y], i): [number, number] => {
        const next = table.points[i + 1]
        return [x, next ? (next[1] - y) / (next[0] - x) : 0]
      })
      known.set(at, tables.push({ ...table, points, between: 'step', outside: 'hold' }) - 1)
      return tables.length - 1
    },
  }
}

/**
 * Makes a function that differentiates expressions along a direction; shared parts are differentiated once. At a kink (`min`, `max`, `abs`, `if`, a
 * knot of a table) the tangent is that of the branch taken; steps have none. Where a root or a power has no finite slope, as x^0.6 at 0, it counts as 0,
 * as it does for the solver.
 * @returns undefined for what does not move
 */
export function tangentAlong(along: Directions, slopes: Slopes): (e: Typed) => Typed | undefined {
  const known = new Map<Typed, Typed | undefined>()
  const tangent = (e: Typed): Typed | undefined => {
    if (!known.has(e)) known.set(e, differentiate(e, tangent, along, slopes))
    return known.get(e)
  }
  return tangent
}

type Tangent = (e: Typed) => Typed | undefined

function differentiate(e: Typed, tangent: Tangent, along: Directions, slopes: Slopes): Typed | undefined {
  const on = nodesAt(e)
  switch (e.kind) {
    case 'parameter':
    case 'input':
    case 'state':
    case 'derived':
      return along[e.kind](e.at)
    case 'negate':
    case 'scale': {
      const da = tangent(e.a)
      return da && { ...e, a: da }
    }
    case 'add':
      return on.sum(tangent(e.a), tangent(e.b))
    case 'sub':
      return on.difference(tangent(e.a), tangent(e.b))
    case 'mul':
      return on.sum(on.product(tangent(e.a), e.b, e.unit), on.product(tangent(e.b), e.a, e.unit))
    case 'div': {
      // (a/b)' = (a' - (a/b) b')/b
      const top = nodesAt(e, e.a.unit).difference(tangent(e.a), on.product(tangent(e.b), e, e.a.unit))
      return top && on.binary('div', top, e.b, e.unit)
    }
    case 'min':
      return on.choose(on.less(e.b, e.a), tangent(e.b), tangent(e.a))
    case 'max':
      return on.choose(on.less(e.a, e.b), tangent(e.b), tangent(e.a))
    case 'abs': {
      const da = tangent(e.a)
      return da && on.choose(on.less(e.a, on.number(0, e.unit)), { ...e, kind: 'negate', a: da }, da)
    }
    case 'if':
      return on.choose(e.test, tangent(e.a), tangent(e.b))
    case 'exp':
      return on.product(tangent(e.a), e, e.unit)
    case 'log': {
      const da = tangent(e.a)
      return da && on.binary('div', da, e.a, e.unit)
    }
    case 'sin':
      return on.product(tangent(e.a), { ...e, kind: 'cos' }, e.unit)
    case 'cos': {
      const back = on.product(tangent(e.a), { ...e, kind: 'sin' }, e.unit)
      return back && { ...e, kind: 'negate', a: back }
    }
    case 'sqrt': {
      const da = tangent(e.a)
      return da && on.finite(on.binary('div', da, on.binary('mul', on.number(2, unitOne), e, e.unit), e.unit))
    }
    case 'power':
      return powerTangent(e, tangent)
    case 'lookup':
      return lookupTangent(e, tangent, slopes)
    default:
      return undefined // numbers, time, floor; conditions have none
  }
}

function powerTangent(e: Typed & { kind: 'power' }, tangent: Tangent): Typed | undefined {
  const on = nodesAt(e)
  const [da, db] = [tangent(e.a), tangent(e.b)]
  const less: Typed =
    e.b.kind === 'number' ? on.number(e.b.value - 1, unitOne) : on.binary('sub', e.b, on.number(1, unitOne), unitOne)
  // b a^(b-1) a' rather than b a^b a'/a: it is finite at a = 0 for b >= 1, where Hill terms start
  const steepness: Typed = { ...e, b: less, unit: divideUnits(e.unit, e.a.unit) }
  const byBase = on.product(da, on.binary('mul', e.b, steepness, steepness.unit), e.unit)
  const byExponent = on.product(db, on.binary('mul', e, { ...e, kind: 'log', unit: unitOne }, e.unit), e.unit)
  if (e.b.kind === 'number' && Number.isInteger(e.b.value)) return e.b.value === 0 ? undefined : byBase
  return on.sum(byBase && on.finite(byBase), byExponent && on.finite(byExponent))
}

function lookupTangent(e: Typed & { kind: 'lookup' }, tangent: Tangent, slopes: Slopes): Typed | undefined {
  const on = nodesAt(e)
  const [da, table] = [tangent(e.a), slopes.of(e.table)]
  if (!da || table === undefined) return undefined
  const [first] = slopes.tables[table]?.points ?? []
  if (!first) throw new Error('A table needs points')
  const slope: Typed = { ...e, table, unit: divideUnits(e.unit, e.a.unit) }
  const inside = on.product(da, slope, e.unit)
  return on.choose(on.less(e.a, on.number(first[0], e.a.unit)), undefined, inside)
}

/** Makes nodes at the place of an expression, in its unit unless another is said. */
function nodesAt({ place, unit }: Typed, own: Unit = unit) {
  const number = (value: number, of: Unit = own): Typed => ({ kind: 'number', value, unit: of, place })
  const binary = (kind: 'add' | 'sub' | 'mul' | 'div', a: Typed, b: Typed, of: Unit): Typed => ({
    kind,
    a,
    b,
    unit: of,
    place,
  })
  const less = (a: Typed, b: Typed): Typed => ({ kind: 'less', a, b, unit: unitOne, place })
  const choose = (test: Typed, a: Typed | undefined, b: Typed | undefined): Typed | undefined =>
    a || b ? { kind: 'if', test, a: a ?? number(0), b: b ?? number(0), unit: own, place } : undefined
  return {
    number,
    binary,
    less,
    choose,
    sum: (a: Typed | undefined, b: Typed | undefined): Typed | undefined =>
      a && b ? binary('add', a, b, own) : (a ?? b),
    difference: (a: Typed | undefined, b: Typed | undefined): Typed | undefined =>
      a && b ? binary('sub', a, b, own) : (a ?? (b && { kind: 'negate', a: b, unit: own, place })),
    product: (d: Typed | undefined, factor: Typed, of: Unit): Typed | undefined => d && binary('mul', d, factor, of),
    finite: (d: Typed): Typed => {
      const size: Typed = { kind: 'abs', a: d, unit: own, place }
      return { kind: 'if', test: less(size, number(Infinity)), a: d, b: number(0), unit: own, place }
    },
  }
}

/** The arguments of a node through which its value moves smoothly: no condition, and not what is under a `floor`. */
export function slopedParts(e: Typed): readonly Typed[] {
  if (e.kind === 'if') return [e.a, e.b]
  const stepped = e.kind === 'floor' || e.kind === 'not' || e.kind === 'less' || e.kind === 'lessEqual'
  return stepped || e.kind === 'equal' || e.kind === 'and' || e.kind === 'or' ? [] : partsOf(e)
}
