// The checked model: every name resolved, every unit known, mechanisms joined. Plain data in which expressions refer to parameters, inputs, states
// and derived quantities by position. This is the one typed tree from which every backend is made.
import type { Place, Unit } from '#base'
import type { Prior, Source } from './tree.ts'

/** A resolved expression with its unit. Shared parts are the same object. Truth values carry the unit 1. */
export type Typed = {
  readonly unit: Unit
  readonly place: Place
} /** A bare 0 is `free`: it takes the unit of what it meets. */ & (
  | { readonly kind: 'number'; readonly value: number; readonly free?: boolean }
  | { readonly kind: 'time' }
  | { readonly kind: 'parameter' | 'input' | 'state' | 'derived'; readonly at: number }
  | { readonly kind: 'negate' | 'not' | 'exp' | 'log' | 'sin' | 'cos' | 'sqrt' | 'abs' | 'floor'; readonly a: Typed }
  | {
      readonly kind: 'add' | 'sub' | 'mul' | 'div' | 'min' | 'max' | 'and' | 'or' | 'less' | 'lessEqual' | 'equal'
      readonly a: Typed
      readonly b: Typed
    }
  /** A power with a constant exponent acts on the unit; otherwise both sides are pure numbers. */
  | { readonly kind: 'power'; readonly a: Typed; readonly b: Typed }
  | { readonly kind: 'if'; readonly test: Typed; readonly a: Typed; readonly b: Typed }
  | { readonly kind: 'scale'; readonly a: Typed; readonly factor: number }
  | { readonly kind: 'lookup'; readonly table: number; readonly a: Typed }
)

export interface Parameter {
  readonly name: string
  readonly value: number
  readonly unit: Unit
  readonly prior?: Prior
  readonly meaning: string
  readonly source: Source
  readonly place: Place
}

export interface Input {
  readonly name: string
  readonly value: number
  readonly unit: Unit
  readonly meaning: string
  /** Absent for what a mechanism needs and the file, run alone, takes as given. */
  readonly source?: Source
  readonly place: Place
}

export interface State {
  readonly name: string
  readonly unit: Unit
  readonly start: Typed
  /** Rate of change, in `unit` per unit of time. */
  readonly rate: Typed
  /** Absolute error tolerance in `unit`. */
  readonly tolerance?: number
  readonly meaning: string
  readonly place: Place
}

/** A `let` or `provides`. Each depends only on earlier ones. */
export interface Derived {
  readonly name: string
  readonly unit: Unit
  readonly value: Typed
  readonly provided: boolean
  readonly meaning: string
  readonly place: Place
}

export interface Table {
  readonly name: string
  readonly points: readonly (readonly [number, number])[]
  readonly between: 'linear' | 'step'
  readonly outside: 'hold' | 'strict'
  readonly source: Source
  readonly place: Place
}

/** What is done to a subject, in the model's own units. */
export type Deed = { readonly place: Place } & (
  | {
      readonly kind: 'dose'
      readonly state: number
      readonly amount: Typed
      readonly at: number
      readonly every: number
      readonly times: number
      readonly over: number
    }
  | { readonly kind: 'reset'; readonly state: number; readonly value: Typed; readonly at: number }
  | { readonly kind: 'set-input'; readonly input: number; readonly value: Typed; readonly at: number }
  | { readonly kind: 'set-parameter'; readonly parameter: number; readonly value: Typed }
)

export interface Expectation {
  readonly value: Typed
  /** Time of the claim; absent for the steady state. */
  readonly at?: number
  readonly equals: Typed
  readonly limit: { readonly kind: 'relative' | 'absolute'; readonly size: number }
  readonly given: readonly Deed[]
  readonly place: Place
}

/** How long to run, how often to write a row, and what is given: checked, and in the author's words. */
export interface Run {
  readonly until: number
  readonly every: number
  readonly given: readonly Deed[]
  readonly words: readonly string[]
}

export interface Model {
  readonly name: string
  readonly title: string
  readonly time: Unit
  readonly parameters: readonly Parameter[]
  readonly inputs: readonly Input[]
  readonly states: readonly State[]
  readonly derived: readonly Derived[]
  readonly tables: readonly Table[]
  readonly conserved: readonly { readonly name: string; readonly value: Typed; readonly place: Place }[]
  readonly run?: Run
  readonly expectations: readonly Expectation[]
}

/** The arguments of a node, for walks that do not care which node it is. */
export function partsOf(e: Typed): readonly Typed[] {
  if ('test' in e) return [e.test, e.a, e.b]
  if ('b' in e) return [e.a, e.b]
  return 'a' in e ? [e.a] : []
}

type Moving = 'state' | 'time' | 'input'

/** Tells on which of the given kinds an expression depends, through derived quantities as well; undefined if on none. */
export function dependsOn(e: Typed, derived: readonly Derived[], kinds: readonly Moving[]): Moving | undefined {
  const seen = new Set([e])
  for (const node of seen) {
    // the set grows while it is gone through; definitions may follow from each other in chains too long for recursion
    const own = kinds.find((k) => k === node.kind)
    if (own) return own
    const definition = node.kind === 'derived' ? derived[node.at]?.value : undefined
    for (const part of definition ? [definition] : partsOf(node)) seen.add(part)
  }
  return undefined
}
