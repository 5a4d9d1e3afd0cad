export { rodas5p } from './rodas5p.ts'
export { attemptStep, denseCoefficients, interpolate } from './rosenbrock.ts'
export type { RosenbrockMethod } from './rosenbrock-method.ts'
