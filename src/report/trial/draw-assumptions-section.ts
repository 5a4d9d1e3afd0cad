// Which assumptions the answer hangs on: its change when one parameter moves, largest first, assumed ones marked.

import type { Elasticity, TrialResult } from '#trial'
import { drawTable } from '../draw-table.ts'
import { type Child, el } from '../element.ts'
import { finite, formatFixed } from '../format-number.ts'
import { drawBars } from '../figures/draw-bars.ts'
import { setNumber } from '../typeset.ts'
import { NOT_ESTIMABLE } from './interval-text.ts'
import { countOf, drawFigure, drawFinding, type Section } from './page-parts.ts'

const MOST_BARS = 15

/** Draws the section of elasticities. */
export function assumptionsSection({ elasticities }: TrialResult): Section {
  const outcomes = [...new Set(elasticities.map(({ outcome }) => outcome))]
  return {
    id: 'assumptions',
    title: 'Which assumptions matter most',
    body:
      outcomes.length === 0
        ? el('p', {}, 'Not looked at in this run.')
        : outcomes.map((outcome, i) =>
            drawOutcome(outcome, byInfluence(elasticities.filter((one) => one.outcome === outcome)), i),
          ),
  }
}

/** Largest change first; what could not be computed comes last. */
export const byInfluence = (list: readonly Elasticity[]): Elasticity[] =>
  list.toSorted((a, b) => sizeOf(b) - sizeOf(a) || (a.parameter < b.parameter ? -1 : 1))

const sizeOf = ({ change }: Elasticity): number => Math.abs(finite(change) ?? 0)

function drawOutcome(outcome: string, sorted: readonly Elasticity[], i: number): Child {
  const shown = sorted.slice(0, MOST_BARS)
  const write = (change: number): string =>
    finite(change) === undefined ? NOT_ESTIMABLE : `${change > 0 ? '+' : ''}${setNumber(formatFixed(change, 2))}`
  const five = sorted.slice(0, 5)
  const [most] = sorted
  return [
    most
      ? drawFinding(
          `${outcome[0]?.toUpperCase()}${outcome.slice(1)}: it moves most with “${most.meaning || most.parameter}” (${write(most.change)}); ${five.filter(({ assumed }) => assumed).length} of the ${countOf(five.length, 'most influential parameter')} ${five.length === 1 ? 'is' : 'are'} assumed.`,
        )
      : undefined,
    drawFigure(
      drawBars(
        shown.map(({ parameter, meaning, change, assumed }) => ({
          label: meaning || parameter,
          value: change,
          kind: assumed ? ('open' as const) : ('full' as const),
          note: `${write(change)}  ${assumed ? 'assumed' : 'sourced'}`,
        })),
        {
          id: `elasticity-${i}`,
          title: `How far the answer moves: ${outcome}`,
          description: shown
            .map(
              ({ parameter, change, assumed }) => `${parameter}: ${write(change)}, ${assumed ? 'assumed' : 'sourced'}.`,
            )
            .join(' '),
          axis: `change of the answer (${outcome})`,
          width: 720,
        },
      ),
      'One parameter at a time, raised on the same twelve patients of the pool from screening on, with the same luck: by one SD of what is uncertain about it, or of its spread between patients. Constants are not moved. Full bar: from a source. Open, dashed bar: assumed.' +
        (sorted.length > shown.length ? ` The ${shown.length} largest of ${sorted.length}.` : ''),
      'medium',
    ),
    el(
      'details',
      {},
      el('summary', {}, `All ${sorted.length} parameters that were moved`),
      drawTable({
        caption: `Change of the answer (${outcome}) when one parameter rises.`,
        columns: [
          { head: 'parameter', kind: 'name' },
          { head: 'change', kind: 'number' },
          { head: 'meaning', kind: 'text' },
          { head: 'source', kind: 'text' },
        ],
        rows: sorted.map(({ parameter, change, meaning, source, assumed }) => [
          parameter,
          write(change),
          meaning,
          assumed ? el('strong', { class: 'assumed' }, 'ASSUMED') : source,
        ]),
      }),
    ),
  ]
}
