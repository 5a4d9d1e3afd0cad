// Puts the results into docs/bench.md, between the marks that it has for them, and draws the picture beside it. The words around are written by hand.
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { formatNumber } from '#report'
import { ROOT } from '../tools/repository.ts'
import { drawWorkPrecision } from './draw-work-precision.ts'
import type { Results } from './results.ts'
import { targetRows } from './targets.ts'
import { DEFAULT_TOLERANCE, matchedMs, OWN, timesAsLong } from './times-as-long.ts'

const DOCUMENT = path.join(ROOT, 'docs/bench.md')
const RESULTS = path.join(ROOT, 'bench/out/engine.json')
const BIN = path.join(ROOT, 'node_modules/.bin')
const PICTURES = path.join(ROOT, 'docs/pictures')
const [BEGIN, END] = ['<!-- results: written by npm run bench:engine -->', '<!-- end of results -->']

/** Writes the results and the picture, and lays them out as all files here are. */
export function writeDocuments(results: Results): void {
  mkdirSync(path.dirname(RESULTS), { recursive: true })
  writeFileSync(RESULTS, `${JSON.stringify(results)}\n`)
  mkdirSync(PICTURES, { recursive: true })
  writeFileSync(path.join(PICTURES, 'work-precision.svg'), drawWorkPrecision(results))
  const text = readFileSync(DOCUMENT, 'utf8')
  const [from, to] = [text.indexOf(BEGIN), text.indexOf(END)]
  if (from < 0 || to < from) throw new Error(`${DOCUMENT} has no place for results`)
  writeFileSync(DOCUMENT, `${text.slice(0, from + BEGIN.length)}\n\n${resultsText(results)}\n\n${text.slice(to)}`)
  spawnSync('biome', ['format', '--write', DOCUMENT, RESULTS], {
    env: { ...process.env, PATH: `${BIN}${path.delimiter}${process.env['PATH']}` },
  })
}

function resultsText(results: Results): string {
  const { machine, subjects, rounds, skipped } = results
  return [
    `Measured on: ${machine.text}. ${subjects} subjects, the least of ${rounds} rounds in turns.\n`,
    ...skipped.map(({ peer, why }) => `${peer} took no part: ${why}.\n`),
    'Milliseconds for a patient-year at the error that Imago has at its default tolerance of 1e-6, between the tolerances of each peer by a straight line of the logarithms; in brackets how many times as long as Imago on one thread:\n',
    matchedTable(results),
    '\nThe same without matching, all at a tolerance of 1e-6: milliseconds for a patient-year (largest error).\n',
    nominalTable(results),
    '\nOf Imago itself at 1e-6:\n',
    ownTable(results),
    '\nAgainst the targets; for each, the least and the most over the models, and on how many models the goal is reached:\n',
    table(['target', 'goal', 'moonshot', 'measured', 'reached'], targetRows(results)),
  ].join('\n')
}

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map((_, i) => (i === 0 ? '---' : '---:')), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')

const find = ({ rows }: Results, model: string, peer: string) =>
  rows.find((row) => row.model === model && row.peer === peer && row.relativeTolerance === DEFAULT_TOLERANCE)

const ms = (value: number): string => formatNumber(value, 3)

function matchedTable(results: Results): string {
  const { problems, peers } = results
  const shown = peers.filter(({ peer }) => peer !== `${OWN}, all threads`)
  const body = shown.map(({ peer }) => [
    peer,
    ...problems.map(({ model }) => {
      const time = matchedMs(results, model, peer)
      if (time === undefined) return '–'
      return peer === OWN ? ms(time) : `${ms(time)} (${formatNumber(timesAsLong(results, model, peer), 2)})`
    }),
  ])
  const errors = problems.map(({ model }) => find(results, model, OWN)?.maxError.toExponential(1) ?? '–')
  return table(
    ['', ...problems.map(({ model, states }) => `${model}, ${states}`)],
    [['at the error', ...errors], ...body],
  )
}

function nominalTable(results: Results): string {
  const { problems, peers } = results
  const body = peers.map(({ peer }) => [
    peer,
    ...problems.map(({ model }) => {
      const row = find(results, model, peer)
      return row ? `${ms(row.msPerPatientYear)} (${row.maxError.toExponential(1)})` : '–'
    }),
  ])
  return table(['', ...problems.map(({ model }) => model)], body)
}

function ownTable(results: Results): string {
  const { problems, compile } = results
  const cells = (of: (model: string) => string | undefined): string[] => problems.map(({ model }) => of(model) ?? '–')
  const ratio = (above: number | undefined, below: number | undefined): string =>
    above && below ? formatNumber(above / below, 3) : '–'
  const time = (model: string, peer: string): number | undefined => find(results, model, peer)?.msPerPatientYear
  const made = new Map(problems.map(({ model }, i) => [model, compile[i]]))
  return table(
    ['', ...problems.map(({ model }) => model)],
    [
      [
        'all threads, times as fast as one',
        ...cells((model) => ratio(time(model, OWN), time(model, `${OWN}, all threads`))),
      ],
      [
        'C on the widest vectors, times as fast',
        ...cells((model) => ratio(time(model, OWN), time(model, 'C, AVX-512'))),
      ],
      [
        'memory of all subjects, MB',
        ...cells((model) => formatNumber((find(results, model, OWN)?.memoryBytes ?? NaN) / 1e6, 2)),
      ],
      ['module, kB', ...cells((model) => formatNumber((find(results, model, OWN)?.moduleBytes ?? NaN) / 1e3, 3))],
      ['model to kernel, ms', ...cells((model) => formatNumber(made.get(model)?.compileMs, 2))],
      ['kernel to module, ms', ...cells((model) => formatNumber(made.get(model)?.moduleMs, 2))],
    ],
  )
}
