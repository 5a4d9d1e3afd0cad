// Models for tests: those of the library, and small ones written where they are needed.
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { hasErrors, type Problem, printProblem } from '#base'
import { checkModel, gatherModel, type Model, parseActions, parseModel } from '#engine'

const LIBRARY = fileURLToPath(new URL('../library/models/', import.meta.url))

/** Reads a model from its text, which joins no other file; `given` replaces what the file gives in its `run`. */
export function modelOf(text: string, given = ''): Model {
  const { value: file, problems } = parseModel('test.model', text)
  const actions = given === '' ? { value: [], problems: [] } : parseActions('given', given)
  const checked = checkModel([file], { given: actions.value ?? [] })
  return wanted('test.model', checked.value, [...problems, ...actions.problems, ...checked.problems], text)
}

/** Reads every model of the library. */
export async function libraryModels(): Promise<Model[]> {
  const names = readdirSync(LIBRARY, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.model'))
  return Promise.all(names.toSorted().map(libraryModel))
}

/** Reads a model of the library by its path under library/models. */
export async function libraryModel(name: string): Promise<Model> {
  const gathered = await gatherModel(LIBRARY + name, async (file) => readFileSync(file, 'utf8'))
  const checked = checkModel(gathered.files)
  return wanted(name, checked.value, [...gathered.problems, ...checked.problems])
}

function wanted(name: string, model: Model | undefined, problems: readonly Problem[], text?: string): Model {
  if (model && !hasErrors(problems)) return model
  throw new Error(`${name} is no model:\n${problems.map((problem) => printProblem(problem, text)).join('\n')}`)
}
