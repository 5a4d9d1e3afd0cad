// A population told cell by cell. A cell is one number that every subject has: an output at a time, or a measure of the course. Threads tally the cells
// of their subjects; the tallies of all are joined in the order of the subjects.
import {
  EMPTY_SKETCH,
  EMPTY_TALLY,
  joinSketches,
  joinTallies,
  type Moments,
  momentsOfTally,
  type QuantileSketch,
  sketchError,
  sketchOf,
  sketchQuantile,
  type Tally,
  tallyOf,
} from '#stats'

/** The tallies of some subjects, flat, so that they are cheap to post. Cell i has the buckets from `starts[i]` to `starts[i + 1]`. */
export interface CellTallies {
  /** n, mean and squares of each cell, and how many subjects never reach it. */
  readonly moments: Float64Array
  readonly dropped: Uint8Array
  readonly starts: Uint32Array
  readonly keys: Float64Array
  readonly counts: Uint32Array
}

/** What is known of one cell. */
export interface Cell extends Moments {
  /** Subjects for which it never comes: those are no part of the moments. */
  readonly never: number
  /** A quantile of all, those who never come to it last; undefined where there is none. */
  quantile(share: number): number | undefined
  /** The largest relative error of the order statistics behind the quantiles. */
  readonly error: number
}

export interface Cells {
  readonly count: number
  cell(at: number): Cell
}

const MOMENTS = 4
const MOST_BUCKETS = 40_000_000 // 12 bytes each
const FEWEST_EACH = 200
const MOST_EACH = 8192
const FRESH_SHARE = 4

/** The most cells of one simulation: with fewer buckets each, quantiles would tell little. */
export const MOST_CELLS = MOST_BUCKETS / FEWEST_EACH

/** How many buckets a cell may have: so many subjects are told exactly. */
export const capacityOf = (cells: number): number =>
  Math.max(FEWEST_EACH, Math.min(MOST_EACH, Math.floor(MOST_BUCKETS / cells)))

/**
 * Tallies some subjects.
 * @param most how many subjects they are
 * @param gather writes what they have in a cell, in their order, and says how many numbers that are: finite ones, and infinity for what never comes
 */
export function tallyCells(
  cells: number,
  most: number,
  gather: (cell: number, into: Float64Array) => number,
): CellTallies {
  const capacity = capacityOf(cells)
  const moments = new Float64Array(cells * MOMENTS)
  const dropped = new Uint8Array(cells)
  const starts = new Uint32Array(cells + 1)
  const sketches: QuantileSketch[] = []
  const into = new Float64Array(most)
  for (let cell = 0; cell < cells; cell++) {
    const found = gather(cell, into)
    let finite = 0
    for (let i = 0; i < found; i++) if (Number.isFinite(into[i])) into[finite++] = into[i] as number
    const { n, mean, squares } = tallyOf(into, finite)
    moments.set([n, mean, squares, found - finite], cell * MOMENTS)
    const sketch = sketchOf(into.subarray(0, finite), capacity)
    dropped[cell] = sketch.dropped
    starts[cell + 1] = (starts[cell] as number) + sketch.keys.length
    sketches.push(sketch)
  }
  const buckets = starts[cells] as number
  const [keys, counts] = [new Float64Array(buckets), new Uint32Array(buckets)]
  for (const [cell, sketch] of sketches.entries()) {
    keys.set(sketch.keys, starts[cell])
    counts.set(sketch.counts, starts[cell])
  }
  return { moments, dropped, starts, keys, counts }
}

/** Starts joining tallies; add them in the order of the subjects. */
export function joinCells(count: number): Cells & { add(tallies: CellTallies): void } {
  const capacity = capacityOf(count)
  const tallies = Array.from({ length: count }, (): Tally => EMPTY_TALLY)
  const sketches = Array.from({ length: count }, () => EMPTY_SKETCH)
  // what is new is joined by itself first: to join it to all that is there costs as much as all that is there, however little it is
  const fresh = Array.from({ length: count }, () => EMPTY_SKETCH)
  const settle = (at: number): QuantileSketch => {
    const sketch = joinSketches(sketches[at] ?? EMPTY_SKETCH, fresh[at] ?? EMPTY_SKETCH, capacity)
    fresh[at] = EMPTY_SKETCH
    sketches[at] = sketch
    return sketch
  }
  const nevers = new Float64Array(count)
  return {
    count,
    add: ({ moments, dropped, starts, keys, counts }) => {
      for (let at = 0; at < count; at++) {
        const [n = 0, mean = 0, squares = 0, never = 0] = moments.subarray(at * MOMENTS, (at + 1) * MOMENTS)
        tallies[at] = joinTallies(tallies[at] ?? EMPTY_TALLY, { n, mean, squares })
        nevers[at] = (nevers[at] ?? 0) + never
        const [from, to] = [starts[at], starts[at + 1]]
        const sketch = {
          size: n,
          dropped: dropped[at] ?? 0,
          keys: keys.slice(from, to),
          counts: counts.slice(from, to),
        }
        const joined = joinSketches(fresh[at] ?? EMPTY_SKETCH, sketch, capacity)
        fresh[at] = joined
        if (joined.keys.length > capacity / FRESH_SHARE) settle(at)
      }
    },
    cell: (at) => {
      const [tally, never] = [tallies[at], nevers[at]]
      if (!tally || never === undefined) throw new Error(`There is no cell ${at} of ${count}`)
      const sketch = settle(at)
      return {
        ...momentsOfTally(tally),
        never,
        quantile: (share) => sketchQuantile(sketch, share, never),
        error: sketchError(sketch),
      }
    },
  }
}
