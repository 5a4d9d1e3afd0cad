// deSolve's lsoda, with which many simulate in R, with everything it can get from compiled code.
import { fileURLToPath } from 'node:url'
import { whyNoCompiler } from '../../tests/native.ts'
import type { Peer } from './peer.ts'
import { runnerOf, works, writeProblem } from './subjects-file.ts'

const SCRIPT = fileURLToPath(new URL('desolve.r', import.meta.url))

const deSolve = (name: string, about: string, jacobian: 'formula' | 'differences'): Peer => ({
  name,
  about,
  whyNot: () =>
    whyNoCompiler() ??
    (works('Rscript', ['-e', 'library(deSolve)']) ? undefined : 'R with deSolve is not installed (r-cran-desolve)'),
  prepare(problem) {
    const program = writeProblem(problem)
    const bytes = program.compile('desolve.c', 'desolve.so', ['-shared', '-fPIC'])
    return runnerOf(program, bytes, ['Rscript', '--vanilla', SCRIPT, program.at('desolve.so'), jacobian])
  },
})

export const deSolves: readonly Peer[] = [
  deSolve(
    'deSolve lsoda',
    'lsoda of deSolve in R, rates and events compiled, the Jacobian by differences',
    'differences',
  ),
  deSolve('deSolve lsoda, Jacobian', 'lsoda of deSolve in R, rates, events and Jacobian compiled', 'formula'),
]
