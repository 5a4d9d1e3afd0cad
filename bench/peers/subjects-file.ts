// Other people's solvers as programs: the equations and the subjects of a problem written to files, rows and times read back.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Problem } from '../problems.ts'
import { equationsOf } from './equations.ts'
import type { Run, Runner } from './peer.ts'

const FOLDER = fileURLToPath(new URL('.', import.meta.url))

/** The flags by which the equations of all peers are compiled: everything that gcc can do, fused operations included. */
export const PEER_FLAGS = ['-O3', '-march=native', '-ffp-contract=fast', '-fno-math-errno', '-Wno-psabi', '-std=gnu11']

export interface Program {
  /** Compiles a file of this folder together with the equations. @returns the size of what came out */
  readonly compile: (source: string, to: string, flags: readonly string[]) => number
  /** Runs a program that is told where the subjects are, where to write the rows, and the relative tolerance. */
  readonly run: (command: readonly string[], relativeTolerance: number) => Run
  readonly at: (name: string) => string
  readonly end: () => void
}

/** Writes a problem into a folder of its own. */
export function writeProblem({ model, compiled, subjects, times }: Problem): Program {
  const folder = mkdtempSync(path.join(tmpdir(), 'imago-peer-'))
  const at = (name: string): string => path.join(folder, name)
  const { text, slots } = equationsOf(model)
  writeFileSync(at('equations.c'), text)
  const numbers = [subjects.length, times.length, ...times, ...compiled.states.map(({ tolerance }) => tolerance ?? 0)]
  const lists = subjects.map(({ parameters, inputs, instants }) => [
    ...Array.from(parameters),
    ...Array.from(inputs),
    instants.length,
    ...instants.flatMap((i) => [i.time, slots[i.what] + i.at, i.change === 'add' ? 1 : 0, i.value]),
  ])
  writeFileSync(at('subjects'), Float64Array.from([numbers, ...lists].flat()))
  return {
    at,
    end: () => rmSync(folder, { recursive: true }),
    compile(source, to, flags) {
      const defined = [`-DEQUATIONS="${at('equations.c')}"`, `-DSUBJECTS="${FOLDER}subjects.c"`]
      told('gcc', [...PEER_FLAGS, ...defined, FOLDER + source, '-o', at(to), ...flags, '-lm'])
      return Number(/\n\s*(\d+)/.exec(told('size', [at(to)]))?.[1] ?? NaN)
    },
    run([command = '', ...args], relativeTolerance) {
      const said = told(command, [...args, at('subjects'), at('rows'), String(relativeTolerance)])
      const [cpuSeconds = NaN, memoryBytes = NaN] = said.trim().split(' ').map(Number)
      const { buffer, byteOffset, byteLength } = readFileSync(at('rows'))
      const all = new Float64Array(buffer.slice(byteOffset, byteOffset + byteLength))
      const size = times.length * compiled.states.length
      const rows = subjects.map((_, i) => all.slice(i * size, (i + 1) * size))
      return { ms: 1000 * cpuSeconds, memoryBytes, rows }
    },
  }
}

/** Makes a runner of a program. */
export const runnerOf = (program: Program, moduleBytes: number, command: readonly string[]): Runner => ({
  threads: 1,
  moduleBytes,
  run: (relativeTolerance) => program.run(command, relativeTolerance),
  end: program.end,
})

/** Tells whether a command runs without complaint. */
export const works = (command: string, args: readonly string[], input = ''): boolean =>
  spawnSync(command, args, { input }).status === 0

function told(command: string, args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`${command} failed:\n${stderr.slice(-2000)}`)
  return stdout
}
