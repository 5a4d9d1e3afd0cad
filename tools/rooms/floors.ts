// Invariant 1: a room imports only from floors below it, through their faces; within itself by relative path.
import { isBuiltin } from 'node:module'
import { posix } from 'node:path'
import { didYouMean, type Problem } from '#base'
import { type File, fault, isTest, roomOf, type Source, walk } from './source.ts'

/** The rooms from the ground up; rooms of one floor do not see each other. ARCHITECTURE.md prints the same order. */
export const FLOORS: readonly (readonly string[])[] = [
  ['base'],
  ['engine'],
  ['stats', 'clinic'],
  ['patients'],
  ['conduct'],
  ['trial', 'twin', 'evidence'],
  ['calibrate'],
  ['report'],
  ['lab'],
  ['apps'],
]

const floorOf = (room: string): number => FLOORS.findIndex((rooms) => rooms.includes(room))

interface Specifier {
  readonly value: string
  readonly start: number
  readonly end: number
}

/** Checks every import and re-export of a file against the floors. */
export function checkImports(source: Source): Problem[] {
  const room = roomOf(source.path)
  if (room === undefined) return []
  const pure = room !== 'apps' && !isTest(source.path)
  return specifiers(source).flatMap((specifier) => {
    const refuse = refusal(source.path, room, specifier.value, pure)
    return refuse ? [fault(source, specifier, ...refuse)] : []
  })
}

function specifiers(source: Source): Specifier[] {
  return Array.from(walk(source.program)).flatMap(({ node }) => {
    const from = 'source' in node ? node.source : undefined
    return from && typeof from === 'object' && from.type === 'Literal' && typeof from.value === 'string'
      ? [{ value: from.value, start: from.start, end: from.end }]
      : []
  })
}

type Refusal = [code: string, message: string, help: string]

function refusal(path: string, room: string, specifier: string, pure: boolean): Refusal | undefined {
  if (specifier.startsWith('#')) return refuseRoom(room, specifier.slice(1))
  if (specifier.startsWith('.')) return refuseRelative(path, room, specifier)
  if (pure && isBuiltin(specifier))
    return [
      'import-node',
      `"${room}" is pure and cannot import "${specifier}".`,
      'only apps do input and output: take a Host as an argument',
    ]
  return undefined
}

function refuseRoom(room: string, named: string): Refusal | undefined {
  const [other = '', ...inside] = named.split('/')
  const rooms = FLOORS.flat().filter((name) => name !== 'apps')
  if (!rooms.includes(other)) {
    const guess = didYouMean(other, rooms)
    return [
      'unknown-room',
      `"#${other}" is no room.`,
      guess ? `did you mean "#${guess}"?` : `the rooms are ${rooms.join(', ')} (tools/rooms/floors.ts)`,
    ]
  }
  if (other === room)
    return [
      'import-own-face',
      `"${room}" imports itself through its own face.`,
      'within a room import the file by its relative path',
    ]
  if (inside.length > 0)
    return [
      'import-past-face',
      `"#${named}" reaches past the face of "${other}".`,
      `export it from src/${other}/index.ts and import "#${other}"`,
    ]
  if (floorOf(other) > floorOf(room))
    return ['import-up', `"${room}" imports "${other}", which stands above it.`, order(room)]
  if (floorOf(other) === floorOf(room))
    return ['import-sideways', `"${room}" imports "${other}", which stands beside it.`, order(room)]
  return undefined
}

function order(room: string): string {
  const below = FLOORS.slice(0, floorOf(room)).flat()
  return `"${room}" may import ${below.length === 0 ? 'no room' : below.join(', ')}; move the shared part down, or pass it in as an argument`
}

function refuseRelative(path: string, room: string, specifier: string): Refusal | undefined {
  const target = posix.join(posix.dirname(path), specifier)
  if (isTest(path) && target.startsWith('tests/')) return undefined // a test may use what tests of many rooms share
  const other = roomOf(target)
  if (other !== room)
    return [
      'import-past-face',
      `"${specifier}" leaves "${room}" by a relative path.`,
      other ? `import "#${other}"` : 'a room imports only itself and the faces of rooms below',
    ]
  if (!/\.(tsx?|json)$/.test(specifier))
    return [
      'import-extension',
      `"${specifier}" has no file ending.`,
      'Node runs the files as they are: write the ending .ts',
    ]
  return undefined
}

/** Checks that every folder under src is a room with a face, and that package.json names those faces and no others. */
export function checkFaces(paths: readonly string[], packageFile: File): Problem[] {
  const rooms = [...new Set(paths.filter((path) => path.startsWith('src/')).map((path) => path.split('/')[1] ?? ''))]
  const faces: Readonly<Record<string, string>> = JSON.parse(packageFile.text).imports ?? {}
  const problems: Problem[] = []
  const say = (code: string, message: string, help: string) => problems.push({ code, level: 'error', message, help })
  for (const room of rooms) {
    const face = `src/${room}/index.ts`
    if (floorOf(room) < 0)
      say(
        'unknown-room',
        `"src/${room}" is no room.`,
        'put it into a room, or give it a floor in tools/rooms/floors.ts and ARCHITECTURE.md',
      )
    else if (!paths.includes(face)) say('room-without-face', `The room "${room}" has no face.`, `write ${face}`)
    else if (faces[`#${room}`] !== `./${face}`)
      say(
        'room-without-face',
        `package.json does not name the face of "${room}".`,
        `add "#${room}": "./${face}" to its imports`,
      )
  }
  for (const [name, face] of Object.entries(faces))
    if (!paths.includes(face.replace('./', '')))
      say(
        'face-without-room',
        `package.json names "${name}", but "${face}" does not exist.`,
        'write the file, or remove the line',
      )
  return problems
}
