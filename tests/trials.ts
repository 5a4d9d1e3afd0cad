// Trials of the library for tests, made runnable in this thread.
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { type Setting, openSetting, outputsOf } from '#conduct'
import { compileModel, compileWasm, instantiate } from '#engine'
import { gatherTrial, type TrialSpec } from '#lab'

const TRIALS = fileURLToPath(new URL('../library/trials/', import.meta.url))

/** Reads a trial of the library by its name. */
export async function libraryTrial(name: string): Promise<TrialSpec> {
  const { value, problems } = await gatherTrial(`${TRIALS}${name}.trial.yaml`, (file) =>
    readFile(file, 'utf8').catch(() => undefined),
  )
  if (!value)
    throw new Error(problems.map(({ message, place }) => `${place?.file}:${place?.line} ${message}`).join('\n'))
  return value
}

/** Makes a trial runnable. */
export async function settingOf(spec: TrialSpec, seed: number): Promise<Setting> {
  const compiled = compileModel(spec.model, outputsOf(spec.model))
  const kernel = instantiate(await compileWasm(compiled.kernel))
  return openSetting(spec.model, spec.population, spec.luck, { compiled, kernel }, seed)
}
