// The law both backends exist under: whatever the kernel, they leave the same bits in memory, and where one refuses the
// other does. Random kernels are built from plain lists of numbers, so that fast-check can shrink them.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import wabt from 'wabt'
import { sharingBuilder } from '../ir/build.ts'
import type { Address, Bool, Kernel, Num, Routine, RunningKernel, Statement, Sweep, Target } from '../ir/nodes.ts'
import { oneByOne } from '../ir/sweep.ts'
import { emitWasm, instantiate, interpret } from './index.ts'

const SLOTS = 8192 // a whole WASM page, so that both memories end at the same slot
const BUSY = 24 // slots that addresses prefer, few enough to collide often
const { readWasm } = await wabt()

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
const numbers = fc.oneof(
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

/** What statements may name: counters of the loops around them, locals, routines that may be run; and where their slots are. */
interface Around {
  readonly counters: readonly string[]
  readonly locals: readonly string[]
  readonly callees: readonly Routine[]
  readonly base: number
  /** Wild ones may lead out of the memory. */
  readonly pointers: 'wild' | 'tame' | 'none'
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

function address(a: number, b: number, c: number, { nums }: Pool, around: Around): Address {
  const { counters, locals, pointers } = around
  const index = counters.length > 0 && a % 2 === 0 ? { index: pick(counters, c) } : {}
  const base = around.base + (a % BUSY)
  if (b % 4 !== 0 || pointers === 'none') return { base, ...index }
  const wild = b % 16 === 0 ? n.local(pick(locals, c)) : pick(nums, c)
  const tame = n.min(n.max(wild, n.constant(-1)), n.constant(6))
  return { base, ...index, pointer: pointers === 'wild' && (b % 16 === 0 || c % 50 === 0) ? wild : tame }
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
    return { to, value: nums.at(-1 - position) ?? n.load(around.base + (a % BUSY)) }
  })
  return [{ do: 'assign', pairs }]
}

/** Three routines, of which each may run the later ones. */
const kernels = fc
  .tuple(...[1, 2, 3].map(() => fc.array(anyPlan, { minLength: 1, maxLength: 4 })))
  .map((bodies): Kernel => {
    const locals = ['p', 'q', 'u', 'v']
    const keep = (local: string) => ({ to: { local }, value: n.local(local) })
    const named: Statement = { do: 'assign', pairs: [keep('u'), keep('v')] } // makes them locals
    let callees: Routine[] = []
    for (const [position, plans] of bodies.toReversed().entries()) {
      const body = [...buildAll(plans, { counters: [], locals, callees, base: 0, pointers: 'wild' }), named]
      callees = [...callees, { name: `routine${position}`, params: ['p', 'q'], body, exported: position === 2 }]
    }
    return { routines: callees, slots: SLOTS }
  })
const parameters = fc.oneof({ arbitrary: fc.nat({ max: 8 }), weight: 4 }, { arbitrary: numbers, weight: 1 })
const starts = fc.array(numbers, { minLength: BUSY, maxLength: BUSY + 16 })

// ---- random sweeps: a record is copied to own slots, changed in some turns, and copied back

const OWN = 4 // the shared slots before: where the records are, and numbers that all items read
const LIMIT = OWN + BUSY + 9 // behind all that an address may lead to: how many turns to take, and how many were taken
const [TAKEN, COUNTED] = [LIMIT + 1, LIMIT + 2]
const SWEPT = COUNTED + 3 - OWN

/** Statements of a turn: no loops, pointers or locals of their own. */
function buildTurn(plan: Plan, around: Around, depth: number): Statement[] {
  if (plan.do === 'repeat') return plan.body.flatMap((one) => buildTurn(one, around, depth))
  const inside = (body: readonly Plan[]): Statement[] => body.flatMap((one) => buildTurn(one, around, depth + 1))
  if (plan.do === 'if' || plan.do === 'while') {
    const test = grow(plan.list, around).bools.at(-1) as Bool
    if (plan.do === 'if') return [{ do: 'if', test, then: inside(plan.then), else: inside(plan.else) }]
    const counter = { base: COUNTED + depth }
    const count = (value: Num): Statement => ({ do: 'assign', pairs: [{ to: { slot: counter }, value }] })
    const bounded = n.and(n.less(n.load(counter.base), n.constant(plan.count)), test)
    const body = [...inside(plan.body), count(n.add(n.load(counter.base), n.constant(1)))]
    return [count(n.constant(0)), { do: 'while', test: bounded, body }]
  }
  if (plan.do === 'run') return build(plan, around, depth)
  const { nums } = grow(plan.list, around)
  const pairs = plan.pairs.map(([a], position) => ({
    to: { slot: { base: OWN + (a % BUSY) } },
    value: nums.at(-1 - position) ?? n.load(1 + (a % (OWN - 1))), // where the records are differs
  }))
  return [{ do: 'assign', pairs }]
}

/** Keeps what a straight routine may do. */
const straightened = (plans: readonly Plan[]): Plan[] =>
  plans.flatMap((plan): Plan[] => {
    if (plan.do === 'repeat') return [{ ...plan, body: straightened(plan.body) }]
    if (plan.do === 'if') return straightened([...plan.then, ...plan.else])
    return plan.do === 'while' ? straightened(plan.body) : [plan]
  })

/** Two straight routines, one that is not, and a turn that runs them. */
const sweeps = fc
  .tuple(...[1, 2, 3, 4].map(() => fc.array(anyPlan, { minLength: 1, maxLength: 4 })))
  .map(([inner = [], outer = [], crooked = [], turn = []]): Kernel => {
    const around: Around = { counters: [], locals: ['u', 'v'], callees: [], base: OWN, pointers: 'none' }
    const keep = (local: string) => ({ to: { local }, value: n.local(local) })
    const named: Statement = { do: 'assign', pairs: [keep('u'), keep('v')] }
    const hidden = (name: string, body: readonly Statement[], params: readonly string[] = []): Routine => ({
      name,
      params,
      body,
      exported: false,
    })
    const first = hidden('inner', [...buildAll(straightened(inner), around), named])
    const second = hidden('outer', [...buildAll(straightened(outer), { ...around, callees: [first] }), named])
    const third = hidden(
      'crooked',
      [...buildAll(crooked, { ...around, callees: [first, second], pointers: 'tame' }), named],
      ['p'],
    )
    const record = n.add(n.load(0), n.mul(n.local('item'), n.constant(SWEPT)))
    const item = { base: 0, index: 'k', pointer: record, far: true } as const
    const own = { base: OWN, index: 'k' }
    const copy = (to: Address, from: Address): Statement => {
      return {
        do: 'repeat',
        index: 'k',
        count: SWEPT,
        body: [{ do: 'assign', pairs: [{ to: { slot: to }, value: { op: 'load', from } }] }],
      }
    }
    const taken = n.add(n.load(TAKEN), n.constant(1))
    const sweep: Sweep = {
      name: 'go',
      params: ['p'],
      enter: 'enter',
      test: n.less(n.load(TAKEN), n.load(LIMIT)),
      turn: [
        ...turn.flatMap((plan) => buildTurn(plan, { ...around, locals: ['p'], callees: [first, second, third] }, 0)),
        { do: 'assign', pairs: [{ to: { slot: { base: TAKEN } }, value: taken }] },
      ],
      leave: 'leave',
    }
    const routines = [
      first,
      second,
      third,
      hidden('enter', [copy(own, item)], ['item', 'p']),
      hidden('leave', [copy(item, own)], ['item']),
      oneByOne(n, sweep),
    ]
    return { routines, slots: OWN + SWEPT, own: OWN, sweeps: [sweep] }
  })

// ---- judging

/** Runs a kernel twice over on both backends. @returns whether it ran to its end, on both or on neither */
function judge(kernel: Kernel, routine: string, start: readonly number[], ...args: number[]): boolean {
  const bytes = emitWasm(kernel)
  readWasm(bytes, {}).validate()
  expect(WebAssembly.validate(bytes)).toBe(true)
  const [truth, speed] = [interpret(kernel), instantiate(new WebAssembly.Module(bytes))]
  const ends = [truth, speed].map(({ memory, run }) => {
    memory.set(start)
    try {
      run(routine, ...args)
      run(routine, ...args)
      return true
    } catch {
      return false
    }
  })
  expect(ends[1]).toBe(ends[0])
  // Object.is tells 0 from -0 and takes NaN for NaN: for floats, that is equality of bits, payloads apart
  if (ends[0]) expect(truth.memory.findIndex((value, slot) => !Object.is(value, speed.memory[slot]))).toBe(-1)
  return ends[0] === true
}

/** A kernel of one routine that assigns these values to slots from 0 on. */
const assigning = (...values: readonly Num[]): Kernel => {
  const pairs = values.map((value, base) => ({ to: { slot: { base } }, value }))
  return { routines: [{ name: 'assign', params: [], body: [{ do: 'assign', pairs }], exported: true }], slots: SLOTS }
}

describe('interpreter and WASM', () => {
  test('leave the same bits for random kernels, or both refuse', () => {
    let finished = 0
    const law = fc.property(kernels, starts, parameters, parameters, (kernel, start, p, q) => {
      if (judge(kernel, 'routine2', start, p, q)) finished++
    })
    fc.assert(law, { seed: 1, numRuns: 1500 })
    expect(finished).toBeGreaterThan(1000) // most of them must say something
  })

  test('agree on elementary functions of any two floats', () => {
    const [x, y] = [n.load(20), n.load(21)]
    const one = (['exp', 'log', 'sin', 'cos'] as const).map((name) => n.elementary(name, x))
    const kernel = assigning(...one, n.elementary('pow', x, y), n.elementary('pow', y, x))
    const [truth, speed] = [interpret(kernel), instantiate(new WebAssembly.Module(emitWasm(kernel)))]
    const law = fc.property(numbers, numbers, (a, b) => {
      for (const { memory, run } of [truth, speed]) {
        memory.set([a, b], 20)
        run('assign')
      }
      expect(Array.from(speed.memory.subarray(0, 6))).toEqual(Array.from(truth.memory.subarray(0, 6)))
    })
    fc.assert(law, { seed: 2, numRuns: 5000 })
  })

  const ITEMS = 7
  const item = fc.record({ limit: fc.nat({ max: 4 }), values: fc.array(numbers, { minLength: BUSY, maxLength: BUSY }) })
  const items = fc.array(item, { minLength: ITEMS, maxLength: ITEMS })
  test('leave the same bits for random sweeps, on one lane or two, from however many items', () => {
    const law = fc.property(sweeps, items, numbers, fc.nat({ max: ITEMS }), (kernel, list, p, split) => {
      const bytes = emitWasm(kernel, 2)
      readWasm(bytes, { simd: true }).validate()
      const [two, one] = [bytes, emitWasm(kernel)].map((code) => instantiate(new WebAssembly.Module(code)))
      const [truth, ...others] = [interpret(kernel), two as RunningKernel, one as RunningKernel].map((running) => {
        const records = running.slots
        running.reserve(records + ITEMS * SWEPT)
        running.memory.set([records, 0.75, -2, 1e300])
        for (const [k, { limit, values }] of list.entries()) {
          running.memory.set(values, records + k * SWEPT)
          running.memory[records + k * SWEPT + LIMIT - OWN] = limit
        }
        running.run('go', 0, split, p)
        running.run('go', split, ITEMS - split, p)
        return Array.from(running.memory.subarray(records, records + ITEMS * SWEPT))
      })
      for (const other of others) expect(other.findIndex((value, k) => !Object.is(value, truth?.[k]))).toBe(-1)
    })
    fc.assert(law, { seed: 4, numRuns: 1000 })
  })

  const LENGTH = 20_000
  const longest = (next: (before: Num, step: number) => Num): Num => {
    let node = n.load(LENGTH % BUSY)
    for (let step = 0; step < LENGTH; step++) node = next(node, step)
    return node
  }
  const term = (step: number): Num => n.load(step % BUSY)
  test.each<[string, Num]>([
    ['left', longest((before, step) => n.add(before, term(step)))],
    ['right', longest((before, step) => n.sub(term(step), before))],
    ['both sides', longest((before, step) => n.add(n.div(term(step), before), n.neg(before)))],
    ['selects', longest((before, step) => n.select(n.less(before, term(step)), term(step + 1), before))],
    ['pointers', longest((before) => n.load(1, undefined, n.min(before, n.constant(9))))],
  ])('agree on a chain of 20,000 operations: %s', (_, node) => {
    const start = Array.from({ length: BUSY }, (_, slot) => slot / 7)
    expect(judge(assigning(node), 'assign', start)).toBe(true)
  })

  test('agree on 5,000 values that are each used three times', () => {
    const layers: Num[][] = [Array.from({ length: 50 }, (_, slot) => n.load(slot))]
    for (let layer = 0; layer < 100; layer++) {
      const below = layers.at(-1) as Num[]
      const at = (k: number): Num => pick(below, k)
      layers.push(below.map((node, k) => n.sub(n.mul(node, n.constant(0.75)), n.mul(at(k + 1), at(k + 7)))))
    }
    const start = Array.from({ length: 50 }, (_, slot) => slot / 50)
    expect(judge(assigning(...(layers.at(-1) as Num[])), 'assign', start)).toBe(true)
  })
})
