// Expressions as stack code. A value used once is computed where it is used; one used more often is kept in a local
// from its first use to its last. Nothing recurses, and few values ever wait on the stack, however deep an expression
// is: what would pile up more is computed beforehand into a local.

import type { Address, ElementaryName, Node, Num } from '../../ir/nodes.ts'
import { inOrder, operands } from '../../ir/walk.ts'
import type { Body } from './body.ts'
import { OP, unsigned, type ValueType } from './encoder.ts'
import { type Around, type Form, type Lanes, offsetBy } from './form.ts'

export interface Counter {
  /** The local that holds the counter in bytes of own slots. */
  readonly local: number
  /** How often the loop runs. */
  readonly count: number
}

/** What the names in an expression stand for. */
export interface Scope {
  readonly body: Body
  readonly form: Form
  /** The local that holds the lane in bytes, where the form is for one of several. */
  readonly lane?: number
  readonly locals: ReadonlyMap<string, number>
  readonly counters: ReadonlyMap<string, Counter>
  /** By the name of a local that never changes: the local that holds it as an offset in bytes. */
  readonly offsets: ReadonlyMap<string, number>
  /** The index of the function that computes an elementary function. */
  readonly elementary: ReadonlyMap<ElementaryName, number>
}

/** Writes the code for some expressions and addresses, each of which must be put exactly once. */
export interface ExpressionCode {
  /** Writes code that leaves the value of an expression on the stack. */
  put(root: Node): void
  /** Writes code that leaves an address in bytes on the stack, less its base. */
  putAddress(address: Address): void
}

/** A pointer as an offset in bytes: a value of its own, because many addresses share it. */
interface Offset {
  readonly op: 'offset'
  readonly pointer: Num
  readonly scale: Lanes
}

type Part = Node | Offset

const DEEP = 16 // operands that need more values on the stack than this are computed beforehand
const TRUTHS: ReadonlySet<string> = new Set(['less', 'lessEqual', 'equal', 'and', 'or', 'not'])
const typeOf = ({ op }: Part, { number, truth }: Form): ValueType =>
  op === 'offset' ? 'i32' : TRUTHS.has(op) ? truth : number

/** Prepares to write expressions and addresses of targets that are evaluated together and share what they share. */
export function expressionCode(values: readonly Node[], addresses: readonly Address[], scope: Scope): ExpressionCode {
  const { body } = scope
  const below = partsBelow(scope)
  const { uses, depths } = survey([...values, ...addresses.flatMap(below.ofAddress)], below.ofPart)
  const kept = new Map<Part, number>()
  const todo: (() => void)[] = []

  function put(root: Part): void {
    todo.push(() => visit(root))
    for (let next = todo.pop(); next; next = todo.pop()) next()
  }

  function visit(part: Part): void {
    const left = (uses.get(part) as number) - 1
    uses.set(part, left)
    const local = kept.get(part)
    if (local === undefined) return compute(part, left > 0 && !isName(part, scope) ? body.tee : undefined)
    body.get(local)
    if (left === 0) body.give(local)
  }

  /** Plans to compute a value: deep operands beforehand, then operands and operation. Last pushed is first done. */
  function compute(part: Part, store?: (local: number) => void): void {
    todo.push(() => operate(part, store))
    const parts = below.ofPart(part)
    for (const operand of parts.toReversed()) todo.push(() => visit(operand))
    for (const operand of parts.slice(1)) if ((depths.get(operand) as number) > DEEP) todo.push(() => keep(operand))
  }

  function keep(part: Part): void {
    if (!kept.has(part)) compute(part, body.set)
  }

  function operate(part: Part, store?: (local: number) => void): void {
    body.code.push(...instructions(part, scope))
    if (!store) return
    const local = body.take(typeOf(part, scope.form))
    store(local)
    kept.set(part, local)
  }

  return {
    put,
    putAddress(address) {
      for (const offset of below.ofAddress(address)) put(offset)
      body.code.push(...addressInstructions(address, scope))
    },
  }
}

/** Lists the parts below a part, or below an address, with one offset for all addresses that share a pointer. */
function partsBelow(scope: Scope) {
  const offsets: Record<Lanes, Map<Num, Offset>> = { 1: new Map(), 2: new Map() }
  const ofAddress = (address: Address): readonly Offset[] => {
    const { pointer } = address
    if (!pointer) return []
    const scale = scope.form.scale(address)
    const offset = offsets[scale].get(pointer) ?? { op: 'offset', pointer, scale }
    offsets[scale].set(pointer, offset)
    return [offset]
  }
  const ofPart = (part: Part): readonly Part[] => {
    if (part.op === 'load') return ofAddress(part.from)
    if (part.op === 'offset') return isName(part, scope) ? [] : [part.pointer]
    return scope.form.choice(part)?.operands ?? operands(part)
  }
  return { ofAddress, ofPart }
}

/** Counts how often each part is used, and the values on the stack while it is computed. */
function survey(roots: readonly Part[], below: (part: Part) => readonly Part[]) {
  const uses = new Map<Part, number>()
  const depths = new Map<Part, number>()
  const use = (part: Part): unknown => uses.set(part, (uses.get(part) ?? 0) + 1)
  roots.forEach(use)
  for (const part of inOrder(roots, below)) {
    let depth = 1
    for (const [position, operand] of below(part).entries()) {
      use(operand)
      depth = Math.max(depth, position + Math.min(depths.get(operand) as number, DEEP + 1))
    }
    depths.set(part, depth)
  }
  return { uses, depths }
}

const fixedOffset = ({ pointer, scale }: Offset, { offsets }: Scope): number | undefined =>
  scale === 1 && pointer.op === 'local' ? offsets.get(pointer.name) : undefined

/** Tells whether a part costs nothing to write again. */
const isName = (part: Part, scope: Scope): boolean =>
  part.op === 'constant' || part.op === 'local' || (part.op === 'offset' && fixedOffset(part, scope) !== undefined)

/** Lists the instructions that make a value of its operands on the stack. */
function instructions(part: Part, scope: Scope): readonly number[] {
  switch (part.op) {
    case 'constant':
      return scope.form.constant(part.value)
    case 'local':
      return [OP.localGet, ...unsigned(scope.locals.get(part.name) as number)]
    case 'load':
      return [...addressInstructions(part.from, scope), ...scope.form.load(part.from)]
    case 'elementary':
      return [OP.call, ...unsigned(scope.elementary.get(part.name) as number)]
    case 'offset': {
      const local = fixedOffset(part, scope)
      return local === undefined ? offsetBy(part.scale) : [OP.localGet, ...unsigned(local)]
    }
    default:
      return scope.form.choice(part)?.instruction ?? scope.form.instructions[part.op]
  }
}

/** Lists the instructions that add loop counter and lane to the pointer's offset on the stack, if the address has these. */
function addressInstructions(address: Address, { form, counters, lane }: Scope): readonly number[] {
  const around: Around = {
    counter: (index) => (counters.get(index) as Counter).local,
    ...(lane !== undefined && { lane }),
  }
  return form.address(address, around)
}
