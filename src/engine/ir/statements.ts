// Constructors of statements and routines, so that steppers read like the algorithms they are.
import type { Address, Bool, Num, Routine, Statement } from './nodes.ts'

export const set = (local: string, value: Num): Statement => ({ do: 'assign', pairs: [{ to: { local }, value }] })

export const store = (slot: Address, value: Num): Statement => ({ do: 'assign', pairs: [{ to: { slot }, value }] })

export const repeat = (index: string, count: number, ...body: Statement[]): Statement => ({
  do: 'repeat',
  index,
  count,
  body,
})

export const loop = (test: Bool, ...body: Statement[]): Statement => ({ do: 'while', test, body })

export const when = (test: Bool, then: readonly Statement[], otherwise: readonly Statement[] = []): Statement => ({
  do: 'if',
  test,
  then,
  else: otherwise,
})

export const run = (routine: string, ...args: Num[]): Statement => ({ do: 'run', routine, args })

/** A routine that only other routines run. */
export const hidden = (name: string, params: readonly string[], body: readonly Statement[]): Routine => ({
  name,
  params,
  body,
  exported: false,
})
