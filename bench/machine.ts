// On what was measured, and with which versions.
import { spawnSync } from 'node:child_process'
import { cpus, loadavg, totalmem } from 'node:os'

export interface Machine {
  readonly processor: string
  readonly cores: number
  readonly memoryBytes: number
  /** Versions by the name of the program, of those that are there. */
  readonly versions: Readonly<Record<string, string>>
  readonly text: string
}

/** Names the machine, and how busy it has been in the last minute. */
export function machine(): Machine {
  const lscpu = said('lscpu', [])
  const field = (name: string): string | undefined => new RegExp(`^${name}:\\s*(.+)$`, 'm').exec(lscpu)?.[1]
  const [first] = cpus()
  const family = [field('CPU family'), field('Model')].join('/')
  const processor = `${field('Model name') ?? first?.model ?? 'unknown processor'} (family/model ${family})`
  const cores = cpus().length
  const versions = Object.fromEntries(
    Object.entries({
      Node: process.versions.node,
      gcc: said('gcc', ['-dumpfullversion']),
      R: said('Rscript', ['-e', 'cat(as.character(getRversion()))']),
      deSolve: said('Rscript', ['-e', 'cat(as.character(packageVersion("deSolve")))']),
      'SUNDIALS, packaged': sundials([]),
      'SUNDIALS, fast build': process.env['IMAGO_SUNDIALS']
        ? sundials([`-I${process.env['IMAGO_SUNDIALS']}/include`])
        : '',
    }).filter(([, version]) => version !== ''),
  )
  const memory = `${(totalmem() / 2 ** 30).toFixed(0)} GiB`
  const listed = Object.entries(versions).map(([name, version]) => `${name} ${version}`)
  return {
    processor,
    cores,
    memoryBytes: totalmem(),
    versions,
    text: `${processor}, ${cores} cores, ${memory}, load ${(loadavg()[0] ?? 0).toFixed(1)}; ${listed.join(', ')}`,
  }
}

const said = (command: string, args: readonly string[], input = ''): string => {
  const { status, stdout } = spawnSync(command, args, { encoding: 'utf8', input })
  return status === 0 ? stdout.trim() : ''
}

const sundials = (flags: readonly string[]): string =>
  /^v "(.*)"$/m.exec(
    said('gcc', [...flags, '-E', '-P', '-x', 'c', '-'], '#include <sundials/sundials_config.h>\nv SUNDIALS_VERSION\n'),
  )?.[1] ?? ''
