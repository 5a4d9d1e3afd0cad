// Small dense symmetric systems.

/**
 * Solves A x = b for a symmetric positive definite A, by Cholesky factors.
 * @param matrix n x n by rows; only its lower half is read
 * @returns undefined when A is not positive definite in these numbers
 */
export function solvePositive(matrix: Float64Array, right: ArrayLike<number>): Float64Array | undefined {
  const n = right.length
  const factor = choleskyOf(matrix, n)
  if (!factor) return undefined
  const x = Float64Array.from(right)
  const at = (i: number, j: number): number => factor[i * n + j] as number
  for (let i = 0; i < n; i++) {
    let sum = x[i] as number
    for (let k = 0; k < i; k++) sum -= at(i, k) * (x[k] as number)
    x[i] = sum / at(i, i)
  }
  for (let i = n - 1; i >= 0; i--) {
    let sum = x[i] as number
    for (let k = i + 1; k < n; k++) sum -= at(k, i) * (x[k] as number)
    x[i] = sum / at(i, i)
  }
  return x
}

function choleskyOf(matrix: Float64Array, n: number): Float64Array | undefined {
  const factor = new Float64Array(n * n)
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * n + j] as number
      for (let k = 0; k < j; k++) sum -= (factor[i * n + k] as number) * (factor[j * n + k] as number)
      if (i === j && !(sum > 1e-14 * (matrix[i * n + i] as number))) return undefined
      factor[i * n + j] = i === j ? Math.sqrt(sum) : sum / (factor[j * n + j] as number)
    }
  return factor
}
