// What both backends refuse when somebody uses a running kernel wrongly. Such use is our bug, so it is thrown.

import { MAX_SLOTS } from '../ir/nodes.ts'

/**
 * Refuses to run what is not exported or does not take that many arguments.
 * @param arity the number of arguments that the exported routine takes; undefined when there is none of that name
 */
export function checkRun(routine: string, given: number, arity: number | undefined): void {
  if (arity === undefined) throw new Error(`The kernel exports no routine "${routine}"`)
  if (given !== arity) throw new Error(`Routine "${routine}" got ${given} arguments; it takes ${arity}`)
}

/** Refuses to reserve what is no whole number of slots, or more than any memory holds. */
export function checkReserve(slots: number): void {
  if (!(slots >= 0 && slots <= MAX_SLOTS && Math.floor(slots) === slots))
    throw new Error(`Cannot reserve ${slots} slots; it must be a whole number from 0 to ${MAX_SLOTS}`)
}
