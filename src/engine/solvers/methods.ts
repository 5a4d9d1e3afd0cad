// The methods to choose from.
import type { ExplicitMethod } from './explicit-method.ts'
import { rodas4 } from './rodas4.ts'
import { rodas5p } from './rodas5p.ts'
import type { RosenbrockMethod } from './rosenbrock-method.ts'
import { tsit5 } from './tsit5.ts'

export type Method = RosenbrockMethod | ExplicitMethod

/** By name; the first is the default. */
export const METHODS: readonly Method[] = [rodas5p, rodas4, tsit5]
