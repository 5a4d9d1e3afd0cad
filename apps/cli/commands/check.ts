// imago check: all that is wrong with a file of content or a folder of them, and how much of it is assumed.
import { readFile } from 'node:fs/promises'
import { Command } from '@commander-js/extra-typings'
import { hasErrors, type Problem } from '#base'
import { type Checked, checkContent, checkFile, checkSources, keysOf } from '#lab'
import { findBibliography, listContent, readText } from '../files.ts'
import { showProblems } from '../problems.ts'
import { suggestFiles } from '../suggest-files.ts'

const EXAMPLES = `
A trial is checked with all that it refers to: population, model, regimens, and the printed rows beside it.

Examples:
  imago check my-drug.model
  imago check library/trials/deng-2017-uc-msc.trial.yaml
  imago check library`

export const checkCommand = new Command('check')
  .description(
    'check models, trials, printed rows, populations and regimens: language, units, names, links, sources, expect lines',
  )
  .argument('<path>', 'a .model or .yaml file, or a folder with some')
  .addHelpText('after', EXAMPLES)
  .action(async (from) => {
    process.exitCode = await runCheck(from)
  })

async function runCheck(from: string): Promise<number> {
  const files = await listContent(from)
  if (!Array.isArray(files)) return showProblems([files])
  if (files.length === 0) return showProblems([nothingIn(from)])
  const checked: Checked[] = []
  for (const file of files) checked.push(await (file.endsWith('.model') ? checkFile : checkContent)(file, readText))
  const joined = new Set(checked.flatMap(({ uses }) => uses))
  const told = new Set<string>()
  let [failed, sourced, assumed] = [0, 0, 0]
  for (const one of checked) {
    const problems = [...leftToJoin(one, joined), ...(await sourceProblems(one))]
    const fresh = problems.filter((problem) => isFresh(problem, told))
    showProblems(await suggestFiles(fresh, one.texts), one.texts)
    const numbers = countNumbers(one)
    if (hasErrors(problems)) failed++
    sourced += numbers.sourced
    assumed += numbers.assumed
    process.stdout.write(`${hasErrors(problems) ? '✗' : '✓'} ${one.file}  ${describe(one)}\n`)
  }
  process.stdout.write(
    `\n${files.length - failed} of ${files.length} files pass; ${sourced + assumed} numbers, ${sourced} with a source, ${assumed} assumed\n`,
  )
  return failed > 0 ? 1 : 0
}

const nothingIn = (from: string): Problem => ({
  code: 'no-content',
  level: 'error',
  message: `"${from}" holds no .model and no .yaml file.`,
  help: 'imago new model NAME makes one',
})

/** What several files share, such as the model of three trials, is told with the first of them. */
function isFresh({ code, message, place }: Problem, told: Set<string>): boolean {
  const id = JSON.stringify([code, message, place])
  if (told.has(id)) return false
  told.add(id)
  return true
}

const JOINED_ONLY = new Set(['unresolved-need', 'no-state'])

/** A mechanism that another file joins may need what only that file brings, states included. */
function leftToJoin({ file, problems }: Checked, joined: ReadonlySet<string>): Problem[] {
  return problems.filter(({ code }) => !(JOINED_ONLY.has(code) && joined.has(file)))
}

async function sourceProblems({ file, sources, problems }: Checked): Promise<Problem[]> {
  const bibliography = findBibliography(file)
  if (bibliography !== undefined) return checkSources(sources, keysOf(await readFile(bibliography, 'utf8')))
  if (sources.every(({ key }) => key === 'assumed') || hasErrors(problems)) return []
  return [
    {
      code: 'no-bibliography',
      level: 'note',
      message: `No references.bib stands beside "${file}" or above it: its sources were not looked up.`,
    },
  ]
}

function countNumbers({ file, sources }: Checked): { sourced: number; assumed: number } {
  const own = sources.filter(({ place }) => place.file === file)
  const assumed = own.filter(({ key }) => key === 'assumed').length
  return { sourced: own.length - assumed, assumed }
}

function describe(one: Checked): string {
  const { sourced, assumed } = countNumbers(one)
  const numbers = `${sourced} sourced and ${assumed} assumed numbers`
  if (!one.model) return numbers
  const s = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`
  return `${s(one.model.states, 'state')}, ${numbers}, ${s(one.model.expectations, 'expectation')} run`
}
