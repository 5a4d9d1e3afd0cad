// From nodes of a parsed YAML text to places in it.
import { isCollection, isMap, isScalar, isSeq, type LineCounter, type Node, type Scalar } from 'yaml'
import type { Place } from '../problem.ts'

/** A YAML text with its tree. */
export interface Source {
  readonly file: string
  readonly text: string
  readonly lines: LineCounter
  readonly root: unknown
}

export type Path = readonly PropertyKey[]

/** Makes a place of a stretch of the text; it ends with its line. */
export function placeOf({ file, text, lines }: Source, from: number, to: number): Place {
  const at = Math.max(0, Math.min(from, text.length))
  const { line, col } = lines.linePos(at)
  const stretch = text.slice(at, Math.max(at, to))
  const breaks = stretch.search(/[\r\n]/)
  return {
    file,
    line: Math.max(1, line),
    column: Math.max(1, col),
    length: Math.max(1, breaks < 0 ? stretch.length : breaks),
  }
}

/** The place of a node: of a text its content, of anything else its beginning. */
export function placeOfNode(source: Source, node: Node): Place {
  const [from, to] = node.range ?? [0, 0]
  if (isScalar(node)) return placeOf(source, ...contentOf(source, node, from, to))
  const first = isCollection(node) ? firstKey(node) : undefined
  return first ? placeOfNode(source, first) : placeOf(source, from, from + 1)
}

function contentOf({ text }: Source, { type }: Scalar, from: number, to: number): [number, number] {
  if (type === 'QUOTE_SINGLE' || type === 'QUOTE_DOUBLE') return [from + 1, to - 1]
  if (type !== 'BLOCK_FOLDED' && type !== 'BLOCK_LITERAL') return [from, to]
  const header = text.indexOf('\n', from)
  const start = header < 0 ? from : header + text.slice(header).search(/\S|$/)
  return start < to ? [start, to] : [from, to]
}

const firstKey = (node: Node): Node | undefined => {
  const first = isMap(node) ? node.items[0]?.key : undefined
  return isScalar(first) ? first : undefined
}

/** Finds a key of a group, with its value. */
export function pairOf(node: unknown, key: PropertyKey): { readonly key: Scalar; readonly value: unknown } | undefined {
  if (!isMap(node)) return undefined
  for (const pair of node.items)
    if (isScalar(pair.key) && pair.key.value === key) return { key: pair.key, value: pair.value }
  return undefined
}

/** Goes down a path as far as it leads. */
function follow(root: unknown, path: Path): { node: unknown; key: Scalar | undefined; whole: boolean } {
  let [node, key] = [root, undefined as Scalar | undefined]
  for (const step of path) {
    const pair = pairOf(node, step)
    const item = isSeq(node) && typeof step === 'number' ? node.items[step] : undefined
    if (!pair && !item) return { node, key, whole: false }
    ;[node, key] = pair ? [pair.value, pair.key] : [item, undefined]
  }
  return { node, key, whole: true }
}

/** The place of what stands at a path, as `Located` promises it. */
export function placeOfPath(source: Source, path: Path): Place {
  const { node, key, whole } = follow(source.root, path)
  const isText = isScalar(node) && node.value !== null
  if (key && !(whole && isText)) return placeOfNode(source, key)
  return isNodeLike(node) ? placeOfNode(source, node) : placeOf(source, 0, 1)
}

/** The place of a key in the group at a path. */
export function placeOfKey(source: Source, path: Path, key: string): Place {
  const pair = pairOf(follow(source.root, path).node, key)
  return pair ? placeOfNode(source, pair.key) : placeOfPath(source, path)
}

const isNodeLike = (node: unknown): node is Node => isScalar(node) || isCollection(node)

/** The text at a path as it stands in the file; its value where that was written with escapes, and nothing where there is no text. */
export function textAt(source: Source, path: Path): string {
  const { node, whole } = follow(source.root, path)
  if (!whole || !isScalar(node)) return ''
  const [from, to] = node.range ?? [0, 0]
  const raw = source.text.slice(...contentOf(source, node, from, to)).trimEnd()
  const hasEscapes = node.type?.startsWith('QUOTE') === true && /\\|''/.test(raw)
  return hasEscapes ? String(node.value) : raw
}
