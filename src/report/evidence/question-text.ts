// Questions as a terminal shows them: the list, and one of them with its table, its dependence, its certainty and its warnings.
import { type Answered, type Ballot, type Evidence, type Question, type Study } from '#evidence'
import { type Cell, terminalTable } from '../terminal-table.ts'
import { shorten } from '../figures/draw-intervals.ts'
import { sayEstimate, sayRow, sayWho } from './number-words.ts'
import { countOf, wrapLines } from './wrap-lines.ts'

/** Lists questions and studies. */
export function listEvidence({ questions, studies, claims }: Evidence): string {
  const asked = questions.map(({ name, file }) => [name, file.title])
  const kept = [...studies.values()].map(({ name, file }) => [
    name,
    file.about.join(' '),
    file.design.kind,
    file.n === undefined ? null : file.n,
    file.cohort,
    file.read,
  ])
  return [
    terminalTable(['question', 'title'], asked),
    terminalTable(['study', 'about', 'design', 'n', 'cohort', 'read'], kept),
    `${countOf(questions.length, 'question')}, ${countOf(studies.size, 'study', 'studies')} of ${countOf(cohortsOf(studies), 'cohort')}, ${countOf(claims.length, 'claim')}. imago evidence QUESTION answers one; imago evidence claims lists the claims.`,
  ].join('\n\n')
}

const cohortsOf = (studies: ReadonlyMap<string, Study>): number =>
  new Set([...studies.values()].map(({ file }) => file.cohort)).size

const MOST_WHAT = 44 // signs; whole in --json
const MOST_NUMBER = 48
const MOST_WHERE = 28

const NOT_POOLED =
  'No number is pooled here. Each row is one study as printed, cut where it is long (--json has it whole); intervals of counts and of differences are ours, 95 %. A row without "yes" under "vote" is of patients who vote already.'

/** Writes an answered question. */
export function questionText(answered: Answered, width = 100): string {
  const { question, ballots, votes, silent, setAside, rating, warnings } = answered
  const wrapped = (text: string): string => wrapLines(text, width)
  return [
    `${question.file.title}\n${wrapped(question.file.ask)}`,
    ...(question.file.note === undefined ? [] : [wrapped(question.file.note)]),
    ...(ballots.length > 0 ? [tableText(question, ballots)] : []),
    `${countOf(ballots.length, 'row')} of ${countOf(votes, 'group')} of patients with one vote each`,
    ...warnings.map((warning) => wrapped(`! ${warning}`)),
    ...(rating ? [ratingText(rating, width)] : []),
    ...(silent.length > 0 ? [wrapped(`Of the right kind, but without such a number: ${silent.join(', ')}.`)] : []),
    ...setAside.map(({ study, because }) => wrapped(`Set aside: ${study}. ${because}`)),
    wrapped(NOT_POOLED),
  ].join('\n\n')
}

function tableText({ file }: Question, ballots: readonly Ballot[]): string {
  const compares = file.compare === 'control'
  const head = ['study', 'what', ...(compares ? ['with', 'without', 'difference'] : ['number']), 'vote', 'where']
  const rows = ballots.map(({ entry: { study, row, control, estimate }, heldBy }): Cell[] => [
    study.name,
    shorten(sayWho(row), MOST_WHAT),
    ...(compares
      ? [sayRow(row), control ? sayRow(control) : '', estimate ? sayEstimate(estimate) : '']
      : [shorten(sayRow(row), MOST_NUMBER)]),
    heldBy === undefined ? 'yes' : heldBy === study.name ? 'another row of it' : `in ${heldBy}`,
    shorten(row.locator, MOST_WHERE),
  ])
  return terminalTable(head, rows)
}

function ratingText({ level, start, steps }: NonNullable<Answered['rating']>, width: number): string {
  const lines = steps.map(({ domain, down, because }) =>
    wrapLines(`− ${domain}, ${countOf(down, 'level')}: ${because}`, width, '  '),
  )
  return [`Certainty: ${level}, from ${start} by design`, ...lines].join('\n')
}
