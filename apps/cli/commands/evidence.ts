// imago evidence: what studies say, question by question, and what is known of the claims that a text makes.
import { existsSync, statSync } from 'node:fs'
import { text as wholeText } from 'node:stream/consumers'
import { Command } from '@commander-js/extra-typings'
import { didYouMean, type Reading } from '#base'
import { answerQuestion, type Evidence, findClaims, gatherEvidence } from '#evidence'
import { claimsText, listClaims, listEvidence, questionText } from '#report'
import { columns } from '../columns.ts'
import { defaultLibrary, evidenceFiles } from '../evidence-files.ts'
import { readText, writeOut } from '../files.ts'
import { optionProblem, showProblems, type Texts } from '../problems.ts'

const EXAMPLES = `
Without a question, lists questions and studies. Numbers stand as printed, with where; no study of a shared cohort counts twice.

Examples:
  imago evidence
  imago evidence msc-sledai-controlled
  imago evidence claims examples/claims/clinic-abroad.txt`

const CLAIMS_EXAMPLES = `
TEXT is a file (text or HTML, up to a million characters), "-" for what is piped in, or the words themselves. Nothing is fetched from the network.

Examples:
  imago evidence claims
  imago evidence claims examples/claims/clinic-abroad.txt
  imago evidence claims "Stem cells cure lupus without side effects."
  pbpaste | imago evidence claims -`

export const evidenceCommand = new Command('evidence')
  .description('what studies of stem cells in lupus say, and what is known of the claims that are made')
  .argument('[question]', 'one of those that imago evidence lists')
  .option('--library <folder>', 'another library', defaultLibrary())
  .option('--json', 'print one JSON document, and nothing else')
  .addHelpText('after', EXAMPLES)
  .action(async (question, { library, json }) => {
    process.exitCode = await answer(question, library, json === true)
  })

evidenceCommand
  .command('claims')
  .description('find claims about stem cells in a text and answer each; without a text, list them')
  .argument('[text]', 'a file, "-", or the words themselves')
  .option('--library <folder>', 'another library', defaultLibrary())
  .option('--json', 'print one JSON document, and nothing else')
  .addHelpText('after', CLAIMS_EXAMPLES)
  .action(async (said, options) => {
    const { library, json } = { ...evidenceCommand.opts(), ...options }
    process.exitCode = await claims(said, library, json === true)
  })

async function loadEvidence(library: string): Promise<Evidence | undefined> {
  const files = await evidenceFiles(library)
  const all = Object.values(files).flat()
  if (all.length === 0) {
    showProblems([
      optionProblem('no-library', `"${library}" holds no evidence.`, 'it is looked for in FOLDER/evidence'),
    ])
    return undefined
  }
  const { value, problems } = gatherEvidence(files)
  const texts: Texts = new Map(all.map(({ file, text }) => [file, text]))
  showProblems(value ? problems.filter(({ level }) => level !== 'note') : problems, texts)
  return value
}

async function answer(name: string | undefined, library: string, json: boolean): Promise<number> {
  const evidence = await loadEvidence(library)
  if (!evidence) return 1
  if (name === undefined) {
    await writeOut([json ? printed(listOf(evidence)) : `${listEvidence(evidence)}\n`])
    return 0
  }
  const question = evidence.questions.find((one) => one.name === name)
  if (!question) return showProblems([noQuestion(name, evidence)])
  const answered = answerQuestion(question, evidence.studies)
  await writeOut([json ? printed(plainAnswer(answered)) : `${questionText(answered, columns())}\n`])
  return 0
}

const printed = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`

const listOf = ({ questions, studies, claims: all }: Evidence) => ({
  questions: questions.map(({ file }) => file),
  studies: [...studies.values()].map(({ file }) => file),
  claims: all.map(({ file }) => file),
})

const plainAnswer = ({ question, ballots, ...rest }: ReturnType<typeof answerQuestion>) => ({
  question: question.file,
  rows: ballots.map(({ entry: { study, ...entry }, heldBy }) => ({
    study: study.name,
    ...entry,
    heldBy: heldBy ?? null,
  })),
  ...rest,
})

function noQuestion(name: string, { questions, studies }: Evidence) {
  const guess = didYouMean(
    name,
    questions.map((one) => one.name),
  )
  const help = studies.has(name)
    ? `"${name}" is a study: it stands in library/evidence/studies/${name}.yaml`
    : guess
      ? `did you mean "${guess}"?`
      : 'imago evidence lists them'
  return optionProblem('unknown-question', `There is no question "${name}".`, help)
}

async function claims(said: string | undefined, library: string, json: boolean): Promise<number> {
  const evidence = await loadEvidence(library)
  if (!evidence) return 1
  if (said === undefined) {
    await writeOut([json ? printed(listOf(evidence).claims) : `${listClaims(evidence.claims)}\n`])
    return 0
  }
  const { value: given, problems } = await textOf(said)
  if (!given) return showProblems(problems)
  const { value: found, problems: told } = findClaims(given.file, given.text, evidence.claims)
  const code = showProblems(told, new Map([[given.file, given.text]]))
  if (!found) return code
  await writeOut([json ? printed(found) : `${claimsText(found, evidence, columns())}\n`])
  return code
}

const LONGEST_NAME = 1000 // signs; a longer word is a text and no file

/** The text meant by a word: a file's, what is piped in, or the word itself. */
async function textOf(said: string): Promise<Reading<{ readonly file: string; readonly text: string }>> {
  const is = (file: string, text: string) => ({ value: { file, text }, problems: [] })
  const refuse = (code: string, message: string, help: string) => ({
    value: undefined,
    problems: [optionProblem(code, message, help)],
  })
  if (said === '-') return is('(piped in)', await wholeText(process.stdin))
  if (/^https?:\/\/\S+$/.test(said))
    return refuse(
      'no-network',
      `"${said}" is an address, and nothing is fetched from the network.`,
      'save the page in a browser and give the file',
    )
  if (said.length <= LONGEST_NAME && existsSync(said)) {
    if (statSync(said).isDirectory()) return refuse('not-a-file', `"${said}" is a folder.`, 'name one file')
    return is(said, (await readText(said)) ?? '')
  }
  if (/^\S+\.(txt|html?|md)$/i.test(said))
    return refuse('missing-file', `There is no file "${said}".`, 'a text that is no file has blanks between its words')
  return is('(given)', said)
}
