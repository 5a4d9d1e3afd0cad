// A table written as JSON: a list of flat objects, one a row. Cells come out as from a table of commas, each with its place.
import type { Cell, Csv, Place, Problem, Reading } from '#base'
import { fault } from './fault.ts'

interface Token {
  readonly text: string
  readonly at: number
}

const TOKEN = /[[\]{},:]|"(?:[^"\\]|\\.)*"|[^\s[\]{},:"]+|"/g

/** Reads a list of flat objects. A key that a row does not have is an empty cell; null is one too. */
export function readJsonTable(file: string, text: string): Reading<Csv> {
  const body = text.replace(/^\ufeff/, '')
  const placeOf = placer(file, body)
  const tokens = Array.from(body.matchAll(TOKEN), ({ 0: word, index }): Token => ({ text: word, at: index }))
  const objects: Map<string, Token>[] = []
  const keys = new Map<string, Token>()
  const problem = readList(tokens, objects, keys)
  if (problem) return failed(fault('bad-json', problem.message, placeOf(problem.token, body.length), problem.help))
  if (objects.length === 0)
    return failed(fault('empty-table', 'The file holds no table.', { file, line: 1, column: 1, length: 1 }, LIST))
  const header = Array.from(keys, ([key, token]): Cell => ({ text: key, place: placeOf(token, 0) }))
  const rows = objects.map((object) =>
    header.map(({ text: key, place }): Cell => {
      const token = object.get(key)
      return token ? { text: plainOf(token.text), place: placeOf(token, 0) } : { text: '', place }
    }),
  )
  return { value: { header, rows }, problems: [] }
}

const LIST = 'write a list of flat objects, one for each row: [{"id": "P1", "rash": true}]'

const failed = (problem: Problem): Reading<never> => ({ value: undefined, problems: [problem] })

interface Fault {
  readonly message: string
  readonly token: Token | undefined
  readonly help: string
}

function readList(
  tokens: readonly Token[],
  objects: Map<string, Token>[],
  keys: Map<string, Token>,
): Fault | undefined {
  let next = 0
  const expected = (what: string): Fault => ({ message: `Expected ${what} here.`, token: tokens[next], help: LIST })
  const take = (text: string): boolean => (tokens[next]?.text === text ? (next++, true) : false)
  if (tokens.length === 0) return undefined
  if (!take('[')) return expected('"["')
  if (take(']')) return next < tokens.length ? expected('the end of the file') : undefined
  do {
    if (!take('{')) return expected('"{"')
    const object = new Map<string, Token>()
    if (!take('}')) {
      do {
        const key = tokens[next]
        if (!key || !isText(key.text)) return expected('a name in quotation marks')
        next++
        if (!take(':')) return expected('":"')
        const value = tokens[next]
        if (!value || !isValue(value.text)) return expected('a number, a text, true, false or null')
        next++
        const name = plainOf(key.text)
        if (object.has(name))
          return { message: `"${name}" stands twice in this row.`, token: key, help: 'leave one out' }
        object.set(name, value)
        if (!keys.has(name)) keys.set(name, key)
      } while (take(','))
      if (!take('}')) return expected('"," or "}"')
    }
    objects.push(object)
  } while (take(','))
  if (!take(']')) return expected('"," or "]"')
  return next < tokens.length ? expected('the end of the file') : undefined
}

const isText = (text: string): boolean => text.length > 1 && text.startsWith('"') && parses(text)
const isValue = (text: string): boolean =>
  isText(text) || /^(true|false|null|-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?)$/.test(text)

function parses(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

const plainOf = (text: string): string =>
  text === 'null' ? '' : text.startsWith('"') ? String(JSON.parse(text)).trim() : text

/** Places of tokens that come in order; a line is counted once. */
function placer(file: string, text: string): (token: Token | undefined, otherwise: number) => Place {
  const starts = [0, ...Array.from(text.matchAll(/\r\n|\n|\r/g), ({ 0: end, index }) => index + end.length)]
  return (token, otherwise) => {
    const at = token?.at ?? otherwise
    let [low, high] = [0, starts.length - 1]
    while (low < high) {
      const middle = Math.floor((low + high + 1) / 2)
      if ((starts[middle] ?? 0) <= at) low = middle
      else high = middle - 1
    }
    const lead = token?.text.startsWith('"') ? 1 : 0
    const length = Math.max(1, (token?.text.length ?? 1) - 2 * lead)
    return { file, line: low + 1, column: at - (starts[low] ?? 0) + 1 + lead, length }
  }
}
