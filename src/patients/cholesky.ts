// The lower triangle L of a symmetric positive definite matrix, A = L L'.

/**
 * Factors a symmetric matrix.
 * @param matrix n rows of n numbers
 * @returns the rows of L, row i with i + 1 numbers; undefined if the matrix is not positive definite
 * @source Golub and Van Loan, Matrix Computations, 4.2
 */
export function choleskyOf(matrix: readonly (readonly number[])[]): number[][] | undefined {
  const rows: number[][] = []
  for (const [i, given] of matrix.entries()) {
    const row: number[] = []
    for (let j = 0; j <= i; j++) {
      let rest = given[j] ?? NaN
      for (let k = 0; k < j; k++) rest -= (row[k] ?? 0) * ((i === j ? row : rows[j])?.[k] ?? 0)
      if (i === j && !(rest > 1e-12)) return undefined
      row.push(i === j ? Math.sqrt(rest) : rest / (rows[j]?.[j] ?? NaN))
    }
    rows.push(row)
  }
  return rows
}
