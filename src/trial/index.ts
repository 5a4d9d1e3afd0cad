export { type CompiledEndpoint, compileEndpoints } from './compile-endpoints.ts'
export { type BackgroundRun, conclude, type PoolScores, type Replayed } from './conclude.ts'
export { type TrialDocument, toJson, trialDocument } from './document.ts'
export type {
  AbsentRow,
  DifferenceRow,
  DirectionRow,
  MeanRow,
  ModelledRow,
  Published,
  PublishedRow,
  ShareRow,
} from './published.ts'
export { checkPublished, readPublished } from './read-published.ts'
export { readTrial } from './read-trial.ts'
export type { ArmReplicate } from './replicate.ts'
export type {
  Attrition,
  Compared,
  CourseBand,
  Elasticity,
  EntryTable,
  Funnel,
  Interval,
  Observed,
  PowerRow,
  Split,
  SplitPart,
  TrialResult,
  Use,
} from './result.ts'
export { publishedFile, trialFile } from './schema.ts'
export type {
  AfterEndpoint,
  Arm,
  Background,
  Correction,
  Eligibility,
  Endpoint,
  EntryTarget,
  FirstEndpoint,
  Sourced,
  Trial,
  ValueEndpoint,
  Visit,
  WhenEndpoint,
  Written,
} from './trial.ts'
export { dayOfMonth, findVisit } from './visit-days.ts'
export type { VisitTable } from './visit-table.ts'
