// What every effect size comes to: a number and its sampling variance, or the reason why there is none.

export interface Effect {
  readonly yi: number
  /** Sampling variance, above 0. */
  readonly vi: number
}

export interface NoEffect {
  readonly reason: string
}

/** Takes an effect as it is, if both numbers are what they must be. */
export function effectOf(yi: number, vi: number, reason: string): Effect | NoEffect {
  return Number.isFinite(yi) && vi > 0 && vi < Infinity ? { yi, vi } : { reason }
}

/** Adds a half to all cells where one of them is 0, so that logarithms exist. */
export const addHalfToZeros = (cells: readonly number[]): number[] =>
  cells.includes(0) ? cells.map((cell) => cell + 0.5) : [...cells]
