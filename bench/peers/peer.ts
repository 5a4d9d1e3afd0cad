// What the bench asks of everyone who is measured.
import type { Problem } from '../problems.ts'

/** Someone who can solve the problems. */
export interface Peer {
  readonly name: string
  /** What it is, in one sentence of the report. */
  readonly about: string
  /** Whether its rows must have the bits of Imago's own. */
  readonly sameBits?: true
  /** Tells why it cannot take part here, or nothing if it can. */
  whyNot(): string | undefined
  prepare(problem: Problem): Promise<Runner> | Runner
}

/** A peer with one problem, ready to run it as often as wanted. */
export interface Runner {
  readonly threads: number
  /** Bytes of what was compiled from the model. */
  readonly moduleBytes: number
  run(relativeTolerance: number): Promise<Run> | Run
  end(): void
}

export interface Run {
  /** For all subjects: of the processor where there is one thread, on the wall where there are more. */
  readonly ms: number
  /** What it needs while it runs. */
  readonly memoryBytes: number
  /** Per subject, a row of states for each time, one after the other. */
  readonly rows: readonly Float64Array[]
}
