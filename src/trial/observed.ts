// What was printed, with the interval that its own sample size gives it.
import { normalQuantile } from '#base'
import { clopperPearson, studentQuantile } from '#stats'
import type { DifferenceRow, MeanRow, PublishedRow, ShareRow } from './published.ts'
import type { Observed } from './result.ts'

const LEVEL = 0.9

/** Describes the printed number of a row. Its 90 % interval is Student's for a mean, and exact (Clopper and Pearson) for a share. */
export function observe(row: PublishedRow): Observed {
  switch (row.kind) {
    case 'mean':
      return { ...bare(row), value: row.mean, ...meanBounds(row) }
    case 'share':
      return { ...bare(row), value: row.events / row.n, ...shareBounds(row) }
    case 'difference':
      return { ...bare(row), value: row.difference, ...differenceBounds(row) }
    case 'absent':
      return { ...bare(row), value: row.value }
    case 'direction':
      return { ...bare(row), value: null }
  }
}

const bare = ({ printed, n }: PublishedRow) => ({ text: printed, n: n ?? null })

function meanBounds({ mean, sd, n }: MeanRow) {
  if (sd === undefined || n === undefined || n < 2) return {}
  const half = (studentQuantile((1 + LEVEL) / 2, n - 1) * sd) / Math.sqrt(n)
  return { lo90: mean - half, hi90: mean + half }
}

function shareBounds({ events, n }: ShareRow) {
  const { lo, hi } = clopperPearson(events, n, LEVEL)
  return { lo90: lo, hi90: hi }
}

/** Each side of the printed 95 % interval shrinks as that of a normal law does. */
function differenceBounds({ difference, interval }: DifferenceRow) {
  if (!interval) return {}
  const shrink = normalQuantile((1 + LEVEL) / 2) / normalQuantile(0.975)
  return {
    lo90: difference - (difference - interval[0]) * shrink,
    hi90: difference + (interval[1] - difference) * shrink,
  }
}
