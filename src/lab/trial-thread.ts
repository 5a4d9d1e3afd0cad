// One thread's share of a trial: the same code on every thread and in one.
import { openSetting, type Setting } from '#conduct'
import { type CompiledModel, instantiate } from '#engine'
import { type ElasticityJob, moveParameters } from './elasticity.ts'
import { gatherTrial, type TrialSpec } from './gather-trial.ts'
import { makePiece, type PieceJob, type PoolPiece } from './pool-piece.ts'
import { type ReplicateJob, replicateTrial } from './replicate-piece.ts'

/** What a thread must know before its first job. Formulas cannot be posted, so each thread reads the texts itself. */
export interface TrialOpening {
  readonly kind: 'open-trial'
  readonly file: string
  readonly texts: ReadonlyMap<string, string>
  readonly seed: number
  readonly module: WebAssembly.Module
  readonly compiled: CompiledModel
}

export type TrialJob =
  | ({ readonly kind: 'piece' } & PieceJob)
  | ({ readonly kind: 'replicates'; readonly piece: PoolPiece } & ReplicateJob)
  | ({ readonly kind: 'elasticities' } & ElasticityJob)

/** Answers the messages of one thread: first an opening, then jobs. */
export function answerTrial(): (message: TrialOpening | TrialJob) => Promise<unknown> {
  let opened: { spec: TrialSpec; setting: Setting } | undefined
  return async (message) => {
    if (message.kind === 'open-trial') {
      const { file, texts, module, compiled, seed } = message
      const { value: spec } = await gatherTrial(file, (name) => Promise.resolve(texts.get(name)))
      if (!spec) throw new Error('A trial that was checked before does not read well again')
      const running = { compiled, kernel: instantiate(module) }
      opened = { spec, setting: openSetting(spec.model, spec.population, spec.luck, running, seed) }
      return undefined
    }
    if (!opened) throw new Error('A job came before the opening')
    const { spec, setting } = opened
    switch (message.kind) {
      case 'piece':
        return makePiece(spec, setting, message)
      case 'replicates':
        return replicateTrial(spec, setting, message.piece, message)
      case 'elasticities':
        return moveParameters(spec, setting, message)
    }
  }
}
