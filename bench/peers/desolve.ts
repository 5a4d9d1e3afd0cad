// deSolve's lsoda, what most who simulate in R use, with everything it can get from compiled code.
import { whyNoCompiler } from '../../tests/native.ts'
import type { Peer } from './peer.ts'
import { runnerOf, works, writeProblem } from './subjects-file.ts'

const SCRIPT = new URL('desolve.R', import.meta.url).pathname

export const deSolve: Peer = {
  name: 'deSolve lsoda',
  about: 'lsoda of deSolve in R, with rates, Jacobian and events compiled',
  whyNot: () =>
    whyNoCompiler() ??
    (works('Rscript', ['-e', 'library(deSolve)']) ? undefined : 'R with deSolve is not installed (r-cran-desolve)'),
  prepare(problem) {
    const program = writeProblem(problem)
    const bytes = program.compile('desolve.c', 'desolve.so', ['-shared', '-fPIC'])
    return runnerOf(program, bytes, ['Rscript', '--vanilla', SCRIPT, program.at('desolve.so')])
  },
}
