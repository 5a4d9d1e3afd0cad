// How files are named, how long they are, and what they export.
import type { Problem } from '#base'
import { type File, fault, type Source } from './source.ts'

const VAGUE = ['common', 'data', 'helper', 'info', 'manager', 'util']
const KEBAB = /^\.?[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*$/
const LONGEST = 400 // lines

/** Checks the name of a file and of the folders it lies in. */
export function checkName(path: string): Problem[] {
  const parts = path.split('/')
  const place = { file: path, line: 1, column: 1, length: 1 }
  return parts.flatMap((part): Problem[] => {
    const vague = VAGUE.find((word) => part.split(/[.-]/).some((said) => said === word || said === `${word}s`))
    if (vague)
      return [
        {
          code: 'vague-name',
          level: 'error',
          place,
          message: `"${part}" says "${vague}", which could be anything.`,
          help: 'name it after the one thing it holds',
        },
      ]
    if (!KEBAB.test(part))
      return [
        {
          code: 'kebab-name',
          level: 'error',
          place,
          message: `"${part}" is not in kebab-case.`,
          help: 'write small letters, digits and "-"',
        },
      ]
    return []
  })
}

/** Reports a file that has grown too long to be about one thing; a warning, for a reason may stand in its header. */
export function checkLength({ path, text }: File): Problem[] {
  const lines = text.split('\n').length - (text.endsWith('\n') ? 1 : 0)
  if (lines <= LONGEST || path.includes('/generated/')) return []
  const place = { file: path, line: LONGEST + 1, column: 1, length: 1 }
  return [
    {
      code: 'long-file',
      level: 'warning',
      place,
      message: `"${path}" has ${lines} lines; the longest should have ${LONGEST}.`,
      help: 'split it by what it is about',
    },
  ]
}

/** Checks that nothing is exported without a name, and that an index.ts holds only re-exports. */
export function checkExports(source: Source): Problem[] {
  const problems: Problem[] = []
  const face = /(^|\/)index\.ts$/.test(source.path) && source.path.startsWith('src/')
  for (const statement of source.program.body) {
    const named = statement.type === 'ExportNamedDeclaration'
    const nameless =
      statement.type === 'ExportDefaultDeclaration' ||
      (named && statement.specifiers.some(({ exported }) => 'name' in exported && exported.name === 'default'))
    if (nameless)
      problems.push(
        fault(source, statement, 'no-default-export', 'A default export has no name of its own.', 'export it by name'),
      )
    const passesOn = statement.type === 'ExportAllDeclaration' || (named && statement.source !== null)
    if (face && !passesOn && !nameless)
      problems.push(
        fault(
          source,
          statement,
          'face-only-exports',
          'A face holds only "export … from".',
          'move it to a file of its own and export it from here',
        ),
      )
  }
  return problems
}
