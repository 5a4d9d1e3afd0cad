// imago check: all that is wrong with a model file or a folder of them, and how much of it is assumed.
import { readFile } from 'node:fs/promises'
import { Command } from '@commander-js/extra-typings'
import { hasErrors, type Problem } from '#base'
import { type Checked, checkFile, checkSources } from '#lab'
import { findBibliography, listModels, readText } from '../files.ts'
import { showProblems } from '../problems.ts'

const EXAMPLES = `
Examples:
  imago check my-drug.model
  imago check library`

export const checkCommand = new Command('check')
  .description('check models: language, units, links, sources, conservation, and their expect lines')
  .argument('<path>', 'a .model file, or a folder with some')
  .addHelpText('after', EXAMPLES)
  .action(async (from) => {
    process.exitCode = await runCheck(from)
  })

async function runCheck(from: string): Promise<number> {
  const files = await listModels(from)
  if (!Array.isArray(files)) return showProblems([files])
  if (files.length === 0)
    return showProblems([
      {
        code: 'no-models',
        level: 'error',
        message: `"${from}" holds no .model file.`,
        help: 'imago new model NAME makes one',
      },
    ])
  const checked: Checked[] = []
  for (const file of files) checked.push(await checkFile(file, readText))
  const joined = new Set(checked.flatMap(({ uses }) => uses))
  let [failed, sourced, assumed] = [0, 0, 0]
  for (const one of checked) {
    const problems = [...leftToJoin(one, joined), ...(await sourceProblems(one))]
    const code = showProblems(problems, one.texts)
    if (code === 1) failed++
    sourced += one.sourced
    assumed += one.assumed
    process.stdout.write(`${code === 1 ? '✗' : '✓'} ${one.file}  ${describe(one)}\n`)
  }
  process.stdout.write(
    `\n${files.length - failed} of ${files.length} models pass; ${sourced + assumed} numbers, ${sourced} with a source, ${assumed} assumed\n`,
  )
  return failed > 0 ? 1 : 0
}

const JOINED_ONLY = new Set(['unresolved-need', 'no-state'])

/** A mechanism that another file joins may need what only that file brings, states included. */
function leftToJoin({ file, problems }: Checked, joined: ReadonlySet<string>): Problem[] {
  return problems.filter(({ code }) => !(JOINED_ONLY.has(code) && joined.has(file)))
}

async function sourceProblems(one: Checked): Promise<Problem[]> {
  const bibliography = findBibliography(one.file)
  if (bibliography !== undefined) return checkSources(one, await readFile(bibliography, 'utf8'))
  if (one.sourced === 0 || hasErrors(one.problems)) return []
  return [
    {
      code: 'no-bibliography',
      level: 'note',
      message: `No references.bib stands beside "${one.file}" or above it: its sources were not looked up.`,
    },
  ]
}

function describe({ model, sourced, assumed, expectations }: Checked): string {
  const numbers = `${sourced} sourced and ${assumed} assumed numbers`
  if (!model) return numbers
  const s = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`
  return `${s(model.states.length, 'state')}, ${numbers}, ${s(expectations, 'expectation')} run`
}
