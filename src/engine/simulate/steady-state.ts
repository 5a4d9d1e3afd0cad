// Where repeated doses lead: the state that comes back after every interval. Found by giving the doses again and again from the model's own start, so
// that what the equations conserve is kept; where the approach has become one slow mode, its end is foreseen (Aitken), then checked by giving on.
import type { CompiledModel } from '../compile/compile.ts'
import type { StatusName } from '../compile/layout.ts'
import type { RunningKernel } from '../ir/nodes.ts'
import { plain } from '../compile/lower.ts'
import { openBatch, type Subject } from './batch.ts'
import type { Instant } from './schedule.ts'

/** What repeats itself: instants from time 0 to the end of the cycle. No length: whatever flows at time 0 flows for ever. */
export interface Cycle {
  readonly length?: number
  readonly instants: readonly Instant[]
}

/** The steady state, or why there is none: how the run of a cycle ended, or which state has not settled after how long. */
export type Steady =
  | { readonly state: Float64Array }
  | { readonly failed: StatusName }
  | { readonly unsettled: number; readonly after: string }

/** Finds the steady state of one subject. */
export type FindSteady = (
  subject: Pick<Subject, 'parameters' | 'inputs'>,
  start: ArrayLike<number>,
  cycle: Cycle,
) => Steady

const MOST_CYCLES = 3000
/** Without a cycle, time is doubled as often as this, and judged only once it is long against any unit that an author would choose. */
const DOUBLINGS = 40
const FEWEST = 20
/** How much finer than the run itself cycles are computed, and the finest of all. */
const FINER = 1e-3
const FINEST = 1e-12
/** Of the tolerance of the run, what may be left of the way to the steady state. */
const LEFT = 0.1
/** So many cycles in a row must say that it is settled: a slow mode may hide behind a fast one for some. */
const SURE = 5
/** Steps as small as this, in tolerances, are the solver's own noise. */
const NOISE = 1e-3
/** The slowest mode whose end is foreseen shrinks by this factor in a cycle; one this straight is one mode. */
const SLOWEST = 0.99999
const STRAIGHT = 0.02

/**
 * Makes a finder of steady states.
 * @param settings of the run: cycles are computed finer than it
 */
export function steadyFinder(
  kernel: RunningKernel,
  compiled: CompiledModel,
  settings: { readonly relativeTolerance: number; readonly mostSteps: number },
): FindSteady {
  const { relativeTolerance, mostSteps } = settings
  const fine = {
    relativeTolerance: Math.max(relativeTolerance * FINER, FINEST),
    mostSteps,
    atDose: 'after',
    times: [],
  } as const
  return (subject, start, cycle) => {
    const weight = (state: ArrayLike<number>, i: number): number =>
      LEFT * (compiled.states[i]?.tolerance ?? relativeTolerance * 1e-3) +
      LEFT * relativeTolerance * Math.abs(state[i] ?? NaN)
    const carry = (state: ArrayLike<number>, length: number): Float64Array | StatusName => {
      const from = { time: 0, state }
      const batch = openBatch(kernel, compiled, [{ ...subject, instants: cycle.instants, from }], fine)
      batch.advance(length)
      const { status } = batch.progress(0)
      return status === 'ok' ? batch.state(0).slice() : status
    }
    return cycle.length === undefined
      ? equilibrium(Float64Array.from(start), carry, weight)
      : repeat(Float64Array.from(start), (state) => carry(state, cycle.length ?? NaN), weight)
  }
}

type Weight = (state: ArrayLike<number>, i: number) => number

/** Each state's difference in tolerances. */
const scaled = (to: Float64Array, from: ArrayLike<number>, weight: Weight): Float64Array =>
  to.map((value, i) => (value - (from[i] ?? NaN)) / weight(to, i))

const largest = (list: Float64Array): number => list.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, value, i) => sum + value * (b[i] ?? NaN), 0)
const slowestOf = (moved: Float64Array): number =>
  moved.reduce((most, value, i) => (Math.abs(value) > Math.abs(moved[most] ?? 0) ? i : most), 0)

function repeat(start: Float64Array, once: (state: Float64Array) => Float64Array | StatusName, weight: Weight): Steady {
  let [state, before] = [start, undefined as Float64Array | undefined]
  let moved = start
  // by what factor steps become smaller: the slowest seen lately, so that a fast mode which has just died away does not hide a slow one
  let slowness = 1
  for (let [cycles, settled, since] = [0, 0, 0]; cycles < MOST_CYCLES; cycles++) {
    const next = once(state)
    if (typeof next === 'string') return { failed: next }
    moved = scaled(next, state, weight)
    const step = largest(moved)
    if (before && step > NOISE) slowness = Math.max(slowness / 2, Math.sqrt(dot(moved, moved) / dot(before, before)))
    // all steps still to come, each smaller than the last by that factor, sum up to less than the tolerance
    settled = step <= NOISE || (step <= 1 && step * slowness <= 1 - slowness) ? settled + 1 : 0
    if (settled === SURE) return { state: next }
    const leap = before && since > 2 ? leapOf(moved, before) : 0
    state = leap > 0 ? leapFrom(next, moved, leap, weight) : next
    since = state === next ? since + 1 : 0
    before = state === next ? moved : undefined
  }
  return { unsettled: slowestOf(moved), after: `${MOST_CYCLES} doses` }
}

/** How many of the last steps are still to come, if they are the last of one slow mode; 0 if they are not. */
function leapOf(moved: Float64Array, before: Float64Array): number {
  const factor = dot(moved, before) / dot(before, before)
  if (!(factor > 0.3 && factor < SLOWEST)) return 0
  const bent = moved.map((value, i) => value - factor * (before[i] ?? NaN))
  return dot(bent, bent) <= STRAIGHT * STRAIGHT * dot(moved, moved) ? factor / (1 - factor) : 0
}

/** A state further on by so many steps; where that would take an amount below 0, the state itself. */
function leapFrom(state: Float64Array, moved: Float64Array, steps: number, weight: Weight): Float64Array {
  const there = state.map((value, i) => value + steps * (moved[i] ?? NaN) * weight(state, i))
  return there.some((value, i) => value < 0 && (state[i] ?? 0) >= 0) ? state : there
}

function equilibrium(
  start: Float64Array,
  carry: (state: Float64Array, length: number) => Float64Array | StatusName,
  weight: Weight,
): Steady {
  let [state, settled] = [start, 0]
  let slowest = 0
  for (let k = 0; k <= DOUBLINGS; k++) {
    const next = carry(state, plain.powerOfTwo(k))
    if (typeof next === 'string') return { failed: next }
    const moved = scaled(next, state, weight)
    slowest = slowestOf(moved)
    settled = k >= FEWEST && largest(moved) <= 1 ? settled + 1 : 0
    if (settled === 2) return { state: next }
    state = next
  }
  return { unsettled: slowest, after: `a time of 2^${DOUBLINGS}` }
}
