// Statements as C. Lanes that a branch or a loop is not for are masked: they go along and keep what they have. With one lane the masks vanish when the
// compiler inlines the prelude.
import { waitingWrites } from '../wasm/order-of-writes.ts'
import { sharingBuilder } from '../../ir/build.ts'
import { ELEMENTARY } from '../../ir/elementary.ts'
import type { ElementaryName, Routine, Statement } from '../../ir/nodes.ts'
import { localsOf } from '../../ir/walk.ts'
import { beginValues, counterName, declare, localName, MEMORY, type Scope } from './expression.ts'
import { binary, call, type CExpression, type CFunction, type CStatement, name, whole } from './tree.ts'

/** What the functions of a kernel are called. */
export interface Naming {
  readonly routine: (routine: string) => string
  readonly elementary: (of: string) => string
}

type Do<Kind> = Extract<Statement, { do: Kind }>

/** Where a statement stands: in which function, and in which loops. */
interface Place extends Scope {
  readonly routine: Naming['routine']
  readonly loops: ReadonlyMap<string, { readonly count: number }>
}

const ZERO: CExpression = { c: 'real', value: 0 }

/** Writes a routine as a function of the memory, its parameters, and the lanes that it is for. */
export function routineFunction(routine: Routine, naming: Naming): CFunction {
  const params = routine.params.map((param) => ({ type: 'real' as const, name: localName(param) }))
  const lines: CStatement[] = localsOf(routine)
    .slice(params.length)
    .map((local) => ({ c: 'variable', type: 'real', name: localName(local), value: ZERO }))
  writeBody(routine.body, { lines, mask: name('mask'), fresh: counting(), loops: new Map(), ...naming })
  const all = [{ type: 'memory', name: 'memory' } as const, ...params, { type: 'truth', name: 'mask' } as const]
  return { name: naming.routine(routine.name), result: 'void', params: all, body: lines }
}

/** Writes an elementary function by running its definition on nodes. */
export function elementaryFunction(of: ElementaryName, called: string): CFunction {
  const nodes = sharingBuilder()
  const lines: CStatement[] = []
  const scope: Scope = { lines, mask: name('EVERY'), fresh: counting(), elementary: (other) => other }
  const value = beginValues(scope).put(ELEMENTARY[of].on(nodes, nodes.local('a'), nodes.local('b')))
  const params = ['a', 'b'].slice(0, ELEMENTARY[of].arity)
  return {
    name: called,
    result: 'real',
    params: params.map((param) => ({ type: 'real', name: localName(param) })),
    body: [...lines, { c: 'return', value }],
  }
}

/** Writes the function by which all exported routines are called: its arguments lie in a list. */
export function entryFunction(routine: Routine, called: string, naming: Naming): CFunction {
  const args = routine.params.map((_, position) => call('argument', name('arguments'), whole(position)))
  return {
    name: called,
    result: 'void',
    params: [
      { type: 'memory', name: 'memory' },
      { type: 'arguments', name: 'arguments' },
    ],
    body: [{ c: 'do', call: call(naming.routine(routine.name), MEMORY, ...args, name('EVERY')) }],
  }
}

function counting(): Scope['fresh'] {
  let count = 0
  return (kind) => `${kind}${count++}`
}

function writeBody(statements: readonly Statement[], place: Place): void {
  for (const statement of statements) {
    switch (statement.do) {
      case 'assign':
        writeAssign(statement, place)
        break
      case 'repeat':
        writeRepeat(statement, place)
        break
      case 'while':
        writeWhile(statement, place)
        break
      case 'if':
        writeIf(statement, place)
        break
      case 'run': {
        const { put } = beginValues(place)
        const args = statement.args.map(put)
        place.lines.push({ c: 'do', call: call(place.routine(statement.routine), MEMORY, ...args, place.mask) })
      }
    }
  }
}

function writeAssign({ pairs }: Do<'assign'>, place: Place): void {
  const { lines, mask, loops } = place
  const { put, putAddress } = beginValues(place)
  const waits = waitingWrites(pairs, loops)
  const later: CStatement[] = []
  for (const [position, { to, value }] of pairs.entries()) {
    const waiting = waits[position] === true
    const address = 'slot' in to ? putAddress(to.slot) : undefined
    const computed = put(value)
    // what waits must not be the name of a local, which may change before
    const kept = waiting && value.op === 'local' ? declare('real', computed, place) : computed
    const write: CStatement =
      'local' in to
        ? { c: 'set', name: localName(to.local), value: call('blend', mask, kept, name(localName(to.local))) }
        : { c: 'do', call: storing(address, kept, mask) }
    if (waiting) later.push(write)
    else lines.push(write)
  }
  lines.push(...later)
}

type Written = ReturnType<ReturnType<typeof beginValues>['putAddress']>

function storing(address: Written | undefined, value: CExpression, mask: CExpression): CExpression {
  if (!address) throw new Error('A slot is written without an address')
  return address.offset
    ? call('scatter', MEMORY, address.slot, address.offset, value, mask)
    : call('store', MEMORY, address.slot, value, mask)
}

function writeRepeat({ index, count, body }: Do<'repeat'>, place: Place): void {
  const lines: CStatement[] = []
  writeBody(body, { ...place, lines, loops: new Map([...place.loops, [index, { count }]]) })
  place.lines.push({ c: 'count', counter: counterName(index), times: count, body: lines })
}

function writeWhile({ test, body }: Do<'while'>, place: Place): void {
  const mask = place.fresh('mask')
  const lines: CStatement[] = []
  const inside = { ...place, lines, mask: name(mask) }
  lines.push({ c: 'set', name: mask, value: binary(name(mask), '&', beginValues(inside).put(test)) })
  lines.push({ c: 'leave', test: call('none', name(mask)) })
  writeBody(body, inside)
  place.lines.push({ c: 'variable', type: 'truth', name: mask, value: place.mask }, { c: 'forever', body: lines })
}

function writeIf({ test, then, else: otherwise }: Do<'if'>, place: Place): void {
  const holds = beginValues(place).put(test)
  const branch = (passes: CExpression, body: readonly Statement[]): void => {
    if (body.length === 0) return
    const mask = declare('truth', binary(place.mask, '&', passes), place)
    const lines: CStatement[] = []
    writeBody(body, { ...place, lines, mask })
    place.lines.push({ c: 'if', test: call('any', mask), then: lines })
  }
  branch(holds, then)
  branch(call('negated', holds), otherwise)
}
