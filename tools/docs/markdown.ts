// What the rules read in a Markdown file: prose, code, links, headings and tables, each with its line. Knows no rule.

/** A piece of a file, `line` counted from 1. */
export interface Piece {
  readonly text: string
  readonly line: number
}

/** Blanks code in every line, so that what remains is prose. */
export const proseOf = (markdown: string): Piece[] =>
  linesOf(markdown).flatMap(({ text, line, code }) =>
    code ? [] : [{ line, text: text.replace(/`+[^`]*`+/g, (span) => ' '.repeat(span.length)) }],
  )

/** Gathers lines of code blocks and code spans within prose. */
export const codeOf = (markdown: string): Piece[] =>
  linesOf(markdown).flatMap(({ text, line, code }) =>
    code ? [{ text, line }] : Array.from(text.matchAll(/`+([^`]*)`+/g), (span) => ({ text: span[1] ?? '', line })),
  )

/** Tells for each line whether it belongs to a fenced or an indented code block. */
function linesOf(markdown: string): (Piece & { readonly code: boolean })[] {
  let fence: string | undefined
  let before = '' // an indented block follows a blank line or another indented one; else it continues a paragraph or list
  let block = false
  return markdown.split(/\r?\n/).flatMap((text, index) => {
    const line = index + 1
    const mark = /^\s*(```+|~~~+)/.exec(text)?.[1]
    if (fence !== undefined) {
      if (mark?.startsWith(fence)) {
        fence = undefined
        return []
      }
      return [{ text, line, code: true }]
    }
    if (mark) {
      fence = mark
      return []
    }
    block = /^( {4}|\t)\s*[^\s*+-]/.test(text) ? block || before.trim() === '' : block && text.trim() === ''
    before = text
    return [{ text, line, code: block }]
  })
}

/** Lists the targets of links, images and link definitions. */
export const linksOf = (markdown: string): Piece[] =>
  proseOf(markdown).flatMap(({ text, line }) =>
    Array.from(text.matchAll(/\]\(<?([^\s)>]+)>?[^)]*\)|^\s*\[[^\]]+\]:\s+<?([^\s>]+)/g), (link) => ({
      text: link[1] ?? link[2] ?? '',
      line,
    })),
  )

/** Lists the anchors that headings make, as GitHub writes them. */
export function anchorsOf(markdown: string): string[] {
  const seen = new Map<string, number>()
  return linesOf(markdown).flatMap(({ text, code }) => {
    const heading = code ? undefined : /^#{1,6}\s+(.+?)\s*#*$/.exec(text)?.[1]
    if (heading === undefined) return []
    const plain = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase()
    const anchor = plain.replace(/[^\p{L}\p{N} _-]/gu, '').replaceAll(' ', '-')
    const earlier = seen.get(anchor) ?? 0
    seen.set(anchor, earlier + 1)
    return [earlier === 0 ? anchor : `${anchor}-${earlier}`]
  })
}

/** Gathers the first cells of the tables whose first column is called `column`. */
export function firstCells(markdown: string, column: string): Piece[] {
  let inside = false
  return proseOf(markdown).flatMap(({ text, line }) => {
    const cell = /^\s*\|([^|]*)\|/.exec(text)?.[1]?.trim().replaceAll('*', '')
    if (cell === undefined) inside = false
    else if (cell.toLowerCase() === column) inside = true
    else if (inside && !/^:?-+:?$/.test(cell)) return [{ text: cell, line }]
    return []
  })
}
