export { drawParameters, typicalParameters } from './draw.ts'
export { drawPerson, drawTypical, MOST_IN_DRAW, sliceScore, subjectOf } from './draw-person.ts'
export { type EffectCurve, type EffectPrior, readEffectCurve, readEffects, scaleAt } from './effect.ts'
export { describePrior, type ScoredPrior, valueAt } from './priors.ts'
export {
  type Category,
  type Correction,
  type Population,
  type PopulationText,
  readPopulation,
  settlePopulation,
} from './population.ts'
