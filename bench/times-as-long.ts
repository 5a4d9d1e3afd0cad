// Everyone at one error: the one that Imago has on one thread at its default tolerance.
import { timeAtError } from './error.ts'
import type { Results } from './results.ts'

export const OWN = 'imago'
export const DEFAULT_TOLERANCE = 1e-6

/** What a peer needs for a patient-year to be as exact as Imago at its default tolerance; undefined where it never was. */
export function matchedMs({ rows }: Results, model: string, peer: string): number | undefined {
  const of = rows.filter((row) => row.model === model)
  const own = of.find((row) => row.peer === OWN && row.relativeTolerance === DEFAULT_TOLERANCE)
  const points = of
    .filter((row) => row.peer === peer)
    .map((row) => ({ ms: row.msPerPatientYear, maxError: row.maxError }))
  return own && timeAtError(points, own.maxError)
}

/** The same as a multiple of what Imago needs. */
export function timesAsLong(results: Results, model: string, peer: string): number | undefined {
  const [theirs, own] = [matchedMs(results, model, peer), matchedMs(results, model, OWN)]
  return theirs && own ? theirs / own : undefined
}
