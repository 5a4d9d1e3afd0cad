// The part of C that kernels need, as a tree. Operands are names, numbers and calls of them: every result of an operation has a name of its own, so
// there is no precedence to get wrong and no depth to run out of. The types are those of the prelude, which says what they are for how many lanes.

/** A float, a truth value and how far a pointer leads are one for each lane; a whole number is the same for all. */
export type CType = 'real' | 'truth' | 'offset' | 'whole'

export type CExpression =
  | { readonly c: 'name'; readonly name: string }
  | { readonly c: 'whole'; readonly value: number }
  | { readonly c: 'real'; readonly value: number }
  | { readonly c: 'negative'; readonly a: CExpression }
  | {
      readonly c: 'binary'
      readonly sign: '+' | '-' | '*' | '/' | '&' | '|'
      readonly a: CExpression
      readonly b: CExpression
    }
  | { readonly c: 'call'; readonly name: string; readonly args: readonly CExpression[] }

export type CStatement =
  /** Declares a name that keeps its value, or one that does not. */
  | { readonly c: 'constant' | 'variable'; readonly type: CType; readonly name: string; readonly value: CExpression }
  | { readonly c: 'set'; readonly name: string; readonly value: CExpression }
  | { readonly c: 'do'; readonly call: CExpression }
  | { readonly c: 'if'; readonly test: CExpression; readonly then: readonly CStatement[] }
  /** Counts a whole number from 0 to before `times`. */
  | { readonly c: 'count'; readonly counter: string; readonly times: number; readonly body: readonly CStatement[] }
  /** Repeats its body until `leave` stands in it with a test that holds. */
  | { readonly c: 'forever'; readonly body: readonly CStatement[] }
  | { readonly c: 'leave'; readonly test: CExpression }
  | { readonly c: 'return'; readonly value: CExpression }

export interface CFunction {
  readonly name: string
  readonly result: CType | 'void'
  readonly params: readonly { readonly type: CType | 'memory' | 'arguments'; readonly name: string }[]
  readonly body: readonly CStatement[]
}

export const name = (text: string): CExpression => ({ c: 'name', name: text })
export const whole = (value: number): CExpression => ({ c: 'whole', value })
export const binary = (a: CExpression, sign: (CExpression & { c: 'binary' })['sign'], b: CExpression): CExpression => ({
  c: 'binary',
  sign,
  a,
  b,
})
export const call = (called: string, ...args: readonly CExpression[]): CExpression => ({
  c: 'call',
  name: called,
  args,
})
