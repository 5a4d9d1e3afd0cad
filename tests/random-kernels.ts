// Random kernels for laws, built from plain lists of numbers, so that fast-check can shrink them. Some of them reach outside the memory.
import fc from 'fast-check'
import { sharingBuilder } from '../src/engine/ir/build.ts'
import type { Address, Bool, Kernel, Num, Routine, Statement, Target } from '../src/engine/ir/nodes.ts'

/** Slots of each kernel: a whole WASM page, so that all memories end at the same slot. */
export const SLOTS = 8192
export const BUSY = 24 // slots that addresses prefer, few enough to collide often

// ---- random expressions: a list of operations, each on operands chosen among the results before it

const OPERATIONS = [
  ...(['add', 'sub', 'mul', 'div', 'min', 'max', 'neg', 'abs', 'sqrt', 'floor', 'select'] as const),
  ...([
    'powerOfTwo',
    'exponentOf',
    'significandOf',
    'exp',
    'log',
    'sin',
    'cos',
    'pow',
    'load',
    'load',
    'local',
  ] as const),
  ...(['constant', 'less', 'lessEqual', 'equal', 'and', 'or', 'not'] as const),
]
/** Floats, the awkward ones often. */
export const numbers = fc.oneof(
  fc.constantFrom(0, -0, 1, -1, 2, 3, 0.5, Infinity, -Infinity, NaN, 5e-324, -2.2250738585072014e-308, 1.797e308),
  fc.integer({ min: -20, max: 20 }),
  fc.double(),
)
const choice = fc.nat({ max: 1000 })
const operations = fc.array(
  fc.record({ op: fc.constantFrom(...OPERATIONS), a: choice, b: choice, c: choice, value: numbers }),
  { maxLength: 40 },
)
type Operations = typeof operations extends fc.Arbitrary<infer T> ? T : never
const pick = <T>(list: readonly T[], at: number): T => list[at % list.length] as T

/** What statements may name: counters of the loops around them, locals, routines that may be run. */
interface Around {
  readonly counters: readonly string[]
  readonly locals: readonly string[]
  readonly callees: readonly Routine[]
}

interface Pool {
  readonly nums: Num[]
  readonly bools: Bool[]
}

const n = sharingBuilder()

function grow(list: Operations, around: Around): Pool {
  const zero = n.constant(0)
  const pool: Pool = { nums: [zero], bools: [n.less(zero, zero)] }
  for (const { op, a, b, c, value } of list) {
    const [x, y] = [pick(pool.nums, a), pick(pool.nums, b)]
    const [s, t] = [pick(pool.bools, b), pick(pool.bools, c)]
    const orElse = (otherwise: number, safe: Num): Num => n.select(n.equal(x, x), safe, n.constant(otherwise))
    const [least, most] = [n.constant(-2147480000), n.constant(2147480000)] // far beyond what powerOfTwo promises
    const whole = orElse(0, n.max(n.min(n.floor(x), most), least))
    if (op === 'constant') pool.nums.push(n.constant(value))
    else if (op === 'local') pool.nums.push(n.local(pick(around.locals, a)))
    else if (op === 'load') pool.nums.push({ op, from: address(a, b, c, pool, around) })
    else if (op === 'exp' || op === 'log' || op === 'sin' || op === 'cos') pool.nums.push(n.elementary(op, x))
    else if (op === 'pow') pool.nums.push(n.elementary(op, x, y))
    else if (op === 'powerOfTwo') pool.nums.push(n.powerOfTwo(whole))
    else if (op === 'exponentOf' || op === 'significandOf') pool.nums.push(n[op](orElse(1, x)))
    else if (op === 'select') pool.nums.push(n.select(t, x, y))
    else if (op === 'neg' || op === 'abs' || op === 'sqrt' || op === 'floor') pool.nums.push(n[op](x))
    else if (op === 'and' || op === 'or') pool.bools.push(n[op](s, t))
    else if (op === 'not') pool.bools.push(n.not(t))
    else if (op === 'less' || op === 'lessEqual' || op === 'equal') pool.bools.push(n[op](x, y))
    else pool.nums.push(n[op](x, y))
  }
  return pool
}

function address(a: number, b: number, c: number, { nums }: Pool, { counters, locals }: Around): Address {
  const index = counters.length > 0 && a % 2 === 0 ? { index: pick(counters, c) } : {}
  if (b % 4 !== 0) return { base: a % BUSY, ...index }
  if (b % 16 === 0) return { base: a % BUSY, ...index, pointer: n.local(pick(locals, c)) }
  const wild = pick(nums, c)
  const tame = n.min(n.max(wild, n.constant(-1)), n.constant(6))
  return { base: a % BUSY, ...index, pointer: c % 50 === 0 ? wild : tame }
}

// ---- random statements

type Plan =
  | { readonly do: 'assign'; readonly list: Operations; readonly pairs: readonly (readonly [number, number, number])[] }
  | { readonly do: 'repeat'; readonly count: number; readonly body: readonly Plan[] }
  | { readonly do: 'while'; readonly count: number; readonly list: Operations; readonly body: readonly Plan[] }
  | { readonly do: 'if'; readonly list: Operations; readonly then: readonly Plan[]; readonly else: readonly Plan[] }
  | { readonly do: 'run'; readonly list: Operations; readonly callee: number }

const { plan: anyPlan } = fc.letrec<{ plan: Plan; body: readonly Plan[] }>((tie) => {
  const body = tie('body')
  const count = fc.nat({ max: 3 })
  const pairs = fc.array(fc.tuple(choice, choice, choice), { minLength: 1, maxLength: 6 })
  return {
    body: fc.array(tie('plan'), { maxLength: 3 }),
    plan: fc.oneof(
      { maxDepth: 2 },
      { arbitrary: fc.record({ do: fc.constant('assign' as const), list: operations, pairs }), weight: 4 },
      { arbitrary: fc.record({ do: fc.constant('run' as const), list: operations, callee: choice }), weight: 1 },
      { arbitrary: fc.record({ do: fc.constant('repeat' as const), count, body }), weight: 1 },
      { arbitrary: fc.record({ do: fc.constant('while' as const), count, list: operations, body }), weight: 1 },
      { arbitrary: fc.record({ do: fc.constant('if' as const), list: operations, then: body, else: body }), weight: 1 },
    ),
  }
})

const buildAll = (plans: readonly Plan[], around: Around, depth = 0): Statement[] =>
  plans.flatMap((one) => build(one, around, depth))

function build(plan: Plan, around: Around, depth: number): Statement[] {
  if (plan.do === 'repeat') {
    const index = `i${depth}`
    const inside = { ...around, counters: [...around.counters, index] }
    return [{ do: 'repeat', index, count: plan.count, body: buildAll(plan.body, inside, depth + 1) }]
  }
  const pool = grow(plan.list, around)
  const { nums, bools } = pool
  const test = bools.at(-1) as Bool
  if (plan.do === 'if') {
    const [then, otherwise] = [buildAll(plan.then, around, depth + 1), buildAll(plan.else, around, depth + 1)]
    return [{ do: 'if', test, then, else: otherwise }]
  }
  if (plan.do === 'while') {
    const local = `turn${depth}`
    const turn = n.local(local)
    const count = (value: Num): Statement => ({ do: 'assign', pairs: [{ to: { local }, value }] })
    const body = [...buildAll(plan.body, around, depth + 1), count(n.add(turn, n.constant(1)))]
    const bounded = n.and(n.less(turn, n.constant(plan.count)), test)
    return [count(n.constant(0)), { do: 'while', test: bounded, body }]
  }
  if (plan.do === 'run') {
    if (around.callees.length === 0) return []
    const callee = pick(around.callees, plan.callee)
    return [{ do: 'run', routine: callee.name, args: callee.params.map((_, k) => nums.at(-1 - k) ?? n.constant(k)) }]
  }
  const pairs = plan.pairs.map(([a, b, c], position) => {
    const to: Target = c % 3 === 0 ? { local: pick(around.locals, a) } : { slot: address(a, b, c, pool, around) }
    return { to, value: nums.at(-1 - position) ?? n.load(a % BUSY) }
  })
  return [{ do: 'assign', pairs }]
}

/** Three routines, of which each may run the later ones; the last, `routine2`, takes two arguments and is exported. */
export const kernels = fc
  .tuple(...[1, 2, 3].map(() => fc.array(anyPlan, { minLength: 1, maxLength: 4 })))
  .map((bodies): Kernel => {
    const locals = ['p', 'q', 'u', 'v']
    const keep = (local: string) => ({ to: { local }, value: n.local(local) })
    const named: Statement = { do: 'assign', pairs: [keep('u'), keep('v')] } // makes them locals
    let callees: Routine[] = []
    for (const [position, plans] of bodies.toReversed().entries()) {
      const body = [...buildAll(plans, { counters: [], locals, callees }), named]
      callees = [...callees, { name: `routine${position}`, params: ['p', 'q'], body, exported: position === 2 }]
    }
    return { routines: callees, slots: SLOTS }
  })
/** Arguments: mostly small pointers. */
export const params = fc.oneof({ arbitrary: fc.nat({ max: 8 }), weight: 4 }, { arbitrary: numbers, weight: 1 })
/** What stands in the first slots. */
export const starts = fc.array(numbers, { minLength: BUSY, maxLength: BUSY + 16 })
