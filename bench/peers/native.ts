// The same kernel as C, compiled by gcc: what the machine can do with the same algorithm. On one lane as WASM has it, and on as many lanes as its widest
// vectors hold, which is the limit. The bits are those of WASM, whatever the lanes.
import { readFileSync } from 'node:fs'
import { DEFAULT_SETTINGS, openBatch } from '#engine'
import { compileNative, type Native, PLAIN, whyNoCompiler } from '../../tests/native.ts'
import type { Problem } from '../problems.ts'
import type { Peer, Run } from './peer.ts'

const features = ((): ReadonlySet<string> => {
  try {
    return new Set(/^flags\s*:(.*)$/m.exec(readFileSync('/proc/cpuinfo', 'utf8'))?.[1]?.trim().split(' '))
  } catch {
    return new Set()
  }
})()

const FAST = ['-O3', '-march=native', '-ffp-contract=off', '-fno-math-errno', '-fno-trapping-math']

const peer = (name: string, about: string, flags: readonly string[], lanes: number, needs?: string): Peer => ({
  name,
  about,
  sameBits: true,
  whyNot: () =>
    whyNoCompiler() ?? (needs !== undefined && !features.has(needs) ? `the processor has no ${needs}` : undefined),
  prepare: ({ compiled, subjects, times }) => prepare({ compiled, subjects, times }, flags, lanes),
})

/** The C backend in three builds. */
export const natives: readonly Peer[] = [
  peer('C, SSE2', 'the same kernel as C, gcc -O2 for SSE2, one lane', PLAIN, 1),
  peer('C, native', 'the same kernel as C, gcc -O3 -march=native, one lane', FAST, 1),
  peer(
    'C, AVX-512',
    'the same kernel as C, gcc -O3 -march=native, eight lanes side by side',
    [...FAST, '-mprefer-vector-width=512'],
    8,
    'avx512f',
  ),
]

type Work = Pick<Problem, 'compiled' | 'subjects' | 'times'>

const KERNEL = 'model'

function prepare({ compiled, subjects, times }: Work, flags: readonly string[], lanes: number) {
  const build = (count: number): Native =>
    compileNative({ [KERNEL]: compiled.kernel }, { elementary: 'own', flags, lanes: count, bounds: false })
  if (subjects.length % lanes > 0) throw new Error(`${subjects.length} subjects do not fill ${lanes} lanes evenly`)
  const program = build(lanes)
  const single = lanes === 1 ? program : build(1)
  const until = times.at(-1) ?? 0

  const run = (relativeTolerance: number): Run => {
    const settings = { ...DEFAULT_SETTINGS, mostSteps: 100_000_000, relativeTolerance, times }
    // every lane has a memory of its own, with every so manieth subject
    const parts = Array.from({ length: lanes }, (_, lane) => {
      const kernel = single.start(KERNEL)
      const batch = openBatch(
        kernel,
        compiled,
        subjects.filter((__, i) => i % lanes === lane),
        settings,
      )
      return { kernel, batch }
    })
    const images = parts.map(({ kernel }) => kernel.memory)
    const calls = [{ routine: 'advance', args: [0, subjects.length / lanes, until] }]
    const [done] = program.run([{ kernel: KERNEL, calls, images, repeats: 1 }])
    for (const [lane, image] of (done?.images ?? []).entries()) images[lane]?.set(image)
    const rows = subjects.map(
      (_, i) => parts[i % lanes]?.batch.rows(Math.floor(i / lanes)).slice() ?? new Float64Array(),
    )
    const memoryBytes = images.reduce((sum, { byteLength }) => sum + byteLength, 0)
    return { ms: 1000 * (done?.cpuSeconds ?? NaN), memoryBytes, rows }
  }
  const end = (): void => {
    program.end()
    if (single !== program) single.end()
  }
  return { threads: 1, moduleBytes: program.bytes, run, end }
}
