// imago pool: studies in a table to one estimate, and how far they differ.
import { Command } from '@commander-js/extra-typings'
import { type Problem, readCsv } from '#base'
import { poolEffects, type PoolMethod, type PoolTest } from '#stats'
import { readText, writeOut } from '../files.ts'
import { readPositive, readWord } from '../options.ts'
import { MEASURES, type Measure, type MeasureName } from '../pool/measures.ts'
import { readModerators } from '../pool/moderators.ts'
import { type PoolAnswer, poolJson } from '../pool/pool-json.ts'
import { poolText } from '../pool/pool-text.ts'
import { readStudies } from '../pool/read-studies.ts'
import { optionProblem, showProblems } from '../problems.ts'

const EXAMPLES = `
The table has a header and a row per study: study,yi,vi where effects are known, or the columns of --measure (docs/pool.md lists them).
A row that cannot be used is listed with the reason; a mistake in any cell stops everything.

Examples:
  imago pool studies.csv
  imago pool studies.csv --method DL --ci knha --json
  imago pool counts.csv --measure RR --forest forest.svg --funnel funnel.svg
  imago pool studies.csv --mods dose,design`

const METHODS: readonly [PoolMethod, ...PoolMethod[]] = ['REML', 'DL', 'HE', 'ML', 'PM', 'SJ', 'HS', 'EB', 'FE']
const TESTS: readonly [PoolTest, ...PoolTest[]] = ['z', 'knha', 'adhoc']
const NAMES = Object.keys(MEASURES) as [MeasureName, ...MeasureName[]]

export const poolCommand = new Command('pool')
  .description('pool the effects of studies: meta-analysis and meta-regression')
  .argument('<file>', 'a .csv file')
  .option('--measure <name>', `what is pooled: ${NAMES.join(', ')}`, 'GIVEN')
  .option('--method <name>', `how tau2 is estimated: ${METHODS.join(', ')}`, 'REML')
  .option('--ci <name>', 'z, knha (Knapp-Hartung) or adhoc (the same, never narrower than z allows)', 'z')
  .option('--level <share>', 'of intervals', '0.95')
  .option('--mods <columns>', 'columns of moderators, with commas between')
  .option('--json', 'print the result as one JSON document, and nothing else')
  .addHelpText('after', EXAMPLES)
  .action(async (file, spoken) => {
    process.exitCode = await pool(file, spoken)
  })

type Spoken = ReturnType<typeof poolCommand.opts>

async function pool(file: string, spoken: Spoken): Promise<number> {
  const problems: Problem[] = []
  const order = readOrder(spoken, problems)
  if (showProblems(problems) === 1) return 1
  const text = await readText(file)
  if (text === undefined) return showProblems([optionProblem('missing-file', `There is no file "${file}".`)])
  const answer = answerOf(file, text, order, problems)
  showProblems(problems, new Map([[file, text]]))
  if (!answer) return 1
  await writeOut([
    spoken.json ? `${JSON.stringify(poolJson(answer), null, 2)}\n` : `${poolText(answer, order.measure)}\n`,
  ])
  return 0
}

interface Order {
  readonly measureName: string
  readonly measure: Measure
  readonly method: PoolMethod
  readonly test: PoolTest
  readonly level: number
  readonly mods: readonly string[]
}

function readOrder(spoken: Spoken, problems: Problem[]): Order {
  const measureName = readWord('--measure', spoken.measure, NAMES, problems)
  return {
    measureName,
    measure: MEASURES[measureName],
    method: readWord('--method', spoken.method, METHODS, problems),
    test: readWord('--ci', spoken.ci, TESTS, problems),
    level: readPositive('--level', spoken.level, 0.5, 0.9999, problems),
    mods: (spoken.mods ?? '').split(',').flatMap((name) => name.trim() || []),
  }
}

/** Reads and pools. @returns undefined where problems, which are added to those given, stand against it */
function answerOf(file: string, text: string, order: Order, problems: Problem[]): PoolAnswer | undefined {
  const { measure, measureName, method, test, level, mods } = order
  const table = readCsv(file, text)
  problems.push(...table.problems)
  if (!table.value) return undefined
  const read = readStudies(table.value, measure, mods)
  problems.push(...read.problems)
  if (!read.value) return undefined
  const { studies, dropped } = read.value
  const moderators = readModerators(studies, mods)
  problems.push(...moderators.problems)
  if (!moderators.value) return undefined
  const pooled = poolEffects(
    studies.map(({ yi }) => yi),
    studies.map(({ vi }) => vi),
    { method, test, level, moderators: moderators.value },
  )
  if (pooled.status === 'refused') {
    problems.push(optionProblem(pooled.code, pooled.reason))
    return undefined
  }
  return { measure: measureName, studies, dropped, pooled }
}
