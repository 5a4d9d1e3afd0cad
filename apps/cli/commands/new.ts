// imago new: a first file to change.
import { existsSync } from 'node:fs'
import { Command } from '@commander-js/extra-typings'
import { hasErrors } from '#base'
import { fileNameOf, parseModel } from '#engine'
import { writeWhole } from '../files.ts'
import { optionProblem, showProblems } from '../problems.ts'

const template = (
  name: string,
): string => `# What this model is for, in a sentence or two. The language on one page: docs/model-language.md
model ${name} "${name.replaceAll('_', ' ')}"
time [h]

param k = 0.1 [1/h] lognormal cv 30% "rate of loss" @assumed "a first guess"
param A0 = 100 [mg] "amount at the start" @assumed "a first guess"

state A = A0 "amount left"
der A = -k*A

provides fraction = A/A0 [1] "fraction left"

run 24 [h] every 1 [h]

expect A at 10 [h] = A0*exp(-k*time) within 0.01%
`

const EXAMPLES = `
Examples:
  imago new model my_drug          writes my-drug.model
  imago simulate my-drug.model --subjects 20`

export const newCommand = new Command('new').description('write a first file to change').addHelpText('after', EXAMPLES)

newCommand
  .command('model')
  .description('a small model that runs')
  .argument('<name>', 'letters, digits and _; the file is written with - for _')
  .action(async (name) => {
    process.exitCode = await writeModel(name)
  })

async function writeModel(spoken: string): Promise<number> {
  const name = spoken.replace(/\.model$/, '').replaceAll('-', '_')
  const file = fileNameOf(name)
  // the language itself judges the name, as that of anything in a model: a word of its own, such as "if", is none
  if (!/^\w+$/.test(name) || hasErrors(parseModel(file, `let ${name} = 1`).problems))
    return showProblems([
      optionProblem(
        'bad-name',
        `"${spoken}" is no name for a model.`,
        'letters, digits and "_", starting with a letter, and no word of the language such as "if": my_drug',
      ),
    ])
  if (existsSync(file))
    return showProblems([
      optionProblem('file-exists', `"${file}" is there already.`, 'choose another name, or move the file away'),
    ])
  await writeWhole(file, template(name))
  process.stdout.write(`wrote ${file}\ntry it: imago check ${file}; imago simulate ${file} --subjects 20\n`)
  return 0
}
