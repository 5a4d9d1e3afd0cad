// Draws virtual subjects: one value per parameter, addressed by subject and parameter name, so that neither order, batch, worker nor a new parameter
// changes anybody.
import type { Model } from '#engine'
import { drawValue } from './priors.ts'

/**
 * Draws the parameters of one subject, in the model's order and units.
 * @param subject counts from 0
 */
export function drawParameters(model: Pick<Model, 'parameters'>, seed: number, subject: number): Float64Array {
  return Float64Array.from(model.parameters, (parameter) =>
    drawValue(parameter, { seed, subject, replicate: 0, purpose: `parameter ${parameter.name}`, index: 0 }),
  )
}

/** The typical subject: every parameter at the number in the file. */
export const typicalParameters = (model: Pick<Model, 'parameters'>): Float64Array =>
  Float64Array.from(model.parameters, ({ value }) => value)
