// Text to tokens. Never throws and always ends: what it cannot read becomes a `stray` token that the parser reports where it meets it.
import type { Place } from '#base'

export type TokenKind = 'name' | 'number' | 'string' | 'unit' | 'index' | 'key' | 'mark' | 'comment' | 'stray' | 'end'

export interface Token {
  readonly kind: TokenKind
  /** The bare content: a string without quotes, a unit without brackets, a key without `@`. */
  readonly text: string
  readonly place: Place
  /** Starts in column 1: a new statement. */
  readonly first: boolean
  /** An empty line stands before it. */
  readonly gap: boolean
}

// Sticky patterns, tried in order. `index` is a `[` that touches a name; any other `[` opens a unit, which may hold one level of brackets.
const PATTERNS: readonly (readonly [TokenKind, RegExp])[] = [
  ['comment', /#([^\n]*)/y],
  ['number', /((?:\d+(?:\.(?!\.)\d*)?|\.\d+)(?:[eE][+-]?\d+)?)/y],
  ['name', /([\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*)?)/uy], // one dot: file.name
  ['string', /"([^"\n]*)"/y],
  ['unit', /\[((?:[^[\]\n]|\[[^[\]\n]*\])*)\]/y],
  ['key', /@([A-Za-z0-9][A-Za-z0-9:_-]*)/y],
  ['mark', /(<=|>=|==|!=|\.\.|[-+*/^()=<>,%\]])/y],
]

/** Splits a text into tokens, comments among them, ending with one `end` token. */
export function readTokens(file: string, text: string): Token[] {
  const tokens: Token[] = []
  let at = 0
  let line = 1
  let lineStart = 0
  let emptyLine = false
  let touches = false // the previous token is a name and nothing lies between
  const push = (kind: TokenKind, content: string, length: number): void => {
    const column = at - lineStart + 1
    const gap = column === 1 && emptyLine
    tokens.push({
      kind,
      text: content,
      place: { file, line, column, length: Math.max(1, length) },
      first: column === 1,
      gap,
    })
    if (column === 1) emptyLine = false
    at += length
    touches = kind === 'name'
  }
  while (at < text.length) {
    const character = text.charAt(at)
    if (character === '\n') {
      emptyLine ||= tokens.length > 0 && text.slice(lineStart, at).trim() === ''
      at++
      line++
      lineStart = at
      touches = false
    } else if (character === ' ' || character === '\t' || character === '\r' || character === '\ufeff') {
      at++
      touches = false
      if (character === '\ufeff' && at === 1) lineStart = 1
    } else if (character === '[' && touches) push('index', '[', 1)
    else {
      const found = match(text, at)
      if (found) push(found.kind, found.content, found.length)
      else {
        const sign = String.fromCodePoint(text.codePointAt(at) ?? 0) // never half of a pair
        push('stray', sign, sign.length)
      }
    }
  }
  at = text.length
  push('end', '', 0)
  return tokens
}

function match(text: string, at: number): { kind: TokenKind; content: string; length: number } | undefined {
  for (const [kind, pattern] of PATTERNS) {
    pattern.lastIndex = at
    const found = pattern.exec(text)
    if (found) return { kind, content: found[1] ?? '', length: found[0].length }
  }
  return undefined
}
