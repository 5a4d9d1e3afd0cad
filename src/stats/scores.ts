// Proper scores of forecasts: the smaller the better.

/**
 * Computes the Brier score of forecast probabilities: the mean squared distance from what happened.
 * @param forecasts probability of each event
 * @param outcomes whether it happened, as many
 * @source Brier GW. Mon Weather Rev 1950;78:1-3
 */
export function brierScore(forecasts: readonly number[], outcomes: readonly boolean[]): number {
  if (forecasts.length !== outcomes.length) throw new Error('Brier score: as many outcomes as forecasts are needed')
  let sum = 0
  for (const [i, forecast] of forecasts.entries()) {
    const miss = forecast - (outcomes[i] ? 1 : 0)
    sum += miss * miss
  }
  return sum / forecasts.length
}

/**
 * Computes the interval score of one central prediction interval: its width, and 2 / (1 - level) times the miss.
 * @param level such as 0.9
 * @source Gneiting T, Raftery AE. J Am Stat Assoc 2007;102:359-378, equation 43
 */
export function intervalScore(lo: number, hi: number, observed: number, level: number): number {
  const miss = Math.max(0, lo - observed, observed - hi)
  return hi - lo + (2 / (1 - level)) * miss
}
