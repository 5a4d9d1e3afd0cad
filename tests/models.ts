// Models for tests: those of the library, and small ones written where they are needed.
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { hasErrors, type Problem, printProblem, type Reading } from '#base'
import { checkModel, gatherModel, type Model, parseActions, parseModel, parseQuantity } from '#engine'

const LIBRARY = fileURLToPath(new URL('../library/models/', import.meta.url))

/** Reads a model from its text, which joins no other file; `given` is then what its `run` gives. */
export function modelOf(text: string, given?: string): Model {
  const { value: file, problems } = parseModel('test.model', text)
  if (given === undefined) return wanted('test.model', checkModel([file]), problems, text)
  const actions = parseActions('given', given)
  const unit = parseQuantity('until', '1').value // of the model's time: what is given is at stake, not how long
  const asked = { given: actions.value ?? [], ...(unit && { until: unit, every: unit }) }
  return wanted('test.model', checkModel([file], asked), [...problems, ...actions.problems], text)
}

/** Reads every model of the library. */
export async function libraryModels(): Promise<Model[]> {
  const names = readdirSync(LIBRARY, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.model'))
  return Promise.all(names.toSorted().map(libraryModel))
}

/** Reads a model of the library by its path under library/models. */
export async function libraryModel(name: string): Promise<Model> {
  const gathered = await gatherModel(LIBRARY + name, async (file) => readFileSync(file, 'utf8'))
  return wanted(name, checkModel(gathered.files), gathered.problems)
}

function wanted(name: string, checked: Reading<Model>, before: readonly Problem[], text?: string): Model {
  const problems = [...before, ...checked.problems]
  if (checked.value && !hasErrors(problems)) return checked.value
  throw new Error(`${name} is no model:\n${problems.map((problem) => printProblem(problem, text)).join('\n')}`)
}
