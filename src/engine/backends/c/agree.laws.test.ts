// The C backend against the truth: compiled by gcc for SSE2 without fused operations, kernels leave the same bits in memory as in the interpreter, and
// where one refuses, so does the other; with lanes, each lane as if it were alone. Whole memories are compared, for random kernels and for models of the
// library, whose courses must be those of WASM as well. All kernels are compiled in one program, as starting gcc costs more than they do.
import { readdirSync } from 'node:fs'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { libraryModel } from '../../../../tests/models.ts'
import { compileNative, type Native, PLAIN, whyNoCompiler } from '../../../../tests/native.ts'
import { kernels, numbers, params, SLOTS, starts } from '../../../../tests/random-kernels.ts'
import { carry, openers, typicalSubject } from '../../../../tests/runs.ts'
import { compileModel } from '../../compile/compile.ts'
import { nodes as n } from '../../ir/build.ts'
import { store } from '../../ir/statements.ts'
import type { Kernel } from '../../ir/nodes.ts'
import { DEFAULT_SETTINGS } from '../../simulate/batch.ts'
import { interpret } from '../interpreter.ts'

const why = whyNoCompiler()
const title = (text: string): string => (why === undefined ? text : `${text} (skipped: ${why})`)
const programs: Native[] = []
afterAll(() => programs.forEach((program) => program.end()))

function native(made: Readonly<Record<string, Kernel>>, lanes: number): Native {
  const program = compileNative(made, { elementary: 'own', flags: PLAIN, lanes, bounds: true })
  programs.push(program)
  return program
}

/** The first slot in which two memories differ in a bit, or -1. NaN is NaN, whatever its payload; 0 is not -0. */
const difference = (a: Float64Array, b: Float64Array | undefined): number =>
  a.findIndex((value, slot) => !Object.is(value, b?.[slot]))

interface Case {
  readonly kernel: Kernel
  readonly image: Float64Array
  readonly args: readonly number[]
}

const LANES = 4

/** Runs a routine twice over in the interpreter. @returns the memory, or nothing if it refused */
function truth({ kernel, image, args }: Case, routine: string): Float64Array | undefined {
  const { memory, run } = interpret(kernel)
  memory.set(image)
  try {
    run(routine, ...args)
    run(routine, ...args)
    return memory
  } catch {
    return undefined
  }
}

describe.skipIf(why !== undefined)(title('C and the interpreter'), () => {
  const drawn = fc.tuple(kernels, fc.array(starts, { minLength: LANES, maxLength: LANES }), params, params)
  const cases = fc.sample(drawn, { seed: 3, numRuns: 60 })
  const made = Object.fromEntries(cases.map(([kernel], i) => [`k${i}`, kernel]))
  const imageOf = (start: readonly number[]): Float64Array => {
    const image = new Float64Array(SLOTS)
    image.set(start)
    return image
  }

  test.each([1, LANES])('leave the same bits for random kernels, or both refuse: %d lanes', (lanes) => {
    const jobs = cases.map(([, list, ...args], i) => {
      const call = { routine: 'routine2', args }
      return { kernel: `k${i}`, calls: [call, call], images: list.slice(0, lanes).map(imageOf), repeats: 1 }
    })
    let finished = 0
    for (const [i, done] of native(made, lanes).run(jobs).entries()) {
      const [kernel, list, ...args] = cases[i] as (typeof cases)[number]
      const wanted = list.slice(0, lanes).map((start) => truth({ kernel, image: imageOf(start), args }, 'routine2'))
      expect(done.finished).toBe(wanted.every((memory) => memory !== undefined))
      if (!done.finished) continue
      finished++
      for (const [lane, memory] of wanted.entries())
        if (memory) expect([i, lane, difference(memory, done.images[lane])]).toEqual([i, lane, -1])
    }
    expect(finished).toBeGreaterThan(40) // most of them must say something
  })

  test.each([1, LANES])('agree on elementary functions of any two floats: %d lanes', (lanes) => {
    const [x, y] = [n.load(0), n.load(1)]
    const one = (['exp', 'log', 'sin', 'cos'] as const).map((of) => n.elementary(of, x))
    const values = [...one, n.elementary('pow', x, y), n.elementary('pow', y, x)]
    const kernel: Kernel = {
      routines: [
        { name: 'all', params: [], body: values.map((value, i) => store({ base: 2 + i }, value)), exported: true },
      ],
      slots: 8,
    }
    const pairs = fc.sample(fc.tuple(numbers, numbers), { seed: 4, numRuns: 2000 })
    const images = pairs.map((pair) => Float64Array.from({ length: 8 }, (_, slot) => pair[slot] ?? 0))
    const jobs = Array.from({ length: images.length / lanes }, (_, j) => ({
      kernel: 'functions',
      calls: [{ routine: 'all', args: [] }],
      images: images.slice(j * lanes, (j + 1) * lanes),
      repeats: 1,
    }))
    const found = native({ functions: kernel }, lanes).run(jobs)
    const { memory, run } = interpret(kernel)
    for (const [i, image] of found.flatMap((done) => done.images).entries()) {
      memory.set(images[i] ?? [])
      run('all')
      expect([pairs[i], difference(memory, image)]).toEqual([pairs[i], -1])
    }
  })
})

// the mechanisms of lupus are all in the model that joins them
const MODELS = [
  ...readdirSync(new URL('../../../../library/models/basics', import.meta.url)).map((file) => `basics/${file}`),
  'lupus/lupus.model',
]
const models = await Promise.all(MODELS.map(libraryModel))
const compiled = new Map(models.map((model) => [model.name, compileModel(model)]))

describe.skipIf(why !== undefined)(title('C, WASM and the interpreter'), async () => {
  const kernelsOf = Object.fromEntries([...compiled].map(([name, { kernel }]) => [name, kernel]))
  const program = why === undefined ? native(kernelsOf, 1) : undefined

  test.each(models.map((model) => [model.name, model] as const))('carry %s to the same bits', async (name, model) => {
    const wanted = compiled.get(name)
    if (!wanted || !program) throw new Error(`"${name}" was not compiled`)
    const until = model.run?.until ?? 1
    const settings = { ...DEFAULT_SETTINGS, times: Array.from({ length: 21 }, (_, k) => (until * k) / 20) }
    const subject = typicalSubject(model)
    const [c, wasm, slow] = [program.start(name), await openers.wasm(wanted), interpret(wanted.kernel)]
    const [outcome, ...others] = [c, wasm, slow].map((kernel) =>
      carry(kernel, wanted, [subject, subject], settings, [until]),
    )
    for (const other of others) expect(other).toEqual(outcome)
    expect(difference(slow.memory, c.memory)).toBe(-1)
  })
})
