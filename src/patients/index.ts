export { drawParameters, typicalParameters } from './draw.ts'
export { describePrior } from './priors.ts'
