// Invariants 2 and 3: the engine knows no medicine, and only twin knows FHIR. Read from names, since comments may explain with examples.
import type { Problem } from '#base'
import { fault, isTest, roomOf, type Source, walk } from './source.ts'

const MEDICINE = ['arm', 'clinic', 'disease', 'lupus', 'patient', 'prednisone', 'sledai', 'trial']
const FHIR = ['fhir', 'medplum']

/** Checks that no name in a file speaks of what its room must not know. */
export function checkWords(source: Source): Problem[] {
  const room = roomOf(source.path)
  if (room === undefined || room === 'apps' || isTest(source.path)) return []
  return [
    ...(room === 'engine'
      ? find(
          source,
          MEDICINE,
          'no-medicine',
          'The engine knows no medicine',
          'name it by its mathematics, or move it to a room above',
        )
      : []),
    ...(room === 'twin'
      ? []
      : find(source, FHIR, 'fhir-in-twin', 'Only twin knows FHIR', 'let twin turn it into conditions and back')),
  ]
}

function find(source: Source, words: readonly string[], code: string, rule: string, help: string): Problem[] {
  const problems: Problem[] = []
  const inPath = speaks(source.path.split('/').slice(2).join('/'), words)
  if (inPath) problems.push(fault(source, { start: 0, end: 1 }, code, `${rule}: the file name says "${inPath}".`, help))
  let last = -1 // a shorthand property hangs in the tree twice at one place
  for (const { node } of walk(source.program)) {
    const name = node.type === 'Identifier' || node.type === 'PrivateIdentifier' ? node.name : importedFrom(node)
    if (name === undefined || node.start === last || !speaks(name, words)) continue
    last = node.start
    problems.push(fault(source, node, code, `${rule}: "${name}" speaks of it.`, help))
  }
  return problems
}

const importedFrom = (node: { type: string; source?: unknown }): string | undefined => {
  const from = node.type === 'ImportDeclaration' ? (node.source as { value: string }).value : undefined
  return from?.startsWith('.') ? undefined : from
}

/** Finds one of the words, or its plural, among the words a name is made of: "patientCount" holds "patient", "armature" does not hold "arm". */
function speaks(name: string, words: readonly string[]): string | undefined {
  const parts = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/)
  return words.find((word) => parts.includes(word) || parts.includes(`${word}s`))
}
