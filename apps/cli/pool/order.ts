// What was asked of `imago pool`, once the options are read.
import type { Problem } from '#base'
import { petoEffect, type PoolMethod, type PoolTest, type RareMeasure, silence } from '#stats'
import { readPositive, readWord } from '../options.ts'
import { optionProblem } from '../problems.ts'
import { cellsOf, type Measure, MEASURES, type MeasureName } from './measures.ts'

/** MH: Mantel-Haenszel; PETO: Peto's odds ratio. Both for tables of events, with a common effect. */
export type Method = PoolMethod | 'MH' | 'PETO'

export const METHODS: readonly [Method, ...Method[]] = [
  'REML',
  'DL',
  'HE',
  'ML',
  'PM',
  'SJ',
  'HS',
  'EB',
  'FE',
  'MH',
  'PETO',
]
export const TESTS: readonly [PoolTest, ...PoolTest[]] = ['z', 'knha', 'adhoc']
export const NAMES = Object.keys(MEASURES) as [MeasureName, ...MeasureName[]]

/** The options as they are spoken. */
export interface Spoken {
  readonly measure: string
  readonly method: string
  readonly ci: string
  readonly level: string
  readonly mods?: string
  readonly by?: string
  readonly leaveOneOut?: true
  readonly cumulative?: true
  readonly asymmetry?: true
  readonly forest?: string
  readonly funnel?: string
}

export interface Order {
  readonly measureName: MeasureName
  readonly measure: Measure
  readonly method: Method
  readonly test: PoolTest
  readonly level: number
  readonly mods: readonly string[]
  readonly by: string | undefined
  readonly leaveOneOut: boolean
  readonly cumulative: boolean
  readonly asymmetry: boolean
}

/** Reads the options; what does not go together is a problem. */
export function readOrder(spoken: Spoken, problems: Problem[]): Order {
  const measureName = readWord('--measure', spoken.measure, NAMES, problems)
  const method = readWord('--method', spoken.method, METHODS, problems)
  const order: Order = {
    measureName,
    measure: measureFor(measureName, method),
    method,
    test: readWord('--ci', spoken.ci, TESTS, problems),
    level: readPositive('--level', spoken.level, 0.5, 0.9999, problems),
    mods: (spoken.mods ?? '').split(',').flatMap((name) => name.trim() || []),
    by: spoken.by,
    leaveOneOut: spoken.leaveOneOut === true,
    cumulative: spoken.cumulative === true,
    asymmetry: spoken.asymmetry === true,
  }
  problems.push(...contradictions(order), ...figureProblems(spoken, order))
  return order
}

function figureProblems({ forest, funnel }: Spoken, { mods }: Order): Problem[] {
  const files = [
    ['--forest', forest],
    ['--funnel', funnel],
  ] as const
  return files.flatMap(([option, name]): Problem[] => {
    if (name === undefined) return []
    if (!name.endsWith('.svg'))
      return [optionProblem('unknown-format', `${option} writes an .svg file, and "${name}" is none.`)]
    if (mods.length === 0) return []
    return [
      optionProblem(
        'bad-option',
        `${option} shows one pooled effect, and with --mods there is none.`,
        'draw it without --mods, or --by a group',
      ),
    ]
  })
}

const TABLES: readonly string[] = ['OR', 'RR', 'RD'] satisfies RareMeasure[]

/** Tells whether a measure is one of tables of events. */
export const isRareMeasure = (name: string): name is RareMeasure => TABLES.includes(name)

/** A table without information is left out by the methods for rare events; Peto has an effect of his own. */
function measureFor(name: MeasureName, method: Method): Measure {
  const measure: Measure = MEASURES[name]
  if (method === 'PETO')
    return { ...measure, label: "Peto's log odds ratio", compute: (row) => petoEffect(cellsOf(row)) }
  if (method !== 'MH' || !isRareMeasure(name)) return measure
  return {
    ...measure,
    compute: (row) => {
      const reason = silence(cellsOf(row), name)
      return reason === undefined ? measure.compute(row) : { reason }
    },
  }
}

function contradictions({ measureName, method, test, mods, by, leaveOneOut, cumulative, asymmetry }: Order): Problem[] {
  const say = (message: string, help: string): Problem => optionProblem('bad-option', message, help)
  const found: Problem[] = []
  if (method === 'MH' && !isRareMeasure(measureName))
    found.push(
      say(`--method MH pools tables of events, and --measure ${measureName} is none.`, 'say --measure OR, RR or RD'),
    )
  if (method === 'PETO' && measureName !== 'OR')
    found.push(say('--method PETO pools odds ratios alone.', 'say --measure OR'))
  if ((method === 'MH' || method === 'PETO') && test !== 'z')
    found.push(say(`--method ${method} has normal intervals alone.`, 'leave out --ci'))
  if (method === 'MH' && (mods.length > 0 || by !== undefined || leaveOneOut || cumulative || asymmetry))
    found.push(
      say(
        '--method MH pools all tables at once: it has no --mods, --by, --leave-one-out, --cumulative and --asymmetry.',
        'say --method FE, or pool single effects with another method',
      ),
    )
  if (mods.length > 0 && (by !== undefined || asymmetry))
    found.push(say('--mods does not go with --by or --asymmetry.', 'ask for them one after the other'))
  return found
}
