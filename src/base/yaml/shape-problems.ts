// What a schema finds wrong, in plain words: which key, what was wanted, what was found. The schema library's own words are for programmers.
import type * as z from 'zod'
import { didYouMean } from '../did-you-mean.ts'
import type { Problem } from '../problem.ts'
import { type Path, placeOfKey, placeOfPath, type Source } from './places.ts'

type Issue = z.core.$ZodIssue

const MOST_KEYS = 20 // unknown ones told of one group

/** Turns a schema's issues into problems. A key that is missing only because it was misspelled is told once. */
export function shapeProblems(source: Source, schema: z.ZodType, issues: readonly Issue[]): Problem[] {
  const plain = issues.flatMap((issue) => settleUnions(issue, []))
  const meant = new Set<string>()
  const unknown = plain.flatMap((issue) => {
    if (issue.code !== 'unrecognized_keys') return []
    const known = keysAt(schema, issue.path)
    return issue.keys.slice(0, MOST_KEYS).map((key): Problem => {
      const guess = didYouMean(key, known)
      if (guess !== undefined) meant.add(JSON.stringify([...issue.path, guess]))
      const help = guess === undefined ? `known here: ${known.join(', ')}` : `did you mean "${guess}"?`
      const message = `The key "${key}" means nothing here.`
      return { code: 'unknown-key', level: 'error', message, place: placeOfKey(source, issue.path, key), help }
    })
  })
  const others = plain.flatMap((issue) =>
    issue.code === 'unrecognized_keys' || meant.has(JSON.stringify(issue.path)) ? [] : [shapeProblem(source, issue)],
  )
  return [...unknown, ...others]
}

// Of a choice between shapes, the one meant is the one that the text comes closest to: whose fault lies deepest.
function settleUnions(issue: Issue, above: Path): Issue[] {
  const whole = { ...issue, path: [...above, ...issue.path] }
  if (issue.code !== 'invalid_union' || issue.input === undefined) return [whole]
  const depth = (issues: readonly Issue[]): number => Math.max(...issues.map(({ path }) => path.length))
  const [best] = issue.errors.filter((e) => depth(e) > 0).toSorted((a, b) => depth(b) - depth(a))
  return best ? best.flatMap((inner) => settleUnions(inner, whole.path)) : [whole]
}

function shapeProblem(source: Source, issue: Exclude<Issue, { code: 'unrecognized_keys' }>): Problem {
  const place = placeOfPath(source, issue.path)
  const name = nameOf(issue.path)
  if (issue.input === undefined) {
    return { code: 'missing-key', level: 'error', message: `${name} is missing.`, place, ...helpOf(wanted(issue)) }
  }
  const [code, fault] = faultOf(issue)
  const own = issue.message === '' ? undefined : issue.message // said by the schema itself
  const help = own ?? helpFor(issue)
  return { code, level: 'error', message: `${name} ${fault}, found ${found(issue.input)}.`, place, ...helpOf(help) }
}

const helpOf = (help: string | undefined): { help?: string } => (help === undefined ? {} : { help })

function nameOf(path: Path): string {
  const [last, above] = [path.at(-1), path.at(-2)]
  if (last === undefined) return 'The file'
  if (typeof last !== 'number') return `"${String(last)}"`
  return above === undefined ? `Item ${last + 1}` : `Item ${last + 1} of "${String(above)}"`
}

const KINDS: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  tuple: 'a list',
  object: 'keys with values',
  record: 'keys with values',
}

/** What the schema wants, in words; nothing where it does not say. */
function wanted(issue: Issue): string | undefined {
  if (issue.code === 'invalid_type') return KINDS[issue.expected]
  if (issue.code === 'invalid_value') return oneOf(issue.values.map(String))
  if (issue.code !== 'invalid_union') return undefined
  const each = new Set(issue.errors.flatMap((errors) => errors.map(wanted)))
  return oneOf([...each].filter((words) => words !== undefined))
}

const oneOf = (words: readonly string[]): string | undefined =>
  words.length > 1 ? `${words.slice(0, -1).join(', ')} or ${words.at(-1)}` : words[0]

function faultOf(issue: Exclude<Issue, { code: 'unrecognized_keys' }>): [code: string, fault: string] {
  switch (issue.code) {
    case 'invalid_type':
    case 'invalid_union':
      return ['wrong-type', `is to be ${wanted(issue) ?? 'something else'}`]
    case 'invalid_value':
      return ['wrong-value', `is to be ${wanted(issue) ?? 'something else'}`]
    case 'too_small':
      return ['too-small', boundFault(issue.origin, issue.inclusive === false ? 'above' : 'at least', issue.minimum)]
    case 'too_big':
      return ['too-big', boundFault(issue.origin, issue.inclusive === false ? 'below' : 'at most', issue.maximum)]
    case 'not_multiple_of':
      return ['wrong-value', `is to be a multiple of ${issue.divisor}`]
    case 'invalid_key':
      return ['wrong-key', 'has a key that is not allowed']
    default:
      return ['wrong-value', 'is not written as it must be']
  }
}

function boundFault(origin: string, bound: string, limit: number | bigint): string {
  if (origin === 'string') return limit === 1 ? 'is not to be empty' : `is to have ${bound} ${limit} characters`
  if (origin === 'array') return `is to have ${bound} ${limit} ${limit === 1 ? 'item' : 'items'}`
  return `is to be ${bound} ${limit}`
}

function helpFor(issue: Issue): string | undefined {
  if (issue.code === 'invalid_value' && typeof issue.input === 'string') {
    const guess = didYouMean(issue.input, issue.values.map(String))
    return guess === undefined ? undefined : `did you mean "${guess}"?`
  }
  if (issue.code !== 'invalid_type') return undefined
  const isSimple = typeof issue.input === 'number' || typeof issue.input === 'boolean'
  if (issue.expected === 'string' && isSimple) return 'put it between quotation marks'
  if (issue.expected === 'array') return 'begin each item of a list with "- ", or write [one, two]'
  if (issue.input === null && issue.path.length > 0) return 'nothing stands behind the ":"'
  return undefined
}

const LONGEST = 60

function found(input: unknown): string {
  if (input === null) return 'nothing'
  if (Array.isArray(input)) return input.length === 0 ? 'an empty list' : 'a list'
  if (typeof input === 'number' || typeof input === 'boolean') return String(input)
  if (typeof input !== 'string') return 'keys with values'
  return input === '' ? 'an empty text' : `"${input.length > LONGEST ? `${input.slice(0, LONGEST)}…` : input}"`
}

/** What the schema library keeps of the shapes inside a shape, as far as keys are concerned. */
interface Inside {
  readonly shape?: Readonly<Record<string, z.ZodType>>
  readonly element?: z.ZodType
  readonly valueType?: z.ZodType
  readonly innerType?: z.ZodType
  readonly in?: z.ZodType
  readonly items?: readonly z.ZodType[]
  readonly options?: readonly z.ZodType[]
}

function keysAt(schema: z.ZodType, path: Path): string[] {
  const { shape, element, valueType, innerType, in: before, items, options } = schema.def as Inside
  const wrapped = innerType ?? before
  if (wrapped) return keysAt(wrapped, path)
  if (options) return options.flatMap((option) => keysAt(option, path))
  const [step, ...rest] = path
  if (step === undefined) return Object.keys(shape ?? {})
  const inner = shape?.[String(step)] ?? element ?? valueType ?? items?.[Number(step)]
  return inner ? keysAt(inner, rest) : []
}
