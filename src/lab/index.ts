export { checkContent } from './check-content.ts'
export { type Checked, checkFile, checkSources, keysOf } from './check.ts'
export { hashText, type Provenance, reportOf } from './report.ts'
export { answerMessages } from './answer.ts'
export type { Backend } from './chunk.ts'
export { gatherTrial, type TrialSpec } from './gather-trial.ts'
export { type CurveRequest, traceEffect } from './effect-curve.ts'
export { poolHash, runNameOf, runTrial, type TrialRequest } from './run-trial.ts'
export type { Host, Running, Step, Thread } from './host.ts'
export { Stopped } from './pool.ts'
export { type Measure, readReduction, type Reduction, type Statistic, USUAL_STATISTICS } from './measures.ts'
export { csvTable, parquetTable, type RowsHead, type RowsTable } from './rows.ts'
export {
  MOST_SUBJECTS,
  numbersEach,
  type RowsPiece,
  type Simulation,
  type SimulationRequest,
  simulate,
} from './simulate.ts'
export { courseOf, holesOf, type OutputSpread, SHARES, spreadOf } from './summary.ts'
export { summaryCsv, summaryJson } from './summary-table.ts'
export { MOST_CELLS } from './tally-cells.ts'
export { eventCsvOf, eventParquetOf, outcomeWord } from './event-rows.ts'
export { type EventReader, eventReader, type EventTable } from './read-events.ts'
export { type EventSimulation, simulateEvents } from './simulate-events.ts'
export { type Opened, openPiece, sealPiece, type Store } from './store.ts'
