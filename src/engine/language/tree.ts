// The syntax tree of a model file: what was written, with places, and nothing resolved. Printing a tree and reading it back gives the same tree.
import type { Place } from '#base'

/** A unit as written between brackets. */
export interface UnitText {
  readonly text: string
  readonly place: Place
}

export interface Name {
  readonly text: string
  readonly place: Place
}

export type BinaryOperator = '+' | '-' | '*' | '/' | '^' | '<' | '<=' | '>' | '>=' | '==' | '!=' | 'and' | 'or'

/** An index into an array: a whole number, or the counter of the equation plus an offset. */
export interface Index {
  readonly counter?: string
  readonly offset: number
}

export type Expression = { readonly place: Place } & (
  | { readonly kind: 'number'; readonly value: number; readonly unit?: UnitText }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'element'; readonly name: string; readonly index: Index }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[] }
  | { readonly kind: 'negate' | 'not'; readonly a: Expression }
  | { readonly kind: 'binary'; readonly operator: BinaryOperator; readonly a: Expression; readonly b: Expression }
  | { readonly kind: 'if'; readonly test: Expression; readonly then: Expression; readonly otherwise: Expression }
  | { readonly kind: 'convert'; readonly a: Expression; readonly unit: UnitText }
)

/** The direct parts of an expression, left to right. */
export function operandsOf(e: Expression): readonly Expression[] {
  switch (e.kind) {
    case 'call':
      return e.args
    case 'binary':
      return [e.a, e.b]
    case 'if':
      return [e.test, e.then, e.otherwise]
    case 'negate':
    case 'not':
    case 'convert':
      return [e.a]
    default:
      return []
  }
}

/** A literal quantity: a number with its unit, as times and limits are. */
export interface Quantity {
  readonly value: number
  readonly unit?: UnitText
  readonly place: Place
}

/** Where a number comes from. The key `assumed` means: from nowhere but the author's judgement. */
export interface Source {
  readonly key: string
  readonly locator?: string
  readonly place: Place
}

/** How a parameter differs between subjects. The parameter's own number is the median of every family but `uniform`. */
export type Prior = { readonly place: Place } & (
  | { readonly family: 'lognormal'; readonly cv?: number; readonly sd?: number }
  | { readonly family: 'logitnormal' | 'normal'; readonly sd: number }
  | { readonly family: 'uniform'; readonly from: number; readonly to: number }
)

export type Action = { readonly place: Place } & (
  | {
      readonly kind: 'dose'
      readonly amount: Expression
      readonly into: Name
      readonly index?: Index
      readonly at?: Quantity
      readonly every?: Quantity
      readonly times?: number
      readonly over?: Quantity
    }
  | { readonly kind: 'set'; readonly name: Name; readonly value: Expression; readonly at?: Quantity }
  | {
      readonly kind: 'reset'
      readonly name: Name
      readonly index?: Index
      readonly value: Expression
      readonly at?: Quantity
    }
)

export type Limit = { readonly place: Place } & (
  | { readonly kind: 'percent'; readonly percent: number }
  | { readonly kind: 'absolute'; readonly value: number; readonly unit: UnitText }
)

/** The part of an array that an equation is for: one element, or a run of them. */
export type Range =
  | { readonly index: number }
  | { readonly counter: string; readonly from: number; readonly to: number }

export type Statement = {
  readonly place: Place
  /** An empty line stands before it: layout worth keeping. */
  readonly gap: boolean
} & (
  | { readonly kind: 'comment'; readonly text: string }
  | { readonly kind: 'model'; readonly name: Name; readonly title?: string }
  | { readonly kind: 'time'; readonly unit: UnitText }
  | { readonly kind: 'use'; readonly names: readonly Name[] }
  | {
      readonly kind: 'needs'
      readonly name: Name
      readonly alone?: number
      readonly unit: UnitText
      readonly meaning?: string
    }
  | ({ readonly kind: 'input' | 'param'; readonly prior?: Prior } & Sourced)
  | ({ readonly kind: 'let' | 'provides' } & Defined)
  | ({ readonly kind: 'conserved' } & Defined)
  | {
      readonly kind: 'function'
      readonly name: Name
      readonly args: readonly { readonly name: Name; readonly unit?: UnitText }[]
      readonly value: Expression
    }
  | {
      readonly kind: 'table'
      readonly name: Name
      readonly arg: { readonly name: Name; readonly unit: UnitText }
      readonly points: readonly (readonly [number, number])[]
      readonly unit: UnitText
      readonly between: 'linear' | 'step'
      readonly outside: 'hold' | 'strict'
      readonly meaning?: string
      readonly source?: Source
    }
  | {
      readonly kind: 'state'
      readonly name: Name
      readonly size?: number
      readonly start: Expression
      readonly unit?: UnitText
      readonly tolerance?: number
      readonly meaning?: string
    }
  | { readonly kind: 'der'; readonly name: Name; readonly range?: Range; readonly value: Expression }
  | { readonly kind: 'run'; readonly until: Quantity; readonly every: Quantity; readonly given: readonly Action[] }
  | {
      readonly kind: 'expect'
      readonly value: Expression
      /** Absent: once nothing moves any more. */
      readonly at?: Quantity
      readonly equals: Expression
      readonly limit: Limit
      readonly given: readonly Action[]
    }
)

/** A named expression. */
export interface Defined {
  readonly name: Name
  readonly value: Expression
  readonly unit?: UnitText
  readonly meaning?: string
}

/** A number with unit, meaning and source. Unit and meaning are optional here so that the checker, not the parser, can say what is missing. */
export interface Sourced {
  readonly name: Name
  readonly value: number
  readonly unit?: UnitText
  readonly meaning?: string
  readonly source?: Source
}

export interface ModelFile {
  readonly file: string
  readonly statements: readonly Statement[]
  /** First words of the statements that could not be read, so that what they would have declared counts as known. */
  readonly unread?: readonly { readonly keyword: string; readonly name?: string }[]
}
