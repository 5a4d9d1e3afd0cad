// The truth: runs a kernel in plain JavaScript, one closure for each node, so plainly that it can be believed; the WASM
// backend must write the same bits. Every value has its own register in one array of floats, loop counters and truth
// values (1 and 0) too. No routine runs itself, so registers need no stack.

import { numbers } from '#base'
import { checkKernel } from '../ir/check.ts'
import { ELEMENTARY } from '../ir/elementary.ts'
import type { Address, Kernel, Node, RunningKernel, Statement, Target } from '../ir/nodes.ts'
import { MAX_SLOTS } from '../ir/nodes.ts'
import { everyStatement, expressionsOf, inOrder, localsOf, operands } from '../ir/walk.ts'
import { checkReserve, checkRun } from './running.ts'

type Step = () => void
type Computed = Exclude<Node, { op: 'constant' }> // a constant stands in its register from the beginning

interface Machine {
  readonly registers: Float64Array
  memory: Float64Array
}

/** A routine made runnable. Its locals stand in the registers from `first` to before `end`, parameters first. */
interface Entry {
  readonly arity: number
  readonly first: number
  readonly end: number
  readonly locals: ReadonlyMap<string, number>
  readonly steps: Step[]
}

interface Scope {
  readonly machine: Machine
  readonly entries: ReadonlyMap<string, Entry>
  readonly locals: ReadonlyMap<string, number>
  readonly counters: ReadonlyMap<string, number>
  /** Hands out a register that nothing else uses. */
  readonly register: () => number
}

const ZERO = 0 // the register that always holds 0: counter and pointer of an address that has none
const BEYOND = MAX_SLOTS + 1 // stands for every pointer too large for any memory

/**
 * Makes a kernel runnable by interpretation: much slower than WASM, and stricter, as it refuses any slot beyond the
 * reserved ones, where WASM memory ends with a whole page.
 */
export function interpret(kernel: Kernel): RunningKernel {
  checkKernel(kernel)
  const machine: Machine = {
    registers: new Float64Array(mostRegisters(kernel)),
    memory: new Float64Array(kernel.slots),
  }
  let used = ZERO + 1
  const register = (): number => used++
  const entries = new Map<string, Entry>()
  for (const routine of kernel.routines) {
    const first = used
    const locals = new Map(localsOf(routine).map((name) => [name, register()]))
    entries.set(routine.name, { arity: routine.params.length, first, end: used, locals, steps: [] })
  }
  for (const { name, body } of kernel.routines) {
    const { locals, steps } = entries.get(name) as Entry
    const scope = { machine, entries, locals, counters: new Map(), register }
    for (const step of bodySteps(body, scope)) steps.push(step)
  }
  const exported = new Set(kernel.routines.filter((routine) => routine.exported).map(({ name }) => name))
  return {
    get memory() {
      return machine.memory
    },
    slots: kernel.slots,
    reserve(slots) {
      checkReserve(slots)
      if (slots <= machine.memory.length) return
      const memory = new Float64Array(slots)
      memory.set(machine.memory)
      machine.memory = memory
    },
    run(routine, ...args) {
      const entry = exported.has(routine) ? entries.get(routine) : undefined
      checkRun(routine, args.length, entry?.arity)
      if (entry) call(machine, entry, args)
    },
  }
}

/** Counts the registers for zero, locals, loop counters, and the nodes of each statement. */
function mostRegisters({ routines }: Kernel): number {
  let most = ZERO + 1
  for (const routine of routines) {
    most += localsOf(routine).length
    for (const statement of everyStatement(routine.body)) most += 1 + inOrder(expressionsOf(statement), operands).length
  }
  return most
}

function call({ registers }: Machine, { first, end, steps }: Entry, args: readonly number[]): void {
  registers.fill(0, first, end)
  registers.set(args, first)
  runSteps(steps)
}

function runSteps(steps: readonly Step[]): void {
  for (const step of steps) step()
}

const bodySteps = (body: readonly Statement[], scope: Scope): Step[] =>
  body.flatMap((statement) => statementSteps(statement, scope))

function statementSteps(statement: Statement, scope: Scope): Step[] {
  const { machine } = scope
  const r = machine.registers
  const { steps, at } = evaluation(expressionsOf(statement), scope)
  switch (statement.do) {
    case 'assign':
      return [...steps, ...statement.pairs.map(({ to, value }) => write(to, at(value), at, scope))]
    case 'repeat': {
      const k = scope.register()
      const counters = new Map([...scope.counters, [statement.index, k]])
      const body = bodySteps(statement.body, { ...scope, counters })
      const loop = (): void => {
        for (let i = 0; i < statement.count; i++) {
          r[k] = i
          runSteps(body)
        }
      }
      return [loop]
    }
    case 'while': {
      const test = at(statement.test)
      const body = bodySteps(statement.body, scope)
      const loop = (): void => {
        for (runSteps(steps); r[test] === 1; runSteps(steps)) runSteps(body)
      }
      return [loop]
    }
    case 'if': {
      const test = at(statement.test)
      const [then, otherwise] = [bodySteps(statement.then, scope), bodySteps(statement.else, scope)]
      return [...steps, () => runSteps(r[test] === 1 ? then : otherwise)]
    }
    case 'run': {
      const entry = scope.entries.get(statement.routine) as Entry
      const args = statement.args.map(at)
      const values = (): number[] => args.map((arg) => r[arg]!)
      return [...steps, () => call(machine, entry, values())]
    }
  }
}

/** Makes the steps that compute all nodes under `roots`, each once, and tells where each of them then stands. */
function evaluation(roots: readonly Node[], scope: Scope): { steps: Step[]; at: (node: Node) => number } {
  const registers = new Map<Node, number>()
  const at = (node: Node): number => registers.get(node) as number
  const steps: Step[] = []
  for (const node of inOrder(roots, operands)) {
    const d = scope.register()
    registers.set(node, d)
    if (node.op === 'constant') scope.machine.registers[d] = node.value
    else steps.push(nodeStep(node, d, at, scope))
  }
  return { steps, at }
}

/** Makes the step that computes a node into register `d` from the registers of its operands. */
function nodeStep(node: Computed, d: number, at: (node: Node) => number, scope: Scope): Step {
  const { machine } = scope
  const r = machine.registers
  const [a = 0, b = 0, c = 0] = operands(node).map(at)
  switch (node.op) {
    case 'local': {
      const local = scope.locals.get(node.name) as number
      return () => void (r[d] = r[local]!)
    }
    case 'load': {
      const slot = slotOf(node.from, at, scope)
      return () => void (r[d] = machine.memory[slot()] ?? outside(slot(), machine))
    }
    case 'elementary': {
      const { plain } = ELEMENTARY[node.name]
      return () => void (r[d] = plain(r[a]!, r[b]!))
    }
    case 'add':
      return () => void (r[d] = r[a]! + r[b]!)
    case 'sub':
      return () => void (r[d] = r[a]! - r[b]!)
    case 'mul':
      return () => void (r[d] = r[a]! * r[b]!)
    case 'div':
      return () => void (r[d] = r[a]! / r[b]!)
    case 'min':
      return () => void (r[d] = Math.min(r[a]!, r[b]!))
    case 'max':
      return () => void (r[d] = Math.max(r[a]!, r[b]!))
    case 'neg':
      return () => void (r[d] = -r[a]!)
    case 'abs':
      return () => void (r[d] = Math.abs(r[a]!))
    case 'sqrt':
      return () => void (r[d] = Math.sqrt(r[a]!))
    case 'floor':
      return () => void (r[d] = Math.floor(r[a]!))
    case 'powerOfTwo':
      return () => void (r[d] = numbers.powerOfTwo(r[a]!))
    case 'exponentOf':
      return () => void (r[d] = numbers.exponentOf(r[a]!))
    case 'significandOf':
      return () => void (r[d] = numbers.significandOf(r[a]!))
    case 'less':
      return () => void (r[d] = r[a]! < r[b]! ? 1 : 0)
    case 'lessEqual':
      return () => void (r[d] = r[a]! <= r[b]! ? 1 : 0)
    case 'equal':
      return () => void (r[d] = r[a] === r[b] ? 1 : 0)
    case 'and':
      return () => void (r[d] = r[a]! * r[b]!)
    case 'or':
      return () => void (r[d] = Math.max(r[a]!, r[b]!))
    case 'not':
      return () => void (r[d] = 1 - r[a]!)
    case 'select':
      return () => void (r[d] = r[c] === 1 ? r[a]! : r[b]!)
  }
}

/** Makes the step that writes register `from` to a target. */
function write(to: Target, from: number, at: (node: Node) => number, scope: Scope): Step {
  const { machine } = scope
  const r = machine.registers
  if ('local' in to) {
    const local = scope.locals.get(to.local) as number
    return () => void (r[local] = r[from]!)
  }
  const slot = slotOf(to.slot, at, scope)
  return () => {
    if (slot() >= machine.memory.length) outside(slot(), machine)
    machine.memory[slot()] = r[from]!
  }
}

/** Makes the function that finds the slot of an address. "| 0" tells the JIT that it is a whole number. */
function slotOf({ base, index, pointer }: Address, at: (node: Node) => number, scope: Scope): () => number {
  const r = scope.machine.registers
  const i = index === undefined ? ZERO : (scope.counters.get(index) as number)
  const p = pointer ? at(pointer) : ZERO
  return () => base + (r[i]! | 0) + (r[p]! >= 1 ? Math.min(r[p]!, BEYOND) | 0 : 0)
}

function outside(slot: number, { memory }: Machine): never {
  throw new Error(`Slot ${slot} is outside the memory, which holds ${memory.length}`)
}
