// imago pool: studies in a table to one estimate, and how far they differ.
import { Command } from '@commander-js/extra-typings'
import type { Problem } from '#base'
import { readText, writeOut, writeWhole } from '../files.ts'
import { answerOf } from '../pool/answer.ts'
import { METHODS, NAMES, readOrder, TESTS } from '../pool/order.ts'
import { forestFile, funnelFile } from '../pool/pool-figures.ts'
import { poolJson } from '../pool/pool-json.ts'
import { poolText } from '../pool/pool-text.ts'
import { optionProblem, showProblems } from '../problems.ts'

const EXAMPLES = `
The table has a header and a row per study: study,yi,vi where effects are known, or study and the columns of --measure (docs/pool.md lists them).
A row that cannot be used is listed with the reason; a mistake in any cell stops everything.

Examples:
  imago pool studies.csv
  imago pool studies.csv --method DL --ci knha --json
  imago pool counts.csv --measure RR --forest forest.svg --funnel funnel.svg
  imago pool counts.csv --measure OR --method PETO
  imago pool studies.csv --mods dose,design`

export const poolCommand = new Command('pool')
  .description('pool the effects of studies: meta-analysis and meta-regression')
  .argument('<file>', 'a .csv file')
  .option('--measure <name>', `what is pooled: ${NAMES.join(', ')}`, 'GIVEN')
  .option('--method <name>', `how: ${METHODS.join(', ')}`, 'REML')
  .option('--ci <name>', `${TESTS.join(', ')}: normal, Knapp-Hartung, or the same guarded`, 'z')
  .option('--level <share>', 'of intervals', '0.95')
  .option('--mods <columns>', 'columns of moderators, with commas between')
  .option('--by <column>', 'pool the groups of a column apart')
  .option('--leave-one-out', 'pool again without each study')
  .option('--cumulative', 'pool the first study, the first two, and so on')
  .option('--asymmetry', "Egger's test, and trim and fill")
  .option('--forest <file>', 'write a forest plot, an .svg file')
  .option('--funnel <file>', 'write a funnel plot, an .svg file')
  .option('--json', 'print the result as one JSON document, and nothing else')
  .addHelpText('after', EXAMPLES)
  .action(async (file, spoken) => {
    process.exitCode = await pool(file, spoken)
  })

async function pool(file: string, spoken: ReturnType<typeof poolCommand.opts>): Promise<number> {
  const problems: Problem[] = []
  const order = readOrder(spoken, problems)
  if (showProblems(problems) === 1) return 1
  const text = await readText(file)
  if (text === undefined) return showProblems([optionProblem('missing-file', `There is no file "${file}".`)])
  const answer = answerOf(file, text, order, problems)
  showProblems(problems, new Map([[file, text]]))
  if (!answer) return 1
  if (spoken.forest !== undefined) await writeWhole(spoken.forest, forestFile(answer))
  if (spoken.funnel !== undefined) await writeWhole(spoken.funnel, funnelFile(answer))
  await writeOut([spoken.json ? `${JSON.stringify(poolJson(answer), null, 2)}\n` : `${poolText(answer)}\n`])
  return 0
}
