// Weighted least squares on few columns, by orthogonal columns: nothing is squared that would lose digits.
import { log } from '#base'

/** A column of the design. */
export interface Column {
  readonly name: string
  /** One value per row. */
  readonly values: ArrayLike<number>
}

export interface WeightedFit {
  readonly coefficients: readonly number[]
  /** (X'WX)^-1, by rows. */
  readonly covariance: readonly (readonly number[])[]
  readonly residuals: Float64Array
  /** Sum of weighted squared residuals. */
  readonly rss: number
  /** log of the determinant of X'WX. */
  readonly logDeterminant: number
  /** Orthonormal columns that span those of the square root of W times X. */
  readonly basis: readonly Float64Array[]
}

/** A column that those before it make up already. */
export interface Collinear {
  readonly collinear: string
}

const DEPENDENT = 1e-10 // of a column's length, what is left of it once those before it are taken out

const ROUNDING = 1e-30 // of the squares of y: what is left of them where y lies on the columns

/**
 * Fits y by columns, by the Gram-Schmidt process done twice.
 * @param y one value per row
 * @param weights above 0, one per row
 * @source Giraud L, Langou J, Rozloznik M. Comput Math Appl 2005;50:1069-1075: twice is enough
 */
export function fitWeighted(
  y: ArrayLike<number>,
  columns: readonly Column[],
  weights: ArrayLike<number>,
): WeightedFit | Collinear {
  const roots = Float64Array.from(weights, Math.sqrt)
  const basis: Float64Array[] = []
  const triangle: number[][] = [] // row j of R, from column j on
  let logDeterminant = 0
  for (const { name, values } of columns) {
    const left = roots.map((root, i) => root * (values[i] as number))
    const length = Math.sqrt(dot(left, left))
    const along = project(left, basis)
    const rest = Math.sqrt(dot(left, left))
    if (!(rest > DEPENDENT * length)) return { collinear: name }
    for (const [j, row] of triangle.entries()) row.push(along[j] as number)
    triangle.push([rest])
    logDeterminant += 2 * log(rest)
    basis.push(left.map((value) => value / rest))
  }
  const scaled = roots.map((root, i) => root * (y[i] as number))
  const whole = dot(scaled, scaled)
  const along = project(scaled, basis)
  const rss = dot(scaled, scaled)
  const inverse = invertTriangle(triangle)
  return {
    coefficients: inverse.map((row) => row.reduce((sum, value, j) => sum + value * (along[j] as number), 0)),
    covariance: inverse.map((a) => inverse.map((b) => a.reduce((sum, value, j) => sum + value * (b[j] as number), 0))),
    residuals: scaled.map((value, i) => value / (roots[i] as number)),
    rss: rss > ROUNDING * whole ? rss : 0,
    logDeterminant,
    basis,
  }
}

/** Takes out of a vector what lies along the basis, in place. @returns how much that was */
function project(vector: Float64Array, basis: readonly Float64Array[]): number[] {
  const along = basis.map(() => 0)
  for (let pass = 0; pass < 2; pass++)
    for (const [j, one] of basis.entries()) {
      const share = dot(vector, one)
      along[j] = (along[j] as number) + share
      for (let i = 0; i < vector.length; i++) vector[i] = (vector[i] as number) - share * (one[i] as number)
    }
  return along
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number)
  return sum
}

/** Inverts an upper triangle whose row j starts on the diagonal. @returns whole rows */
function invertTriangle(rows: readonly (readonly number[])[]): number[][] {
  const p = rows.length
  const inverse = rows.map(() => Array.from({ length: p }, () => 0))
  const at = (i: number, j: number): number => rows[i]?.[j - i] as number
  for (let j = 0; j < p; j++)
    for (let i = j; i >= 0; i--) {
      let sum = i === j ? 1 : 0
      for (let m = i + 1; m <= j; m++) sum -= at(i, m) * (inverse[m]?.[j] as number)
      const row = inverse[i]
      if (row) row[j] = sum / at(i, i)
    }
  return inverse
}

/** The trace of P = W - WX (X'WX)^-1 X'W, which turns y into weighted residuals. */
export function traceOfP({ basis }: WeightedFit, weights: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < weights.length; i++) sum += (weights[i] as number) * Math.max(0, 1 - overlap(basis, i, i))
  return sum
}

/** The trace of P squared, entry by entry: its short form cancels where one weight is far above the others. */
export function traceOfSquaredP({ basis }: WeightedFit, weights: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < weights.length; i++) {
    const own = (weights[i] as number) * Math.max(0, 1 - overlap(basis, i, i))
    sum += own * own
    for (let j = 0; j < i; j++) {
      const shared = overlap(basis, i, j)
      sum += 2 * (weights[i] as number) * (weights[j] as number) * shared * shared
    }
  }
  return sum
}

/** The entry of the projection onto the basis; on the diagonal, the leverage of a row. */
function overlap(basis: readonly Float64Array[], i: number, j: number): number {
  let sum = 0
  for (const one of basis) sum += (one[i] as number) * (one[j] as number)
  return sum
}
