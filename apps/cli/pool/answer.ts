// From the text of a table to all that was asked about it.
import { type Problem, readCsv } from '#base'
import {
  cumulate,
  type EggerTest,
  eggerTest,
  leaveOneOut,
  mantelHaenszel,
  type Pooled,
  poolEffects,
  type PoolOptions,
  poolSubgroups,
  type Refused,
  type Subgroups,
  type TrimAndFill,
  trimAndFill,
} from '#stats'
import { optionProblem } from '../problems.ts'
import { cellsOf } from './measures.ts'
import { readModerators } from './moderators.ts'
import { isRareMeasure, type Order } from './order.ts'
import { type Dropped, readStudies, type Study } from './read-studies.ts'

export interface PoolAnswer {
  readonly order: Order
  readonly studies: readonly Study[]
  readonly dropped: readonly Dropped[]
  readonly pooled: Pooled
  readonly subgroups?: Subgroups
  readonly leaveOneOut?: readonly (Pooled | Refused)[]
  readonly cumulative?: readonly (Pooled | Refused)[]
  readonly asymmetry?: { readonly egger: EggerTest | Refused; readonly trimAndFill: TrimAndFill | Refused }
}

/** Reads and pools. @returns undefined where problems, which are added to those given, stand against it */
export function answerOf(file: string, text: string, order: Order, problems: Problem[]): PoolAnswer | undefined {
  const { measure, mods, by, level, method, test } = order
  const take = <T>({
    value,
    problems: found,
  }: {
    value: T | undefined
    problems: readonly Problem[]
  }): T | undefined => {
    problems.push(...found)
    return value
  }
  const table = take(readCsv(file, text))
  const read = table && take(readStudies(table, measure, by === undefined ? mods : [...mods, by]))
  const moderators = read && take(readModerators(read.studies, mods))
  if (!read || !moderators) return undefined
  const { studies, dropped } = read
  const yi = studies.map((study) => study.yi)
  const vi = studies.map((study) => study.vi)
  const options: PoolOptions = { method: method === 'MH' || method === 'PETO' ? 'FE' : method, test, level, moderators }
  const pooled = poolAll(order, studies, options)
  if (pooled.status === 'refused') {
    problems.push(optionProblem(pooled.code, pooled.reason))
    return undefined
  }
  return {
    order,
    studies,
    dropped,
    pooled,
    ...(by !== undefined && { subgroups: poolSubgroups(yi, vi, groupsOf(studies, by), options) }),
    ...(order.leaveOneOut && { leaveOneOut: leaveOneOut(yi, vi, options) }),
    ...(order.cumulative && { cumulative: cumulate(yi, vi, options) }),
    ...(order.asymmetry && { asymmetry: { egger: eggerTest(yi, vi), trimAndFill: trimAndFill(yi, vi, options) } }),
  }
}

const groupsOf = (studies: readonly Study[], by: string): string[] =>
  studies.map(({ extras }) => extras[by]?.text ?? '')

function poolAll(
  { method, measureName, level }: Order,
  studies: readonly Study[],
  options: PoolOptions,
): Pooled | Refused {
  if (method === 'MH' && isRareMeasure(measureName))
    return mantelHaenszel(
      studies.map(({ numbers }) => cellsOf(numbers)),
      measureName,
      level,
    )
  const pooled = poolEffects(
    studies.map(({ yi }) => yi),
    studies.map(({ vi }) => vi),
    options,
  )
  return pooled.status === 'pooled' && method === 'PETO' ? { ...pooled, method } : pooled
}
