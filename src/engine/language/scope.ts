// What a check carries along: the names of each file, the growing lists of the model, and the problems found so far.
import { didYouMean, type Place, type Problem, readUnit, type Unit, unitOne } from '#base'
import { brief, MOST_PROBLEMS } from './cursor.ts'
import type { Derived, Input, Parameter, State, Table, Typed } from './model.ts'
import type { Expression, ModelFile, Name, Statement, UnitText } from './tree.ts'

export type Of<K extends Statement['kind']> = Extract<Statement, { kind: K }>

/** A `let` or `provides` on its way to becoming a derived quantity: resolved when first asked for, so that order in the file is free. */
export interface Definition {
  readonly scope: Scope
  readonly statement: Statement & { readonly kind: 'let' | 'provides' }
  state: 'new' | 'open' | { readonly at: number } | 'failed'
}

/** A state, or an array of them, whose unit is found when first asked for: it may follow from the start, and the start from other names. */
export interface DeclaredState {
  readonly kind: 'state'
  readonly scope: Scope
  readonly statement: Of<'state'>
  readonly at: number
  readonly size?: number
  settled: 'new' | 'open' | 'failed' | { readonly unit: Unit }
}

export type Declared =
  | { readonly kind: 'parameter' | 'input'; readonly at: number }
  | { readonly kind: 'table'; readonly at: number; readonly arg: Unit; readonly unit: Unit }
  | DeclaredState
  | { readonly kind: 'definition'; readonly definition: Definition }
  | { readonly kind: 'function'; readonly scope: Scope; readonly statement: Of<'function'> }
  /** Declared with a problem already reported: uses of it stay silent. */
  | { readonly kind: 'broken' }

export interface Scope {
  readonly file: ModelFile
  /** Put before the names of a used file; empty for the root. */
  readonly prefix: string
  readonly names: Map<string, Declared>
}

/** One check of one model. Lists grow; nothing outside the check sees them before it ends. */
export interface Check {
  readonly problems: Problem[]
  readonly scopes: Map<string, Scope>
  time: Unit
  readonly parameters: Parameter[]
  readonly inputs: Input[]
  readonly tables: Table[]
  readonly states: (Omit<State, 'rate' | 'start' | 'unit'> & { unit?: Unit; start?: Typed; rate?: Typed })[]
  readonly derived: Derived[]
  readonly definitions: Definition[]
  /** Names of definitions and functions being resolved, to show a cycle. */
  readonly open: string[]
  /** What has been referred to, as kind and position or name. */
  readonly used: Set<string>
  /** States whose rate of change has been given. */
  readonly rated: Set<number>
  /** How tall checked expressions are. */
  readonly heights: WeakMap<Typed, number>
  /** How many expressions are being checked inside each other, through functions and definitions. */
  depth: number
  /** How many expressions have been checked. */
  parts: number
}

export const newCheck = (): Check => ({
  problems: [],
  scopes: new Map(),
  time: unitOne,
  parameters: [],
  inputs: [],
  tables: [],
  states: [],
  derived: [],
  definitions: [],
  open: [],
  used: new Set(),
  rated: new Set(),
  heights: new WeakMap(),
  depth: 0,
  parts: 0,
})

/** Adds an error. What is checked more than once, as bodies of functions are, is reported once. */
export function report(check: Check, code: string, message: string, place: Place, help?: string): undefined {
  add(check, { code, level: 'error', message: brief(message), place, ...(help !== undefined && { help: brief(help) }) })
}

export function warn(check: Check, code: string, message: string, place: Place, help?: string): void {
  add(check, { code, level: 'warning', message, place, ...(help !== undefined && { help }) })
}

function add({ problems }: Check, problem: Problem): void {
  const { code, message, place } = problem
  const same = (p: Problem): boolean =>
    p.message === message && p.place?.line === place?.line && p.place?.column === place?.column && p.code === code
  if (problems.length < MOST_PROBLEMS && !problems.some((p) => same(p) && p.place?.file === place?.file))
    problems.push(problem)
}

/** Problems that get a guess. */
export const MOST_GUESSES = 100
const MOST_CANDIDATES = 2000 // a guess compares each: many problems in a file of many names would take hours

/** Guesses which name was meant. */
export const suggest = (check: Check, word: string, candidates: () => readonly string[]): string | undefined =>
  check.problems.length < MOST_GUESSES ? didYouMean(word, candidates().slice(0, MOST_CANDIDATES)) : undefined

/** Reads a unit as written; undefined, with a problem, if it is none. */
export function unitOf(check: Check, text: UnitText): Unit | undefined {
  const reading = readUnit(text.text)
  if ('unit' in reading) return reading.unit
  const { fault } = reading
  const { place } = text
  const offset = Math.min(fault.at + 1, place.length - 1) // behind the opening bracket
  const at = {
    ...place,
    column: place.column + offset,
    length: Math.max(1, Math.min(fault.length, place.length - offset)),
  }
  return report(check, 'bad-unit', fault.message, at, fault.help)
}

/** Declares a name once in its file. */
export function declare(check: Check, scope: Scope, name: Name, declared: Declared): void {
  if (scope.names.has(name.text))
    report(
      check,
      'doubled-name',
      `"${name.text}" is declared twice in this file.`,
      name.place,
      'each name means one thing',
    )
  else scope.names.set(name.text, declared)
}

/** Finds what a name means in a file; a dotted name looks into the joined file before the dot. */
export function find(check: Check, scope: Scope, e: Expression & { name: string }): Declared | undefined {
  const own = lookUp(check, scope, e.name)
  if (own) return own
  const dot = e.name.indexOf('.')
  const file = e.name.slice(0, Math.max(0, dot))
  if (dot >= 0 && !check.scopes.has(file))
    return report(check, 'unknown-name', `No joined file is called "${file}".`, e.place, 'join it: use …')
  const elsewhere = scope.prefix === '' && [...check.scopes].find(([, { names }]) => names.has(e.name))?.[0]
  const guess = elsewhere
    ? `${elsewhere}.${e.name}`
    : suggest(check, e.name, () => (dot >= 0 ? qualifiedNames(check) : [...scope.names.keys()]))
  const shown = e.name.length > 60 ? `${e.name.slice(0, 60)}…` : e.name
  report(
    check,
    'unknown-name',
    `Nothing is called "${shown}" here.`,
    e.place,
    helpFromProvider(check, e.name) ?? (guess ? `did you mean "${guess}"?` : undefined),
  )
  return undefined
}

/** What a name means, if anything. */
export function lookUp(check: Check, scope: Scope, name: string): Declared | undefined {
  const dot = name.indexOf('.')
  return dot < 0 ? scope.names.get(name) : check.scopes.get(name.slice(0, dot))?.names.get(name.slice(dot + 1))
}

function helpFromProvider(check: Check, name: string): string | undefined {
  if (check.problems.length >= MOST_GUESSES) return undefined
  const found = check.definitions.find(({ statement: s }) => s.kind === 'provides' && s.name.text === name)
  if (!found) return undefined
  const { prefix } = found.scope
  return `another file provides it: take it with "needs ${name} …"${prefix ? `, or write ${prefix}${name}` : ''}`
}

function qualifiedNames(check: Check): string[] {
  return [...check.scopes].flatMap(([file, scope]) => [...scope.names.keys()].map((name) => `${file}.${name}`))
}

/** The statements of one kind in a file, in order. */
export function statementsOf<K extends Statement['kind']>(scope: Scope, kind: K): Of<K>[] {
  return scope.file.statements.filter((s): s is Of<K> => s.kind === kind)
}
