// Sparse LU factors of W = g I - J, unrolled into expressions over the fixed pattern of the Jacobian, as chemistry codes do (Sandu et al. 1997,
// Atmospheric Environment 31:3459). Pivots stay on the diagonal, in the order of Markowitz (1957): fewest fill-ins first. No pivoting at run
// time: a vanishing pivot gives Inf or NaN, which the stepper rejects. Where that would take too much code, the states that are eliminated last are
// left as a block, for block.ts.
import type { Builder } from '../ir/build.ts'
import type { Num } from '../ir/nodes.ts'

/** The Jacobian by position: entry (row, column) is there if it can be other than 0. */
export interface Pattern {
  readonly size: number
  readonly entries: readonly { readonly row: number; readonly column: number }[]
}

/** Where each factor is kept: `slots` in elimination order, diagonals as their reciprocals. */
export interface Elimination {
  /** order[k] is the state that is eliminated k-th. */
  readonly order: readonly number[]
  /** The block from here on is full, and is not unrolled; the size if there is none. */
  readonly block: number
  /** position(i, j) of the entry in eliminated coordinates, or undefined where it is 0 by structure. Entries of a row follow each other. */
  position(i: number, j: number): number | undefined
  readonly count: number
}

/** The most updates of entries to unroll: a full system of 30 states takes 9,000. */
const MOST_UPDATES = 10_000

/** Chooses the order of elimination and finds the fill-in. */
export function eliminate({ size, entries }: Pattern, mostUpdates = MOST_UPDATES): Elimination {
  const filled = Array.from({ length: size }, (_, i) => Array.from({ length: size }, (_, j) => i === j))
  for (const { row, column } of entries) (filled[row] as boolean[])[column] = true
  const at = (i: number, j: number): boolean => filled[i]?.[j] === true
  const left = new Set(filled.keys())
  const order: number[] = []
  let [updates, block] = [0, 0]
  while (left.size > 0) {
    const pivot = cheapestPivot(left, at)
    order.push(pivot)
    left.delete(pivot)
    for (const i of left)
      if (at(i, pivot))
        for (const j of left)
          if (at(pivot, j)) {
            ;(filled[i] as boolean[])[j] = true
            updates++
          }
    if (updates <= mostUpdates) block = order.length
  }
  for (const i of order.slice(block)) for (const j of order.slice(block)) (filled[i] as boolean[])[j] = true
  const positions = new Map<number, number>()
  for (let i = 0; i < size; i++)
    for (let j = 0; j < size; j++)
      if (at(order[i] as number, order[j] as number)) positions.set(i * size + j, positions.size)
  return { order, block, count: positions.size, position: (i, j) => positions.get(i * size + j) }
}

// Markowitz: the pivot whose row and column would fill in least; ties by fewest entries, then by number, so that the order is one.
function cheapestPivot(left: ReadonlySet<number>, at: (i: number, j: number) => boolean): number {
  let [best, bestCost, bestEntries] = [-1, Infinity, Infinity]
  for (const k of left) {
    let [row, column] = [0, 0]
    for (const j of left) {
      if (at(k, j)) row++
      if (at(j, k)) column++
    }
    const cost = (row - 1) * (column - 1)
    if (cost < bestCost || (cost === bestCost && row + column < bestEntries))
      [best, bestCost, bestEntries] = [k, cost, row + column]
  }
  return best
}

/**
 * Writes out the factors, and what is left of the block after the eliminations before it.
 * @param jacobian the entry (row, column) of the Jacobian in the order of the states, or undefined
 * @returns the factors by position
 */
export function factorise(
  b: Builder,
  e: Elimination,
  g: Num,
  jacobian: (row: number, column: number) => Num | undefined,
): Num[] {
  const n = e.order.length
  const w: Num[] = []
  const entry = (i: number, j: number): Num => {
    const d = jacobian(e.order[i] as number, e.order[j] as number)
    if (i === j) return d ? b.sub(g, d) : g
    return d ? b.neg(d) : b.constant(0)
  }
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) {
      const position = e.position(i, j)
      if (position !== undefined) w[position] = entry(i, j)
    }
  const get = (position: number): Num => w[position] as Num
  const isZero = (x: Num): boolean => x.op === 'constant' && x.value === 0
  for (let k = 0; k < e.block; k++) {
    const diagonal = e.position(k, k) as number
    w[diagonal] = b.div(b.constant(1), get(diagonal))
    for (let i = k + 1; i < n; i++) {
      const below = e.position(i, k)
      if (below === undefined) continue
      w[below] = b.mul(get(below), get(diagonal))
      for (let j = k + 1; j < n; j++) {
        const right = e.position(k, j)
        if (right === undefined) continue
        const target = e.position(i, j) as number // elimination filled it in
        const change = b.mul(get(below), get(right))
        w[target] = isZero(get(target)) ? b.neg(change) : b.sub(get(target), change)
      }
    }
  }
  return w
}

/** The factors and a right-hand side, as far as they are unrolled. */
export interface Unrolled {
  /** The factor at a position. */
  factor(position: number): Num
  /** The right-hand side by state. */
  right(state: number): Num
}

/**
 * Writes out the first half of the solution of W x = rhs: forward through all that is not in the block.
 * @returns by eliminated coordinate; in the block, what is left to be solved there
 */
export function forward(b: Builder, e: Elimination, { factor, right }: Unrolled): Num[] {
  const x: Num[] = []
  for (const [i, state] of e.order.entries()) {
    let value = right(state)
    for (let j = 0; j < Math.min(i, e.block); j++)
      value = eliminateTerm(b, value, e.position(i, j), factor, x[j] as Num)
    x.push(value)
  }
  return x
}

/**
 * Writes out the second half: backward from the block.
 * @param half by eliminated coordinate: solved in the block, as `forward` left it before
 * @returns x by state
 */
export function backward(
  b: Builder,
  e: Elimination,
  { factor }: Pick<Unrolled, 'factor'>,
  half: readonly Num[],
): Num[] {
  const n = e.order.length
  const x = [...half]
  for (let i = e.block - 1; i >= 0; i--) {
    let value = x[i] as Num
    for (let j = i + 1; j < n; j++) value = eliminateTerm(b, value, e.position(i, j), factor, x[j] as Num)
    x[i] = b.mul(value, factor(e.position(i, i) as number))
  }
  const byState: Num[] = []
  for (const [i, state] of e.order.entries()) byState[state] = x[i] as Num
  return byState
}

const eliminateTerm = (
  b: Builder,
  value: Num,
  position: number | undefined,
  factor: (position: number) => Num,
  x: Num,
): Num => (position === undefined ? value : b.sub(value, b.mul(factor(position), x)))
