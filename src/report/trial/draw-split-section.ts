// What the fall is made of: measurement, natural course, background treatment, cells. With every assumed background, both extremes of how patients
// enter, and the prior that the part of the cells rests on.

import type { Interval, Split, SplitPart, TrialResult } from '#trial'
import { drawTable } from '../draw-table.ts'
import { type Child, type Element, el } from '../element.ts'
import { finite, formatFixed } from '../format-number.ts'
import { drawIntervals, type IntervalRow } from '../figures/draw-intervals.ts'
import { setNumber, typesetNumber, typesetProse, typesetShare } from '../typeset.ts'
import { nameArm } from './comparison.ts'
import { decimalsOf, isEstimable, NOT_ESTIMABLE, unbroken, writeInterval, writeMedian } from './interval-text.ts'
import { drawFigure, drawFinding, listWords, type Section } from './page-parts.ts'

const PARTS: Readonly<Record<SplitPart['name'], string>> = {
  measurement: 'measurement at entry',
  natural: 'natural course',
  background: 'background treatment',
  cells: 'the cells',
}
export const NOT_IDENTIFIED = 'Model-based: a single arm cannot identify this.'
const WIDTH = 720

/** Draws the section of the split. */
export function splitSection(result: TrialResult): Section {
  const { splits } = result
  const [main, ...others] = splits
  const title = 'What the fall is made of'
  if (!main)
    return {
      id: 'split',
      title,
      body: [el('p', {}, 'The fall was not split: no patient has every score it needs.'), drawPrior(result)],
    }
  return {
    id: 'split',
    title,
    body: [
      drawFinding(tellSplit(main)),
      el('p', {}, el('strong', {}, NOT_IDENTIFIED), ` ${MEANING}`),
      drawFigure(drawSplit(main, 'split-main'), captionOf(main), 'medium'),
      others.length === 0 ? undefined : drawAll(splits),
      drawBackgrounds(result),
      drawEntry(result),
      drawPrior(result),
    ],
  }
}

const MEANING =
  'The same virtual patients are carried through nested courses that share their luck. Measurement is what the score at entry had by chance of being measured; natural course what would have come with the medicines before the trial; ' +
  'background treatment what the medicines of the trial add; the cells what is left. In each drawn trial the parts add up exactly; a negative part is a rise.'

function tellSplit({ arm, month, total, parts }: Split): string {
  const cells = parts.find(({ name }) => name === 'cells')?.interval
  const zero = isEstimable(cells) && cells.lo90 <= 0 && cells.hi90 >= 0 ? ', a range that holds zero' : ''
  return `With ${nameArm(arm)} the score falls by ${writeInterval(total)} points by month ${month}; the part of the cells is ${writeInterval(cells)}${zero}.`
}

function drawSplit({ arm, background, month, total, parts }: Split, id: string): Element {
  const row = (label: string, interval: Interval, strong: boolean): IntervalRow => ({
    label,
    interval,
    note: writeInterval(interval),
    strong,
  })
  return drawIntervals(
    [...parts.map(({ name, interval }) => row(PARTS[name], interval, false)), row('whole fall', total, true)],
    {
      id,
      title: `Parts of the fall by month ${month}: ${nameArm(arm)}, background ${background}`,
      description: [
        ...parts.map(({ name, interval }) => `${PARTS[name]}: ${writeInterval(interval)}.`),
        `Whole fall: ${writeInterval(total)}.`,
      ].join(' '),
      axis: 'fall in points (a rise is negative)',
      zero: true,
      width: WIDTH,
    },
  )
}

/** Says how to read the figure, and that medians do not add up, with both sums. */
function captionOf({ total, parts, remainder, omitted }: Split): string {
  const medians = parts.map(({ interval }) => interval.median)
  const sum = medians.reduce((all, median) => all + median, 0)
  const apart =
    isEstimable(total) && finite(sum) !== undefined
      ? ` Medians need not add up: those of the parts come to ${setNumber(formatFixed(sum, 1))}, that of the whole is ${setNumber(formatFixed(total.median, 1))}.`
      : ''
  const without =
    omitted === undefined || !(omitted > 0)
      ? ''
      : ` Without ${typesetShare(omitted, 1)} of the patients drawn, who died or were lost.`
  return (
    `Mean of the arm over drawn trials: light bar 90\u00A0%, dark bar 50\u00A0%, upright line the median.${apart}${without} ` +
    `Expected scores after entry. Outside the parts: open-label rating and trial effect, SD ${typesetNumber(remainder.sd)} on the log scale of what raters see, not in points (${remainder.locator}).`
  )
}

function drawAll(splits: readonly Split[]): Element {
  const names = Object.keys(PARTS) as SplitPart['name'][]
  return drawTable({
    caption:
      'The parts of the fall in every arm and on every background, in points: median (90\u00A0%). The first row is the one above.',
    columns: [
      { head: 'arm', kind: 'text' },
      { head: 'background', kind: 'text' },
      { head: 'whole fall', kind: 'text' },
      ...names.map((name) => ({ head: PARTS[name], kind: 'text' as const })),
    ],
    rows: splits.map(({ arm, background, total, parts }) => [
      nameArm(arm),
      background,
      writeInterval(total),
      ...names.map((name) => writeInterval(parts.find((part) => part.name === name)?.interval)),
    ]),
  })
}

/** Draws every row that was predicted on each background, and the range over all. */
function drawBackgrounds({ compared, alternatives, splits }: TrialResult): Child {
  if (alternatives.length === 0) return undefined
  const all = [compared, ...alternatives.map((one) => one.compared)]
  const main = splits[0]?.background ?? 'main'
  const rows = compared.flatMap((row) => {
    if (!row.predicted) return []
    const each = all.map((list) => list.find(({ id }) => id === row.id)?.predicted ?? null)
    return [
      [
        row.label,
        nameArm(row.arm),
        String(row.time_months),
        typesetProse(row.observed.text),
        ...each.map((one) => unbroken(writeInterval(one))),
        writeRange(each),
      ],
    ]
  })
  return [
    el('h3', {}, 'If the background was another'),
    drawFinding(tellBackgrounds(splits)),
    el(
      'p',
      {},
      'The publication leaves open what else was given after entry. The main background is the headline; the others of the trial file stand beside it, and the range runs from the lowest to the highest bound of 90\u00A0% over all.',
    ),
    el(
      'div',
      { class: 'wide' },
      drawTable({
        caption: 'Every predicted row on each background: median (90\u00A0%), and the range over all.',
        columns: [
          { head: 'outcome', kind: 'text' },
          { head: 'arm', kind: 'text' },
          { head: 'month', kind: 'number' },
          { head: 'published', kind: 'text' },
          { head: `${main} (headline)`, kind: 'text' },
          ...alternatives.map(({ background }) => ({ head: background, kind: 'text' as const })),
          { head: 'range over all', kind: 'text' },
        ],
        rows,
      }),
    ),
  ]
}

function writeRange(intervals: readonly (Interval | null)[]): string {
  const known = intervals.filter(isEstimable)
  if (known.length < intervals.length) return NOT_ESTIMABLE
  const lo90 = Math.min(...known.map((interval) => interval.lo90))
  const hi90 = Math.max(...known.map((interval) => interval.hi90))
  const decimals = decimalsOf({ median: lo90, lo50: lo90, hi50: hi90, lo90, hi90 })
  return unbroken([lo90, hi90].map((value) => setNumber(formatFixed(value, decimals))).join(' to '))
}

function tellBackgrounds(splits: readonly Split[]): string {
  const arm = splits[0]?.arm
  const own = splits.filter((split) => split.arm === arm)
  const [lowest, highest] = extremes(own.map(({ total }) => total))
  const [least, most] = extremes(
    own.flatMap(({ parts }) => parts.filter(({ name }) => name === 'cells').map(({ interval }) => interval)),
  )
  if (!lowest || !highest || !least || !most) return 'The prediction is shown on each background.'
  return `Over ${own.length} backgrounds the median of the fall runs from ${writeMedian(lowest)} to ${writeMedian(highest)} points, that of the cells’ part from ${writeMedian(least)} to ${writeMedian(most)}.`
}

function extremes(intervals: readonly Interval[]): readonly [Interval | undefined, Interval | undefined] {
  const sorted = intervals.filter(isEstimable).toSorted((a, b) => a.median - b.median)
  return [sorted[0], sorted.at(-1)]
}

function drawEntry({ entryShares }: TrialResult): Child {
  if (entryShares.length === 0) return undefined
  const rows = entryShares.map(
    ({ share, fall }): IntervalRow => ({ label: tellShare(share), interval: fall, note: writeInterval(fall) }),
  )
  const said = entryShares.map(({ share, fall }) => `${writeMedian(fall)} where ${tellShare(share)}`)
  return [
    el('h3', {}, 'How patients enter decides much of the fall'),
    drawFinding(`The median fall is ${listWords(said)}.`),
    drawFigure(
      drawIntervals(rows, {
        id: 'entry',
        title: 'Fall by who may enter',
        description: rows.map(({ label, note }) => `Where ${label}: ${note}.`).join(' '),
        axis: 'fall in points',
        zero: true,
        width: WIDTH,
      }),
      'The two extremes of an assumption: patients come to a trial when they are worse than usual, and would have got better anyway. A recent rise is 4 points or more within 12 weeks.',
      'medium',
    ),
  ]
}

function tellShare(share: number): string {
  if (share === 0) return 'nobody needs a recent rise'
  return share === 1 ? 'all need a recent rise' : `${typesetShare(share, 1)} need a recent rise`
}

const [Z50, Z90] = [0.6744897501960817, 1.6448536269514722] // quantiles of the normal law at 75 and 95 %

function drawPrior({ effectPrior: { text, mean, sd, locator } }: TrialResult): Child {
  if (finite(mean) === undefined || finite(sd) === undefined)
    return [
      el('h3', {}, 'What was believed of the cells before'),
      el('p', {}, `The prior of their effect (${text}): ${NOT_ESTIMABLE}.`),
    ]
  const interval = {
    median: mean,
    lo50: mean - Z50 * sd,
    hi50: mean + Z50 * sd,
    lo90: mean - Z90 * sd,
    hi90: mean + Z90 * sd,
  }
  return [
    el('h3', {}, 'What was believed of the cells before'),
    drawFinding(
      `The part of the cells rests on this prior: ${typesetProse(text)}, with 90\u00A0% from ${setNumber(formatFixed(interval.lo90, 1))} to ${setNumber(formatFixed(interval.hi90, 1))}.`,
    ),
    drawFigure(
      drawIntervals([{ label: 'prior of the cell effect', interval, note: writeInterval(interval) }], {
        id: 'prior',
        title: 'Prior of the cell effect',
        description: `Normal with mean ${typesetNumber(mean)} and SD ${typesetNumber(sd)}.`,
        axis: 'net change of the score in points (a fall is negative)',
        zero: true,
        width: WIDTH,
      }),
      `Light bar 90\u00A0%, dark bar 50\u00A0%. ${locator}`,
      'medium',
    ),
  ]
}
