// One output in a report: the figure, its numbers at a few times beside it, and below, folded away, every number the figure is drawn from.

import { drawTable } from './draw-table.ts'
import { type Element, el } from './element.ts'
import { finite } from './format-number.ts'
import { drawCourses, type Mark } from './figures/draw-courses.ts'
import { differ } from './figures/upright-scale.ts'
import { hasValue, mainLine, type OutputCourses, SHARES, shownCourses, titleOf, type Values } from './output-courses.ts'
import { linearScale } from './scale.ts'
import { typesetCount, typesetLabel, typesetNumber } from './typeset.ts'

export interface OutputContext {
  readonly id: string
  readonly heading: string
  readonly timeUnit: string
  readonly subjects: number
  readonly failed: number
  readonly marks: readonly Mark[]
}

/** Draws the section of one output. */
export function drawOutput(output: OutputCourses, context: OutputContext): Element {
  const { id, heading, timeUnit, marks } = context
  return el(
    'section',
    { class: 'output', id },
    el(
      heading === 'h2' ? 'h3' : 'h4',
      {},
      titleOf(output),
      titleOf(output) === output.name ? undefined : [' ', el('code', {}, output.name)],
    ),
    el(
      'figure',
      {},
      drawCourses(output, { id: `${id}-figure`, timeUnit, marks }),
      el('figcaption', {}, captionOf(output, context)),
    ),
    isEmpty(output) ? undefined : [drawNumbers(output, timeUnit), drawAllNumbers(output, timeUnit)],
  )
}

const isEmpty = (output: OutputCourses): boolean => !differ(output) && !hasValue(mainLine(output))

const FEW_SUBJECTS = 21 // with fewer, the quantile at 5 % lies between the lowest and the second lowest

function captionOf(output: OutputCourses, { subjects, failed, marks }: OutputContext): string {
  const given = [...new Set(marks.map(({ label }) => label))].join(', ')
  return [...describeLines(output, subjects, failed), given === '' ? '' : `Triangles: ${given}.`]
    .filter((text) => text !== '')
    .join(' ')
}

function describeLines(output: OutputCourses, subjects: number, failed: number): string[] {
  if (differ(output))
    return [
      `Heavy line: median of ${typesetCount(subjects)} subjects at each time. Inner band: their middle half, 25 to 75\u00A0%. Outer band: 5 to 95\u00A0%.`,
      singles(shownCourses(output).length),
      failed > 0 ? 'Subjects that failed count up to their last row.' : '',
      subjects < FEW_SUBJECTS
        ? `Of only ${typesetCount(subjects)} subjects, the outer band is little more than the lowest and the highest.`
        : '',
    ]
  if (isEmpty(output)) return ['No subject has a value at any time.']
  if (subjects === 1) return ['The course of one subject.']
  return [`The ${typesetCount(subjects)} subjects differ by less than the width of the line.`]
}

const singles = (count: number): string => {
  if (count === 0) return ''
  return count === 1 ? 'Thin line: a single subject.' : `Thin lines: ${count} single subjects.`
}

const lines = (output: OutputCourses): { head: string; values: Values }[] =>
  differ(output)
    ? SHARES.map(({ share, label }) => ({ head: label, values: output.quantiles[share] }))
    : [{ head: 'value', values: mainLine(output) }]

function drawNumbers(output: OutputCourses, timeUnit: string): Element {
  const spread = differ(output) ? ': quantiles over the subjects' : ''
  return numbersTable(
    `${typesetLabel(output.name, output.unit)}${spread}`,
    output,
    roundRows(output.times),
    lines(output),
    timeUnit,
    3,
  )
}

const MOST_ROWS = 100 // of the table behind a figure

function drawAllNumbers(output: OutputCourses, timeUnit: string): Element {
  const every = Math.ceil(output.times.length / MOST_ROWS)
  const rows = output.times.map((_, k) => k).filter((k) => k % every === 0)
  const singleLines = differ(output)
    ? shownCourses(output).map(({ id, values }) => ({ head: `subject ${id}`, values }))
    : []
  const shown = every > 1 ? `${rows.length} of the figure’s ${output.times.length} times` : 'the numbers of the figure'
  return el(
    'details',
    {},
    el('summary', {}, every > 1 ? `Table of the figure, at ${rows.length} times` : 'Table of the figure'),
    numbersTable(
      `${typesetLabel(output.name, output.unit)}: ${shown}`,
      output,
      rows,
      [...lines(output), ...singleLines],
      timeUnit,
      4,
    ),
  )
}

function numbersTable(
  caption: string,
  { times }: OutputCourses,
  rows: readonly number[],
  columns: readonly { head: string; values: Values }[],
  timeUnit: string,
  digits: number,
): Element {
  return drawTable({
    caption,
    columns: [
      { head: typesetLabel('time', timeUnit), kind: 'number' },
      ...columns.map(({ head }) => ({ head, kind: 'number' as const })),
    ],
    rows: rows.map((k) => [
      typesetNumber(times[k]),
      ...columns.map(({ values }) => typesetNumber(values[k], digits, 'keep')),
    ]),
  })
}

/** Picks about ten rows that a person would: those nearest to round times, and the last. */
function roundRows(times: readonly number[]): number[] {
  const known = times.flatMap((time, k) => (finite(time) === undefined ? [] : [{ time, k }]))
  const [first, last] = [known[0], known.at(-1)]
  if (!first || !last) return []
  const { ticks } = linearScale(first.time, last.time, 9, 'at-data')
  const distance = (time: number, from: number): number => Math.abs(time / 2 - from / 2)
  const nearest = ticks.map(({ value }) =>
    known.reduce((best, here) => (distance(here.time, value) < distance(best.time, value) ? here : best)),
  )
  return [...new Set([first, ...nearest, last].map(({ k }) => k))].toSorted((a, b) => a - b)
}
