// What the engine and its peers have to solve: six models, each with subjects that are drawn, dosed and looked at for a year. Rows never fall on an
// instant, so that nobody's convention about doses matters.
import path from 'node:path'
import { conversionFactor, normal, printProblem, readUnit } from '#base'
import {
  type CompiledModel,
  compileModel,
  defaultOutputs,
  type Instant,
  type Model,
  schedule,
  startInputs,
  type Subject,
} from '#engine'
import { drawParameters } from '#patients'
import { loadModel, type SpokenRun } from '../apps/cli/load-model.ts'
import { ROOT } from '../tools/repository.ts'

/** A model with subjects, each of which is to be carried to the last of the times. */
export interface Problem {
  readonly name: string
  readonly about: string
  readonly model: Model
  /** Its rows hold the states alone, which is what every peer can give. */
  readonly compiled: CompiledModel
  readonly subjects: readonly Subject[]
  readonly times: readonly number[]
  /** From 0 to the last row. */
  readonly years: number
}

interface Description {
  readonly file: string
  readonly about: string
  readonly spoken: SpokenRun
  /** In the model's unit of time; absent: a row in the middle of each day. */
  readonly times?: readonly number[]
  readonly more?: (model: Model, subject: number) => Instant[]
}

const SEED = 1
const DAYS = 365
const SECONDS = 31_557_600 // a year

const DESCRIPTIONS: readonly Description[] = [
  {
    file: 'basics/spike.model',
    about: 'the 34 stiff states of the first trial, two doses every two weeks, one of them over an hour',
    spoken: {
      dose: ['150 [mg] into Ad every 336 [h] times 26', '300 [mg]/Vc into X1 every 336 [h] times 26 over 1 [h]'],
    },
  },
  {
    file: 'basics/two-compartment.model',
    about: 'two compartments and a depot, a dose every day',
    spoken: { dose: ['25 [mg] into depot every 1 [d] times 365'] },
  },
  {
    file: 'basics/friberg.model',
    about: 'neutrophils under docetaxel, an hour every three weeks',
    spoken: { dose: ['180 [mg] into drug every 21 [d] times 17 over 1 [h]'] },
  },
  {
    file: 'basics/tmdd.model',
    about: 'an antibody with target-mediated disposition, a dose every four weeks',
    spoken: { dose: ['1000 [nmol] into depot every 28 [d] times 13'] },
  },
  {
    file: 'basics/robertson.model',
    about: "Robertson's reaction for a year, rows at even steps of the logarithm of time",
    spoken: {},
    times: Array.from({ length: 80 }, (_, k) => 0.4 * Math.pow(SECONDS / 0.4, k / 79)),
  },
  {
    file: 'lupus/lupus.model',
    about: 'lupus under prednisone and hydroxychloroquine, with slow noise that is held for a week',
    spoken: { set: ['prednisone = 10 [mg/d]', 'hydroxychloroquine = 400 [mg/d]'] },
    more: weeklyNoise,
  },
]

/** The names of all problems. */
export const problemNames = (): string[] => DESCRIPTIONS.map(({ file }) => path.basename(file, '.model'))

/** Reads the model of a problem and draws its subjects. */
export async function readProblem(name: string, count: number): Promise<Problem> {
  const found = DESCRIPTIONS.find(({ file }) => path.basename(file, '.model') === name)
  if (!found) throw new Error(`There is no problem "${name}"; there are ${problemNames().join(', ')}`)
  const { file, about, spoken, more } = found
  const asked = { until: '365 d', every: '1 d', ...spoken }
  const { value: model, problems } = await loadModel(path.join(ROOT, 'library/models', file), asked)
  if (!model?.run) throw new Error(problems.map((problem) => printProblem(problem)).join('\n'))
  const { given } = model.run
  const unit = (text: string): number => {
    const read = readUnit(text)
    return ('unit' in read && conversionFactor(read.unit, model.time)) || NaN
  }
  const subjects = Array.from({ length: count }, (_, subject): Subject => {
    const parameters = drawParameters(model, SEED, subject)
    const instants = [...schedule(model, given, parameters), ...(more?.(model, subject) ?? [])]
    instants.sort((a, b) => a.time - b.time)
    return { parameters, instants, inputs: startInputs(model, instants) }
  })
  const times = found.times ?? Array.from({ length: DAYS }, (_, day) => (day + 0.5) * unit('d'))
  const compiled = compileModel(model, defaultOutputs(model).slice(0, model.states.length))
  return { name, about, model, compiled, subjects, times, years: (times.at(-1) ?? NaN) / unit('a') }
}

function weeklyNoise({ inputs }: Model, subject: number): Instant[] {
  return inputs.flatMap(({ name }, at) =>
    name.endsWith('_noise')
      ? Array.from({ length: 52 }, (_, week): Instant => {
          const value = normal({ seed: SEED, subject, replicate: 0, purpose: name, index: week })
          return { time: 7 * (week + 1), change: 'set', what: 'input', at, value }
        })
      : [],
  )
}
