// CVODE of SUNDIALS: the packaged one, and one built for speed where IMAGO_SUNDIALS says its folder (with include and lib in it).
import { whyNoCompiler } from '../../tests/native.ts'
import type { Peer } from './peer.ts'
import { runnerOf, works, writeProblem } from './subjects-file.ts'

const LIBRARIES = [
  '-lsundials_cvode',
  '-lsundials_nvecserial',
  '-lsundials_sunmatrixdense',
  '-lsundials_sunlinsoldense',
]
const ELSEWHERE = process.env['IMAGO_SUNDIALS']

const VERSION = '#include <sundials/sundials_config.h>\n#if SUNDIALS_VERSION_MAJOR < 6\n#error old\n#endif\n'

const hasSundials = (flags: readonly string[]): boolean =>
  works('gcc', [...flags, '-fsyntax-only', '-x', 'c', '-'], `${VERSION}#include <cvode/cvode.h>\n`)

function cvode(
  name: string,
  about: string,
  include: readonly string[],
  link: readonly string[],
  missing: string,
): Peer {
  return {
    name,
    about,
    whyNot: () => whyNoCompiler() ?? (hasSundials(include) ? undefined : missing),
    prepare(problem) {
      const program = writeProblem(problem)
      const bytes = program.compile('cvode.c', 'cvode', [...include, ...link, ...LIBRARIES])
      return runnerOf(program, bytes, [program.at('cvode')])
    },
  }
}

export const cvodes: readonly Peer[] = [
  cvode(
    'CVODE, packaged',
    "the distribution's CVODE, a slow build, dense with the Jacobian as a formula",
    [],
    [],
    'SUNDIALS 6 or later is not installed (libsundials-dev)',
  ),
  cvode(
    'CVODE, fast build',
    'CVODE built with -O3, dense with the Jacobian as a formula',
    [`-I${ELSEWHERE}/include`],
    [`-L${ELSEWHERE}/lib`, `-Wl,-rpath,${ELSEWHERE}/lib`],
    ELSEWHERE === undefined ? 'IMAGO_SUNDIALS does not say where it is' : `no SUNDIALS 6 or later under ${ELSEWHERE}`,
  ),
]
