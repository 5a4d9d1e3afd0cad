// imago score: a clinical instrument over anyone's table, each verdict with its reasons.
import { Command } from '@commander-js/extra-typings'
import { type Csv, didYouMean, hasErrors, type Problem, type Reading, readCsv } from '#base'
import {
  type Column,
  explain,
  explainParts,
  type Instrument,
  INSTRUMENTS,
  printPossible,
  printSettings,
  printValue,
  readJsonTable,
  readTable,
  type Settings,
  standardSettings,
  type TableRow,
  type Verdict,
} from '#clinic'
import { terminalTable } from '#report'
import { readText, writeOut, writeWhole } from '../files.ts'
import { readWord } from '../options.ts'
import { optionProblem, showProblems } from '../problems.ts'

const EXAMPLES = `
A table has a row for each patient and visit. Its first line names the columns; measured ones say their unit: "platelets [10*9/L]". What is not said is not
guessed: a score over it is a range. A row with a bad cell is told and left out, and the exit code is 1.

Examples:
  imago score --list
  imago score sledai-2k --list
  imago score sledai-2k visits.csv
  imago score sri visits.csv --set n=5 --explain
  imago score lldas visits.json --json --out lldas.json`

export const scoreCommand = new Command('score')
  .description('score a table of patients with a clinical instrument, item by item')
  .argument('[instrument]', 'its name, as --list shows it')
  .argument('[file]', 'a .csv or .json table')
  .option('--list', 'list the instruments, or the columns and variants of one')
  .option('--set <name=value...>', 'choose a variant')
  .option('--explain', 'print every item of every row')
  .option('--json', 'print the results as one JSON document, and nothing else')
  .option('--out <file>', 'write the results into a .csv or .json file')
  .addHelpText('after', EXAMPLES)
  .action(async (name, file, spoken) => {
    process.exitCode = await score(name, file, spoken)
  })

type Spoken = ReturnType<typeof scoreCommand.opts>

async function score(name: string | undefined, file: string | undefined, spoken: Spoken): Promise<number> {
  if (name === undefined) return spoken.list ? listAll() : showProblems([nothingAsked])
  const instrument = INSTRUMENTS.find((one) => one.name === name.toLowerCase())
  if (!instrument) return showProblems([unknownInstrument(name)])
  if (spoken.list) return listOne(instrument)
  const problems: Problem[] = []
  const settings = readSettings(instrument, spoken.set ?? [], problems)
  if (file === undefined) problems.push(optionProblem('no-file', 'No table is named.', 'imago score INSTRUMENT FILE'))
  else if (!/\.(csv|tsv|json)$/i.test(file))
    problems.push(optionProblem('unknown-format', `"${file}" is no table: its name should end in .csv or .json.`))
  if (spoken.out !== undefined && !/\.(csv|json)$/i.test(spoken.out))
    problems.push(
      optionProblem('unknown-format', `--out wants a name that ends in .csv or .json, found "${spoken.out}".`),
    )
  if (hasErrors(problems) || file === undefined) return showProblems(problems)
  const text = await readText(file)
  if (text === undefined) return showProblems([optionProblem('missing-file', `There is no file "${file}".`)])
  return scoreTable({ instrument, settings, file, text }, spoken)
}

const nothingAsked = optionProblem('no-instrument', 'No instrument is named.', 'imago score --list shows them')

function unknownInstrument(name: string): Problem {
  const guess = didYouMean(
    name,
    INSTRUMENTS.map((one) => one.name),
  )
  return optionProblem(
    'unknown-instrument',
    `There is no instrument "${name}".`,
    guess === undefined ? 'imago score --list shows them' : `did you mean "${guess}"?`,
  )
}

function readSettings({ name, params }: Instrument, said: readonly string[], problems: Problem[]): Settings {
  const settings: Record<string, string> = { ...standardSettings({ params }) }
  for (const one of said) {
    const [key = '', value = ''] = one.split(/=(.*)/)
    const param = params.find((candidate) => candidate.name === key)
    if (param) settings[key] = readWord(`--set ${key}`, value, param.allowed, problems)
    else {
      const guess = didYouMean(
        key,
        params.map((candidate) => candidate.name),
      )
      const help = guess === undefined ? `imago score ${name} --list shows its variants` : `did you mean "${guess}"?`
      problems.push(optionProblem('unknown-variant', `${name} has no "${key}" to set.`, help))
    }
  }
  return settings
}

interface Task {
  readonly instrument: Instrument
  readonly settings: Settings
  readonly file: string
  readonly text: string
}

const MOST_SHOWN = 50 // problems; nobody reads more

async function scoreTable(task: Task, spoken: Spoken): Promise<number> {
  const { instrument, settings, file, text } = task
  const read: Reading<Csv> = (/\.json$/i.test(file) ? readJsonTable : readCsv)(file, text)
  const table = read.value && readTable(read.value.header, read.value.rows, instrument)
  const problems = [...read.problems, ...(table?.problems ?? [])]
  showProblems(problems.slice(0, MOST_SHOWN), new Map([[file, text]]))
  if (problems.length > MOST_SHOWN) process.stderr.write(`and ${problems.length - MOST_SHOWN} more problems\n`)
  if (!table) return 1
  const scored = table.rows.filter((row): row is Scorable => row.found !== undefined)
  const judge = ({ found }: Scorable): Verdict => instrument.compute(found, settings)
  const left = table.rows.length - scored.length + read.problems.length
  if (spoken.out !== undefined) {
    const isJson = /\.json$/i.test(spoken.out)
    await writeWhole(spoken.out, isJson ? jsonOf(task, scored, problems, judge) : csvOf(instrument, scored, judge))
  }
  if (spoken.json) await writeOut(jsonOf(task, scored, problems, judge))
  else if (spoken.out === undefined) await writeOut(textOf(task, scored, judge, spoken.explain === true))
  if (!spoken.json) process.stdout.write(`${tally(scored.length, left)}\n`)
  return hasErrors(problems) ? 1 : 0
}

type Scorable = TableRow & { readonly found: NonNullable<TableRow['found']> }

const tally = (scored: number, left: number): string =>
  `${scored} row${scored === 1 ? '' : 's'} scored${left > 0 ? `, ${left} left out` : ''}`

function* jsonOf(
  { instrument, settings, file }: Task,
  rows: readonly Scorable[],
  problems: readonly Problem[],
  judge: (row: Scorable) => Verdict,
): Iterable<string> {
  const { name, label, unit, sources, unconfirmed } = instrument
  const head = {
    instrument: name,
    label,
    unit,
    settings,
    sources,
    ...(unconfirmed !== undefined && { unconfirmed }),
    file,
    problems,
  }
  yield `${JSON.stringify(head, undefined, 2).slice(0, -2)},\n  "rows": [`
  for (const [at, row] of rows.entries()) {
    const { line, labels } = row
    const { value = null, possible, parts, missing, notes } = judge(row)
    const words = explain(instrument, judge(row))
    yield `${at > 0 ? ',' : ''}\n    ${JSON.stringify({ line, ...labels, value, possible, missing, notes, words, parts })}`
  }
  yield `${rows.length > 0 ? '\n  ' : ''}]\n}\n`
}

const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

function* csvOf(
  instrument: Instrument,
  rows: readonly Scorable[],
  judge: (row: Scorable) => Verdict,
): Iterable<string> {
  const labels = [...new Set(rows.flatMap((row) => Object.keys(row.labels)))]
  yield `${['line', ...labels, 'value', 'possible', 'missing', 'words'].join(',')}\n`
  for (const row of rows) {
    const verdict = judge(row)
    const { value, possible, missing } = verdict
    const cells = [
      ...[String(row.line), ...labels.map((label) => row.labels[label] ?? '')],
      ...[
        value === undefined ? '' : String(value),
        printPossible(possible),
        missing.join(' '),
        explain(instrument, verdict),
      ],
    ]
    yield `${cells.map(quoted).join(',')}\n`
  }
}

const MOST_ROWS = 1000 // of a table on a terminal

function* textOf(
  { instrument, settings }: Task,
  rows: readonly Scorable[],
  judge: (row: Scorable) => Verdict,
  explained: boolean,
): Iterable<string> {
  const { label, unconfirmed } = instrument
  const stamp = printSettings(settings)
  yield `${label}${stamp === '' ? '' : ` (${stamp})`}\n${unconfirmed === undefined ? '' : `not confirmed: ${unconfirmed}\n`}\n`
  if (explained) {
    for (const row of rows)
      yield `${[`line ${row.line}`, ...Object.values(row.labels)].join(' · ')}\n  ${[explain(instrument, judge(row)), ...explainParts(judge(row))].join('\n  ')}\n\n`
    return
  }
  const labels = [...new Set(rows.flatMap((row) => Object.keys(row.labels)))]
  const shown = rows.slice(0, MOST_ROWS).map((row) => {
    const { value, possible, missing } = judge(row)
    const open = value === undefined ? printPossible(possible) : ''
    return [
      row.line,
      ...labels.map((one) => row.labels[one] ?? ''),
      printValue(value),
      open,
      missing.length > 0 ? missing.length : '',
    ]
  })
  yield `${terminalTable(['line', ...labels, 'value', 'possible', 'not said'], shown)}\n`
  if (rows.length > MOST_ROWS) yield `and ${rows.length - MOST_ROWS} more rows: --out writes them all\n`
  yield '\n'
}

function listAll(): number {
  const rows = INSTRUMENTS.map(({ name, label, kind, unit }) => [name, label, unit === '1' ? kind : `${kind}, ${unit}`])
  process.stdout.write(
    `${terminalTable(['instrument', '', 'says'], rows)}\n\nimago score INSTRUMENT --list shows the columns and variants of one\n`,
  )
  return 0
}

function listOne({ name, label, definition, params, needs, whenNotToUse, unconfirmed }: Instrument): number {
  const columns = needs.map((column) => [column.name, holds(column), column.meaning])
  const variants = params.map(
    (param) => `  --set ${param.name}=${param.allowed.join('|')}  ${param.meaning}; ${param.standard} if not said\n`,
  )
  process.stdout.write(
    `${label} (${name})\n\n${definition}\n\nNot to be used: ${whenNotToUse}\n${unconfirmed === undefined ? '' : `\nNot confirmed: ${unconfirmed}\n`}\n${variants.join('')}\n${terminalTable(['column', 'holds', ''], columns)}\n`,
  )
  return 0
}

function holds(column: Column): string {
  if (column.kind === 'truth') return 'yes or no'
  if (column.kind === 'word') return column.words.join(', ')
  const { unit, least, most } = column
  return unit === '1' ? `${least} to ${most}` : unit
}
