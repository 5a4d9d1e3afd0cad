// The house's written rules about code, executable: floors, purity, words, names. ARCHITECTURE.md lists the invariants by number.
// `node tools/check-rooms.ts` prints every place that breaks one. A new rule is a function in tools/rooms/ and its name here.
import type { Problem } from '#base'
import { listFiles, readText, report } from './repository.ts'
import { checkFaces, checkImports } from './rooms/floors.ts'
import { checkPurity } from './rooms/purity.ts'
import { checkExports, checkLength, checkName } from './rooms/shape.ts'
import { type File, parseSource, type Source } from './rooms/source.ts'
import { checkWords } from './rooms/words.ts'

const RULES: readonly ((source: Source) => Problem[])[] = [checkImports, checkPurity, checkWords, checkExports]

/** Checks one file against every rule that looks into it. */
export function checkFile(file: File): Problem[] {
  const aside = [...checkName(file.path), ...checkLength(file)]
  const source = parseSource(file)
  return 'program' in source ? [...aside, ...RULES.flatMap((rule) => rule(source))] : [...aside, ...source]
}

if (import.meta.main) {
  const paths = listFiles().filter((path) => /^(src|apps|tools|tests|bench)\//.test(path))
  const isCode = (path: string) => /^(src|apps)\/.*\.tsx?$/.test(path)
  report([
    ...checkFaces(paths, { path: 'package.json', text: readText('package.json') }),
    ...paths.filter(isCode).flatMap((path) => checkFile({ path, text: readText(path) })),
    ...paths.filter((path) => !isCode(path)).flatMap(checkName),
  ])
}
