// Text to syntax tree. Each statement is read on its own, so one mistake hides no other.
import { didYouMean, type Place, type Problem, type Reading } from '#base'
import {
  type Cursor,
  describe,
  Failure,
  fail,
  is,
  MOST_PROBLEMS,
  next,
  optional,
  peek,
  wantEnd,
  wantQuantity,
} from './cursor.ts'
import { parseExpression } from './parse-expression.ts'
import { parseActionList } from './parse-given.ts'
import { parsePrior, STATEMENTS } from './parse-statement.ts'
import { readTokens, type Token } from './tokens.ts'
import type { Action, Expression, ModelFile, Prior, Quantity, Statement } from './tree.ts'

/** Reads a model file. The tree holds every statement that could be read; there is a problem for each that could not. */
export function parseModel(file: string, text: string): Reading<ModelFile> & { readonly value: ModelFile } {
  const problems: Problem[] = []
  const statements: Statement[] = []
  const unread: { keyword: string; name?: string }[] = []
  for (const group of splitStatements(readTokens(file, text))) {
    try {
      for (const statement of parseStatement(group)) statements.push(statement)
    } catch (error) {
      if (!(error instanceof Failure)) throw error
      if (problems.push(error.problem) >= MOST_PROBLEMS) break
      const [keyword, name] = group.filter(({ kind }) => kind === 'name')
      if (keyword) unread.push({ keyword: keyword.text, ...optional('name', name?.text) })
    }
  }
  return { value: { file, statements, ...(unread.length > 0 && { unread }) }, problems }
}

/** Reads doses, sets and resets as `given` takes them, for the command line and for regimens. */
export const parseActions = (file: string, text: string): Reading<readonly Action[]> =>
  parseAlone(file, text, parseActionList)

/** Reads one expression, in the language of equations, for conditions and formulas outside of model files. */
export const parseFormula = (file: string, text: string): Reading<Expression> => parseAlone(file, text, parseExpression)

/** Reads a prior as a `param` line has it, such as `lognormal cv 30%`. */
export const parsePriorText = (file: string, text: string): Reading<Prior> =>
  parseAlone(file, text, (c) => {
    const { place } = peek(c)
    return parsePrior(c) ?? fail('missing-prior', 'There is no prior here.', place, 'lognormal cv 30%, say')
  })

/** Reads a quantity such as `10 [d]`, for the command line; the brackets may be left out. */
export const parseQuantity = (file: string, text: string): Reading<Quantity> =>
  parseAlone(file, text, (c) => {
    const quantity = wantQuantity(c, 'a number with its unit')
    const { kind, place } = peek(c)
    if (quantity.unit || kind === 'end' || place.line > 1) return quantity
    const unit = text
      .replace(/^\ufeff/, '')
      .slice(place.column - 1)
      .trimEnd()
    while (peek(c).kind !== 'end') next(c)
    // a unit's place begins at its bracket: here, at what stands before it
    return { ...quantity, unit: { text: unit, place: { ...place, column: place.column - 1, length: unit.length + 2 } } }
  })

function parseAlone<T>(file: string, text: string, read: (c: Cursor) => T): Reading<T> {
  const tokens = readTokens(file, text).filter((t) => t.kind !== 'comment')
  try {
    const c: Cursor = { tokens, at: 0, depth: 0 }
    const value = read(c)
    wantEnd(c)
    return { value, problems: [] }
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    return { value: undefined, problems: [error.problem] }
  }
}

function splitStatements(tokens: readonly Token[]): Token[][] {
  const groups: Token[][] = []
  for (const token of tokens) {
    if (token.kind === 'end') break
    if (token.first || groups.length === 0) groups.push([token])
    else groups.at(-1)?.push(token)
  }
  return groups
}

// Comments inside a statement are kept as statements before it: none is lost, and the layout is canonical.
function parseStatement(group: readonly Token[]): Statement[] {
  const first = group[0]
  const last = group.findLast(({ kind }) => kind !== 'comment') ?? first
  if (first === undefined || last === undefined) return []
  const comments: Statement[] = group
    .filter((t) => t.kind === 'comment')
    .map((t, i) => ({ kind: 'comment', text: t.text.trimEnd(), place: t.place, gap: first.gap && i === 0 }))
  if (first.kind === 'comment') {
    const stray = group.find((t) => t.kind !== 'comment')
    if (stray)
      fail(
        'indented',
        `The indented ${describe(stray)} continues a comment, not a statement.`,
        stray.place,
        'start the statement in column 1',
      )
    return comments
  }
  if (!first.first)
    fail(
      'indented',
      `The indented ${describe(first)} continues no statement.`,
      first.place,
      'start the statement in column 1',
    )
  const place: Place = { ...last.place, column: last.place.column + last.place.length, length: 1 }
  const c: Cursor = {
    tokens: [...group.filter((t) => t.kind !== 'comment'), { kind: 'end', text: '', place, first: false, gap: false }],
    at: 1,
    depth: 0,
  }
  const read = first.kind === 'name' && Object.hasOwn(STATEMENTS, first.text) ? STATEMENTS[first.text] : undefined
  if (read === undefined) failKeyword(first, c)
  const bare = read(c)
  wantEnd(c)
  return [...comments, { ...bare, place: first.place, gap: first.gap && comments.length === 0 }]
}

function failKeyword(first: Token, c: Cursor): never {
  const guess = first.kind === 'name' ? didYouMean(first.text, Object.keys(STATEMENTS)) : undefined
  const definition =
    first.kind === 'name' && is(c, 'mark', '=')
      ? `a derived quantity is written: let ${first.text.slice(0, 40)} = …`
      : undefined
  const words = `a statement starts with one of ${Object.keys(STATEMENTS).join(' ')}; further lines of it are indented`
  fail(
    'unknown-statement',
    `No statement starts with ${describe(first)}.`,
    first.place,
    guess ? `did you mean "${guess}"?` : (definition ?? words),
  )
}
