// Confidence intervals of a share.
import { normalQuantile } from '#base'
import { betaQuantile } from './incomplete-beta.ts'

export interface Bounds {
  readonly lo: number
  readonly hi: number
}

/**
 * Computes the exact interval, which never covers less than it says.
 * @param events of n
 * @param level such as 0.9
 * @source Clopper CJ, Pearson ES. Biometrika 1934;26:404-413
 */
export function clopperPearson(events: number, n: number, level: number): Bounds {
  const outside = (1 - level) / 2
  return {
    lo: events === 0 ? 0 : betaQuantile(outside, events, n - events + 1),
    hi: events === n ? 1 : betaQuantile(1 - outside, events + 1, n - events),
  }
}

/**
 * Computes the score interval, which covers what it says on average.
 * @param events of n
 * @param level such as 0.9
 * @source Wilson EB. J Am Stat Assoc 1927;22:209-212
 */
export function wilson(events: number, n: number, level: number): Bounds {
  const z = normalQuantile(1 - (1 - level) / 2)
  const share = events / n
  const weight = 1 + (z * z) / n
  const centre = (share + (z * z) / (2 * n)) / weight
  const half = (z / weight) * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n))
  return { lo: Math.max(0, centre - half), hi: Math.min(1, centre + half) }
}
