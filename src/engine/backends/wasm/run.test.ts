import { Worker } from 'node:worker_threads'
import { describe, expect, test, vi } from 'vitest'
import { nodes as n } from '../../ir/build.ts'
import { type Kernel, MAX_SLOTS, type Sweep } from '../../ir/nodes.ts'
import { hidden } from '../../ir/statements.ts'
import { oneByOne } from '../../ir/sweep.ts'
import { interpret } from '../interpreter.ts'
import { compileWasm, instantiate } from './run.ts'

const KERNEL: Kernel = {
  routines: [
    {
      name: 'copy',
      params: ['from', 'to'],
      body: [
        {
          do: 'assign',
          pairs: [{ to: { slot: { base: 0, pointer: n.local('to') } }, value: n.load(0, undefined, n.local('from')) }],
        },
      ],
      exported: true,
    },
    { name: 'hidden', params: [], body: [], exported: false },
  ],
  slots: 100,
}
const module = await compileWasm(KERNEL)

describe('a running kernel in WASM', () => {
  test('has a memory of its own', () => {
    const [one, other] = [instantiate(module), instantiate(module)]
    one.memory[3] = 5
    one.run('copy', 3, 99)
    expect([one.memory[99], other.memory[99]]).toEqual([5, 0])
  })

  test('keeps what is in memory when more is reserved, and reaches the new slots', () => {
    const running = instantiate(module)
    running.memory.set([1, 2])
    running.reserve(100_000)
    expect(running.memory.length).toBeGreaterThanOrEqual(100_000)
    running.run('copy', 1, 99_999)
    expect([running.memory[0], running.memory[99_998], running.memory[99_999]]).toEqual([1, 0, 2])
  })

  test.each([8192, 2 ** 28 - 1, 2 ** 28, 2 ** 29, 2 ** 29 + 1, 2 ** 32, 1e300, Infinity])(
    'traps when a pointer leads to slot %d',
    (pointer) => {
      expect(() => instantiate(module).run('copy', pointer, 0)).toThrow('out of bounds')
      expect(() => instantiate(module).run('copy', 0, pointer)).toThrow('out of bounds')
    },
  )

  test('needs nothing but the module, so that a worker can run it', async () => {
    const program = `
      const { parentPort, workerData } = require('node:worker_threads')
      const { exports } = new WebAssembly.Instance(workerData)
      parentPort.postMessage([exports.memory.buffer.byteLength, Object.keys(exports)])`
    const worker = new Worker(program, { eval: true, workerData: module })
    const answer = await new Promise((resolve) => worker.once('message', resolve))
    expect(answer).toEqual([65536, ['memory', 'slots', 'copy']])
    await worker.terminate()
  })
})

describe.each([
  ['WASM', () => instantiate(module)],
  ['the interpreter', () => interpret(KERNEL)],
])('%s refuses', (_, start) => {
  test('a routine that is not exported', () => {
    expect(() => start().run('hidden')).toThrow('exports no routine "hidden"')
    expect(() => start().run('memory')).toThrow('exports no routine "memory"')
  })
  test('a wrong number of arguments', () => {
    expect(() => start().run('copy', 1)).toThrow('got 1 arguments; it takes 2')
    expect(() => start().run('copy', 1, 2, 3)).toThrow('got 3 arguments; it takes 2')
  })
  test.each([-1, 0.5, Number.NaN, MAX_SLOTS + 1])('to reserve %d slots', (slots) => {
    expect(() => start().reserve(slots)).toThrow(`Cannot reserve ${slots} slots`)
  })
})

describe('the lanes of a kernel', () => {
  const sweep: Sweep = { name: 'go', params: [], enter: 'enter', test: n.less(n.load(4), n.load(4)), turn: [] }
  const routines = [hidden('enter', ['item'], []), oneByOne(n, sweep)]
  const sweeping: Kernel = { routines, slots: 14, own: 4, sweeps: [sweep] }
  const slotsOf = async (kernel: Kernel): Promise<number> => instantiate(await compileWasm(kernel)).slots

  test('are two where it sweeps, each with own slots of its own', async () => {
    expect(await slotsOf(sweeping)).toBe(24)
    expect(await slotsOf(KERNEL)).toBe(100)
  })

  test('are one on a machine without vectors', async () => {
    const validate = vi.spyOn(WebAssembly, 'validate').mockReturnValue(false)
    expect(await slotsOf(sweeping)).toBe(14)
    validate.mockRestore()
  })
})
