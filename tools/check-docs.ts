// The house's written rules about documents, executable: links lead somewhere, ARCHITECTURE.md tells the rooms there are,
// what a reader is told to type exists. `node tools/check-docs.ts` prints every place that breaks one.
import { execFileSync } from 'node:child_process'
import { checkArchitecture, checkCommands, checkDecisions, checkGlossary, checkLinks } from './docs/rules.ts'
import { listFiles, ROOT, readText, report } from './repository.ts'
import { FLOORS } from './rooms/floors.ts'

const paths = listFiles()
const open = (path: string) => ({ path, text: readText(path) })
const documents = paths.filter((path) => path.endsWith('.md')).map(open)
const instructions = documents.filter(({ path }) => !/^(CHANGELOG\.md|docs\/decisions\/)/.test(path)) // history may name what is gone
const rooms = [...new Set(paths.flatMap((path) => /^src\/([^/]+)\//.exec(path)?.[1] ?? []))]
const scripts = Object.keys(JSON.parse(readText('package.json')).scripts)
const commands = listCommands()

report([
  ...checkLinks(documents, paths),
  ...checkArchitecture(open('ARCHITECTURE.md'), rooms, FLOORS),
  ...instructions.flatMap((document) => checkCommands(document, scripts, commands)),
  ...checkGlossary(open('docs/glossary.md')),
  ...checkDecisions(paths),
])

/** Asks the program itself: what the help lists is what a user can type. */
function listCommands(): string[] {
  const help = execFileSync(process.execPath, [`${ROOT}apps/cli/main.ts`, '--help'], { encoding: 'utf8' })
  const listed = /^Commands:\n((?: .*\n?)+)/m.exec(help)?.[1] ?? ''
  return Array.from(listed.matchAll(/^ {2}([a-z][\w-]*)/gm), ([, name = '']) => name)
}
