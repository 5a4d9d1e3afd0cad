// Programs that the C backend wrote, compiled by gcc and run on images of memory. Each run is a process of its own that gets the memory, works on it and
// gives it back; it tells how long the work itself took.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Kernel, RunningKernel } from '#engine'
import { type COptions, emitC } from '../src/engine/backends/c/emit.ts'

const DRIVER = fileURLToPath(new URL('native/drive.c', import.meta.url))

/** SSE2 without fused operations: the flags under which the bits must be those of the other backends. */
export const PLAIN = ['-O2', '-ffp-contract=off', '-msse2', '-mfpmath=sse', '-mno-avx']

/** Tells why there is no native code here, or nothing if there can be. */
export function whyNoCompiler(): string | undefined {
  if (process.arch !== 'x64') return `the machine is ${process.arch}, not x64`
  return spawnSync('gcc', ['--version']).status === 0 ? undefined : 'gcc is not installed'
}

export interface NativeOptions extends COptions {
  readonly flags: readonly string[]
  readonly lanes: number
  /** Whether a slot outside the memory ends the run, as in WASM, or whatever happens then. */
  readonly bounds: boolean
}

/** What to do with one memory, or with as many as there are lanes. */
export interface Job {
  readonly kernel: string
  readonly calls: readonly { readonly routine: string; readonly args: readonly number[] }[]
  readonly images: readonly Float64Array[]
  /** How often to do it, each time from the same images. */
  readonly repeats: number
}

export interface Done {
  readonly finished: boolean
  /** Of the fastest repeat, on one core. */
  readonly cpuSeconds: number
  readonly images: readonly Float64Array[]
}

export interface Native {
  /** How large the compiled code is. */
  readonly bytes: number
  run(jobs: readonly Job[]): Done[]
  /** A kernel of the program as one with a memory, for one lane. `cpuSeconds` adds up what its runs took. */
  start(kernel: string): RunningKernel & { readonly cpuSeconds: number; repeats: number }
  /** Removes the program. */
  end(): void
}

const ARGUMENTS = 4

/** Compiles kernels; throws what gcc says if it refuses. */
export function compileNative(kernels: Readonly<Record<string, Kernel>>, options: NativeOptions): Native {
  const { text, entries } = emitC(kernels, options)
  const folder = mkdtempSync(path.join(tmpdir(), 'imago-native-'))
  const [source, program] = [path.join(folder, 'program.c'), path.join(folder, 'program')]
  writeFileSync(source, text)
  const defined = [`-DPROGRAM="${source}"`, `-DLANES=${options.lanes}`, ...(options.bounds ? ['-DBOUNDS'] : [])]
  gcc([...options.flags, '-std=gnu11', '-Wno-psabi', ...defined, DRIVER, '-o', program, '-lm'])

  const run = (jobs: readonly Job[]): Done[] => {
    const input = Buffer.concat(jobs.flatMap((job) => bytesOf(job, entries)))
    const { status, signal, stdout } = spawnSync(program, { input, maxBuffer: 2 ** 31 - 1 })
    if (status !== 0) throw new Error(`The native program ended with ${signal ?? status}`)
    const values = new Float64Array(stdout.buffer.slice(stdout.byteOffset, stdout.byteOffset + stdout.byteLength))
    let at = 0
    return jobs.map(({ images }) => {
      const [finished, cpuSeconds = NaN] = values.subarray(at, (at += 2))
      return {
        finished: finished === 1,
        cpuSeconds,
        images: images.map(({ length }) => values.slice(at, (at += length))),
      }
    })
  }

  const start: Native['start'] = (name) => {
    const slots = kernels[name]?.slots ?? 0
    let memory = new Float64Array(slots)
    const running = {
      slots,
      cpuSeconds: 0,
      repeats: 1,
      get memory() {
        return memory
      },
      reserve(wanted: number) {
        if (wanted <= memory.length) return
        const larger = new Float64Array(wanted)
        larger.set(memory)
        memory = larger
      },
      run(routine: string, ...args: number[]) {
        const [done] = run([{ kernel: name, calls: [{ routine, args }], images: [memory], repeats: running.repeats }])
        if (!done?.finished) throw new Error('A slot is outside the memory')
        running.cpuSeconds += done.cpuSeconds
        memory.set(done.images[0] ?? [])
      },
    }
    return running
  }
  return { bytes: codeBytes(program), run, start, end: () => rmSync(folder, { recursive: true }) }
}

function gcc(args: readonly string[]): void {
  const { status, stderr } = spawnSync('gcc', args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`gcc refuses what the C backend wrote:\n${stderr.slice(0, 2000)}`)
}

/** The size of the machine code and of the constants it reads. */
const codeBytes = (program: string): number =>
  Number(/\n\s*(\d+)/.exec(spawnSync('size', [program], { encoding: 'utf8' }).stdout)?.[1] ?? NaN)

type Entries = ReturnType<typeof emitC>['entries']

function bytesOf({ kernel, calls, images, repeats }: Job, entries: Entries): Uint8Array[] {
  const list = calls.map(({ routine, args }) => {
    const entry = entries.findIndex((e) => e.kernel === kernel && e.routine === routine)
    if (entries[entry]?.arity !== args.length)
      throw new Error(`${kernel} has no "${routine}" of ${args.length} arguments`)
    return [entry, ...args, ...Array.from({ length: ARGUMENTS - args.length }, () => 0)]
  })
  const head = Float64Array.from([images[0]?.length ?? 0, repeats, calls.length, ...list.flat()])
  return [head, ...images].map(({ buffer, byteOffset, byteLength }) => new Uint8Array(buffer, byteOffset, byteLength))
}
