// What the documents must agree with: the tree, the rooms, the scripts, the commands, and themselves. Pure functions of texts and lists.
import { posix } from 'node:path'
import { didYouMean, type Problem } from '#base'
import type { File } from '../rooms/source.ts'
import { anchorsOf, codeOf, firstCells, linksOf, type Piece } from './markdown.ts'

const fault = (path: string, piece: Piece, code: string, message: string, help: string): Problem => ({
  code,
  level: 'error',
  message,
  place: { file: path, line: piece.line, column: 1, length: 1 },
  help,
})

const meant = (word: string, known: readonly string[], otherwise: string): string => {
  const guess = didYouMean(word, known)
  return guess === undefined ? otherwise : `did you mean "${guess}"?`
}

/**
 * Checks that every relative link leads to a file or folder of the repository, and its anchor to a heading.
 * @param paths every file of the repository
 * @param documents the Markdown files among them
 */
export function checkLinks(documents: readonly File[], paths: readonly string[]): Problem[] {
  const places = new Set(
    paths.flatMap((path) => [path, ...path.split('/').map((_, index, parts) => parts.slice(0, index).join('/'))]),
  )
  const texts = new Map(documents.map(({ path, text }) => [path, text]))
  return documents.flatMap(({ path, text }) =>
    linksOf(text).flatMap((link) => {
      if (/^[a-z][a-z0-9+.-]*:/i.test(link.text)) return []
      const [file = '', anchor] = link.text.split('#')
      const target =
        file === '' ? path : posix.join(posix.dirname(path), decodeURI(file)).replace(/\/$/, '').replace(/^\.$/, '')
      if (!places.has(target))
        return [
          fault(
            path,
            link,
            'dead-link',
            `"${link.text}" leads nowhere: "${target}" does not exist.`,
            meant(target, paths, 'mend the path, which is relative to this file'),
          ),
        ]
      const goal = texts.get(target)
      if (!anchor || goal === undefined || anchorsOf(goal).includes(anchor)) return []
      return [
        fault(
          path,
          link,
          'dead-link',
          `"${target}" has no heading "#${anchor}".`,
          meant(anchor, anchorsOf(goal), 'mend the anchor'),
        ),
      ]
    }),
  )
}

/**
 * Checks the table of rooms and the line of floors in ARCHITECTURE.md against the rooms there are.
 * @param rooms the folders of src
 * @param floors the order that tools/check-rooms.ts enforces
 */
export function checkArchitecture(
  { path, text }: File,
  rooms: readonly string[],
  floors: readonly (readonly string[])[],
): Problem[] {
  const told = firstCells(text, 'room')
  const problems = told
    .filter((room) => !rooms.includes(room.text))
    .map((room) =>
      fault(
        path,
        room,
        'room-without-code',
        `The table names a room "${room.text}", and src has none.`,
        meant(room.text, rooms, 'write it, or strike the row'),
      ),
    )
  for (const room of rooms)
    if (!told.some((cell) => cell.text === room))
      problems.push(
        fault(
          path,
          told[0] ?? { text: '', line: 1 },
          'room-untold',
          `The table of rooms leaves out "${room}".`,
          'add a row | room | sentence | must not know |',
        ),
      )

  const standing = floors
    .map((floor) => floor.filter((room) => rooms.includes(room) || room === 'apps'))
    .filter((floor) => floor.length > 0)
  const order = standing.map((floor) => floor.join(', ')).join(' -> ')
  const line = codeOf(text).find((piece) => piece.text.trim().startsWith('base ->'))
  if (line?.text.trim() !== order)
    problems.push(
      fault(
        path,
        line ?? { text: '', line: 1 },
        'floors-differ',
        'The order of floors is not the one that tools/check-rooms.ts enforces.',
        `write: ${order}`,
      ),
    )
  return problems
}

const OF_NPM = ['ci', 'exec', 'install', 'link']

/**
 * Checks that code in a document runs only npm scripts and Imago commands that exist.
 * @param scripts names of scripts in package.json
 * @param commands what `imago --help` lists
 */
export function checkCommands(
  { path, text }: File,
  scripts: readonly string[],
  commands: readonly string[],
): Problem[] {
  return codeOf(text).flatMap((code) => {
    const problems: Problem[] = []
    for (const [, run, script = ''] of code.text.matchAll(/(?:^|[\s;&|(])npm (run )?([a-z][\w:-]*)/g))
      if (!scripts.includes(script) && (run || !OF_NPM.includes(script)))
        problems.push(
          fault(
            path,
            code,
            'no-such-script',
            `"npm ${run ?? ''}${script}" does not exist.`,
            meant(script, scripts, `the scripts are ${scripts.join(', ')}`),
          ),
        )
    for (const [, command = ''] of code.text.matchAll(
      /(?:^\s*(?:\$ )?|&& |\| )(?:npx )?(?:\.\/)?imago(?:\.js)? ([a-z][\w-]*)/g,
    ))
      if (!commands.includes(command))
        problems.push(
          fault(
            path,
            code,
            'no-such-command',
            `"imago ${command}" does not exist.`,
            meant(command, commands, `the commands are ${commands.join(', ')}`),
          ),
        )
    return problems
  })
}

/** Checks that the glossary explains each word once. */
export function checkGlossary({ path, text }: File): Problem[] {
  const words = firstCells(text, 'word')
  return words.flatMap((word, index) => {
    const earlier = words.slice(0, index).find((other) => other.text.toLowerCase() === word.text.toLowerCase())
    return earlier
      ? [
          fault(
            path,
            word,
            'word-twice',
            `The glossary explains "${word.text}" twice, first in line ${earlier.line}.`,
            'one word per idea: join the two rows',
          ),
        ]
      : []
  })
}

/** Checks that decisions are called NNNN-title.md and no number is given twice. */
export function checkDecisions(paths: readonly string[]): Problem[] {
  const decisions = paths.filter((path) => path.startsWith('docs/decisions/'))
  const numbers = decisions.map((path) => /^docs\/decisions\/(\d{4})-[a-z0-9-]+\.md$/.exec(path)?.[1])
  const start: Piece = { text: '', line: 1 }
  return decisions.flatMap((path, index) => {
    const number = numbers[index]
    if (number === undefined)
      return [
        fault(
          path,
          start,
          'decision-name',
          `"${path}" is not called NNNN-title.md.`,
          'four digits, then the title in kebab-case',
        ),
      ]
    return numbers.indexOf(number) < index
      ? [
          fault(
            path,
            start,
            'decision-twice',
            `The number ${number} is given twice.`,
            `the next free one is ${nextNumber(numbers)}`,
          ),
        ]
      : []
  })
}

const nextNumber = (numbers: readonly (string | undefined)[]): string =>
  String(Math.max(...numbers.map((number) => Number(number ?? 0))) + 1).padStart(4, '0')
