// Statements as the code of WASM functions: one for each routine, and one for each elementary function in use.

import { sharingBuilder } from '../../ir/build.ts'
import { ELEMENTARY } from '../../ir/elementary.ts'
import type { ElementaryName, Node, Routine, Statement } from '../../ir/nodes.ts'
import { assignedLocals, localsOf } from '../../ir/walk.ts'
import { beginBody, type Body } from './body.ts'
import { NO_RESULT, OP, signed, unsigned, type ValueType, type WasmFunction } from './encoder.ts'
import { expressionCode, type Scope } from './expression.ts'
import { type Form, offsetBy, strideOn } from './form.ts'
import { waitingWrites } from './order-of-writes.ts'

/** Where in the module the functions of one form are. */
export interface Functions {
  readonly elementary: ReadonlyMap<ElementaryName, number>
  readonly routines: ReadonlyMap<string, number>
}

type Do<Kind> = Extract<Statement, { do: Kind }>

/**
 * Writes a routine as a function of its parameters that returns nothing. For one of several lanes it takes the lane before them.
 * @param inLane whether it is for one of several lanes
 */
export function routineFunction(routine: Routine, form: Form, functions: Functions, inLane: boolean): WasmFunction {
  const params = [...(inLane ? ['i32' as const] : []), ...routine.params.map(() => form.number)]
  const body = beginBody(params)
  const lane = inLane ? { lane: 0 } : {}
  const locals = new Map(routine.params.map((name, position) => [name, position + (inLane ? 1 : 0)]))
  for (const name of localsOf(routine)) if (!locals.has(name)) locals.set(name, body.take(form.number))
  const offsets = parameterOffsets(routine, locals, body)
  const { elementary } = functions
  writeBody(routine.body, { body, form, ...lane, locals, counters: new Map(), offsets, elementary }, functions)
  return { params, results: [], code: body.finish(), ...(routine.exported && !inLane && { exportedAs: routine.name }) }
}

/** Writes an elementary function by running its definition on nodes. */
export function elementaryFunction(name: ElementaryName, form: Form): WasmFunction {
  const names = ['a', 'b'].slice(0, ELEMENTARY[name].arity)
  const params = names.map(() => form.number)
  const body = beginBody(params)
  const locals = new Map(names.map((local, position) => [local, position]))
  const nodes = sharingBuilder()
  const value = ELEMENTARY[name].on(nodes, nodes.local('a'), nodes.local('b'))
  const scope = { body, form, locals, counters: new Map(), offsets: new Map(), elementary: new Map() }
  expressionCode([value], [], scope).put(value)
  return { params, results: [form.number], code: body.finish() }
}

/** Converts parameters that stay what they are to offsets once, as many addresses may use them as pointers. */
function parameterOffsets(
  routine: Routine,
  locals: ReadonlyMap<string, number>,
  body: Body,
): ReadonlyMap<string, number> {
  const assigned = assignedLocals(routine)
  const offsets = new Map<string, number>()
  for (const name of routine.params) {
    if (assigned.has(name)) continue
    const local = body.take('i32')
    body.get(locals.get(name) as number)
    body.code.push(...offsetBy(1))
    body.set(local)
    offsets.set(name, local)
  }
  return offsets
}

function writeBody(statements: readonly Statement[], scope: Scope, functions: Functions): void {
  for (const statement of statements) {
    switch (statement.do) {
      case 'assign':
        writeAssign(statement, scope)
        break
      case 'repeat':
        writeRepeat(statement, scope, functions)
        break
      case 'while':
        writeWhile(statement, scope, functions)
        break
      case 'if':
        writeIf(statement, scope, functions)
        break
      case 'run':
        writeRun(statement, scope, functions)
    }
  }
}

/** Writes a call of a routine in the form of the caller. */
export function writeRun({ routine, args }: Do<'run'>, scope: Scope, functions: Functions): void {
  if (scope.lane !== undefined) scope.body.get(scope.lane)
  writeValues(args, scope)
  scope.body.code.push(OP.call, ...unsigned(functions.routines.get(routine) as number))
}

export function writeAssign({ pairs }: Do<'assign'>, scope: Scope): void {
  const { body, form, locals, counters } = scope
  const values = pairs.map(({ value }) => value)
  const addresses = pairs.flatMap(({ to }) => ('slot' in to ? [to.slot] : []))
  const { put, putAddress } = expressionCode(values, addresses, scope)
  const waits = waitingWrites(pairs, counters)
  const later: (() => void)[] = []
  for (const [position, { to, value }] of pairs.entries()) {
    if ('slot' in to) putAddress(to.slot)
    put(value)
    const write = (): void => {
      if ('slot' in to) body.code.push(...form.store(to.slot))
      else body.set(locals.get(to.local) as number)
    }
    if (waits[position]) {
      const restore = setAside('slot' in to ? [form.number, 'i32'] : [form.number], body)
      later.push(restore, write)
    } else write()
  }
  for (const step of later) step()
}

/** Moves values from the stack, the topmost first, into locals. @returns what writes the code that puts them back */
function setAside(types: readonly ValueType[], body: Body): () => void {
  const locals = types.map((type) => body.take(type))
  locals.forEach(body.set)
  return () => {
    for (const local of locals.toReversed()) {
      body.get(local)
      body.give(local)
    }
  }
}

function writeRepeat({ index, count, body: repeated }: Do<'repeat'>, scope: Scope, functions: Functions): void {
  if (count === 0) return
  const { body, form, counters } = scope
  const stride = BigInt(strideOn(form.lanes))
  const local = body.take('i32')
  body.code.push(OP.i32Const, 0)
  body.set(local)
  body.code.push(OP.loop, NO_RESULT)
  writeBody(repeated, { ...scope, counters: new Map([...counters, [index, { local, count }]]) }, functions)
  body.get(local)
  body.code.push(OP.i32Const, ...signed(stride), OP.i32Add)
  body.tee(local)
  body.code.push(OP.i32Const, ...signed(stride * BigInt(count)), OP.i32LtU, OP.brIf, 0, OP.end)
  body.give(local)
}

function writeWhile({ test, body: repeated }: Do<'while'>, scope: Scope, functions: Functions): void {
  const { code } = scope.body
  code.push(OP.block, NO_RESULT, OP.loop, NO_RESULT)
  writeValues([test], scope)
  code.push(OP.i32Eqz, OP.brIf, 1)
  writeBody(repeated, scope, functions)
  code.push(OP.br, 0, OP.end, OP.end)
}

function writeIf({ test, then, else: otherwise }: Do<'if'>, scope: Scope, functions: Functions): void {
  const { code } = scope.body
  writeValues([test], scope)
  code.push(OP.if, NO_RESULT)
  writeBody(then, scope, functions)
  if (otherwise.length > 0) code.push(OP.else)
  writeBody(otherwise, scope, functions)
  code.push(OP.end)
}

export function writeValues(values: readonly Node[], scope: Scope): void {
  const { put } = expressionCode(values, [], scope)
  values.forEach(put)
}
