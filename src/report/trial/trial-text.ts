// A replayed trial as a terminal shows it: the question, the answer, predicted against published, the parts of the fall, how large a trial would have told.

import type { Compared, Split, TrialResult } from '#trial'
import { finite, formatNumber } from '../format-number.ts'
import { terminalTable } from '../terminal-table.ts'
import { NOT_IDENTIFIED } from './draw-split-section.ts'
import { shorten } from '../figures/draw-intervals.ts'
import { NOT_ESTIMABLE, writeInterval } from './interval-text.ts'

const NARROWEST = 60
const GAP = 2

/**
 * Writes a trial for a terminal.
 * @param width of the terminal, in signs; from 80 on no line is longer
 */
export function trialText(result: TrialResult, width = 100): string {
  const { trial, answer } = result
  const room = Math.max(NARROWEST, width)
  const wrapped = (text: string): string => wrapText(text, room)
  return [
    wrapped(trial.title),
    wrapped(trial.question),
    answer.map(wrapped).join('\n'),
    comparedText(result, room),
    wrapped(tellCoverage(result)),
    ...(result.splits[0] ? [splitText(result.splits[0], room)] : []),
    ...(result.power.length > 0 ? [powerText(result)] : []),
  ].join('\n\n')
}

/** Writes the table of predicted against published: every row, ids and printed values cut where the terminal is too narrow for them. */
export function comparedText({ compared }: TrialResult, width = 100): string {
  const head = ['id', 'arm', 'month', 'published', 'predicted (90 %)', 'inside 90 %'] as const
  const rows = compared.map((row) => [
    row.id,
    row.arm,
    String(row.time_months),
    writePublished(row),
    writePredicted(row),
    writeInside(row),
  ])
  const widths = fit(
    head.map((title, j) => Math.max(title.length, ...rows.map((row) => [...(row[j] ?? '')].length))),
    width,
  )
  return terminalTable(
    head,
    rows.map((row) => row.map((cell, j) => shorten(cell, widths[j] ?? 1))),
  )
}

const LEAST = [14, 8, 5, 9, 16, 11] as const
const GIVES = [0, 3, 1, 4] as const // which columns give way, in this order

/** Narrows columns until the table fits. */
function fit(widths: readonly number[], width: number): number[] {
  const fitted = [...widths]
  for (const j of GIVES) {
    const over = fitted.reduce((sum, one) => sum + one, 0) + GAP * (fitted.length - 1) - width
    const own = fitted[j] ?? 0
    if (over > 0) fitted[j] = Math.max(Math.min(own, LEAST[j] ?? 1), own - over)
  }
  return fitted
}

/** What was printed, without the interval that stands in the report. */
function writePublished({ observed: { text, value } }: Compared): string {
  const [short = ''] = text.split(/,? derived| \(95 %/)
  return short === '' && finite(value) !== undefined ? formatNumber(value, 3) : short
}

function writePredicted({ predicted, probability, notModelled }: Compared): string {
  if (notModelled !== undefined) return 'not modelled'
  if (predicted) return writeInterval(predicted, (text) => text)
  const chance = finite(probability)
  return chance === undefined ? NOT_ESTIMABLE : `chance ${chance.toFixed(2)}`
}

function writeInside({ inside90 }: Compared): string {
  if (inside90 === null) return '–'
  return inside90 ? 'yes' : 'NO'
}

function tellCoverage({ coverage, compared }: TrialResult): string {
  const absent = compared.filter(({ notModelled }) => notModelled !== undefined).length
  const inside = `Inside 90 %: ${coverage.inside90} of ${coverage.rows}; inside 50 %: ${coverage.inside50} of ${coverage.rows} (derived rows are not counted again).`
  return absent === 0 ? inside : `${inside} Not modelled: ${absent} of ${compared.length} rows.`
}

function splitText({ arm, background, month, parts, total }: Split, width: number): string {
  const plain = (text: string): string => text
  const rows = [
    ...parts.map(({ name, interval }) => [name, writeInterval(interval, plain)]),
    ['total', writeInterval(total, plain)],
  ]
  const title = `Parts of the fall by month ${month}, ${arm}, background ${background}. ${NOT_IDENTIFIED}`
  return `${wrapText(title, width)}\n${terminalTable(['part', 'points, median (90 %)'], rows)}`
}

const powerText = ({ power }: TrialResult): string =>
  terminalTable(
    ['true difference', 'patients per arm, simulated', 'closed form'],
    power.map(({ difference, simulated, closedForm }) => [
      difference,
      simulated ? `${simulated.perArm} (${simulated.lo} to ${simulated.hi})` : 'more than tried',
      finite(closedForm) === undefined ? NOT_ESTIMABLE : closedForm,
    ]),
  )

/** Breaks a text at blanks; a word longer than a line stands alone. What could steer a terminal becomes a blank. */
function wrapText(text: string, width: number): string {
  const lines: string[] = []
  for (const word of text.replace(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/gu, ' ').split(/ +(?!%)/)) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines.join('\n')
}
