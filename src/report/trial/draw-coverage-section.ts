// How often the published numbers lay where they were predicted, and whether the intervals were wider than they need be.

import type { Compared, TrialResult } from '#trial'
import { el } from '../element.ts'
import { finite, formatFixed } from '../format-number.ts'
import { drawPositions, positionsOf } from '../figures/draw-positions.ts'
import { typesetShare } from '../typeset.ts'
import { isScored } from './comparison.ts'
import { isEstimable } from './interval-text.ts'
import { countOf, drawFigure, drawFinding, type Section } from './page-parts.ts'

// What was set as a goal before any comparison, in per cent of the rows.
const GOAL90 = [80, 97] as const
const GOAL50 = [35, 65] as const

/** Draws the section of coverage. */
export function coverageSection(result: TrialResult): Section {
  const { coverage, compared } = result
  const title = 'How often the prediction held'
  if (!(coverage.rows > 0))
    return {
      id: 'coverage',
      title,
      body: [el('p', {}, 'No printed number counts toward coverage.'), tellDirections(compared)],
    }
  const positions = positionsOf(compared.filter(isScored))
  return {
    id: 'coverage',
    title,
    body: [
      drawFinding(
        `${coverage.inside90} of ${coverage.rows} (${typesetShare(coverage.inside90, coverage.rows)}) lie inside 90\u00A0%, ` +
          `${coverage.inside50} of ${coverage.rows} (${typesetShare(coverage.inside50, coverage.rows)}) inside 50\u00A0%. ${judge(coverage)}`,
      ),
      el('p', {}, COUNTED, ' ', tellWidth(compared)),
      positions.length === 0
        ? undefined
        : drawFigure(drawPositions(positions, 'positions', describe(positions)), READING, 'medium'),
      tellDirections(compared),
    ],
  }
}

const COUNTED =
  'Counted are printed numbers that were not calibrated to; what was derived from other rows, such as a difference of arms, is not counted again. ' +
  'Rows of one trial are about the same patients, so they hold or fail together: this share has no simple error.'
const READING =
  'Each mark is one published number, differences of arms among them. Full dot: inside the predicted 50\u00A0%. Ring: inside 90\u00A0%. Open diamond: outside; beyond the ends of the axis it is drawn at the end.'

const FEW_ROWS = 20 // with fewer, one row more or less moves the share by more than 5 %

/** Says whether the shares lie where they should; too many inside is a fault as well. */
function judge({ rows, inside50, inside90 }: TrialResult['coverage']): string {
  if (rows < FEW_ROWS) return 'Of so few rows the share says little either way.'
  const [share50, share90] = [(100 * inside50) / rows, (100 * inside90) / rows]
  const over = share90 > GOAL90[1] || share50 > GOAL50[1]
  const under = share90 < GOAL90[0] || share50 < GOAL50[0]
  if (under && over) return 'The two shares contradict each other: the shape of the intervals is wrong.'
  if (under) return 'That is under-coverage: the intervals are too narrow, or in the wrong place.'
  if (over) return 'That is over-coverage: the intervals are wider than they need be, which is a fault as well.'
  return `Both shares lie where they should (${GOAL90.join(' to ')}\u00A0% and ${GOAL50.join(' to ')}\u00A0%).`
}

/** Compares the width of the predicted intervals with that of the observed ones, over the rows that have both. */
function tellWidth(compared: readonly Compared[]): string {
  const ratios = compared.flatMap(({ predicted, observed: { lo90, hi90 } }) => {
    const [low, high] = [finite(lo90), finite(hi90)]
    if (!isEstimable(predicted) || low === undefined || high === undefined || !(high > low)) return []
    return [(predicted.hi90 - predicted.lo90) / (high - low)]
  })
  const sorted = ratios.toSorted((a, b) => a - b)
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.ceil((sorted.length - 1) / 2)]]
  if (low === undefined || high === undefined) return ''
  const median = (low + high) / 2
  const goal = median > 2 ? ', more than the twice that was set as a limit' : ''
  return `In the median the predicted 90\u00A0% interval is ${formatFixed(median, 1)} times as wide as the published one${goal}.`
}

/** Directions have no number to lie inside: they are scored by the chance they were given. */
function tellDirections(compared: readonly Compared[]) {
  const chances = compared.flatMap(({ inside90, observed, probability }) => {
    const chance = finite(probability)
    return inside90 === null && observed.value === null && chance !== undefined ? [chance] : []
  })
  if (chances.length === 0) return undefined
  const brier = chances.reduce((sum, chance) => sum + (1 - chance) * (1 - chance), 0) / chances.length
  return el(
    'p',
    {},
    `Of ${countOf(chances.length, 'row')} only a direction was printed. Outside the coverage, the chances they were given have a Brier score of ${formatFixed(brier, 2)}: ` +
      '0 is certain and right, 0.25 is tossing a coin.',
  )
}

function describe(positions: readonly { readonly at: number }[]): string {
  const low = positions.filter(({ at }) => at < 0).length
  const high = positions.filter(({ at }) => at > 0).length
  return `${low} of ${countOf(positions.length, 'published number')} lie below the predicted median, ${high} above it.`
}
