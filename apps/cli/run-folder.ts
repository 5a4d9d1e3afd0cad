// A trial into its run folder: spec.json, and at the end result.json and report.html; finished pieces are kept beside. Stopped in the middle, the folder
// stays and the same command goes on from it; refused, nothing stays. What is written holds no times and no paths of this machine.
import { rm } from 'node:fs/promises'
import path from 'node:path'
import type { ReadText } from '#engine'
import { gatherTrial, hashText, runNameOf, runTrial, Stopped, type Store, type TrialRequest } from '#lab'
import { renderTrial } from '#report'
import { toJson, type TrialResult } from '#trial'
import { nameMaker, version } from './about.ts'
import { readText, writeWhole } from './files.ts'
import { folderStore, openFolder } from './folder-store.ts'
import { nodeHost } from './node-host.ts'
import { showProblems, type Texts } from './problems.ts'
import { type ProgressStyle, showProgress } from './progress.ts'
import { suggestFiles } from './suggest-files.ts'
import { withPatients } from './with-patients.ts'

/** What is asked of a trial on the command line. */
export interface Order extends Omit<TrialRequest, 'spec' | 'version'> {
  readonly file: string
  /** Patients in each arm, in place of the trial's own numbers. */
  readonly patients?: number
  /** The run folder; runs/<trial>-<hash> if not said. */
  readonly out?: string
  readonly style: ProgressStyle
}

export interface Finished {
  readonly result: TrialResult
  /** The same as a text for programs. */
  readonly document: string
  readonly folder: string
}

export const REPORT = 'report.html'
const RESULT = 'result.json'

const UNITS: Readonly<Record<string, string>> = {
  pool: 'patients',
  replicates: 'replicates',
  elasticities: 'parameters',
}

/**
 * Replays a trial and writes what came of it.
 * @param resume the command that goes on with the run when it was stopped
 * @returns what came of it, or the exit code
 */
export async function runIntoFolder(order: Order, signal: AbortSignal, resume: string): Promise<Finished | 1 | 130> {
  const { file, out, style } = order
  const { value: spec, problems, texts } = await gatherTrial(file, readerOf(order))
  if (showProblems(await suggestFiles(problems, texts), texts) === 1 || !spec) return 1
  const request: TrialRequest = { ...order, spec, version }
  const folder = out ?? path.join('runs', runNameOf(request))
  const fresh = await openFolder(folder)
  if (typeof fresh !== 'boolean') return showProblems([fresh]) || 1
  const progress = showProgress(spec.name, (phase) => UNITS[phase ?? ''] ?? '', style)
  const described = describeSpec(order, request, texts)
  try {
    const { value: result, problems: found } = await runTrial(nodeHost, request, storeOf(folder, out), {
      signal,
      onProgress: progress.step,
    })
    progress.done()
    if (showProblems(found, texts) === 1 || !result) {
      if (fresh) await rm(folder, { recursive: true })
      return 1
    }
    const document = `${JSON.stringify(toJson(result), undefined, 2)}\n`
    const report = renderTrial(result)
    await writeSpec(folder, described)
    await writeWhole(path.join(folder, RESULT), document, signal)
    await writeWhole(path.join(folder, REPORT), report, signal)
    return { result, document, folder }
  } catch (error) {
    progress.done()
    if (!(error instanceof Stopped) && !signal.aborted) throw error
    await writeSpec(folder, described)
    process.stderr.write(`stopped; what is finished is kept\nthe same command goes on from there: ${resume}\n`)
    return 130
  }
}

/** Reads texts as they are, but for the number of patients that was asked for. */
const readerOf =
  ({ file, patients }: Order): ReadText =>
  async (name) => {
    const text = await readText(name)
    return name === file && text !== undefined && patients !== undefined ? withPatients(text, patients) : text
  }

/** Pieces of a pool lie where other analyses of the same pool find them; a folder that was named keeps everything inside. */
const storeOf = (folder: string, out: string | undefined): Store =>
  folderStore(out === undefined ? path.join(path.dirname(folder), '.pool') : path.join(out, 'chunks'), {
    maker: nameMaker(),
    tell: (problem) => void showProblems([problem]),
  })

/** Says what a folder is of. Results of another run that lie there go: a folder holds one run. */
async function writeSpec(folder: string, described: string): Promise<void> {
  const file = path.join(folder, 'spec.json')
  if ((await readText(file)) !== described)
    for (const name of [RESULT, REPORT]) await rm(path.join(folder, name), { force: true })
  await writeWhole(file, described)
}

/** What was run, as a text: the numbers asked for, and every file by its way from the trial file and its hash. */
function describeSpec({ file, patients }: Order, request: TrialRequest, texts: Texts): string {
  const { spec, pool, draws, replicates, seed, elasticities } = request
  const away = (name: string): string => path.relative(path.dirname(file), name).replaceAll(path.sep, '/')
  const files = Array.from(texts, ([name, text]) => [away(name), hashText(text)] as const)
  const inOrder = files.toSorted(([a], [b]) => (a < b ? -1 : 1))
  const told = { trial: spec.name, imago: version, seed, pool, draws, replicates, patients, elasticities }
  return `${JSON.stringify({ ...told, files: Object.fromEntries(inOrder) }, undefined, 2)}\n`
}
