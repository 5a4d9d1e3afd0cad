// From a path and what was said on the command line to a checked model.
import type { Problem, Reading } from '#base'
import {
  type Asked,
  type Action,
  checkActions,
  checkModel,
  type Deed,
  gatherModel,
  type Model,
  parseActions,
  parseQuantity,
  type Quantity,
} from '#engine'
import { readText } from './files.ts'
import type { Texts } from './problems.ts'

export interface SpokenRun {
  readonly until?: string | undefined
  readonly every?: string | undefined
  readonly dose?: readonly string[] | undefined
  readonly set?: readonly string[] | undefined
  readonly reset?: readonly string[] | undefined
}

export interface Loaded extends Reading<Model> {
  readonly texts: Texts
  /** What was asked for on the command line alone, without what the file's "run" line gives. */
  spokenDeeds(): readonly Deed[]
}

/** Reads a model with all that it uses, and checks it together with what was asked for. */
export async function loadModel(file: string, spoken: SpokenRun): Promise<Loaded> {
  const gathered = await gatherModel(file, readText)
  const texts = new Map(gathered.files.map((f) => [f.file, f.text]))
  const problems: Problem[] = [...gathered.problems]
  const take = <T>(reading: Reading<T>, option: string, text: string): T | undefined => {
    texts.set(option, text)
    problems.push(...reading.problems)
    return reading.value
  }
  const quantity = (option: string, text: string | undefined): Quantity | undefined =>
    text === undefined ? undefined : take(parseQuantity(option, text), option, text)
  const actions = (option: string, list: readonly string[] | undefined): Action[] =>
    (list ?? []).flatMap((said, i) => {
      const text = `${option} ${said}`
      const name = list && list.length > 1 ? `--${option} (${i + 1})` : `--${option}`
      return take(parseActions(name, text), name, text) ?? []
    })
  const [until, every] = [quantity('--until', spoken.until), quantity('--every', spoken.every)]
  const given = [...actions('set', spoken.set), ...actions('reset', spoken.reset), ...actions('dose', spoken.dose)]
  const asked: Asked = { given, ...(until && { until }), ...(every && { every }) }
  const failed = problems.some((p) => p.level === 'error')
  const { value, problems: found } = checkModel(gathered.files, asked)
  return {
    value: failed ? undefined : value,
    problems: [...problems, ...found],
    texts,
    spokenDeeds: () => checkActions(gathered.files, given).value ?? [],
  }
}
