// imago clinic: a form about a clinic to what is answered, missing, worrying, and what to ask next.
import { existsSync } from 'node:fs'
import path from 'node:path'
import { Command } from '@commander-js/extra-typings'
import { blankForm, type CareFile, checkClinic, gatherEvidence, readCare, readForm } from '#evidence'
import { clinicText, renderClinicSheet } from '#report'
import { columns } from '../columns.ts'
import { defaultLibrary, evidenceFiles } from '../evidence-files.ts'
import { readText, writeOut, writeWhole } from '../files.ts'
import { optionProblem, showProblems } from '../problems.ts'

const EXAMPLES = `
Nothing leaves this machine, and no clinic is rated: the sheet holds your answers beside facts with source and date.

Examples:
  imago clinic --new                        writes clinic.yaml to fill in any editor
  imago clinic clinic.yaml
  imago clinic clinic.yaml --sheet clinic.html     one page to print and take along`

const NEW_FORM = 'clinic.yaml'

export const clinicCommand = new Command('clinic')
  .description('check a clinic by a form: what is answered, missing, worrying, and what to ask next')
  .argument('[form]', 'a filled form; with --new, the form to write')
  .option('--new', 'write an empty form')
  .option('--sheet <file>', 'also write a page in HTML, to print')
  .option('--library <folder>', 'another library', defaultLibrary())
  .option('--json', 'print one JSON document, and nothing else')
  .addHelpText('after', EXAMPLES)
  .action(async (form, options) => {
    process.exitCode = await run(form, options)
  })

type Spoken = ReturnType<typeof clinicCommand.opts>

async function run(form: string | undefined, spoken: Spoken): Promise<number> {
  if (form === undefined && !spoken.new)
    return showProblems([
      optionProblem('no-form', 'No form was named.', `imago clinic --new writes ${NEW_FORM} to fill`),
    ])
  const care = await loadCare(spoken.library)
  if (!care) return 1
  return spoken.new ? writeForm(form ?? NEW_FORM, care) : check(form ?? NEW_FORM, care, spoken)
}

async function loadCare(library: string): Promise<CareFile | undefined> {
  const file = path.join(library, 'care/clinic-check.yaml')
  const text = await readText(file)
  if (text === undefined) {
    showProblems([
      optionProblem('missing-file', `There is no "${file}".`, '--library names a folder with care/clinic-check.yaml'),
    ])
    return undefined
  }
  const { value, problems } = readCare(file, text)
  showProblems(problems, new Map([[file, text]]))
  return value
}

async function writeForm(file: string, care: CareFile): Promise<number> {
  if (existsSync(file))
    return showProblems([
      optionProblem('file-exists', `"${file}" is there already.`, 'choose another name, or move the file away'),
    ])
  await writeWhole(file, blankForm(care, new Date().toISOString().slice(0, 10)))
  process.stdout.write(`wrote ${file}\nfill in what you know, then: imago clinic ${file}\n`)
  return 0
}

async function check(file: string, care: CareFile, { sheet: page, json, library }: Spoken): Promise<number> {
  const text = await readText(file)
  if (text === undefined)
    return showProblems([
      optionProblem('missing-file', `There is no file "${file}".`, 'imago clinic --new writes a form'),
    ])
  const { value: form, problems } = readForm(file, text, care)
  const code = showProblems(problems, new Map([[file, text]]))
  if (!form) return code
  const { value: evidence, problems: found } = gatherEvidence(await evidenceFiles(library))
  if (!evidence) return showProblems(found)
  const sheet = checkClinic(form, care, evidence.claims)
  if (page !== undefined) await writeWhole(page, renderClinicSheet(sheet))
  const { claims, ...plain } = sheet
  const told = { ...plain, claims: claims.map(({ claim, ...rest }) => ({ ...rest, claim: claim.name })) }
  await writeOut([json ? `${JSON.stringify(told, undefined, 2)}\n` : `${clinicText(sheet, columns())}\n`])
  if (page !== undefined && !json) process.stdout.write(`\nsheet  ${page}\n`)
  return code
}
