// Predicted against published: each outcome as a figure, then every row as a table, misses as plain as hits and what is not modelled among them.

import type { Compared, TrialResult } from '#trial'
import { drawTable } from '../draw-table.ts'
import { type Child, type Element, el } from '../element.ts'
import { finite } from '../format-number.ts'
import { drawIntervals, type IntervalRow } from '../figures/draw-intervals.ts'
import { typesetLabel, typesetNumber, typesetProse, typesetUnit } from '../typeset.ts'
import { axisOf, gatherOutcomes, isScored, nameArm, nameRow, type Outcome, verdictOf } from './comparison.ts'
import { NOT_ESTIMABLE, unbroken, writeHalf, writeInterval, writeProbability } from './interval-text.ts'
import { countOf, drawFigure, drawFinding, type Section } from './page-parts.ts'

/** Draws the section of the comparison. */
export function comparisonSection(result: TrialResult): Section {
  const outcomes = gatherOutcomes(result)
  const drawn = outcomes.map(scoredOnly).filter(({ arms, differences }) => arms.length + differences.length > 0)
  return {
    id: 'compared',
    title: 'Predicted against published',
    body: [
      drawFinding(tellMisses(result)),
      drawn.length === 0
        ? undefined
        : drawFigure(drawOutcomes(drawn), READING + (isPaired(drawn) ? PAIRED : ''), 'many'),
      drawRows(result, outcomes),
    ],
  }
}

const READING =
  'Bars: the prediction for a trial of this size, light 90\u00A0%, dark 50\u00A0%, upright line the median. Below each, the published value with its own 90\u00A0% interval: ' +
  'a full dot where it lies inside the predicted 90\u00A0%, an open diamond where it lies outside.'
const PAIRED = ' The right column is the difference of the arms.'

const isPaired = (outcomes: readonly Outcome[]): boolean => outcomes.some(({ differences }) => differences.length > 0)

function tellMisses({ compared, coverage }: TrialResult): string {
  const scored = compared.filter(isScored)
  if (scored.length === 0)
    return 'No printed number could be compared: only directions were printed, or the model has no such quantity.'
  const missed = scored.filter(({ inside90 }) => !inside90)
  const begin = `${coverage.inside90} of ${countOf(coverage.rows, 'printed number')} lie inside the predicted 90\u00A0%`
  if (missed.length === 0) return `${begin}, and all ${scored.length} with those derived from them.`
  return `${begin}. Outside: ${missed.map(nameMiss).join('; ')}.`
}

/** Names a miss; one that was derived from other rows says so, for it is no miss of its own. */
const nameMiss = (row: Compared): string => `${nameRow(row)}${/\bderived$/.test(row.observed.text) ? ' (derived)' : ''}`

const scoredOnly = (outcome: Outcome): Outcome => {
  const known = (rows: readonly Compared[]): Compared[] =>
    rows.filter(({ observed }) => finite(observed.value) !== undefined)
  const modelled = (rows: readonly Compared[]): Compared[] =>
    known(rows).filter(({ notModelled }) => notModelled === undefined)
  return { ...outcome, arms: modelled(outcome.arms), differences: modelled(outcome.differences) }
}

/** Arms at the left and differences at the right; without any difference, one outcome after the other. */
function drawOutcomes(outcomes: readonly Outcome[]): Element {
  const paired = isPaired(outcomes)
  return el(
    'div',
    { class: 'outcomes' },
    outcomes.map((outcome, i): Child => {
      const arms = drawPanel(outcome, outcome.arms, `outcome-${i}`, '')
      const differences = drawPanel(outcome, outcome.differences, `outcome-${i}-d`, 'difference, ')
      return paired ? [el('div', {}, arms), el('div', {}, differences)] : arms
    }),
  )
}

function drawPanel(outcome: Outcome, rows: readonly Compared[], id: string, prefix: string): Child {
  if (rows.length === 0) return undefined
  const months = [...new Set(rows.map(({ time_months }) => time_months))]
  const only = months.length === 1 ? `, month ${months[0]}` : ''
  const axis = axisOf(outcome)
  return drawIntervals(
    rows.map((row) => toIntervalRow(row, months.length > 1)),
    {
      id,
      title: `${outcome.label}${only}`,
      description: rows.map(describeRow).join(' '),
      axis: `${prefix}${axis === 'share of patients' ? axis : typesetUnit(axis) || 'points'}`,
      zero: prefix !== '',
      ...(outcome.share && prefix === '' && { range: [0, 1] as const }),
      width: 430,
    },
  )
}

const toIntervalRow = (row: Compared, withMonth: boolean): IntervalRow => ({
  label: `${nameArm(row.arm)}${withMonth ? `, month ${row.time_months}` : ''}`,
  interval: row.predicted,
  observed: { value: row.observed.value, lo: row.observed.lo90, hi: row.observed.hi90, inside: row.inside90 },
  note: verdictOf(row),
})

const describeRow = (row: Compared): string =>
  `${nameRow(row)}: predicted ${writeInterval(row.predicted)}, published ${typesetProse(row.observed.text)}, ${verdictOf(row)}.`

function drawRows({ compared }: TrialResult, outcomes: readonly Outcome[]): Element {
  const uses = [...new Set(compared.map(({ use }) => use))]
  return el(
    'div',
    { class: 'wide' },
    drawTable({
      caption: `Every published row, ${compared.length} in all, as it was printed and as it was predicted. Lies: where the published value lies in the predicted distribution. p: posterior predictive, two-sided. Chance: share of drawn trials that show the printed direction or, for a change or a difference, an effect at least as large. Scores are in points; shares of patients run from 0 to 1.${uses.length === 1 ? ` Use of every row: ${uses[0]}.` : ''}`,
      columns: [
        { head: 'arm', kind: 'text' },
        { head: 'month', kind: 'number' },
        { head: 'published', kind: 'text' },
        { head: 'predicted median (90\u00A0%)', kind: 'text' },
        { head: 'predicted 50\u00A0%', kind: 'text' },
        { head: 'lies', kind: 'text' },
        { head: 'p', kind: 'number' },
        { head: 'chance', kind: 'number' },
        { head: 'where it is printed', kind: 'text' },
        { head: 'id', kind: 'name' },
      ],
      rows: outcomes.flatMap(rowsOf).map((row) => toCells(row, uses.length > 1)),
      groups: outcomes.map((outcome) => ({
        head: typesetLabel(outcome.label, outcome.share ? '' : outcome.unit),
        size: rowsOf(outcome).length,
      })),
    }),
  )
}

const rowsOf = ({ arms, differences }: Outcome): readonly Compared[] => [...arms, ...differences]

function toCells(row: Compared, mixed: boolean): (Element | string)[] {
  const verdict = verdictOf(row)
  return [
    unbroken(nameArm(row.arm)),
    typesetNumber(row.time_months),
    typesetProse(row.observed.text),
    drawPredicted(row),
    row.predicted ? unbroken(writeHalf(row.predicted)) : '–',
    row.inside90 === false ? el('strong', { class: 'miss' }, verdict) : verdict,
    writeProbability(row.p),
    writeProbability(row.probability),
    `${mixed ? `${row.use}; ` : ''}${row.locator}`,
    row.id,
  ]
}

function drawPredicted(row: Compared): Element | string {
  const { predicted, available, notModelled } = row
  if (notModelled !== undefined) return el('em', {}, `not modelled: ${notModelled}`)
  if (!predicted) return row.probability === null ? NOT_ESTIMABLE : 'a direction: see chance'
  const all = unbroken(writeInterval(predicted))
  if (!available || unbroken(writeInterval(available)) === all) return all
  return el('span', {}, all, el('small', {}, `available cases: ${unbroken(writeInterval(available))}`))
}
