// What the engine set out to reach, and what the results say to it. Only what the bench measures; agreement to the bit and the sets of cases are tests.
import { formatNumber } from '#report'
import type { Results } from './results.ts'
import { timesAsLong } from './times-as-long.ts'

interface Target {
  readonly what: string
  readonly goal: string
  readonly moonshot: string
  /** A number for each model, or why there is none. */
  readonly measured: (results: Results) => readonly number[] | string
  readonly reached: (value: number) => boolean
}

const atLeast = (goal: number) => (value: number) => value >= goal
const atMost = (goal: number) => (value: number) => value <= goal

const against =
  (peer: string, turned = false) =>
  (results: Results): readonly number[] | string => {
    const why = results.skipped.find((one) => one.peer === peer)?.why
    if (why !== undefined) return why
    const ratios = results.problems.flatMap(({ model }) => timesAsLong(results, model, peer) ?? [])
    return turned ? ratios.map((ratio) => 1 / ratio) : ratios
  }

const TARGETS: readonly Target[] = [
  {
    what: 'faster than deSolve lsoda, rates and events compiled',
    goal: '15',
    moonshot: '25',
    measured: against('deSolve lsoda'),
    reached: atLeast(15),
  },
  {
    what: 'the same with the Jacobian compiled as well',
    goal: '15',
    moonshot: '25',
    measured: against('deSolve lsoda, Jacobian'),
    reached: atLeast(15),
  },
  {
    what: 'faster than CVODE -O3, dense',
    goal: '8',
    moonshot: '12',
    measured: against('CVODE, fast build'),
    reached: atLeast(8),
  },
  {
    what: 'slower than the same algorithm on the widest vectors',
    goal: '4',
    moonshot: '3',
    measured: against('C, AVX-512', true),
    reached: atMost(4),
  },
  {
    what: 'slower than the same kernel by gcc for SSE2, one lane',
    goal: '1.15',
    moonshot: '1',
    measured: against('C, SSE2', true),
    reached: atMost(1.15),
  },
  {
    what: 'two threads on two cores, times as fast',
    goal: '1.9',
    moonshot: '1.97',
    measured: ({ problems, rows }) =>
      problems.flatMap(({ model }) => {
        const time = (peer: string) =>
          rows.find((row) => row.model === model && row.peer === peer && row.relativeTolerance === 1e-6)
            ?.msPerPatientYear
        const [one, all] = [time('imago'), time('imago, all threads')]
        return one && all ? [one / all] : []
      }),
    reached: atLeast(1.9),
  },
  {
    what: 'compile the largest model, ms',
    goal: '200',
    moonshot: '50',
    measured: ({ compile }) =>
      compile
        .toSorted((a, b) => b.states - a.states)
        .slice(0, 1)
        .map((c) => c.compileMs + c.moduleMs),
    reached: atMost(200),
  },
]

/** Lists each target with what was measured, least and most over the models, and on how many of them it was reached. */
export function targetRows(results: Results): string[][] {
  return TARGETS.map(({ what, goal, moonshot, measured, reached }) => {
    const found = measured(results)
    if (typeof found === 'string') return [what, goal, moonshot, `not measured: ${found}`, '–']
    const [least, most] = [Math.min(...found), Math.max(...found)].map((value) => formatNumber(value, 2))
    const count = found.filter(reached).length
    return [
      what,
      goal,
      moonshot,
      least === most ? (least ?? '–') : `${least} to ${most}`,
      `${count} of ${found.length}`,
    ]
  })
}
