// imago score: a clinical instrument over anyone's table, each verdict with its reasons.
import { Command } from '@commander-js/extra-typings'
import { type Csv, didYouMean, hasErrors, type Problem, type Reading, readCsv } from '#base'
import {
  ABSENT,
  type Column,
  type Instrument,
  INSTRUMENTS,
  readJsonTable,
  readTable,
  type Settings,
  standardSettings,
} from '#clinic'
import { terminalTable } from '#report'
import { readText, writeOut, writeWhole } from '../files.ts'
import { readWord } from '../options.ts'
import { optionProblem, showProblems } from '../problems.ts'
import { type Scorable, type Scores, scoresCsv, scoresJson, scoresText } from '../score-output.ts'

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
  .option('--set <name=value>', 'choose a variant; can be said again', (one, before: string[]) => [...before, one], [])
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
  const settings = readSettings(instrument, spoken.set, problems)
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
  const absent = ABSENT.find((one) => one.name === name.toLowerCase())
  if (absent) return optionProblem('not-obtained', `${absent.label} is not in Imago: ${absent.why}.`)
  const names = INSTRUMENTS.map((one) => one.name)
  const begun = names.filter((one) => one.startsWith(`${name.toLowerCase()}-`))
  const guess = begun.length > 0 ? begun.join('" or "') : didYouMean(name, names)
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
  const rows = table.rows.filter((row): row is Scorable => row.found !== undefined)
  const left = table.rows.length - rows.length + read.problems.length
  const scores: Scores = { instrument, settings, file, rows, problems }
  if (spoken.out !== undefined)
    await writeWhole(spoken.out, /\.json$/i.test(spoken.out) ? scoresJson(scores) : scoresCsv(scores))
  if (spoken.json) await writeOut(scoresJson(scores))
  else if (spoken.out === undefined) await writeOut(scoresText(scores, spoken.explain === true))
  if (!spoken.json) process.stdout.write(`${tally(rows.length, left)}\n`)
  return hasErrors(problems) ? 1 : 0
}

const tally = (scored: number, left: number): string =>
  `${scored} row${scored === 1 ? '' : 's'} scored${left > 0 ? `, ${left} left out` : ''}`

function listAll(): number {
  const rows = INSTRUMENTS.map(({ name, label, kind, unit }) => [name, label, unit === '1' ? kind : `${kind}, ${unit}`])
  process.stdout.write(
    `${terminalTable(['instrument', '', 'says'], rows)}\n\nimago score INSTRUMENT --list shows the columns and variants of one\n\nnot here:\n${ABSENT.map((one) => `  ${one.label}: ${one.why}\n`).join('')}`,
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
