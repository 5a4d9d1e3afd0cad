// Size, mean and spread of a sample.

export interface Moments {
  readonly n: number
  /** NaN of an empty sample. */
  readonly mean: number
  /** With n - 1 in the denominator; NaN below two values. */
  readonly sd: number
}

/** Computes size, mean and SD in two passes, in the order given. NaN values are left out. */
export function momentsOf(values: ArrayLike<number>): Moments {
  let n = 0
  let sum = 0
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number
    if (Number.isNaN(value)) continue
    n++
    sum += value
  }
  const mean = sum / n
  let squares = 0
  for (let i = 0; i < values.length; i++) {
    const off = (values[i] as number) - mean
    if (!Number.isNaN(off)) squares += off * off
  }
  return { n, mean, sd: n < 2 ? NaN : Math.sqrt(squares / (n - 1)) }
}
