// A kernel as the bytes of one WASM module without imports: the elementary functions in use, the routines, the memory.

import { checkKernel } from '../../ir/check.ts'
import { type ElementaryName, type Kernel, MAX_SLOTS, type Node, type Routine, type Statement } from '../../ir/nodes.ts'
import { straightRoutines } from '../../ir/straight.ts'
import { everyStatement, expressionsOf, inOrder, operands } from '../../ir/walk.ts'
import { type Bytes, type WasmFunction, wasmModule } from './encoder.ts'
import { type Form, type Lanes, packed, single, slotsOn } from './form.ts'
import { openPool, type Pool } from './lane-instructions.ts'
import { elementaryFunction, type Functions, routineFunction } from './routine.ts'
import { sweepFunction } from './sweep.ts'

/** Slots in a page, the unit in which WASM memory grows. */
export const PAGE_SLOTS = 8192

/**
 * Compiles a kernel to a WASM module that exports its memory as "memory", how many slots of it are the kernel's as "slots", and its exported routines
 * under their names.
 * @param lanes how many items its sweeps work on at once; more than one only if all exported routines are sweeps
 * @throws Error when the kernel is malformed, which is our bug
 */
export function emitWasm(kernel: Kernel, lanes: Lanes = 1): Bytes {
  checkKernel(kernel)
  const slots = slotsOn(kernel, lanes)
  const pages = { initial: Math.ceil(slots / PAGE_SLOTS), maximum: MAX_SLOTS / PAGE_SLOTS }
  const pool = openPool()
  const functions = lanes === 1 ? plainFunctions(kernel) : laneFunctions(kernel, lanes, pool)
  return wasmModule(functions, { pages, slots, vectors: pool.vectors })
}

function plainFunctions(kernel: Kernel): WasmFunction[] {
  return family(kernel.routines, [], single(kernel, 1), 0, false).written()
}

/** What is needed for one lane, what is needed for all lanes together, and the sweeps that run them. */
function laneFunctions(kernel: Kernel, lanes: Lanes, pool: Pool): WasmFunction[] {
  const { sweeps = [], routines } = kernel
  const stray = routines.find(({ name, exported }) => exported && !sweeps.some((sweep) => sweep.name === name))
  if (stray) throw new Error(`Routine "${stray.name}" is exported, but is no sweep: it cannot be run on lanes`)
  const straight = straightRoutines(kernel)
  const turns = sweeps.flatMap(({ turn }) => turn)
  const onAll = runIn(turns).filter((name) => straight.has(name))
  // what stands under a branch of a turn may be wanted for some lanes only
  const alone = [
    ...sweeps.flatMap(({ enter, leave }) => (leave === undefined ? [enter] : [enter, leave])),
    ...turns.flatMap((s) => (s.do === 'run' ? (straight.has(s.routine) ? [] : [s.routine]) : runIn([s]))),
  ]
  const one = family(reached(routines, alone), turns, single(kernel, lanes), 0, true)
  const all = family(reached(routines, onAll), [], packed(kernel, lanes, pool), one.count, false)
  return [
    ...one.written(),
    ...all.written(),
    ...sweeps.map((sweep) => sweepFunction(kernel, sweep, lanes, one.functions, all.functions)),
  ]
}

/** Routines in one form, with the elementary functions that they and some other statements use, numbered from `first` on. */
function family(
  routines: readonly Routine[],
  others: readonly Statement[],
  form: Form,
  first: number,
  inLane: boolean,
): { functions: Functions; count: number; written: () => WasmFunction[] } {
  const used = elementaryIn([...routines.flatMap(({ body }) => body), ...others])
  const functions: Functions = {
    elementary: new Map(used.map((name, position) => [name, first + position])),
    routines: new Map(routines.map(({ name }, position) => [name, first + used.length + position])),
  }
  const written = (): WasmFunction[] => [
    ...used.map((name) => elementaryFunction(name, form)),
    ...routines.map((routine) => routineFunction(routine, form, functions, inLane)),
  ]
  return { functions, count: used.length + routines.length, written }
}

/** Lists the routines that these lead to, in the kernel's order. */
function reached(routines: readonly Routine[], roots: readonly string[]): Routine[] {
  const byName = new Map(routines.map((routine) => [routine.name, routine]))
  const found = new Set(roots)
  for (const name of found) for (const run of runIn(byName.get(name)?.body ?? [])) found.add(run) // the set grows meanwhile
  return routines.filter(({ name }) => found.has(name))
}

const runIn = (statements: readonly Statement[]): string[] =>
  everyStatement(statements).flatMap((statement) => (statement.do === 'run' ? [statement.routine] : []))

function elementaryIn(statements: readonly Statement[]): ElementaryName[] {
  const nodes = inOrder<Node>(everyStatement(statements).flatMap(expressionsOf), operands)
  return [...new Set(nodes.flatMap((node) => (node.op === 'elementary' ? [node.name] : [])))]
}
