// Refuses kernels that the backends could not run alike. Kernels are made by our own code, so every fault is our bug
// and is thrown; the backends then trust what they get.

import { ELEMENTARY } from './elementary.ts'
import { type Address, type Kernel, MAX_SLOTS, type Node, type Routine, type Statement, type Sweep } from './nodes.ts'
import { isOwn } from './straight.ts'
import { everyStatement, expressionsOf, inOrder, localsOf, operands } from './walk.ts'

/**
 * Checks that all names resolve, calls fit, loops are whole and no routine runs itself.
 * @throws Error on the first fault, naming the routine
 */
export function checkKernel(kernel: Kernel): void {
  wholeNumber(kernel.slots, MAX_SLOTS, 'The number of slots of the kernel')
  const routines = new Map(kernel.routines.map((routine) => [routine.name, routine]))
  if (routines.size < kernel.routines.length) throw new Error('Two routines have one name; names must differ')
  for (const name of ['memory', 'slots'])
    if (routines.has(name)) throw new Error(`A routine is named "${name}", which the module exports itself`)
  for (const routine of kernel.routines) {
    if (new Set(routine.params).size < routine.params.length)
      throw new Error(`Two parameters of routine "${routine.name}" have one name; names must differ`)
    checkBody(routine.body, new Set(), { routine, locals: new Set(localsOf(routine)), routines })
  }
  checkCalls(kernel.routines)
  for (const sweep of kernel.sweeps ?? []) checkSweep(sweep, kernel, routines)
}

function checkSweep(sweep: Sweep, kernel: Kernel, routines: ReadonlyMap<string, Routine>): void {
  const { name, params, enter, test, turn, leave } = sweep
  const plain = routines.get(name)
  if (!plain?.exported)
    throw new Error(`The sweep "${name}" says how to run a routine, but none of that name is exported`)
  sameCount(params.length + 2, plain.params.length, `The sweep "${name}"`)
  const scope = { routine: plain, locals: new Set(params), routines }
  const item = { op: 'constant', value: 0 } as const
  const calls: Statement[] = [{ do: 'run', routine: enter, args: [item, ...params.map(() => item)] }]
  if (leave !== undefined) calls.push({ do: 'run', routine: leave, args: [item] })
  checkBody([...calls, { do: 'while', test, body: turn }], new Set(), scope)
  for (const statement of everyStatement([{ do: 'while', test, body: turn }])) {
    if (statement.do === 'repeat')
      throw new Error(`${where(scope)} a turn has a loop of its own; only routines have those`)
    if (statement.do === 'assign' && statement.pairs.some(({ to }) => !('slot' in to) || !isOwn(to.slot, kernel)))
      throw new Error(`${where(scope)} a turn writes to what is not the item's own`)
    const leadsAway = (node: Node): boolean => node.op === 'load' && node.from.pointer !== undefined
    if (statement.do !== 'run' && inOrder(expressionsOf(statement), operands).some(leadsAway))
      throw new Error(`${where(scope)} a turn has a pointer; only routines have those`)
  }
}

interface Scope {
  readonly routine: Routine
  readonly locals: ReadonlySet<string>
  readonly routines: ReadonlyMap<string, Routine>
}

function checkBody(body: readonly Statement[], counters: ReadonlySet<string>, scope: Scope): void {
  const listed = new Set<Node>()
  for (const statement of body) {
    for (const node of inOrder(expressionsOf(statement), operands, listed)) checkNode(node, counters, scope)
    if (statement.do === 'assign')
      for (const { to } of statement.pairs) if ('slot' in to) checkAddress(to.slot, counters, scope)
    if (statement.do === 'if') {
      checkBody(statement.then, counters, scope)
      checkBody(statement.else, counters, scope)
    }
    if (statement.do === 'while') checkBody(statement.body, counters, scope)
    if (statement.do === 'repeat') {
      const { index, count } = statement
      if (counters.has(index))
        throw new Error(`${where(scope)} a loop over "${index}" stands in another one; counters must differ`)
      wholeNumber(count, MAX_SLOTS, `${where(scope)} the count of the loop over "${index}"`)
      checkBody(statement.body, new Set([...counters, index]), scope)
    }
    if (statement.do === 'run') {
      const callee = scope.routines.get(statement.routine)
      if (!callee) throw new Error(`${where(scope)} "${statement.routine}" is run, but no routine has that name`)
      sameCount(statement.args.length, callee.params.length, `${where(scope)} routine "${callee.name}"`)
    }
  }
}

function checkNode(node: Node, counters: ReadonlySet<string>, scope: Scope): void {
  if (node.op === 'load') checkAddress(node.from, counters, scope)
  if (node.op === 'local' && !scope.locals.has(node.name))
    throw new Error(`${where(scope)} "${node.name}" is read, but it is no parameter and no statement assigns it`)
  if (node.op === 'elementary') sameCount(node.args.length, ELEMENTARY[node.name].arity, `${where(scope)} ${node.name}`)
}

function checkAddress({ base, index }: Address, counters: ReadonlySet<string>, scope: Scope): void {
  wholeNumber(base, MAX_SLOTS, `${where(scope)} the base of an address`)
  if (index !== undefined && !counters.has(index))
    throw new Error(`${where(scope)} an address uses the counter "${index}", but stands in no loop over it`)
}

function checkCalls(routines: readonly Routine[]): void {
  const ending = new Set<string>() // routines that run none but those found before
  const ends = ({ body }: Routine): boolean =>
    everyStatement(body).every((s) => s.do !== 'run' || ending.has(s.routine))
  for (let found = -1; found < ending.size; ) {
    found = ending.size
    for (const routine of routines) if (ends(routine)) ending.add(routine.name)
  }
  const endless = routines.find((routine) => !ending.has(routine.name))
  if (endless) throw new Error(`Routine "${endless.name}" leads back to itself; no routine may run itself`)
}

function wholeNumber(value: number, atMost: number, what: string): void {
  if (!(value >= 0 && value <= atMost && Math.floor(value) === value))
    throw new Error(`${what} is ${value}; it must be a whole number from 0 to ${atMost}`)
}

function sameCount(given: number, wanted: number, what: string): void {
  if (given !== wanted) throw new Error(`${what} got ${given} arguments; it takes ${wanted}`)
}

const where = (scope: Scope): string => `In routine "${scope.routine.name}":`
