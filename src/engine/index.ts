export { compileWasm, instantiate, interpret } from './backends/index.ts'
export { type CompiledModel, compileModel, defaultOutputs, findOutputs, type Output } from './compile/compile.ts'
export { checkConserved } from './compile/conserved.ts'
export type { StatusName } from './compile/layout.ts'
export type { Kernel, RunningKernel } from './ir/nodes.ts'
export { type Asked, checkActions, checkModel } from './language/check-model.ts'
export { checkFormula, type Formula, type FormulaKind, type Named, readFormula } from './compile/formula.ts'
export { fileNameOf, type Gathered, gatherModel, modelNameOf, type ReadText } from './language/gather.ts'
export type { Deed, Derived, Expectation, Input, Model, Parameter, State, Typed } from './language/model.ts'
export { parseActions, parseModel, parsePriorText, parseQuantity } from './language/parse.ts'
export { printAction, printModel } from './language/print.ts'
export { roundTime } from './language/round-time.ts'
export type { Action, Expression, ModelFile, Prior, Quantity, Source } from './language/tree.ts'
export { type Sensitive, withSensitivities } from './sensitivity/with-sensitivities.ts'
export {
  type Batch,
  type Change,
  DEFAULT_SETTINGS,
  openBatch,
  type Progress,
  type Settings,
  slotsOf,
  type Subject,
} from './simulate/batch.ts'
export { runExpectations } from './simulate/expectations.ts'
export { countInstants, type Instant, MOST_INSTANTS, schedule, startInputs } from './simulate/schedule.ts'
export { findJumps, hiddenJumps, type Jump } from './simulate/jumps.ts'
export { settle } from './simulate/settle.ts'
export { type Between, withLines } from './simulate/moving-inputs.ts'
export { doseTerms, type DoseTerms, termNames } from './simulate/dose-terms.ts'
export { type EventKind, type EventRecord, isLook, lookAt } from './simulate/event-record.ts'
export { type EventFault, type EventModel, type EventPlan, planEvents } from './simulate/events.ts'
export { steadyFinder } from './simulate/steady-state.ts'
export { noSteadyState, noSuperposition } from './simulate/superposition.ts'
