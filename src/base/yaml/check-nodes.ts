// What YAML allows and files of content do not: keys that stand twice, references to other parts, endless nesting. Checked before anything is made of
// the text, so that a few lines cannot grow into gigabytes.
import { isAlias, isMap, isNode, isScalar, isSeq } from 'yaml'
import type { Place, Problem } from '../problem.ts'
import { placeOfNode, type Source } from './places.ts'

const DEEPEST = 50 // levels; the formats use fewer than ten

/** Finds every alias, doubled key and level too deep. */
export function checkNodes(source: Source): Problem[] {
  const problems: Problem[] = []
  const report = (code: string, message: string, place: Place, help: string): void => {
    problems.push({ code, level: 'error', message, place, help })
  }
  const waiting: { readonly node: unknown; readonly depth: number }[] = [{ node: source.root, depth: 0 }]
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { node, depth } = next
    if (!isNode(node)) continue
    if (depth > DEEPEST) {
      report(
        'too-deep',
        `This is nested more than ${DEEPEST} levels deep.`,
        placeOfNode(source, node),
        'is a bracket open?',
      )
      continue
    }
    if (isAlias(node))
      report(
        'alias',
        'A reference to another part of the file is not allowed here.',
        placeOfNode(source, node),
        'write it out',
      )
    if (isSeq(node)) for (const item of node.items) waiting.push({ node: item, depth: depth + 1 })
    if (!isMap(node)) continue
    const seen = new Map<unknown, Place>()
    for (const { key, value } of node.items) {
      waiting.push({ node: value, depth: depth + 1 })
      if (!isScalar(key)) continue
      const place = placeOfNode(source, key)
      const before = seen.get(key.value)
      if (before)
        report(
          'doubled-key',
          `The key "${String(key.value)}" stands here twice.`,
          place,
          `first in line ${before.line}`,
        )
      else seen.set(key.value, place)
      if (key.value === '__proto__')
        report('unknown-key', 'The key "__proto__" means nothing here.', place, 'leave it out')
    }
  }
  return problems
}
