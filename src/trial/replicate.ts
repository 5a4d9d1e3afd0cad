// The patients drawn into one arm of one replicate, and what is read from them. Knows the layout of the arrays, so that nobody else has to.
import type { Endpoint, Trial } from './trial.ts'

export interface ArmReplicate {
  /** Which member of the pool each patient is. */
  readonly members: ArrayLike<number>
  /** patients x endpoints x visits, as `CompiledEndpoint.evaluate` gives them, in the trial's order; NaN: missing. */
  readonly values: Float64Array
  /** Day of death or loss of each patient; Infinity if never. */
  readonly lostDays: ArrayLike<number>
}

/** `all`: conditions that say so count the dead and the lost as failures; `available`: whoever was seen. */
export type Cases = 'all' | 'available'

/** Finds an endpoint's place in the arrays. */
export function endpointAt(trial: Trial, id: string): number {
  const at = trial.endpoints.findIndex((endpoint) => endpoint.id === id)
  if (at < 0) throw new Error(`The trial has no endpoint "${id}": checkPublished should have refused it`)
  return at
}

/** Finds an arm's place in a replicate. */
export function armAt(trial: Trial, name: string): number {
  const at = trial.arms.findIndex((arm) => arm.name === name)
  if (at < 0) throw new Error(`The trial has no arm "${name}": checkPublished should have refused it`)
  return at
}

/**
 * Reads one endpoint at one visit.
 * @param endpoint its place in the trial
 * @returns one value per patient; NaN: missing
 */
export function readColumn(
  trial: Trial,
  arm: ArmReplicate,
  endpoint: number,
  visit: number,
  cases: Cases = 'available',
): Float64Array {
  const fails = cases === 'all' && countsAsFailure(trial.endpoints[endpoint])
  const day = trial.visits[visit]?.day ?? NaN
  const column = new Float64Array(arm.members.length)
  for (let patient = 0; patient < column.length; patient++) {
    const value = valueAt(trial, arm, patient, endpoint, visit)
    column[patient] = fails && Number.isNaN(value) && day >= (arm.lostDays[patient] ?? Infinity) ? 0 : value
  }
  return column
}

/** Reads one value of one patient. */
export function valueAt(trial: Trial, arm: ArmReplicate, patient: number, endpoint: number, visit: number): number {
  return arm.values[(patient * trial.endpoints.length + endpoint) * trial.visits.length + visit] ?? NaN
}

const countsAsFailure = (endpoint: Endpoint | undefined): boolean =>
  endpoint?.kind === 'when' && endpoint.missing === 'failure'
