// A sweep over items on several lanes: each lane has its own item and takes up the next where one is done. Straight routines are run for all lanes together,
// what branches for one lane after the other, by masks: one truth value per lane and level of branching.
import type { Bool, ElementaryName, Kernel, Statement, Sweep } from '../../ir/nodes.ts'
import { beginBody, type Body } from './body.ts'
import { NO_RESULT, OP, signed, unsigned, type WasmFunction } from './encoder.ts'
import type { Scope } from './expression.ts'
import { type Lanes, single, strideOn } from './form.ts'
import { type Functions, writeAssign, writeRun, writeValues } from './routine.ts'

interface Lane {
  readonly scope: Scope
  /** Locals: the number of its item, and whether it has one. */
  readonly item: number
  readonly busy: number
}

interface Sweeping {
  readonly body: Body
  readonly lanes: readonly Lane[]
  /** Functions for one lane, and those for all lanes together. */
  readonly functions: Functions
  readonly together: Functions
}

/** A local per lane that is 1 where the lane takes part. */
type Mask = readonly number[]

/** Writes a sweep as a function of `first`, `count` and the sweep's params. */
export function sweepFunction(
  kernel: Kernel,
  sweep: Sweep,
  lanes: Lanes,
  functions: Functions,
  together: Functions,
): WasmFunction {
  const params = ['first', 'count', ...sweep.params].map(() => 'f64' as const)
  const body = beginBody(params)
  const w: Sweeping = { body, lanes: openLanes(kernel, sweep, lanes, body, functions), functions, together }
  const { code } = body
  const [next, end] = [body.take('f64'), body.take('f64')]
  body.get(0)
  body.tee(next)
  body.get(1)
  code.push(OP.f64Add)
  body.set(end)
  code.push(OP.block, NO_RESULT, OP.loop, NO_RESULT)
  for (const lane of w.lanes) takeUp(w, sweep, lane, next, end)
  const busy = w.lanes.map((lane) => lane.busy)
  anyOf(body, busy)
  code.push(OP.i32Eqz, OP.brIf, 1)
  writeTurn(w, sweep.turn, busy)
  code.push(OP.br, 0, OP.end, OP.end)
  return { params, results: [], code: body.finish(), exportedAs: sweep.name }
}

function openLanes(kernel: Kernel, sweep: Sweep, lanes: Lanes, body: Body, functions: Functions): Lane[] {
  const form = single(kernel, lanes)
  const locals = new Map(sweep.params.map((name, position) => [name, position + 2]))
  const elementary: ReadonlyMap<ElementaryName, number> = functions.elementary
  return Array.from({ length: lanes }, (_, k): Lane => {
    const lane = body.take('i32')
    body.code.push(OP.i32Const, ...signed(BigInt(k * strideOn(1))))
    body.set(lane)
    const item = body.take('f64')
    const own = new Map([...locals, ['item', item]])
    const scope = { body, form, lane, locals: own, counters: new Map(), offsets: new Map(), elementary }
    return { scope, item, busy: body.take('i32') }
  })
}

// Lays down what is done and takes up the next item, until one has something to do or none is left.
function takeUp({ body, functions }: Sweeping, sweep: Sweep, lane: Lane, next: number, end: number): void {
  const { code } = body
  const call = (routine: string, params: readonly string[]): void => {
    const args = ['item', ...params].map((name) => ({ op: 'local', name }) as const)
    writeRun({ do: 'run', routine, args }, lane.scope, functions)
  }
  code.push(OP.block, NO_RESULT, OP.loop, NO_RESULT)
  body.get(lane.busy)
  code.push(OP.if, NO_RESULT)
  writeValues([sweep.test], lane.scope)
  code.push(OP.brIf, 2) // out of if, loop and block
  if (sweep.leave !== undefined) call(sweep.leave, [])
  code.push(OP.i32Const, 0)
  body.set(lane.busy)
  code.push(OP.end)
  body.get(next)
  body.get(end)
  code.push(OP.f64Lt, OP.if, NO_RESULT)
  body.get(next)
  body.tee(lane.item)
  code.push(OP.f64Const, ...ONE, OP.f64Add)
  body.set(next)
  code.push(OP.i32Const, 1)
  body.set(lane.busy)
  call(sweep.enter, sweep.params)
  code.push(OP.br, 1, OP.end, OP.end, OP.end)
}

const ONE = [0, 0, 0, 0, 0, 0, 0xf0, 0x3f]

/** Writes statements for the lanes of a mask. What is done for all lanes together may be done for one without an item too. */
function writeTurn(w: Sweeping, statements: readonly Statement[], mask: Mask): void {
  for (const statement of statements) {
    if (statement.do === 'if') writeIf(w, statement, mask)
    else if (statement.do === 'while') writeWhile(w, statement, mask)
    else if (statement.do === 'run' && w.together.routines.has(statement.routine)) writeTogether(w, statement, mask)
    else forEach(w, mask, (scope) => writePlain(statement, scope, w.functions))
  }
}

function writePlain(statement: Statement, scope: Scope, functions: Functions): void {
  if (statement.do === 'run') writeRun(statement, scope, functions)
  else if (statement.do === 'assign') writeAssign(statement, scope)
  else throw new Error(`A turn has a statement "${statement.do}"; only routines have those`)
}

function forEach({ body, lanes }: Sweeping, mask: Mask, write: (scope: Scope) => void): void {
  for (const [k, { scope }] of lanes.entries()) {
    body.get(mask[k] as number)
    body.code.push(OP.if, NO_RESULT)
    write(scope)
    body.code.push(OP.end)
  }
}

type Do<Kind> = Extract<Statement, { do: Kind }>

// for all together where no lane with an item stands aside, else for one after the other
function writeTogether(w: Sweeping, statement: Do<'run'>, mask: Mask): void {
  const { body, lanes, functions, together } = w
  const callAll = [OP.call, ...unsigned(together.routines.get(statement.routine) as number)]
  if (lanes.every(({ busy }, k) => busy === mask[k])) return void body.code.push(...callAll)
  for (const [k, { busy }] of lanes.entries()) {
    body.get(mask[k] as number)
    body.get(busy)
    body.code.push(OP.i32Eqz, OP.i32Or)
    if (k > 0) body.code.push(OP.i32And)
  }
  body.code.push(OP.if, NO_RESULT, ...callAll, OP.else)
  forEach(w, mask, (scope) => writeRun(statement, scope, functions))
  body.code.push(OP.end)
}

function writeIf(w: Sweeping, { test, then, else: otherwise }: Do<'if'>, mask: Mask): void {
  const { body } = w
  const taken = narrowed(w, test, mask)
  whereAny(w, taken, () => writeTurn(w, then, taken))
  if (otherwise.length > 0) {
    for (const [k, local] of taken.entries()) {
      body.get(local)
      body.get(mask[k] as number)
      body.code.push(OP.i32Xor)
      body.set(local)
    }
    whereAny(w, taken, () => writeTurn(w, otherwise, taken))
  }
  taken.forEach(body.give)
}

function writeWhile(w: Sweeping, { test, body: repeated }: Do<'while'>, mask: Mask): void {
  const { body } = w
  const going = narrowed(w, test, mask)
  whereAny(w, going, () => {
    body.code.push(OP.loop, NO_RESULT)
    writeTurn(w, repeated, going)
    narrow(w, test, going, going)
    anyOf(body, going)
    body.code.push(OP.brIf, 0, OP.end)
  })
  going.forEach(body.give)
}

function narrowed(w: Sweeping, test: Bool, mask: Mask): Mask {
  const narrower = mask.map(() => w.body.take('i32'))
  narrow(w, test, mask, narrower)
  return narrower
}

/** Writes to the locals `to` the lanes of a mask for which a test holds. */
function narrow({ body, lanes }: Sweeping, test: Bool, mask: Mask, to: Mask): void {
  for (const [k, { scope }] of lanes.entries()) {
    writeValues([test], scope)
    body.get(mask[k] as number)
    body.code.push(OP.i32And)
    body.set(to[k] as number)
  }
}

function whereAny({ body }: Sweeping, mask: Mask, write: () => void): void {
  anyOf(body, mask)
  body.code.push(OP.if, NO_RESULT)
  write()
  body.code.push(OP.end)
}

function anyOf({ get, code }: Body, mask: Mask): void {
  for (const [k, local] of mask.entries()) {
    get(local)
    if (k > 0) code.push(OP.i32Or)
  }
}
